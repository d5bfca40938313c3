"""The first slide: the claim with its figures, and what those who decide read first."""

from __future__ import annotations

from portfolio.reports.report import Report
from portfolio.reports.slides.deck import Deck
from portfolio.reports.slides.shapes import BODY, box, text
from portfolio.results.decision_page import PagePart

TILE_HEIGHT, GAP = 62.0, 8.0
MOST_LINES = 5
"""Lines of each part that are shown; the rest is counted."""


def decision_slide(deck: Deck, report: Report) -> None:
    """The headline, the figures as tiles, and below them what stops, slips, is due and is tight."""
    room = deck.slide(report.title)
    missing = report.missing
    said = [(report.headline, False)] + ([] if missing is None else [(f"{missing.message} {missing.fix}", False)])
    text(room, (room.left, room.top, room.width, 40), said, 14)
    top, tiles = room.top + 48, report.tiles
    width = (room.width - GAP * (len(tiles) - 1)) / max(len(tiles), 1)
    for place, tile in enumerate(tiles):
        left = room.left + place * (width + GAP)
        box(room, (left, top, width, TILE_HEIGHT), "", "accent1", light=0.88, rounded=False)
        text(room, (left + 8, top + 2, width - 12, 20), [(tile.heading, False)], 11)
        text(room, (left + 8, top + 20, width - 12, 36), [(tile.words, True)], _size(tile.words))
    top += TILE_HEIGHT + 16 if tiles else 0
    parts = report.parts
    wide = (room.width - GAP * (len(parts) - 1)) / max(len(parts), 1)
    for place, part in enumerate(parts):
        left = room.left + place * (wide + GAP)
        text(room, (left, top, wide, room.top + room.height - top), _lines(part), 11)
    foot = room.top + room.height
    if report.inputs:
        text(room, (room.left, foot - 4, room.width, 18), [(f"Figures from {report.inputs}", False)], BODY - 4)


def _size(words: str) -> float:
    """How large a figure can stand on its tile."""
    return 20 if len(words) < 11 else 15 if len(words) < 16 else 11


def _lines(part: PagePart) -> list[tuple[str, bool]]:
    """One part: its heading, then each line in two."""
    lines = [(part.title, True)]
    for what, how in part.lines[:MOST_LINES]:
        lines += [(what, False), (f"   {how}", False)]
    if not part.lines:
        lines.append((part.none, False))
    more = len(part.lines) - MOST_LINES
    return [*lines, *([(f"and {more} more", False)] if more > 0 else [])]
