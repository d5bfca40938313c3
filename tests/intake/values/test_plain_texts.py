"""Columns of plain numbers in text are read many times as fast, and read the same."""

from __future__ import annotations

import random

import pytest

from portfolio.intake.columns import EPICS
from portfolio.intake.values.cell_values import read_plain_texts
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.numbers import read_numbers

TEXTS = ["8", "13", "0.5", "12.75", "007", "0.125", "1234", "", "2.0"]
OTHERS = ["1.234", "1,5", "5 %", "-3", " 4", "\u0665", "1e3", "M", "1 000", "12.345"]


@pytest.mark.parametrize("field", ["job_size", "benefit_per_week", "effort", "min_periods"])
def test_the_same_figures_as_cell_by_cell(field: str) -> None:
    """Random columns of numbers that everybody reads alike."""
    chance = random.Random(7)
    for _ in range(50):
        column = [chance.choice(TEXTS) for _ in range(20)]
        quick = read_plain_texts(column)
        slow = read_numbers(column, Wanted(EPICS.column(field)), Context()).values
        assert quick == slow
        assert list(map(type, quick or ())) == list(map(type, slow))


@pytest.mark.parametrize("text", OTHERS)
def test_whatever_could_be_read_otherwise_is_left(text: str) -> None:
    """A mark that may be one of thousands, a unit, a sign, other digits: one cell is enough to look closely."""
    assert read_plain_texts([*TEXTS, text]) is None
