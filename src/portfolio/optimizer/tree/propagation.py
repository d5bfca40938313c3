"""Draws conclusions from decisions: what no longer fits beside what is decided is out, and what nothing else can replace is in.

A relaxation fills what is left of a limit with parts of epics, however little it is; whole epics that are too large for it are
out at once (domain propagation, Savelsbergh, 1994). Of an epic's options one at most counts in each row, which says more
than each option alone. Compiled, since it runs before every relaxation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from portfolio.optimizer.execution.compilation import built_in, compiled
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.optimizer.tolerances import FEASIBILITY
from portfolio.optimizer.tree.selection import SelectionProgram, with_selections
from portfolio.options import Flags, Floats, Ints

ALLOWANCE, WORTH_IT = 1e-6, 1e-2
"""Budget shifts and breaches are narrowed with this allowance, and only where they become narrower by so much."""

NONE, SEVERAL = -1, -2
"""Of an epic's options: that none is taken yet, and that several are or one that was left out, which cannot be."""


class Rows(NamedTuple):
    """Rows whose entries stand in groups, one for the options of each epic and one for each other column.

    The groups of row r are `row[r]` to `row[r + 1]`, the entries of group g `group[g]` to `group[g + 1]`; `epic` is that of
    a group of options, else -1. `options` are the places of the first and the last option of each epic in `member`, and
    `selected` is its column. `owner` is the epic of each column of an option or a selection, for others a number of their own;
    rows `touched[first[owner]:first[owner + 1]]` have to do with an owner.
    """

    row: Ints
    group: Ints
    epic: Ints
    column: Ints
    coefficient: Floats
    least: Floats
    most: Floats
    whole: Flags
    options: Ints
    member: Ints
    selected: Ints
    owner: Ints
    first: Ints
    touched: Ints


class Propagation:
    """The rows of a program, as conclusions are drawn from them."""

    def __init__(self, program: SelectionProgram) -> None:
        own, epics = program.formulation, len(program.selected)
        size = np.ones(own.rows)
        np.maximum.at(size, own.row, np.abs(own.coefficient))
        owner = np.arange(own.columns) + epics
        owner[: len(program.epic)] = program.epic
        order = np.lexsort((own.column, owner[own.column], own.row))
        row, of = own.row[order], owner[own.column[order]]
        begins = np.flatnonzero(np.append(True, (np.diff(row) != 0) | (np.diff(of) != 0))[: len(row)])
        belongs = owner.copy()
        belongs[program.selected] = np.arange(epics)
        pairs = np.unique(belongs[own.column] * own.rows + own.row)
        self.rows = Rows(
            row=np.searchsorted(row[begins], np.arange(own.rows + 1)),
            group=np.append(begins, len(row)),
            epic=np.where(of[begins] < epics, of[begins], -1),
            column=own.column[order],
            coefficient=own.coefficient[order],
            least=own.row_lower - FEASIBILITY * size,
            most=own.row_upper + FEASIBILITY * size,
            whole=own.binary | (own.kind == ColumnKind.SELECTION),
            options=np.searchsorted(np.sort(program.epic), np.arange(epics + 1)),
            member=np.argsort(program.epic, kind="stable"),
            selected=program.selected,
            owner=belongs,
            first=np.searchsorted(pairs, np.arange(own.columns + epics + 1) * own.rows),
            touched=pairs % own.rows,
        )

    def conclude(self, lower: Floats, upper: Floats) -> bool:
        """Narrows the limits of the columns as far as conclusions go; says whether anything is left that keeps them."""
        return bool(conclude(self.rows, lower, upper))


def narrowed(formulation: Formulation) -> Formulation:
    """The formulation with its columns limited to what its rows allow, so that cuts know how far a budget shift can go."""
    program = with_selections(formulation)
    lower, upper = program.formulation.lower.copy(), program.formulation.upper.copy()
    if not Propagation(program).conclude(lower, upper):
        return formulation
    own = formulation.columns
    return replace(formulation, lower=lower[:own], upper=upper[:own])


