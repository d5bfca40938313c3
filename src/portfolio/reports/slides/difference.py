"""The slide Difference: what is in, out and moved against the agreed plan, and what that is worth."""

from __future__ import annotations

from dataclasses import replace

from portfolio.domain.wording import rounded
from portfolio.reports.report import Report
from portfolio.reports.slides.deck import Deck, words
from portfolio.reports.slides.shapes import Cell, table, text
from portfolio.results.views.difference import difference_view

ABOVE = 78.0
"""Points that the sentences take."""


def difference_slides(deck: Deck, report: Report) -> None:
    """One slide with a row for each epic that changes; none where nothing was agreed."""
    view = difference_view(report.shown)
    if view.missing is not None:
        return
    room = deck.slide(view.title)
    totals = "   ".join(
        f"{row.heading}: {rounded(row.before or 0)} to {rounded(row.after or 0)}" for row in view.totals
    )
    lines = [(view.headline, True), (totals, False), *((line, False) for line in view.sentences[:2])]
    text(room, (room.left, room.top, room.width, ABOVE), lines, 11)
    value = [f"Value, {view.unit}"] if view.unit else []
    headings = ["", view.headings["epic"], "Before", "After", *value, "Why"]
    rows = [
        [Cell(row.happens), Cell(words(row.label, 60)), Cell(row.before), Cell(row.after),
         *([Cell(row.gain_words, right=True)] if value else []), Cell(words(row.why, 90))]
        for row in view.epics
    ]  # fmt: skip
    if rows:
        below = replace(room, top=room.top + ABOVE, height=room.height - ABOVE)
        most = int(below.height // 16) - 2
        table(below, [Cell(heading) for heading in headings], rows, (8, 26, 9, 9, *(10 for _ in value), 38), most)
