"""Shares: one scale for the whole column, and none that is only guessed."""

from __future__ import annotations

import pytest

from portfolio.intake.columns import EPICS
from portfolio.intake.headings.units import unit_of
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.question import ColumnValues
from portfolio.intake.values.read_column import read_column

CONFIDENCE = EPICS.column("confidence")


def read(*cells: object, heading: str = "", **context: bool) -> ColumnValues:
    """A column of shares, with what stands in brackets behind its heading."""
    return read_column(cells, Wanted(CONFIDENCE, unit_of(heading) if heading else None), Context(**context))


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        ((80.0, 50.0, 1.0), [0.8, 0.5, 0.01]),
        ((0.8, 0.5, 1.0), [0.8, 0.5, 1]),
        (("80 %", "50%"), [0.8, 0.5]),
        ((1.0, 1.0), [1, 1]),
    ],
)
def test_the_column_shows_its_scale(cells: tuple[object, ...], shares: list[float]) -> None:
    found = read(*cells)
    assert found.values == pytest.approx(shares)
    assert not found.whole
    assert not found.cells


def test_a_single_figure_beyond_any_scale_is_percent_and_that_is_said() -> None:
    found = read("", 80.0)
    assert found.values == [None, 0.8]
    assert "read as 80%" in found.cells[1].what


def test_a_small_single_figure_is_left_as_it_is_unless_the_file_writes_percent_so() -> None:
    assert read("", 5.0).values == [None, 5]
    assert read("", 5.0, percent=True).values == [None, 0.05]


@pytest.mark.parametrize(
    ("cells", "heading"), [((0.8, 80.0, 1.0), ""), ((4.0, 5.0, 1.0), "1-5"), ((4.0, 5.0, 2.0), "")]
)
def test_what_has_no_scale_is_asked_about_once(cells: tuple[object, ...], heading: str) -> None:
    found = read(*cells, heading=heading)
    assert found.values == [None] * 3
    assert len(found.whole) == 1


def test_figures_of_at_most_1_below_percent_are_said() -> None:
    found = read(1.0, 0.5, heading="%")
    assert found.values == [1, 0.5]
    assert "below a heading with %" in found.whole[0][1].what
