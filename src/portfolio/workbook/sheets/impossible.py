"""The sheet `Impossible`: which rules clash where no plan is possible, and the least that would have to change."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.results.impossible import ChangeLine, Impossible, RepairLine
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.xlsx.write.book import Book, Page

_TOP = 3
_CHANGE = 5
_WIDTHS = (8, 24, 14, 14, 14, 72, 14, 14, 14)


def write_impossible(book: Book, layout: Layout) -> None:
    """Writes the clashes, then the repairs, the one with the fewest changes first; nothing where a plan is possible."""
    found = layout.figures.answer.impossible
    if found is None:
        return
    page = book.page(layout.name("Impossible"))
    page.title(
        "Why no plan is possible",
        "Cells are those of the file that was planned. Each repair was tried: with its changes there is a plan.",
    )
    page.widths(*_WIDTHS)
    row = _clashes(page, found, _TOP)
    if found.repairs:
        _repairs(page, layout, found, row + 1)


def _clashes(page: Page, found: Impossible, row: int) -> int:
    """A row for each rule of each clash; returns the row after them."""
    page.text(row, 0, "What clashes: rules that cannot all be kept; without any one of them the others can", "bold")
    page.headings(row + 1, ["Clash", "Guardrail", "", "", "", "Cells"], {"Guardrail", "Cells"}, repeat=False)
    page.across(row + 1, 2, 4, "Where", "heading")
    row += 2
    for number, clash in enumerate(found.clashes, start=1):
        for line in clash:
            where, cells = ", ".join(f"{what} {label}" for what, label in line.place.items()), ", ".join(line.fields)
            page.put(row, 0, number, "cell", "whole", "wrap", "centre")
            page.text(row, 1, line.name, "cell", "wrap")
            page.across(row, 2, 4, where, "cell", "wrap")
            page.text(row, _CHANGE, cells, "cell", "wrap")
            page.tall(row, (line.name, _WIDTHS[1]), (where, sum(_WIDTHS[2:5])), (cells, _WIDTHS[_CHANGE]))
            row += 1
    return row


def _repairs(page: Page, layout: Layout, found: Impossible, row: int) -> None:
    """A row for each change of each repair."""
    page.text(row, 0, "What would make a plan possible: any one of these repairs, with all its changes", "bold")
    headings = ["Repair", "Change only", "Breach", "Unit", "How sure", "Change", "Before", "After", "By"]
    page.headings(row + 1, headings, {"Change", "Change only"}, repeat=False)
    row += 2
    for number, repair in enumerate(found.repairs, start=1):
        for line in repair.changes:
            page.put(row, 0, number, "cell", "whole", "wrap", "centre")
            _repair(page, layout, row, repair)
            _change(page, row, line)
            row += 1


def _repair(page: Page, layout: Layout, row: int, repair: RepairLine) -> None:
    """What gives, and how much of it in all; a sum of shares says nothing by itself."""
    words = layout.figures.model.vocabulary
    page.text(row, 1, repair.what_gives(words), "cell", "wrap")
    page.put(row, 2, repair.total if repair.adds_up else None, "cell", "wrap", "worth")
    page.text(row, 3, repair.breach_unit(layout.figures.portfolio.currency, words), "cell", "wrap", "centre")
    page.text(row, 4, "the least" if repair.proven else "at most", "cell", "wrap", "centre")


def _change(page: Page, row: int, line: ChangeLine) -> None:
    """One change in words, with what stands there before and after; where both are numbers their difference is live."""
    page.text(row, _CHANGE, line.change, "cell", "wrap")
    page.tall(row, (line.change, _WIDTHS[_CHANGE]))
    for column, value in ((6, line.before), (7, line.after)):
        page.put(
            row,
            column,
            ("yes" if value else "no") if isinstance(value, bool) else value,
            "cell",
            "wrap",
            "right",
            "worth",
        )
    before, after = (xl_rowcol_to_cell(row, column) for column in (6, 7))
    formula = f'=IF(AND(ISNUMBER({before}),ISNUMBER({after})),{after}-{before},"")'
    page.formula(row, 8, formula, _by(line), "cell", "wrap", "worth")


def _by(line: ChangeLine) -> float | str:
    before, after = (
        value if isinstance(value, int | float) and not isinstance(value, bool) else None
        for value in (line.before, line.after)
    )
    return "" if before is None or after is None else after - before


SHEET = ResultSheet("Impossible", write_impossible, wanted=lambda layout: layout.figures.answer.impossible is not None)
