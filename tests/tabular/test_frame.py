"""Frames of declared tables: the key is the index, types are those that were declared, absent is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest

from portfolio.errors import WrongUseError
from portfolio.tabular import Column, FilledTable, Table, TabularResult

COLUMNS = (
    Column("thing", "text", "Its name."),
    Column("when", "period", "When."),
    Column("much", "number", "How much.", "money"),
    Column("many", "whole", "How many."),
    Column("good", "yes/no", "Whether it is good."),
    Column("day", "date", "On which day."),
)
TABLE = Table("things", "Every thing.", COLUMNS, ("thing",))
ROWS = [
    {"thing": "a", "when": "PI 2", "much": 1, "many": 3, "good": True, "day": date(2027, 1, 4), "other": 1},
    {"thing": "b", "when": "PI 10", "much": None, "many": None, "good": None, "day": None},
    {"thing": "c"},
]


class Things(TabularResult):
    """Two tables of things."""

    headline = "Three things."

    def filled_tables(self) -> Sequence[FilledTable]:
        """The things, and nothing."""
        empty = Table("nothing", "Nothing.", COLUMNS, ("thing", "when"))
        return TABLE.filled(lambda: ROWS, {"when": ("PI 1", "PI 2", "PI 10")}), empty.filled(lambda: ())


def test_columns_have_the_types_that_were_declared() -> None:
    """Money is float, counts may be missing, days are days; a period is a category in its order."""
    frame = Things().frame()
    assert list(frame.index) == ["a", "b", "c"]
    assert frame.index.name == "thing"
    assert list(frame.columns) == ["when", "much", "many", "good", "day"]
    assert [str(kind) for kind in frame.dtypes] == ["category", "float64", "Int64", "boolean", "datetime64[s]"]
    assert list(frame["when"].cat.categories) == ["PI 1", "PI 2", "PI 10"]
    assert list(frame.sort_values("when", ascending=False).index[:2]) == ["b", "a"]
    assert frame.loc["a", "day"] == pd.Timestamp("2027-01-04")


def test_absent_is_missing_in_every_column() -> None:
    """Nothing becomes 0, False or empty text."""
    frame = Things().frame("things")
    assert frame.loc["c"].isna().all()
    assert list(frame.notna().sum()) == [2, 1, 1, 1, 1]


def test_an_empty_table_has_its_columns() -> None:
    """Without rows the types and the index are the same."""
    frame = Things().frame("nothing")
    assert (len(frame), frame.index.names) == (0, ["thing", "when"])
    assert str(frame["much"].dtype) == "float64"


def test_each_frame_is_new() -> None:
    """What is done to one does nothing to the result."""
    first = Things().frame()
    first.loc["a", "much"] = 99.0
    assert Things().frame().loc["a", "much"] == 1


def test_a_name_that_no_table_has_is_refused() -> None:
    """The sentence says which there are."""
    with pytest.raises(WrongUseError, match=r"There is no table thing; there are things, nothing\."):
        Things().frame("thing")


def test_the_short_form_is_the_headline() -> None:
    """What a prompt shows is a line."""
    assert repr(Things()) == "<Things: Three things.>"
