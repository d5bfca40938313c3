"""Rows of sums and means: known by their label, by their formula, or by their figures."""

from __future__ import annotations

import math
from collections.abc import Sequence

from portfolio.intake.columns import plain
from portfolio.intake.languages import vocabulary
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import is_blank
from portfolio.intake.values.number_text import figure

TOTALS = {"total", "totals", "grandtotal", "subtotal", "sum", "average", "mean", "median", "count", "min", "max"}
"""Words that are looked for in every row; those of other languages where a total may stand."""
FEWEST_SUMMED = 2
MOST_LABELS = 2
"""A row of sums has a label and perhaps a remark, no more words."""


SIGNS = frozenset({"\u00d8", "\u00f8", "\u2205", "\u2300", "\u03a3", "\u2211"})
"""Mean and sum as people abbreviate them: a crossed-out circle, or sigma."""


def is_total_word(name: object) -> bool:
    """Whether a label is a word for a total in English, or a sign for one, by itself."""
    return isinstance(name, str) and (plain(name) in TOTALS or is_total_sign(name))


def is_total_sign(name: object) -> bool:
    """Whether a label is a sign for a sum or a mean, perhaps with a colon behind it."""
    return isinstance(name, str) and name.strip(" :=") in SIGNS


def is_total_alone(name: object) -> bool:
    """Whether the whole label is a word for a total in any language: `Summe`, `Итого`."""
    return isinstance(name, str) and vocabulary().meaning("totals", name) is not None


def begins_like_total(name: object) -> bool:
    """Whether a label is, or begins with, a word for a total in any language: `Summe`, `Sum of effort`, `Total 2027`."""
    if not isinstance(name, str) or not name.strip():
        return False
    words = name.replace(":", " ").replace("(", " ").split()
    starts = {name, *(" ".join(words[:count]) for count in (1, 2, 3))}
    return any(vocabulary().meaning("totals", start) is not None for start in starts if start)


def sums_by_formula(table: Table, row: int) -> bool:
    """Whether a cell of a row sums up or averages the cells above it."""
    if not table.grid.sums:
        return False
    number = table.sheet_row(row)
    return any((number, table.sheet_column(index)) in table.grid.sums for index in range(len(table.headings)))


def sums_by_figures(table: Table, row: int, above: Sequence[int], fewest: int = 1, summed: int = FEWEST_SUMMED) -> bool:
    """Whether each figure of a row is the sum of those above it, or each their mean; what else stands there is a label.

    There have to be so many figures at the `fewest`, each of so many `summed` ones.
    """
    if len(above) < summed:
        return False
    cells = table.grid.rows[row]
    labels = {table.column_of("id"), table.column_of("title")}
    read = {index: figure(value) for index, value in enumerate(cells) if value != "" and index not in labels}
    figures = {index: value for index, value in read.items() if value is not None}
    words = sum(not is_blank(value) for value in cells) - len(figures)
    if len(figures) < fewest or words > MOST_LABELS:
        return False
    return all(
        _sums(value, [table.grid.rows[other][index] for other in above], summed) for index, value in figures.items()
    )


def _sums(value: float, above: Sequence[object], summed: int) -> bool:
    figures = [number for cell in above if (number := figure(cell)) is not None]
    if len(figures) < summed:
        return False
    made = (sum(figures), sum(figures) / len(figures))
    return any(math.isclose(value, figure, rel_tol=1e-3, abs_tol=0.006) for figure in made)
