"""Capacity and budget as people keep them in a frame: a column for each period, or a row for each amount."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portfolio.intake.columns import Sheet, plain
from portfolio.intake.draft import Draft
from portfolio.intake.frames.cells import cell_of
from portfolio.intake.frames.frame_grid import FrameGrid, frame_grid, frame_of, names, quoted, with_index
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_text, is_blank

if TYPE_CHECKING:
    from portfolio.intake.frames.frame_grid import Tabular

PERIOD = {"period", "periods", "pi", "planninginterval"}
"""Headings of the column that says which period an amount is for, where each amount has a row."""


def amounts_grid(draft: Draft, table: Tabular, name: str, sheet: Sheet) -> FrameGrid:
    """The grid of a table of amounts, with a column for each period however it was given."""
    found = frame_grid(table, name, sheet)
    headings = [plain(heading) for heading in found.grid.rows[0]]
    period = next((place for place, heading in enumerate(headings) if heading in PERIOD), None)
    stream = next((place for place, heading in enumerate(found.grid.rows[0]) if names(heading, sheet)), None)
    others = [place for place in range(len(headings)) if place not in (period, stream)]
    known = [place for place in others if headings[place] in {plain(sheet.name), "amount"}]
    amount = (known or others)[0] if len(known) == 1 or len(others) == 1 else None
    if period is None or stream is None or amount is None:
        return found
    return _wide(draft, found, sheet, (stream, period, amount), _order(table, sheet, period))


def _order(table: Tabular, sheet: Sheet, period: int) -> list[str]:
    """The periods that a column of ordered categories names, in their order."""
    import pandas as pd

    column = with_index(frame_of(table, sheet.field), sheet).iloc[:, period]
    kind = column.dtype
    return [as_text(cell_of(one)) for one in kind.categories] if isinstance(kind, pd.CategoricalDtype) else []


def _wide(
    draft: Draft, found: FrameGrid, sheet: Sheet, places: tuple[int, int, int], order: Iterable[str]
) -> FrameGrid:
    """The same amounts with a row for each value stream and a column for each period."""
    name, (stream, period, amount) = found.grid.name, places
    amounts: dict[tuple[str, str], object] = {}
    for turn, row in enumerate(found.grid.rows[1:]):
        owner, label = as_text(row[stream]), as_text(row[period])
        if not label and not is_blank(row[amount]):
            what = f"{sheet.name} of {owner or 'no value stream'} names no period."
            draft.note_at((name, 0, 0), what, "An amount is for a period.", f"Enter one in row {found.rows[turn]}.")
        elif (owner, label) in amounts:
            what = f"{sheet.name} of {owner} in {label} is given twice."
            draft.note_at((name, 0, 0), what, "Which of the two counts is not clear.", "Delete one of the two rows.")
        elif label:
            amounts[owner, label] = row[amount]
    there = dict.fromkeys(label for _, label in amounts)
    labels = [*(label for label in order if label in there), *(label for label in there if label not in set(order))]
    owners = list(dict.fromkeys(owner for owner, _ in amounts))
    rows = [[owner, *(amounts.get((owner, label), "") for label in labels)] for owner in owners]
    heading = found.grid.rows[0][stream]
    grid = Grid(name, [[heading, *labels], *rows], 1, 1, {})
    return FrameGrid(grid, [quoted(owner) for owner in owners], [quoted(one) for one in (heading, *labels)])
