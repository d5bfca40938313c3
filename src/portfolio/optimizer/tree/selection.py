"""Adds a column for each epic that says whether it is selected, and writes the rows with it: a tighter, lighter program.

Where all options of an epic stand in a row with one coefficient, the row needs only to know whether the epic is
selected. The row that allows an epic one option at most becomes a limit of that column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from portfolio.optimizer.formulation import ColumnKind, Formulation, RowKind, RowSource
from portfolio.options import Floats, Ints

IS_SELECTED = "Is selected"
"""What the rows are called that say what the new columns stand for."""


@dataclass(frozen=True)
class SelectionProgram:
    """The formulation with its selections; `epic` is the place of each option's epic, `selected` each epic's column."""

    formulation: Formulation
    epic: Ints
    selected: Ints


def with_selections(formulation: Formulation) -> SelectionProgram:
    """The formulation with a column for each epic's selection; its own columns stay where they are, and so do plans."""
    options, before = len(formulation.options), formulation.columns
    _, epic = np.unique(formulation.options.epic, return_inverse=True)
    size = np.bincount(epic)
    selected = before + np.arange(len(size))
    wide = formulation.with_columns(
        ColumnKind.SELECTION, np.ones(len(size)), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    )
    row, column, coefficient = _by_selection(wide, epic, size, selected)
    upper = wide.upper.copy()
    upper[:options][~formulation.startable[:options]] = 0.0
    wide, row, column, coefficient = _as_limits(replace(wide, upper=upper), row, column, coefficient, before)
    count = len(size)
    row = np.concatenate([row, wide.rows + epic, wide.rows + np.arange(count)])
    column = np.concatenate([column, np.arange(options), selected])
    coefficient = np.concatenate([coefficient, np.ones(options), np.full(count, -1.0)])
    order = np.lexsort((column, row))
    meant = replace(
        wide,
        sources=[*wide.sources, *[RowSource(-1, IS_SELECTED, {}, RowKind.ADDED)] * count],
        first=np.searchsorted(row[order], np.arange(wide.rows + count + 1)),
        column=column[order],
        coefficient=coefficient[order],
        row_lower=np.append(wide.row_lower, np.zeros(count)),
        row_upper=np.append(wide.row_upper, np.zeros(count)),
    )
    return SelectionProgram(meant, epic, selected)


def _by_selection(program: Formulation, epic: Ints, size: Ints, selected: Ints) -> tuple[Ints, Ints, Floats]:
    """The entries by row and column, with those of all options of an epic made one where they are alike."""
    row, column, coefficient = program.row, program.column, program.coefficient
    of_option = np.flatnonzero(program.of_option)
    key = row[of_option] * len(size) + epic[column[of_option]]
    keys, place = np.unique(key, return_inverse=True)
    values = coefficient[of_option]
    least, most = np.full(len(keys), np.inf), np.full(len(keys), -np.inf)
    np.minimum.at(least, place, values)
    np.maximum.at(most, place, values)
    alike = (np.bincount(place, minlength=len(keys)) == size[keys % len(size)]) & (least == most)
    stays = np.ones(len(row), dtype=bool)
    stays[of_option[alike[place]]] = False
    made = keys[alike]
    return (
        np.concatenate([row[stays], made // len(size)]),
        np.concatenate([column[stays], selected[made % len(size)]]),
        np.concatenate([coefficient[stays], least[alike]]),
    )


def _as_limits(
    program: Formulation, row: Ints, column: Ints, coefficient: Floats, first_selection: int
) -> tuple[Formulation, Ints, Ints, Floats]:
    """Makes limits of the rows that hold nothing but one selection, and leaves them out."""
    alone = np.bincount(row, minlength=program.rows)[row] == 1
    single = np.flatnonzero(alone & (column >= first_selection))
    lower, upper = program.lower.copy(), program.upper.copy()
    at, by = row[single], coefficient[single]
    ends = np.sort(np.array([program.row_lower[at] / by, program.row_upper[at] / by]), axis=0)
    np.maximum.at(lower, column[single], ends[0])
    np.minimum.at(upper, column[single], ends[1])
    kept = np.ones(program.rows, dtype=bool)
    kept[at] = False
    stays = kept[row]
    number = np.cumsum(kept) - 1
    rows = [source for source, keep in zip(program.sources, kept, strict=True) if keep]
    limited = replace(
        program,
        sources=rows,
        lower=lower,
        upper=upper,
        first=np.zeros(len(rows) + 1, dtype=np.int64),
        column=np.zeros(0, dtype=np.int64),
        coefficient=np.zeros(0),
        row_lower=program.row_lower[kept],
        row_upper=program.row_upper[kept],
    )
    return limited, number[row[stays]], column[stays], coefficient[stays]
