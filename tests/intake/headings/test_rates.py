"""Money by month or year, in thousands or not: both are counted, in whatever order and language a heading says them."""

from __future__ import annotations

import pytest

from portfolio.intake.headings.heading import take_apart


@pytest.mark.parametrize(
    ("heading", "name", "factor", "rate"),
    [
        ("Annual Benefit ($k)", "benefit", 1e3, "per_year"),
        ("Annual benefit in kEUR", "benefit", 1e3, "per_year"),
        ("Benefit per year (k€)", "benefit", 1e3, "per_year"),
        ("Benefit per year, T€", "benefit", 1e3, "per_year"),
        ("Benefit (kEUR p.a.)", "benefit", 1e3, "per_year"),
        ("Monthly benefit [USD thousands]", "benefit", 1e3, "per_month"),
        ("Benefit/month (m€)", "benefit", 1e6, "per_month"),
        ("Annual benefit", "benefit", 1.0, "per_year"),
        ("Jährlicher Nutzen (TEUR)", "nutzen", 1e3, "per_year"),
        ("Nutzen/Jahr in TEUR", "nutzen", 1e3, "per_year"),
        ("Nutzen pro Jahr (Mio. €)", "nutzen", 1e6, "per_year"),
        ("Bénéfice annuel (k€)", "bénéfice", 1e3, "per_year"),
        ("Gain par an (k€)", "gain", 1e3, "per_year"),
    ],
)
def test_a_rate_and_a_unit_of_money_are_both_heard(heading: str, name: str, factor: float, rate: str) -> None:
    """The kind: a heading that says how often and how many at once, of which one was dropped."""
    unit = dict(take_apart(heading).names)[name]
    assert unit is not None
    assert (unit.factor, unit.rate) == (factor, rate)
