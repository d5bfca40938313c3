"""Score hygiene: warnings that relative scores were not given relatively."""

from __future__ import annotations

import pytest

from portfolio.domain import FieldFinding
from portfolio.scoring import check_scores
from tests import asking
from tests.examples import scored

Row = tuple[float, float, float, float]
SOUND: list[Row] = [(1, 2, 3, 5), (2, 1, 5, 3), (3, 5, 1, 8), (5, 3, 2, 1), (8, 8, 8, 2)]


def problems(rows: list[Row]) -> list[FieldFinding]:
    """The warnings about epics with these scores."""
    raw = asking.small(*(scored(f"E{number}", *row) for number, row in enumerate(rows)))
    return check_scores(asking.portfolio_of(raw), asking.safe().scoring.rules)


def with_column(column: int, values: list[float]) -> list[Row]:
    """The sound table with one column replaced."""
    rows: list[list[float]] = [list(row) for row in SOUND]
    for row, value in zip(rows, values, strict=True):
        row[column] = value
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def test_sound_scores_have_no_warning() -> None:
    """On the scale, each column with a 1 and some spread: nothing to say."""
    assert problems(SOUND) == []


CASES = [
    (0, [1, 2, 4, 5, 8], ("epics", 2, "user_business_value"), "User-business value is 4.", "Use the nearest step, 3."),
    (1, [5, 5, 5, 5, 5], ("epics", "time_criticality"), "Time criticality is 5 for every epic.", "Compare the epics"),
    (2, [2, 3, 5, 8, 3], ("epics", "rr_oe"), "No epic has RR/OE 1.", "Give the smallest one 1"),
    (
        0,
        [20, 20, 20, 1, 2],
        ("epics", "user_business_value"),
        "is 20, the top of the scale, for 3 of 5",
        "Keep the top",
    ),
    (3, [1, 1, 1, 5, 8], ("epics", "job_size"), "Job size is 1 for 3 of 5 epics.", "Size the epics against each other"),
]


@pytest.mark.parametrize(("column", "values", "path", "what", "fix"), CASES)
def test_each_habit_has_its_warning(
    column: int, values: list[float], path: tuple[str | int, ...], what: str, fix: str
) -> None:
    """One bad habit in one column gives one warning, at the column or the cell."""
    (problem,) = problems(with_column(column, values))
    assert (problem.path, problem.severity) == (path, "warning")
    assert what in problem.what
    assert problem.fix.startswith(fix)


def test_few_epics_have_no_habits() -> None:
    """Four epics say nothing about habits; a score off the scale is still one."""
    assert problems([(5, 5, 5, 5)] * 4) == []
    assert [problem.path for problem in problems([(5, 5, 5, 6)] * 4)] == [
        ("epics", index, "job_size") for index in range(4)
    ]


def test_half_is_not_bulk() -> None:
    """Exactly half at the top, or of size 1, is no warning."""
    rows = [*SOUND, (20, 1, 1, 1)]
    assert problems([(20 if number % 2 else row[0], *row[1:]) for number, row in enumerate(rows)]) == []
