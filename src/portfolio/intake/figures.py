"""Figures that fill a part of a table, such as amounts by period: one decimal mark for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from portfolio.domain.finding import Path
from portfolio.intake.columns import Column
from portfolio.intake.draft import Draft
from portfolio.intake.headings.units import Unit
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import is_blank
from portfolio.intake.values.context import EFFORTS, MONEY, Context, Wanted
from portfolio.intake.values.number_text import mark_of, number_text
from portfolio.intake.values.question import Question
from portfolio.intake.values.read_column import read_column

Place = tuple[int, int]
"""The row and the column of a cell, counted within the grid."""


@dataclass
class Figures:
    """What each cell says, and what has to be asked about it."""

    values: dict[Place, object] = field(default_factory=dict)
    questions: dict[Place, list[Question]] = field(default_factory=dict)

    def take(self, draft: Draft, place: Place, path: Path) -> object:
        """The figure of a cell, whose questions are asked at this path."""
        for question in self.questions.pop(place, ()):
            draft.ask(path, question)
        return self.values.get(place)


def read_figures(draft: Draft, table: Table, rows: Sequence[int], columns: Sequence[int], amount: Column) -> Figures:
    """The figures of these rows and columns, each column in the unit that it, or the table, says."""
    made = Figures()
    cells = {(row, column): table.grid.rows[row][column] for column in columns for row in rows}
    filled = {place: value for place, value in cells.items() if not is_blank(value)}
    texts = [found for value in filled.values() if isinstance(value, str) and (found := number_text(value)) is not None]
    context = replace(draft.context, forgiving=False, mark=mark_of(texts) or draft.context.mark)
    units: dict[Unit | None, list[Place]] = {}
    for row, column in filled:
        unit = table.unit_at(column, money=amount.field in MONEY, work=amount.field in EFFORTS)
        units.setdefault(unit, []).append((row, column))
    for unit, places in units.items():
        _read(made, table, {place: filled[place] for place in places}, Wanted(amount, unit), context)
    return made


def _read(made: Figures, table: Table, cells: dict[Place, object], wanted: Wanted, context: Context) -> None:
    places, format_of = list(cells), table.grid.format_of
    if format_of is not None:

        def shown_as(number: int) -> str:
            row, column = places[number]
            return format_of(table.grid.cell(row, column))

        wanted = replace(wanted, format_of=shown_as)
    read = read_column(list(cells.values()), wanted, context)
    made.values |= dict(zip(places, read.values, strict=True))
    for number, question in [*read.cells.items(), *read.whole]:
        made.questions.setdefault(places[number], []).append(question)
