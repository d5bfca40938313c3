"""Settings: a row for each, or a column for each."""

from __future__ import annotations

from portfolio.intake.tables.settings_rows import entries
from tests.intake.tables.grids import grid


def test_settings_below_each_other() -> None:
    found = [
        (entry.label, entry.value)
        for entry in entries(grid(["Setting", "Value"], ["Currency", "EUR"], ["Start", "2027-01-04"]))
    ]
    assert found == [("Setting", "Value"), ("Currency", "EUR"), ("Start", "2027-01-04")]


def test_settings_across() -> None:
    across = grid(["Currency", "Start", "Period weeks"], ["EUR", "2027-01-04", 10])
    assert [(entry.label, entry.value, entry.row, entry.column) for entry in entries(across)] == [
        ("Currency", "EUR", 1, 0),
        ("Start", "2027-01-04", 1, 1),
        ("Period weeks", 10.0, 1, 2),
    ]


def test_a_value_that_is_the_name_of_a_setting() -> None:
    found = [(entry.label, entry.value) for entry in entries(grid(["Name", "Portfolio"], ["Currency", "EUR"]))]
    assert found == [("Name", "Portfolio"), ("Currency", "EUR")]
