"""The account of a file: what was read as what, and what was not, with what matters first."""

from __future__ import annotations

from portfolio.intake.read_report import ColumnRead, ReadReport, RowsLeftOut, SheetRead


def column(heading: str, read_as: str | None, note: str = "", *, matters: bool = True) -> ColumnRead:
    """A column of a sheet."""
    return ColumnRead(heading, "A", read_as, note, matters)


def test_a_column_is_named_as_it_is_headed() -> None:
    assert column("Title", "Title").text == "Title"
    assert column("BV", "User-business value").text == "User-business value from BV"
    assert column("External cost (kEUR)", "External cost", "times 1,000").text == "External cost (kEUR) (times 1,000)"
    assert column("Colour", None).text == "Colour"


def test_a_sheet_says_what_of_it_was_read() -> None:
    columns = (column("ID", "ID"), column("Colour", None))
    sheet = SheetRead("Backlog", "Epics", "", 2, columns, (RowsLeftOut("total", (4,), ("Sum",)),))
    assert sheet.text == "Backlog as Epics, 2 rows: ID; not read: Colour; no records: 1 total (Sum)."
    assert SheetRead("Cover", None, "it has no headings of an input").text == (
        "Cover: not read, it has no headings of an input."
    )


def test_only_figures_are_worth_a_line_of_their_own() -> None:
    """Remarks and covers are no reason to stop reading a ranking; figures that were left out are."""
    cover = SheetRead("Cover", None, "it has no headings of an input", matters=False)
    limits = SheetRead("Limits", None, "it has no headings of an input")
    own = SheetRead("Plan", None, "this program wrote it", is_own=True)
    remarks = SheetRead("Epics", "Epics", "", 1, (column("Notes", None, matters=False),))
    figures = SheetRead("Capacity", "Capacity", "", 1, (column("FTE", None),))
    assert ReadReport((cover, remarks, own)).unread_text == ""
    assert ReadReport((cover, limits, remarks, figures)).unread_text == "Not read: the sheet Limits; FTE on Capacity."


def test_sheets_that_were_read_come_first() -> None:
    cover, epics = SheetRead("Cover", None, "why"), SheetRead("Epics", "Epics")
    assert list(ReadReport((cover, epics)).lines()) == ["Epics.", "Cover: not read, why."]
