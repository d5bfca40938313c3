"""The slides that say how sure the ranking and the dates are: the ranks of most futures, and chances."""

from __future__ import annotations

from dataclasses import replace

from portfolio.domain.wording import rounded
from portfolio.reports.report import Report
from portfolio.reports.slides.deck import Deck, words
from portfolio.reports.slides.shapes import Cell, table, text
from portfolio.results.views.ranking import RANKS_HEADING, RankingView, ranking_view

TITLE = "How sure"
LINE, LETTERS = 14.0, 150
"""Points of a line of the sentences above the table, and letters that it has room for."""


def sureness_slide(deck: Deck, report: Report) -> None:
    """One slide with the epics that start, then those that wait; none where nothing is uncertain."""
    view = ranking_view(report.shown)
    if not view.uncertain:
        return
    room = deck.slide(TITLE)
    said = [line for line in (" ".join(view.sure[:2]), *view.sure[2:], view.kept) if line]
    above = LINE * sum(-(-len(line) // LETTERS) for line in said) + 8
    text(room, (room.left, room.top, room.width, above), [(line, False) for line in said], 11)
    columns = _columns(view)
    rows = [
        [Cell(words(str(getattr(row, field) or ""), 70), right=right) if field != "score" else _score(row.score)
         for _, field, right, _ in columns]
        for row in view.rows
        if row.rank is not None
    ]  # fmt: skip
    below = replace(room, top=room.top + above + 8, height=room.height - above - 8)
    headings = [Cell(heading, right=right) for heading, _, right, _ in columns]
    table(below, headings, rows, [width for *_, width in columns], int(below.height // 16) - 2)


def _score(score: float | None) -> Cell:
    return Cell("" if score is None else rounded(score, 2), right=True)


def _columns(view: RankingView) -> list[tuple[str, str, bool, float]]:
    """What stands in each column: its heading, the field, whether it is a figure, and how wide it is."""
    columns = [
        ("Rank", "rank", True, 6.0),
        (view.headings["epic"], "label", False, 44.0),
        (view.score or "", "score", True, 9.0),
        ("When", "start", False, 10.0),
        (RANKS_HEADING, "ranks", False, 14.0),
        (view.top, "funded", True, 14.0),
        ("Date kept", "kept", True, 10.0),
    ]
    held = {field for _, field, _, _ in columns if any(getattr(row, field) not in (None, "") for row in view.rows)}
    return [column for column in columns if column[1] in held]