@compiled
def conclude(rows: Rows, lower: Floats, upper: Floats) -> bool:
    """Goes through epics and rows until none narrows a limit any further."""
    due = np.ones(len(rows.first) - 1, dtype=np.bool_)
    return sweep(rows, due, np.ones(len(rows.least), dtype=np.bool_), lower, upper)


@compiled
def conclude_since(rows: Rows, lower: Floats, upper: Floats, before_lower: Floats, before_upper: Floats) -> bool:
    """The same from limits that were concluded before and are narrower now: only what that touches is gone through."""
    due, due_rows = np.zeros(len(rows.first) - 1, dtype=np.bool_), np.zeros(len(rows.least), dtype=np.bool_)
    for column in range(len(lower)):
        if lower[column] != before_lower[column] or upper[column] != before_upper[column]:
            touch(rows, rows.owner[column], due, due_rows)
    return sweep(rows, due, due_rows, lower, upper)


@compiled
def sweep(rows: Rows, due: Flags, due_rows: Flags, lower: Floats, upper: Floats) -> bool:
    """Goes through the epics and rows that are due, and through what that touches, until nothing is."""
    allowed = np.zeros(len(rows.selected), dtype=np.int64)
    for epic in range(len(rows.selected)):
        allowed[epic] = ways(rows, epic, lower, upper)[0]
    low, high = np.zeros(len(rows.group)), np.zeros(len(rows.group))
    narrower = 1
    while narrower > 0:
        narrower = 0
        for epic in range(len(rows.selected)):
            if not due[epic]:
                continue
            due[epic], before = False, allowed[epic]
            found = conclude_epic(rows, epic, allowed, lower, upper)
            if found < 0:
                return False
            if found > 0 or allowed[epic] != before:
                touch(rows, epic, due, due_rows)
            narrower += found
        for row in range(len(rows.least)):
            if not due_rows[row]:
                continue
            due_rows[row] = False
            found = conclude_row(rows, row, allowed, low, high, lower, upper, due, due_rows)
            if found < 0:
                return False
            narrower += found
    return True


@built_in
def touch(rows: Rows, owner: int, due: Flags, due_rows: Flags) -> None:
    """What has to do with an owner of columns is due."""
    due[owner] = True
    for place in range(rows.first[owner], rows.first[owner + 1]):
        due_rows[rows.touched[place]] = True


@built_in
def conclude_epic(rows: Rows, epic: int, allowed: Ints, lower: Floats, upper: Floats) -> int:
    """Makes an epic's selection and its options agree; returns how many limits that narrows, -1 where they cannot."""
    selected, found = rows.selected[epic], 0
    count, last, taken = ways(rows, epic, lower, upper)
    must, may = lower[selected] > 0.5 or taken != NONE, upper[selected] > 0.5 and count > 0
    if taken == SEVERAL or (must and not may):
        return -1
    if must and count == 1 and taken == NONE:
        taken, found = last, 1
        lower[last] = 1.0
    if must and lower[selected] < 0.5:
        lower[selected] = 1.0
        found += 1
    if not may and upper[selected] > 0.5:
        upper[selected] = 0.0
        found += 1
    left_out = leave_out(rows, epic, taken, upper) if taken != NONE or not may else 0
    allowed[epic] = count - left_out
    return found + left_out


@built_in
def ways(rows: Rows, epic: int, lower: Floats, upper: Floats) -> tuple[int, int, int]:
    """How many options an epic has left, the last of them, and the one that is taken."""
    count, last, taken = 0, NONE, NONE
    for place in range(rows.options[epic], rows.options[epic + 1]):
        option = rows.member[place]
        if upper[option] > 0.5:
            count, last = count + 1, option
        if lower[option] > 0.5:
            taken = option if taken == NONE and upper[option] > 0.5 else SEVERAL
    return count, last, taken


