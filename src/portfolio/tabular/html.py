"""HTML as a notebook shows it: plain elements, each with its own style, readable on light and dark; nothing runs.

Every text is escaped here and nowhere else; characters that nobody sees, but that change how others are read, are shown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portfolio.tabular.table import Column, FilledTable

MOST_ROWS = 50
"""Rows that are shown; the rest is counted."""
LONGEST_TEXT = 200
"""Characters of one cell that are shown."""
ROW_STYLE = "vertical-align:top;border-bottom:1px solid rgba(128,128,128,0.35)"
BAR, OTHER_BAR = "#4f86c6", "#8a8f98"
"""Colours that stand out on white as on black."""
NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
HIDDEN = re.compile(f"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff{NO_CHARACTERS}]")
"""Characters that nobody sees, but that change how others are read, or that are none."""


def text(content: object) -> str:
    """A text that is nothing but text, whatever it holds."""
    return html.escape(seen(str(content)), quote=True)


def seen(content: str) -> str:
    """A text in which every character can be seen: controls, marks of direction and what is no character by their number."""
    return HIDDEN.sub(_seen, content)


def _seen(found: re.Match[str]) -> str:
    """A character as it can be seen."""
    return " " if found[0] in "\n\t" else f"\\u{ord(found[0]):04x}"


def paragraph(sentence: str) -> str:
    """A sentence by itself."""
    return f'<p style="margin:0 0 0.6em 0;max-width:60em">{text(sentence)}</p>'


def table(filled: FilledTable) -> str:
    """The columns of a table that a short view shows, as far as anything stands in them, with its first rows."""
    rows, names = list(filled.rows()), filled.table.names
    places = [names.index(name) for name in filled.table.shown or names]
    places = [place for place in places if any(row[place] is not None for row in rows) or not rows]
    columns = [filled.table.columns[place] for place in places]
    body = "".join(_row(columns, [row[place] for place in places]) for row in rows[:MOST_ROWS])
    head = "".join(f'<th scope="col" style="{_cell_style(column)}">{text(column.heading)}</th>' for column in columns)
    more = paragraph(f"{len(rows) - MOST_ROWS:,} more") if len(rows) > MOST_ROWS else ""
    style = "border-collapse:collapse;margin:0 0 0.6em 0"
    return (
        f'<table style="{style}"><thead><tr style="{ROW_STYLE}">{head}</tr></thead><tbody>{body}</tbody></table>{more}'
    )


def _row(columns: Sequence[Column], values: Sequence[object]) -> str:
    cells = "".join(
        f'<td style="{_cell_style(column)}">{text(shortened(shown(value, column)))}</td>'
        for column, value in zip(columns, values, strict=True)
    )
    return f'<tr style="{ROW_STYLE}">{cells}</tr>'


def _cell_style(column: Column) -> str:
    side = "right" if column.kind in ("number", "whole") else "left"
    return f"text-align:{side};padding:2px 8px"


def shortened(words: str) -> str:
    """A text that is not too long for a cell."""
    return words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - 1] + "…"


def shown(value: object, column: Column) -> str:
    """A value as people read it: shares as percentages, figures without needless digits, nothing where it is absent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and column.unit == "share":
        return f"{value:.1%}"
    if isinstance(value, int | float):
        whole = abs(value) >= 100 or float(value).is_integer()
        return f"{value:,.0f}" if whole else f"{value:,.3g}"
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Bar:
    """One line of a roadmap: under which heading it stands, what it is, and its first and last period, counted from 0.

    `after` are the labels of the bars that have to be over before it begins; a `faint` one is not decided yet.
    """

    heading: str
    label: str
    first: int
    last: int
    after: tuple[str, ...] = ()
    faint: bool = False


ROW, STEP, LABEL, HEAD = 20, 64, 260, 24
"""Heights and widths of a roadmap in pixels: a line, a period, the labels at the left, the periods' names."""
MOST_LETTERS = 36


def roadmap(periods: Sequence[str], bars: Sequence[Bar]) -> str:
    """Bars over periods, under the headings that they belong to."""
    drawn, left = list(bars[:MOST_ROWS]), len(bars) - MOST_ROWS
    lines: list[Bar | str] = []
    for before, bar in zip([None, *drawn], drawn, strict=False):
        lines += [bar] if before is not None and before.heading == bar.heading else [bar.heading, bar]
    width, height = LABEL + STEP * len(periods), HEAD + ROW * len(lines)
    parts = [
        f'<svg role="img" aria-label="Roadmap" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" style="max-width:100%;height:auto;margin:0 0 0.6em 0">'
    ]
    parts += [_label(LABEL + STEP * place, HEAD - 8, name, 8) for place, name in enumerate(periods)]
    parts += [_grid_line(LABEL + STEP * place, height) for place in range(len(periods) + 1)]
    for place, line in enumerate(lines):
        parts += _drawn(line, HEAD + ROW * place)
    parts += _links([(line, HEAD + ROW * place) for place, line in enumerate(lines) if isinstance(line, Bar)])
    more = paragraph(f"{left:,} more") if left > 0 else ""
    return "".join(parts) + "</svg>" + more


def _drawn(line: Bar | str, top: int) -> Iterable[str]:
    if isinstance(line, str):
        yield _label(0, top + 14, line, MOST_LETTERS, bold=True)
        return
    yield _label(12, top + 14, line.label, MOST_LETTERS)
    start, length = LABEL + STEP * line.first, STEP * (line.last - line.first + 1)
    faint = ' fill-opacity="0.4"' if line.faint else ""
    yield (
        f'<rect x="{start + 1}" y="{top + 3}" width="{length - 2}" height="{ROW - 6}" rx="3" fill="{BAR}"{faint}>'
        f"<title>{text(shortened(line.label))}</title></rect>"
    )


def _links(placed: Sequence[tuple[Bar, int]]) -> Iterable[str]:
    """A line from the end of each bar to the beginning of every bar that comes after it."""
    tops = {bar.label: (bar, top) for bar, top in placed}
    for bar, top in placed:
        for before, above in (tops[label] for label in bar.after if label in tops):
            end, begin = LABEL + STEP * (before.last + 1), LABEL + STEP * bar.first
            middle, level = above + ROW // 2, top + ROW // 2
            yield (
                f'<path d="M{end - 2} {middle} H{end + 2} V{level} H{max(begin, end + 2) + 3}" fill="none" '
                f'stroke="{OTHER_BAR}" stroke-width="1.5"><title>{text(shortened(f"{bar.label} begins after {before.label}"))}'
                "</title></path>"
            )


def _grid_line(across: int, height: int) -> str:
    return (
        f'<line x1="{across}" y1="{HEAD - 4}" x2="{across}" y2="{height}" stroke="{OTHER_BAR}" stroke-opacity="0.4"/>'
    )


def _label(across: int, down: int, words: str, most: int, *, bold: bool = False) -> str:
    """A text in the colour of the page; a long one is cut, and whole where the mouse rests on it."""
    cut = words if len(words) <= most else words[: most - 1] + "…"
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{across}" y="{down}" font-size="12" font-family="sans-serif" fill="currentColor"{weight}>{text(cut)}'
        f"<title>{text(shortened(words))}</title></text>"
    )
