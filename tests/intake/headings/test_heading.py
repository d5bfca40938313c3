"""A heading taken apart: its names, and what stands beside them."""

from __future__ import annotations

import pytest

from portfolio.intake.columns import EPICS
from portfolio.intake.headings.heading import take_apart
from portfolio.intake.headings.names import matches


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Job size (1-20)", "job_size"),
        ("Business Value: 1 (low) - 20 (high)", "user_business_value"),
        ("Time criticality - 1 to 20", "time_criticality"),
        ("RR|OE {1-20}", "rr_oe"),
        ("Time Criticality <number>", "time_criticality"),
        ("Custom field (Job Size)", "job_size"),
        ("Kosten extern", ""),
        ("Geschäftswert [1-20]", "user_business_value"),
        ("Benefit/month", "benefit_per_week"),
        ("Annual benefit", "benefit_per_week"),
    ],
)
def test_the_field_of_a_heading(heading: str, field: str) -> None:
    found = matches(heading, EPICS.columns)
    assert (found[0].column.field if found else "") == field


@pytest.mark.parametrize(
    ("heading", "factor", "currency"),
    [
        ("External cost (kEUR)", 1e3, "EUR"),
        ("external_cost_(keur)", 1e3, "EUR"),
        ("Cost in thousands of EUR", 1e3, "EUR"),
        ("Budget in Mio. CHF", 1e6, "CHF"),
        ("Cost ('000)", 1e3, ""),
    ],
)
def test_the_unit_of_a_heading(heading: str, factor: float, currency: str) -> None:
    units = [unit for _, unit in take_apart(heading).names if unit is not None]
    assert units
    assert (units[0].factor, units[0].currency) == (factor, currency)
