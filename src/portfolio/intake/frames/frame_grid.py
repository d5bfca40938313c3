"""One table of a portfolio, given as a frame or as anything that pandas makes a frame of, as the grid of a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from portfolio.errors import WrongUseError
from portfolio.intake.columns import Sheet, bare, plain
from portfolio.intake.frames.cells import cell_of, is_nested, plain_form, sound_text
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_text

if TYPE_CHECKING:
    import pandas as pd

    Tabular: TypeAlias = "pd.DataFrame | pd.Series | Mapping[str, object] | Iterable[object]"
    """A frame, or anything that pandas makes a frame of: columns by their names, a list of records, an array."""

IDS = ("id", "name", "value_stream")
"""First columns that name what a row is about; those of the other tables refer to rows elsewhere."""


@dataclass
class FrameGrid:
    """The cells of a frame below its headings, and how a program names its rows and columns.

    Lists and mappings stand in no cell; they are kept aside by the row and column of theirs, counted from 1.
    """

    grid: Grid
    rows: list[str]
    columns: list[str]
    nested: dict[tuple[int, int], object] = field(default_factory=dict)

    def place(self, row: int, column: int) -> str:
        """A cell as a program would look it up: `epics["EP-3", "Job size"]`; row 0 is the frame, row 1 its headings."""
        steps = []
        if row > 1 and row - 2 < len(self.rows):
            steps.append(self.rows[row - 2])
        if row > 0 and 0 < column <= len(self.columns):
            steps.append(self.columns[column - 1])
        return f"{self.grid.name}[{', '.join(steps)}]" if steps else self.grid.name


def frame_grid(table: Tabular, name: str, sheet: Sheet) -> FrameGrid:
    """The grid of a table; an index that is named, or holds the IDs where no column does, is a column."""
    frame = with_index(frame_of(table, name), sheet)
    headings = [sound_text(as_text(cell_of(heading))) for heading in frame.columns]
    columns = [[cell_of(value) for value in frame.iloc[:, place].astype(object)] for place in range(len(headings))]
    nested: dict[tuple[int, int], object] = {}
    for place, values in enumerate(columns):
        for turn, value in enumerate(values):
            if is_nested(value):
                nested[turn + 2, place + 1], values[turn] = plain_form(value), ""
    rows = [list(row) for row in zip(*columns, strict=True)] if columns else []
    key = next((place for place, heading in enumerate(headings) if _has_ids(sheet) and names(heading, sheet)), None)
    grid = Grid(name, [list(headings), *rows], 1, 1, {})
    return FrameGrid(grid, _labels(frame.index, columns, key), [quoted(heading) for heading in headings], nested)


def frame_of(table: Tabular, name: str) -> pd.DataFrame:
    """A table as a frame; raises WrongUseError where pandas cannot make one of it."""
    import pandas as pd

    if isinstance(table, pd.DataFrame):
        return table
    if isinstance(table, pd.Series):
        return table.to_frame()
    to_pandas = getattr(table, "to_pandas", None)
    try:
        made = to_pandas() if callable(to_pandas) else pd.DataFrame(table)  # type: ignore[arg-type]
    except (TypeError, ValueError) as failure:
        raise WrongUseError(
            f"`{name}` is not a table ({failure}); give a frame, columns by their names, or a list of records.", name
        ) from None
    return made if isinstance(made, pd.DataFrame) else pd.DataFrame(made)


def with_index(frame: pd.DataFrame, sheet: Sheet) -> pd.DataFrame:
    """The frame with its index as columns where that says something: it is named, or it holds the IDs."""
    named = [name for name in frame.index.names if name is not None]
    if named:
        return frame.reset_index([name for name in named if name not in frame.columns])
    texts = len(frame.index) > 0 and all(isinstance(label, str) for label in frame.index)
    if texts and _has_ids(sheet) and not any(names(heading, sheet) for heading in frame.columns):
        return frame.rename_axis(index=sheet.columns[0].heading).reset_index()
    return frame


def _has_ids(sheet: Sheet) -> bool:
    """Whether a sheet's first column names its rows, each by a name of its own."""
    return sheet.columns[0].field in IDS


def names(heading: object, sheet: Sheet) -> bool:
    """Whether a heading is that of a sheet's first column."""
    column = sheet.columns[0]
    known = {plain(name) for name in (column.heading, column.field, *column.aliases)}
    return isinstance(heading, str) and bool({plain(heading), bare(heading)} & known)


def _labels(index: pd.Index, columns: Sequence[Sequence[object]], key: int | None) -> list[str]:  # type: ignore[type-arg,unused-ignore]
    """How each row is named: by its ID where every row has one of its own, else by its label in the index."""
    ids = [as_text(value) for value in columns[key]] if key is not None else []
    if ids and all(ids) and len(set(ids)) == len(ids):
        return [quoted(one) for one in ids]
    return [quoted(label) for label in index]


def quoted(label: object) -> str:
    """A label as a program writes it."""
    if isinstance(label, tuple):
        return f"({', '.join(quoted(one) for one in label)})"
    plain_label = cell_of(label)
    if isinstance(plain_label, float) and plain_label.is_integer():
        return str(int(plain_label))
    return json.dumps(as_text(plain_label), ensure_ascii=False)
