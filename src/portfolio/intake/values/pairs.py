"""Reads points of a curve, `0: 900; 20: 500`, as pairs of week and value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.number_text import Mark, NumberText, mark_of, number_text
from portfolio.intake.values.question import ColumnValues, Question

Point = list[NumberText | None]
MOST_CHANCES = 2.0
"""Chances that add up to more than this are per cents."""


def read_pairs(values: Sequence[object], wanted: Wanted, context: Context) -> ColumnValues:
    """The points of each cell as a list of pairs; what is not written so stays text."""
    made = ColumnValues([None] * len(values))
    points = {place: _points(as_text(value)) for place, value in enumerate(values) if not is_blank(value)}
    figures = [part for found in points.values() if found is not None for point in found for part in point if part]
    mark = mark_of(figures) or context.mark or context.fallback
    for place, found in points.items():
        made.values[place] = as_text(values[place])
        if found is not None:
            _read(made, place, found, wanted, mark)
    return made


def _points(text: str) -> list[Point] | None:
    """The parts of each point; None where a text is not written so."""
    parts = [point.split(":") for point in re.split(r"[;\n]", text) if point.strip()]
    points = [[number_text(part) for part in point] for point in parts]
    whole = all(len(point) == 2 and None not in point for point in points)
    return points if whole and points else None


def _read(made: ColumnValues, place: int, points: list[Point], wanted: Wanted, mark: Mark | None) -> None:
    pairs = [[None if part is None else part.value(mark) for part in point] for point in points]
    if all(None not in pair for pair in pairs):
        if wanted.column.field.endswith("_cases"):
            pairs = _with_shares(points, pairs)
        made.values[place] = [[_plain(part) for part in pair] for pair in pairs]
        return
    unclear = next(part for point in points for part in point if part is not None and part.value(mark) is None)
    if unclear.is_open:
        readings = sorted({part for part in (unclear.value("."), unclear.value(",")) if part is not None}, reverse=True)
        made.values[place] = None
        made.cells[place] = Question(
            f"{wanted.column.heading} has the figure {unclear.digits}.",
            f"It can be read as {' or '.join(f'{reading:.15g}' for reading in readings)}.",
            "Write figures without separators of thousands.",
        )


def _with_shares(points: list[Point], pairs: list[list[float | None]]) -> list[list[float | None]]:
    """Amounts with their chances as shares, which people write as `50%`, `50` or `0.5`."""
    percent = sum(chance or 0.0 for _, chance in pairs) > MOST_CHANCES or any(
        part is not None and part.unit is not None and part.unit.name == "percent" for _, part in points
    )
    return [[amount, None if chance is None else chance / (100 if percent else 1)] for amount, chance in pairs]


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number
