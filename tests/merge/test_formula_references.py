"""Formulas without positions: what they say when rows are sorted, columns inserted, sheets renamed."""

from __future__ import annotations

import pytest

from portfolio.merge.formula_references import GoneError, compared, moved, with_positions, without_positions
from portfolio.merge.workbook_contents import ColumnAt, RowAt, Table, layouts


def table(title: str, columns: str, rows: str, header: int = 1, first: int = 2) -> Table:
    """A table whose columns and rows are single letters, in this order."""
    return Table(
        "Epics",
        title,
        header,
        columns={name: ColumnAt(name, number) for number, name in enumerate(columns, 1)},
        rows={name: RowAt(number, name) for number, name in enumerate(rows, first)},
    )


OLD = table("Epics", "abcd", "wxyz")
NEW = table("My epics", "dbca", "zxwy", 4, 5)


@pytest.mark.parametrize(
    ("formula", "there"),
    [
        ("A2+B2", "D7+B7"),
        ("$A2*A$1", "$D7*D$4"),
        ("SUM(A2:C2)", "SUM(D7:C7)"),
        ("SUM(B2:B5)", "SUM(B5:B8)"),
        ("SUM(B1:B5)", "SUM(B4:B8)"),
        ("SUM(B2:B9)", "SUM(B5:B12)"),
        ("B3/$B$5", "B6/$B$5"),
        ("SUM(C:C)", "SUM(C:C)"),
        ("SUM($A:$A)", "SUM($D:$D)"),
        ('Epics!D2&"A2 and D2"', "'My epics'!A7&\"A2 and D2\""),
        ("Other!A2+[1]Epics!A2", "Other!A2+[1]Epics!A2"),
        ("Table1[[#This Row],[A2]]+A2", "Table1[[#This Row],[A2]]+D7"),
        ("LOG10(A2)+A2B+Z99", "LOG10(D7)+A2B+Z99"),
        ("ATAN2(A2,B2)", "ATAN2(D7,B7)"),
    ],
)
def test_a_formula_reads_the_same_where_everything_stands_elsewhere(formula: str, there: str) -> None:
    """From row w of one workbook to row w of the other."""
    template = without_positions(formula, "Epics", 2, layouts({"Epics": OLD}))
    assert with_positions(template, OLD, 2, {"Epics": OLD}) == formula.replace("Epics!D2", "'Epics'!D2")
    assert with_positions(template, NEW, 7, {"Epics": NEW}) == there


def test_a_reference_to_what_is_gone_is_said() -> None:
    smaller = table("Epics", "abc", "wyz")
    for formula, gone in (("D2", "the column d"), ("A3", "the row x")):
        template = without_positions(formula, "Epics", 2, layouts({"Epics": OLD}))
        with pytest.raises(GoneError, match=gone):
            with_positions(template, smaller, 2, {"Epics": smaller})


def test_formulas_filled_down() -> None:
    assert moved('A1+$A1+A$1+SUM(B:C)+Other!A1&"A1"', 2, 1) == 'B3+$A3+B$1+SUM(C:D)+Other!B3&"A1"'
    assert moved("A1", -1, 0) == "#REF!"


def test_case_and_spaces_make_no_difference_except_in_texts() -> None:
    assert compared('sum( A1 , b2 )&"a b"') == compared('SUM(A1,B2)&"a b"')
    assert compared('A1&"a"') != compared('A1&"A"')
    assert compared("_xlfn.XLOOKUP(A1,B1,C1)") == compared("XLOOKUP(A1,B1,C1)")
