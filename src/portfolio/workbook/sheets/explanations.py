"""The sheet `Explanations`: what an epic earns and needs, what it costs, who makes room, what lets it in; written by `portfolio explain`."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.results.epic_explanation import Explanation
from portfolio.results.explanations import Explained
from portfolio.workbook.sheets.claim import WORTH_ROW, write_claim
from portfolio.workbook.sheets.prices import write_price
from portfolio.xlsx.write.book import Book, Page

_TOP = 3
_WIDTHS = (50, 16, 16, 16, 14, 18)
_LAST = len(_WIDTHS) - 1
_REASON_WIDTHS = (8, 46, 12, 16, 90)
_WORTH = xl_rowcol_to_cell(_TOP + WORTH_ROW, 1, row_abs=True, col_abs=True)


def write_explanations_sheet(book: Book, explained: Explained) -> None:
    """Writes a part for each epic that was asked about; without any, a row for every epic."""
    page = book.page("Explanations")
    if not explained.epics:
        return _reasons(page, explained)
    page.title(explained.title, "Each figure is from planning again, without the epic or with it forced in.")
    page.widths(*_WIDTHS)
    answer = explained.answer
    row = write_claim(page, _TOP, answer.outcome, answer.portfolio.value_unit) + 1
    for epic in explained.epics:
        row = _epic(page, explained, epic, row) + 1
    return None


def _epic(page: Page, explained: Explained, epic: Explanation, row: int) -> int:
    """One epic: its name, what is said of it, and the figures; returns the row after them."""
    page.across(row, 0, _LAST, epic.label, "heading")
    row += 1
    for sentence in epic.sentences:
        page.prose(row, 0, _LAST, sentence, 1.2 * sum(_WIDTHS))
        row += 1
    row = _figures(page, explained, epic, row + 1)
    if epic.needs:
        row = _needs(page, epic, row + 1)
    if epic.shifts:
        row = _others(page, epic, row + 1)
    return _ways(page, explained, epic, row + 1) if epic.ways_in else row


def _headings(page: Page, row: int, *headings: str, left: int = 1) -> None:
    """Headings of one of an epic's tables; the first few stand over texts."""
    for column, heading in enumerate(headings):
        look = ("left",) if column < left else ("centre",)
        page.text(row, column, heading, "heading", "result heading", *look)


def _figures(page: Page, explained: Explained, epic: Explanation, row: int) -> int:
    """What it earns, and what the plan loses by its other fate."""
    _headings(
        page, row, f"In {epic.portfolio.value_unit}", "", "At least", "At most", "The figure is", "Of the plan's value"
    )
    lines = [("It earns", epic.value, epic.value), (epic.fate, epic.cost_at_least, epic.cost_at_most)]
    for here, (name, at_least, at_most) in enumerate(lines, start=row + 1):
        write_price(page, here, (name, ""), at_least, at_most)
        most, value = xl_rowcol_to_cell(here, 3), explained.answer.outcome.value or 0.0
        share = at_most / value if at_most is not None and value > 0 else ""
        page.formula(here, _LAST, f'=IF(OR({most}="",N({_WORTH})<=0),"",{most}/{_WORTH})', share, "cell", "any share")
    if epic.possible is False:
        page.text(row + 2, 4, "no plan", "cell", "centre")
    return row + 3


def _needs(page: Page, epic: Explanation, row: int) -> int:
    """Effort and money by value stream and period, with their sums."""
    _headings(page, row, "It needs of", "In", "Effort", f"Spend, {epic.portfolio.money_unit}", left=2)
    titles = {stream.id: stream.title for stream in epic.portfolio.value_streams}
    first, last = row + 1, row + len(epic.needs)
    for here, need in enumerate(epic.needs, start=first):
        page.text(here, 0, titles[need.stream], "cell")
        page.text(here, 1, need.period, "cell")
        page.put(here, 2, need.effort, "cell", "worth")
        page.put(here, 3, need.spend, "cell", "worth")
    page.text(last + 1, 0, "Together", "cell", "bold")
    page.put(last + 1, 1, None, "cell")
    for column, total in (
        (2, sum(need.effort for need in epic.needs)),
        (3, sum(need.spend for need in epic.needs)),
    ):
        span = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        page.formula(last + 1, column, f"=SUM({span})", total, "cell", "bold", "worth")
    return last + 2


def _others(page: Page, epic: Explanation, row: int) -> int:
    """The epics that come, go or move then."""
    _headings(page, row, "What happens to others then", "Then it", "Before", "After", left=4)
    labels = {other.id: other.label for other in epic.portfolio.epics}
    for here, shift in enumerate(epic.shifts, start=row + 1):
        for column, text in enumerate((labels[shift.id], shift.happens, *shift.spans)):
            page.text(here, column, text, "cell")
    return row + 1 + len(epic.shifts)


def _ways(page: Page, explained: Explained, epic: Explanation, row: int) -> int:
    """The single changes that let it in, and what the plan gains by each."""
    _headings(page, row, "It comes in", "", f"The plan is worth, {epic.portfolio.value_unit}", "Gain")
    page.sheet.set_row(row, 32)
    for here, way in enumerate(epic.ways_in, start=row + 1):
        page.text(here, 0, way.condition, "cell", "wrap")
        page.tall(here, (way.condition, _WIDTHS[0]))
        page.text(here, 1, "" if way.proven else "at least", "cell", "right")
        page.put(here, 2, way.value, "cell", "worth")
        gain = way.value - (explained.answer.outcome.value or 0.0)
        page.formula(here, 3, f"={xl_rowcol_to_cell(here, 2)}-{_WORTH}", gain, "cell", "worth")
    return row + 1 + len(epic.ways_in)


def _reasons(page: Page, explained: Explained) -> None:
    """Every epic in a row, in order of rank."""
    page.title(explained.title, "Why each epic starts or waits. Name epics to have them explained in full.")
    page.widths(*_REASON_WIDTHS)
    portfolio, lines = explained.answer.portfolio, explained.answer.epics
    labels = {epic.id: epic.label for epic in portfolio.epics}
    page.headings(_TOP, ["Rank", "Epic", "Decision", f"Value, {portfolio.value_unit}", "Reason"])
    for row, line in enumerate(lines, start=_TOP + 1):
        page.put(row, 0, line.rank, "cell", "wrap", "centre")
        page.text(row, 1, labels[line.id], "cell", "wrap")
        page.text(row, 2, line.decision, "cell", "wrap", "centre")
        page.put(row, 3, line.value, "cell", "wrap", "worth")
        page.text(row, 4, line.reason, "cell", "wrap", "indented")
        page.tall(row, (labels[line.id], _REASON_WIDTHS[1]), (line.reason, _REASON_WIDTHS[4]))
    page.when((_TOP + 1, 2, _TOP + max(1, len(lines)), 2), f'=$C{_TOP + 2}="start"', "good")
    page.sheet.freeze_panes(_TOP + 1, 2)
