"""Which headings are periods, and which say something else."""

from __future__ import annotations

import pytest

from portfolio.intake.values.periods import is_period_label, period_headings


@pytest.mark.parametrize(
    "label", ["PI 1", "Q3 2027", "Jan 27", "FY28", "2027-04", "KW 12", "Sprint 4", "P1", "1. Quartal"]
)
def test_labels_of_periods(label: str) -> None:
    assert is_period_label(label)


@pytest.mark.parametrize("label", ["FTE", "Velocity", "Total", "PI 1+PI 2", "Focus factor", ""])
def test_other_labels(label: str) -> None:
    assert not is_period_label(label)


def test_periods_among_other_columns() -> None:
    periods, others = period_headings({1: "FTE", 2: "PI 1", 3: "PI 2", 4: "PI 1 used"})
    assert (periods, others) == ([2, 3], [1, 4])


def test_periods_that_only_the_settings_know() -> None:
    periods, others = period_headings({1: "Now", 2: "Next"}, frozenset({"now", "next"}))
    assert (periods, others) == ([1, 2], [])
