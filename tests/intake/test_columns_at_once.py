"""Columns that are read at once give what each cell gives by itself."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest

from portfolio.intake.values.cell_values import READ, AmbiguousNumberError, read_uniform

DAY = datetime.date(2027, 1, 4)
COLUMNS: tuple[list[Any], ...] = (
    [], [""], ["", ""], ["a", " b ", "", "  "], ["a"] * 3, [1.0, 2.0], [1.0, 2.5], [1.0, "", 3.5], ["", 2.0], [1.0, "2"], [1.0, " "],
    [math.inf, 1.0], [1e300], [-0.0], [DAY], [DAY, ""], [DAY, "2027-01-05"], [datetime.datetime(2027, 1, 4, 8)], [True, 1.0],
    [False], ["yes", ""], [5], [datetime.time(3)], ["0: 9; 2: 5"], ["50%"], ["1.234"],
)  # fmt: skip


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("values", COLUMNS, ids=repr)
def test_a_column_is_read_as_its_cells(kind: Any, values: list[Any]) -> None:
    found = read_uniform(kind, values)
    if found is not None:
        each = [READ[kind](value) if value != "" else None for value in values]
        assert repr(found) == repr([None if value in ("", None) else value for value in each])


@pytest.mark.parametrize(
    ("kind", "values"),
    [("text", ["a", ""]), ("number", [1.0, "", 2.5]), ("whole", [1.0]), ("date", [DAY, ""]), ("yes/no", ["", ""])],
)
def test_usual_columns_are_read_at_once(kind: Any, values: list[Any]) -> None:
    assert read_uniform(kind, values) is not None


@pytest.mark.parametrize(("kind", "values"), [("number", ["1.234"]), ("date", ["01/10/2027"])])
def test_what_can_be_read_in_two_ways_is_left_to_each_cell(kind: Any, values: list[Any]) -> None:
    assert read_uniform(kind, values) is None
    with pytest.raises(AmbiguousNumberError):
        READ[kind](values[0])