@built_in
def leave_out(rows: Rows, epic: int, taken: int, upper: Floats) -> int:
    """Takes out all options of an epic but the one taken; returns how many."""
    found = 0
    for place in range(rows.options[epic], rows.options[epic + 1]):
        option = rows.member[place]
        if option != taken and upper[option] > 0.5:
            upper[option] = 0.0
            found += 1
    return found


@built_in
def measure_row(
    rows: Rows, row: int, allowed: Ints, low: Floats, high: Floats, lower: Floats, upper: Floats
) -> tuple[float, float]:
    """The least and the most that a row can sum up to; `low` and `high` are set to what each of its groups adds."""
    all_low, all_high = 0.0, 0.0
    for group in range(rows.row[row], rows.row[row + 1]):
        first, epic = rows.group[group], rows.epic[group]
        if epic < 0:
            one = rows.coefficient[first] * lower[rows.column[first]]
            other = rows.coefficient[first] * upper[rows.column[first]]
            least, most = min(one, other), max(one, other)
        else:
            least, most, count = np.inf, -np.inf, 0
            for entry in range(first, rows.group[group + 1]):
                if upper[rows.column[entry]] > 0.5:
                    count += 1
                    least, most = min(least, rows.coefficient[entry]), max(most, rows.coefficient[entry])
            if count < allowed[epic] or lower[rows.selected[epic]] < 0.5:
                least, most = min(least, 0.0), max(most, 0.0)
        low[group], high[group] = least, most
        all_low += least
        all_high += most
    return all_low, all_high


@built_in
def conclude_row(
    rows: Rows,
    row: int,
    allowed: Ints,
    low: Floats,
    high: Floats,
    lower: Floats,
    upper: Floats,
    due: Flags,
    due_rows: Flags,
) -> int:
    """Takes out what no longer fits into a row; returns how many limits that narrows, -1 where nothing fits."""
    all_low, all_high = measure_row(rows, row, allowed, low, high, lower, upper)
    least, most, found = rows.least[row], rows.most[row], 0
    if all_low > most or all_high < least:
        return -1
    for group in range(rows.row[row], rows.row[row + 1]):
        others_low, others_high, before = all_low - low[group], all_high - high[group], found
        for entry in range(rows.group[group], rows.group[group + 1]):
            column, size = rows.column[entry], rows.coefficient[entry]
            if lower[column] >= upper[column]:
                continue
            if not rows.whole[column]:
                found += narrow(column, (most - others_low) / size, size > 0, lower, upper)
                found += narrow(column, (least - others_high) / size, size < 0, lower, upper)
            elif others_low + size > most or others_high + size < least:
                upper[column] = 0.0
                found += 1
            elif rows.epic[group] < 0 and (others_low > most or others_high < least):
                lower[column] = 1.0
                found += 1
            if lower[column] > upper[column]:
                return -1
        if found > before:
            touch(rows, rows.owner[rows.column[rows.group[group]]], due, due_rows)
    return found


@built_in
def narrow(column: int, limit: float, from_above: bool, lower: Floats, upper: Floats) -> int:
    """Narrows a column that takes any number, unless that is hardly any narrower; returns whether it did."""
    if from_above and limit + ALLOWANCE < upper[column] - WORTH_IT:
        upper[column] = limit + ALLOWANCE
        return 1
    if not from_above and limit - ALLOWANCE > lower[column] + WORTH_IT:
        lower[column] = limit - ALLOWANCE
        return 1
    return 0


def no_rows() -> Rows:
    """Rows that say nothing, to compile with whatever works on rows."""
    nothing, none, start = np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    flags = np.zeros(0, dtype=np.bool_)
    return Rows(start, start, none, none, nothing, nothing, nothing, flags, start, none, none, none, start, none)


def prepare() -> None:
    """Compiles what draws conclusions, some seconds on a machine's first run and hardly any time later."""
    rows, nothing = no_rows(), np.zeros(0)
    conclude(rows, nothing, nothing)
    conclude_since(rows, nothing, nothing, nothing, nothing)
