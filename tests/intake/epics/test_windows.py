"""Earliest and Latest as people write them in roadmaps are periods of the plan."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.intake.epics.windows import NO_LIMIT, Periods
from portfolio.intake.values.spans import Span

PLAN = Periods(("PI 1", "PI 2", "PI 3"), date(2027, 1, 4), 70)
"""From 4 January, 15 March and 24 May; until 1 August."""


def days(first: str, last: str = "") -> Span:
    """A stretch of time by its first and its last day."""
    return Span(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("span", "period"),
    [
        (days("2026-11-01"), NO_LIMIT),
        (days("2027-01-04"), NO_LIMIT),
        (days("2027-01-05"), "PI 2"),
        (days("2027-03-15"), "PI 2"),
        (days("2027-03-16"), "PI 3"),
        (days("2027-04-01", "2027-06-30"), "PI 2"),
        (days("2027-01-01", "2027-03-31"), NO_LIMIT),
        (days("2027-09-01"), None),
    ],
)
def test_the_first_period(span: Span, period: str | None) -> None:
    assert PLAN.first_from(span) == period


@pytest.mark.parametrize(
    ("span", "period"),
    [
        (days("2027-03-14"), "PI 1"),
        (days("2027-03-13"), None),
        (days("2027-05-23"), "PI 2"),
        (days("2027-08-01"), NO_LIMIT),
        (days("2027-01-01", "2027-03-31"), "PI 1"),
        (days("2027-04-01", "2027-06-30"), "PI 2"),
        (days("2027-07-01", "2027-09-30"), NO_LIMIT),
    ],
)
def test_the_last_period(span: Span, period: str | None) -> None:
    assert PLAN.last_until(span) == period
