"""Forecasts by throughput and their calibration, by the worked examples U12 and U14, exact fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from portfolio.domain.evidence import Actual, Forecast
from portfolio.errors import WrongUseError
from portfolio.measures.calibration import bins, brier, calibration, chance_of_so_few, crps, ranges, skill
from portfolio.measures.days import day_number
from portfolio.measures.forecast import chance_of, chance_of_cases, how_many, sums, when
from portfolio.results.intervals import wilson

SIX = (0, 1, 1, 2, 2, 3)
SAID = [(0.9, True), (0.8, True), (0.6, False), (0.9, True), (0.3, False), (0.5, True)]


def test_the_urn_gives_every_multiset_the_same_chance() -> None:
    """U12: four further periods."""
    ways = (1, 2, 5, 9, 16, 19, 22, 19, 16, 9, 5, 2, 1)
    assert sums(SIX, 4) == [Fraction(way, 126) for way in ways]


def test_how_many_and_when() -> None:
    """U12: 6, 4 and 2 in four periods; five are done within 3 periods as likely as not and within 5 at 85 %."""
    assert [how_many(SIX, 4, share) for share in (0.5, 0.85, 0.95)] == [6, 4, 2]
    assert [how_many(SIX, 4, share, as_seen=True) for share in (0.5, 0.85, 0.95)] == [6, 4, 3]
    chances = [Fraction(0), Fraction(1, 7), Fraction(1, 2), Fraction(31, 42), Fraction(73, 84), Fraction(13, 14)]
    assert [chance_of(SIX, periods, 5) for periods in range(1, 7)] == chances
    assert chance_of(SIX, 5, 5, as_seen=True) == Fraction(3575, 3888)
    assert (when(SIX, 5, 0.5), when(SIX, 5, 0.85)) == (3, 5)
    half = Fraction(1, 2)
    assert chance_of_cases(SIX, 4, [(4, half), (6, half)]) == Fraction(61, 84)


def test_always_five_is_no_guess() -> None:
    """U12: the first 10, the next 12 and the next 3 are done in periods 2, 5 and 5 at every share."""
    for share in (0.5, 0.85, 0.95):
        assert [when([5] * 6, epics, share) for epics in (10, 22, 25)] == [2, 5, 5]


def test_nothing_finished_is_never_and_few_periods_are_refused() -> None:
    assert when([0] * 6, 1, 0.5) is None
    with pytest.raises(WrongUseError, match="needs 6 past periods, and there are 5"):
        how_many([1] * 5, 2, 0.5)


def test_chances_against_what_came_true() -> None:
    """U14: Brier 19/150, skill 0.43, four bins; CRPS of a forecast by cases; P85 held 4 of 6."""
    assert brier(SAID) == pytest.approx(19 / 150)
    assert skill(SAID) == pytest.approx(0.43)
    found = [(one.low, one.count, one.said, one.came) for one in bins(SAID)]
    assert found == [(0.2, 1, 0.3, 0), (0.4, 1, 0.5, 1), (0.6, 1, 0.6, 0), (0.8, 3, pytest.approx(13 / 15), 1)]
    cases = [(2, 0.25), (4, 0.5), (8, 0.25)]
    assert [crps(cases, came) for came in (2, 4, 5, 10)] == [11 / 8, 3 / 8, 7 / 8, 35 / 8]
    assert chance_of_so_few(4, 6) == pytest.approx(2861001 / 12800000)
    assert wilson(4 / 6, 6) == (pytest.approx(0.3000, abs=1e-4), pytest.approx(0.9032, abs=1e-4))
    assert chance_of_so_few(12, 20) == pytest.approx(0.0059, abs=1e-4)


def test_only_forecasts_whose_day_has_come_count() -> None:
    """One that came true early flatters nobody before its day; one without an outcome is no failure; under ten: counts."""
    early = Forecast(
        made_on=date(2027, 1, 1),
        subject="E1",
        question="done",
        by=date(2027, 6, 1),
        chance=0.9,
        outcome=date(2027, 2, 1),
    )
    open_one = Forecast(made_on=date(2027, 1, 1), subject="E2", question="done", by=date(2027, 2, 1), chance=0.9)
    late = Forecast(
        made_on=date(2027, 1, 1),
        subject="E3",
        question="done",
        by=date(2027, 2, 1),
        chance=0.9,
        p85=date(2027, 2, 1),
        outcome=date(2027, 3, 1),
    )
    found = calibration([early, open_one, late], [], day_number(date(2027, 3, 31)))
    assert (found.chances, found.brier, found.held, found.of) == (1, pytest.approx(0.81), 0, 1)
    assert found.as_json()["brier"] is None


def test_ranges_count_what_is_finished() -> None:
    actuals = [
        Actual(epic=f"E{effort}", estimated_low=10, estimated_high=20, actual_effort=effort, finished=finished)
        for effort, finished in ((9, date(2027, 1, 1)), (10, date(2027, 1, 1)), (21, date(2027, 1, 1)), (15, None))
    ]
    assert ranges(actuals) == (1, 1, 1)
