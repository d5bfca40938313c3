"""The slide Load: value streams over periods as a table, with what is left of budgets."""

from __future__ import annotations

from dataclasses import replace

from portfolio.reports.report import Report
from portfolio.reports.slides.deck import Deck
from portfolio.reports.slides.shapes import Cell, table, text
from portfolio.results.views.load import LoadCell, load_view

GROUNDS = (0.0, 0.2, 0.5, 0.8, 1.0)
"""How strong the ground of each shade is."""


def load_slide(deck: Deck, report: Report) -> None:
    """One slide; none where there is no plan."""
    view = load_view(report.shown)
    if view.missing is not None:
        return
    room = deck.slide(view.title)
    budgets = [
        period
        for period in view.budget_periods
        if any(line.budgets and line.budgets[0].left is not None for line in view.lines)
    ]
    headings = [
        Cell(view.headings["value_stream"]),
        *(Cell(period, right=True) for period in view.periods),
        *(Cell(f"Left in {period}, {view.money_unit}", right=True) for period in budgets),
    ]
    rows = [
        [
            Cell(line.title, strong=not line.id),
            *(_cell(cell) for cell in line.cells),
            *(Cell(money.words, right=True, strong=not line.id) for money in line.budgets if budgets),
        ]
        for line in view.with_total
    ]
    notes = [f"{view.headline}. ! marks what is at its limit, !! what is beyond it.", *view.notes]
    text(room, (room.left, room.top, room.width, 16 * len(notes)), [(note, False) for note in notes], 11)
    below = replace(room, top=room.top + 16 * len(notes) + 10)
    table(below, headings, rows, [2.2, *(1.0 for _ in view.periods), *(1.4 for _ in budgets)])


def _cell(cell: LoadCell) -> Cell:
    marks = {"kept": "", "at its limit": " !"}.get(cell.standing, " !!")
    return Cell(f"{cell.words}{marks}", GROUNDS[cell.shade], strong=cell.standing != "kept", right=True)
