"""Stretches of time as roadmaps speak of them."""

from __future__ import annotations

import pytest

from portfolio.intake.values.spans import span_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q3 2027", "2027-07-01", "2027-09-30"),
        ("Q1/28", "2028-01-01", "2028-03-31"),
        ("3. Quartal 2027", "2027-07-01", "2027-09-30"),
        ("H2 2027", "2027-07-01", "2027-12-31"),
        ("Jun 2027", "2027-06-01", "2027-06-30"),
        ("03/2027", "2027-03-01", "2027-03-31"),
        ("KW 32/2027", "2027-08-09", "2027-08-15"),
        ("2027-W10", "2027-03-08", "2027-03-14"),
    ],
)
def test_the_days_of_a_stretch(text: str, first: str, last: str) -> None:
    span = span_of(text)
    assert span is not None
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "2027", "PI 3", "soon", "Q5 2027", "13/2027"])
def test_what_names_no_days(text: str) -> None:
    assert span_of(text) is None
