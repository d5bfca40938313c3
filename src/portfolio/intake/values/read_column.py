"""Reads the cells of one column at once, as the kind of its field asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from portfolio.domain.spelling import shown
from portfolio.intake.values.cell_values import READ, as_text, is_blank, read_plain_texts, read_uniform
from portfolio.intake.values.choices import read_choices, read_yes_no
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.moments import FIRST_YEAR, read_moments
from portfolio.intake.values.numbers import read_numbers
from portfolio.intake.values.pairs import read_pairs
from portfolio.intake.values.question import ColumnValues, Question
from portfolio.intake.values.timed import read_answers, read_days_or_figures, read_timed

NUMBERS = ("number", "whole", "share")
READ_AS_EMPTY = "It was read as empty."
DATES = ("date", "date or week")
OTHERS: dict[str, Callable[[Sequence[object], Wanted, Context], ColumnValues]] = {
    "pairs": read_pairs,
    "moment": read_timed,
    "date or number": read_days_or_figures,
    "answer": read_answers,
}
"""How columns are read that hold neither figures nor days alone."""
SETTLED = re.compile(r"\s*(?:[-\u2013\u2014.]*|n\s?/\s?a|n\.\s?a\.|none|null)\s*", re.IGNORECASE)
"""What stands for nothing, and for good; `tbd` and `?` stand for something that is still open."""


def read_column(values: Sequence[object], wanted: Wanted, context: Context) -> ColumnValues:
    """What the cells say, with one decision for all of them; columns whose cells are alike are read many times as fast."""
    kind = wanted.column.kind
    if wanted.unit is None and (kind != "word" or not wanted.column.choices) and not _shows_currency(values, wanted):
        uniform = read_uniform(kind, values)
        if uniform is None and kind in NUMBERS:
            uniform = read_plain_texts(values)
        if uniform is not None and _is_plain(kind, uniform):
            return ColumnValues(uniform)
    if kind in NUMBERS or kind in DATES:
        read = (read_numbers if kind in NUMBERS else read_moments)(values, wanted, context)
        return _with_what_is_open(read, values, wanted)
    if kind in OTHERS:
        return OTHERS[kind](values, wanted, context)
    if kind == "yes/no":
        return ColumnValues(read_yes_no(values))
    if kind == "word" and wanted.column.choices:
        return ColumnValues(read_choices(values, wanted))
    read_cell: Callable[[object], object] = READ.get(kind, as_text)
    return ColumnValues([None if is_blank(value) else read_cell(value) for value in values])


def _with_what_is_open(read: ColumnValues, values: Sequence[object], wanted: Wanted) -> ColumnValues:
    """Says it of a column that holds nothing but `tbd`: somebody meant to fill it in."""
    if read.whole or read.cells or any(value is not None for value in read.values):
        return read
    still_open = [
        place for place, value in enumerate(values) if isinstance(value, str) and not SETTLED.fullmatch(value)
    ]
    if still_open:
        first = still_open[0]
        what = f"{wanted.column.heading} holds {shown(str(values[first]).strip())} and nothing else."
        fix = "Enter figures, or leave the cells blank."
        read.whole.append((first, Question(what, READ_AS_EMPTY, fix, "warning")))
    return read


def _shows_currency(values: Sequence[object], wanted: Wanted) -> bool:
    """Whether the first amount of a column is shown with a currency, or in thousands."""
    if not wanted.is_money or wanted.format_of is None:
        return False
    first = next((place for place, value in enumerate(values) if isinstance(value, float)), None)
    return first is not None and (wanted.shown_as(first).scaled or bool(wanted.shown_as(first).currency))


def _is_plain(kind: str, values: Sequence[object]) -> bool:
    """Whether nothing has to be decided for the column: no percent among shares, no years among weeks."""
    most = {"share": 1.0, "date or week": float(FIRST_YEAR - 1)}.get(kind)
    return most is None or all(not isinstance(value, int | float) or value <= most for value in values)
