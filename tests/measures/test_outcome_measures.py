"""Outcome measures by their worked example, M7: progress, weights, time passed; and what a row may leave open."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from portfolio.domain.key_result import KeyResult
from portfolio.measures.days import day_number
from portfolio.measures.outcomes import key_results, objectives, progress
from portfolio.results.flow.outcomes import KeyResultProgress

FOUR = ((40, 60, 55), (12, 6, 9), (10, 20, 24), (100, 150, 90))


def rows(weights: tuple[float | None, ...] = (None,) * 4) -> list[KeyResult]:
    return [
        KeyResult(
            objective="Grow", key_result=f"KR {place}", baseline=baseline, target=target, current=current,
            baseline_on=date(2027, 1, 1), target_on=date(2027, 12, 31), measured_on=date(2027, 4, 1), weight=weight,
        )
        for place, ((baseline, target, current), weight) in enumerate(zip(FOUR, weights, strict=True))
    ]  # fmt: skip


def measured(given: list[KeyResult], as_of: date = date(2027, 4, 30)) -> tuple[KeyResultProgress, ...]:
    return key_results(given, day_number(as_of), 70, {}, {})


def test_progress_is_raw_and_its_sign_is_that_of_the_target() -> None:
    """M7: three quarters, a half, beaten, moved away; and how far each is ahead of the time that passed."""
    found = measured(rows())
    assert [line.progress for line in found] == [0.75, 0.5, 1.4, -0.2]
    ahead = [Fraction(183, 364), Fraction(23, 91), Fraction(1049, 910), Fraction(-407, 910)]
    assert [line.ahead for line in found] == pytest.approx(list(map(float, ahead)))


def test_an_overshoot_hides_no_standstill() -> None:
    """M7: the objective is at 9/16, with the first weighted twice at 3/5."""
    assert objectives(measured(rows()))[0].progress == 9 / 16
    assert objectives(measured(rows((2, None, None, None))))[0].progress == pytest.approx(3 / 5)


@pytest.mark.parametrize(
    ("current", "better", "kept"), [(99, "higher", 0), (100, "higher", 1), (101, "lower", 0), (101, None, None)]
)
def test_what_is_to_be_kept_is_kept_or_not(current: float, better: str | None, kept: float | None) -> None:
    one = KeyResult.model_validate(
        {"objective": "Keep", "baseline": 100, "target": 100, "current": current, "better_when": better}
    )
    assert progress(one) == kept


def test_the_latest_reading_by_then_counts() -> None:
    """Rows in any order; a reading of a later day is not known yet, and baseline and target need to be said once only."""
    given = [
        KeyResult(objective="Grow", baseline=0, target=10, current=6, measured_on=date(2027, 4, 1)),
        KeyResult(objective="grow", current=9, measured_on=date(2027, 5, 1)),
        KeyResult(objective="Grow", baseline=0, target=10, current=2, measured_on=date(2027, 2, 1)),
    ]
    (line,) = measured(given)
    assert (line.progress, line.last_change, line.is_stale) == (0.6, pytest.approx(0.4), False)
    (line,) = measured(given, date(2027, 8, 15))
    assert (line.progress, line.is_stale) == (0.9, True)


def test_without_a_reading_there_is_no_progress() -> None:
    """A missing reading is no 0 %, neither of the key result nor of its objective."""
    found = measured([KeyResult(objective="Grow", baseline=0, target=10)])
    assert (found[0].progress, found[0].is_stale, objectives(found)[0].progress) == (None, False, None)
