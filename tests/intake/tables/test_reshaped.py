"""Amounts by period in other shapes give the plain one, and each cell knows where it stands."""

from __future__ import annotations

from portfolio.intake.tables.reshaped import reshaped
from tests.intake.tables.grids import grid

PLAIN = [["Value stream", "PI 1", "PI 2"], ["Web", 20.0, 21.0], ["App", 10.0, 11.0]]


def test_a_turned_table() -> None:
    turned = grid(["Period", "Web", "App", "Note"], ["PI 1", 20, 10], ["PI 2", 21, 11], ["Total", 41, 21])
    found = reshaped(turned)
    assert found.rows[:3] == PLAIN
    assert (found.cell(1, 2), found.cell(2, 0), found.cell(0, 1)) == ((3, 2), (1, 3), (2, 1))


def test_an_empty_row_between_periods_ends_nothing() -> None:
    turned = grid(["Period", "Web", "App"], ["PI 1", 20, 10], [], ["PI 2", 21, 11])
    assert reshaped(turned).rows == PLAIN


def test_a_row_for_each_amount() -> None:
    rows = grid(
        ["Team", "Value stream", "Quarter", "Days"],
        ["a", "Web", "PI 1", 20],
        ["a", "Web", "PI 2", 21],
        ["b", "App", "PI 1", 10],
        ["b", "App", "PI 2", 11],
        ["c", "App", "PI 1", 1],
    )
    found = reshaped(rows)
    assert found.rows == [*PLAIN, ["App", 1.0, 0]]
    assert found.cell(1, 2) == (3, 4)


def test_what_stands_plainly_stays_so() -> None:
    plain = grid(*PLAIN)
    assert reshaped(plain) is plain
