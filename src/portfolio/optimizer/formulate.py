"""Formulates a portfolio: makes the program for the solver from its options and guardrails.

Columns: one for each option, then one for each budget shift, then one for each breach of a soft row. Rows: the
guardrails' lines in the order of the family, then the lines that keep shifted budgets from growing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portfolio.guardrails import BudgetShift, Guardrail, Rows
from portfolio.optimizer.formulation import ColumnKind, Formulation, RowKind, RowSource
from portfolio.options import Floats, Ints, Options, summed

SHIFT_RULE = "Budget shift"
"""What the rows are called that keep the sum of the budgets from growing."""


def formulate(options: Options, guardrails: Sequence[Guardrail], *, net: bool = False) -> Formulation:
    """Makes the formulation of a portfolio from its options and guardrails; `net` subtracts spend from value."""
    shifts = _Shifts.of(BudgetShift(options.portfolio), first_column=len(options))
    parts = _Parts(len(options) + shifts.count)
    for index, guardrail in enumerate(guardrails):
        parts.add(_block(index, guardrail, options), shifts)
    parts.add_shift_rows(options.portfolio.calendar.budget_labels, shifts)
    value = options.value - options.spend if net else options.value
    breaches = len(parts.prices)
    counts = {ColumnKind.OPTION: len(options), ColumnKind.BUDGET_SHIFT: shifts.count, ColumnKind.BREACH: breaches}
    return parts.finish(
        options,
        guardrails,
        kind=np.repeat(np.array(list(counts), dtype=np.int8), list(counts.values())),
        objective=np.concatenate([value, np.zeros(shifts.count), -np.array(parts.prices, dtype=float)]),
        lower=np.concatenate([np.zeros(len(options)), np.full(shifts.count, -1.0), np.zeros(breaches)]),
        upper=np.concatenate([np.ones(len(options) + shifts.count), np.full(breaches, np.inf)]),
    )


@dataclass(frozen=True)
class _Shifts:
    """The columns of the budget shifts, by number of the shift: -1 where no money may move.

    A column is the share of what is allowed, from -1 to 1: columns in money, with coefficients of a millionth beside
    bounds of a million, made HiGHS 1.15.1 prove a wrong optimum (the golden plan of samples/retail-bank is the test).
    """

    column: Ints
    allowed: Floats

    @classmethod
    def of(cls, shift: BudgetShift, first_column: int) -> _Shifts:
        allowed = shift.allowed.reshape(-1)
        column = np.full(len(allowed), -1, dtype=np.int64)
        movable = np.flatnonzero(allowed > 0)
        column[movable] = first_column + np.arange(len(movable))
        return cls(column, allowed)

    @property
    def count(self) -> int:
        return int((self.column >= 0).sum())


@dataclass(frozen=True)
class _Block:
    """One guardrail's rows that can matter: a row without options that is met anyway is left out."""

    index: int
    guardrail: Guardrail
    rows: Rows
    used: Ints


def _block(index: int, guardrail: Guardrail, options: Options) -> _Block:
    rows = guardrail.rows(options)
    present = np.zeros(len(rows.places), dtype=bool)
    present[rows.row] = True
    limited = np.isfinite(rows.at_least) | np.isfinite(rows.at_most)
    violated = (rows.at_least > 0) | (rows.at_most < 0)
    moving = rows.shift >= 0
    return _Block(index, guardrail, rows, np.flatnonzero(limited & (present | violated | moving)))


class _Parts:
    """Collects rows and entries until the formulation is finished."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.prices: list[float] = []
        self.sources: list[RowSource] = []
        self.rows: list[Ints] = []
        self.column: list[Ints] = []
        self.coefficient: list[Floats] = []
        self.lower: list[Floats] = []
        self.upper: list[Floats] = []

    def add(self, block: _Block, shifts: _Shifts) -> None:
        """Adds a guardrail's rows, with the shifts that move them and, if it is soft, the breaches it may have."""
        rows, used = block.rows, block.used
        number = np.full(len(rows.places), -1, dtype=np.int64)
        number[used] = len(self.sources) + np.arange(len(used))
        keep = number[rows.row] >= 0
        self._entries(number[rows.row[keep]], rows.option[keep], rows.coefficient[keep])
        moving = used[(rows.shift[used] >= 0)]
        moving = moving[(shifts.column[rows.shift[moving]] >= 0) & (rows.shift_coefficient[moving] != 0)]
        shift = rows.shift[moving]
        self._entries(number[moving], shifts.column[shift], -rows.shift_coefficient[moving] * shifts.allowed[shift])
        if block.guardrail.enforce == "soft":
            self._breaches(rows, number, used, block.guardrail.price)
        self.sources += [RowSource(block.index, block.guardrail.name, rows.places[row]) for row in used]
        self.lower.append(rows.at_least[used])
        self.upper.append(rows.at_most[used])

    def _breaches(self, rows: Rows, number: Ints, used: Ints, price: float) -> None:
        """A breach is counted in the row's largest coefficient, so that its column has the size of the others."""
        unit = np.zeros(len(rows.places))
        np.maximum.at(unit, rows.row, np.abs(rows.coefficient))
        unit[unit == 0] = 1.0
        for side, limit in ((1.0, rows.at_least), (-1.0, rows.at_most)):
            members = used[np.isfinite(limit[used])]
            columns = self.columns + len(self.prices) + np.arange(len(members))
            self._entries(number[members], columns, side * unit[members])
            self.prices += (price * unit[members]).tolist()

    def add_shift_rows(self, budget_periods: Sequence[str], shifts: _Shifts) -> None:
        """In each budget period the shifts never add up to more money."""
        for period, label in enumerate(budget_periods):
            members = np.flatnonzero(shifts.column >= 0)
            members = members[members % len(budget_periods) == period]
            if len(members):
                row = np.full(len(members), len(self.sources))
                self._entries(row, shifts.column[members], shifts.allowed[members])
                self.sources.append(RowSource(-1, SHIFT_RULE, {"budget period": label}, RowKind.SHIFT_SUM))
                self.lower.append(np.array([-np.inf]))
                self.upper.append(np.array([0.0]))

    def _entries(self, row: Ints, column: Ints, coefficient: Floats) -> None:
        self.rows.append(row)
        self.column.append(column)
        self.coefficient.append(coefficient)

    def finish(
        self,
        options: Options,
        guardrails: Sequence[Guardrail],
        *,
        kind: NDArray[np.int8],
        objective: Floats,
        lower: Floats,
        upper: Floats,
    ) -> Formulation:
        """Sorts the entries by row and column and adds up those that meet."""
        nothing = np.zeros(0, dtype=np.int64)
        row, column = np.concatenate([nothing, *self.rows]), np.concatenate([nothing, *self.column])
        key = row * np.int64(max(1, len(objective))) + column
        keys, place = np.unique(key, return_inverse=True)
        coefficient = summed(place, np.concatenate([np.zeros(0), *self.coefficient]), len(keys))
        keys, coefficient = keys[coefficient != 0], coefficient[coefficient != 0]
        row, column = np.divmod(keys, np.int64(max(1, len(objective))))
        return Formulation(
            options=options,
            guardrails=guardrails,
            sources=self.sources,
            kind=kind,
            objective=objective,
            lower=lower,
            upper=upper,
            first=np.searchsorted(row, np.arange(len(self.sources) + 1)),
            column=column,
            coefficient=coefficient,
            row_lower=np.concatenate([np.zeros(0), *self.lower]),
            row_upper=np.concatenate([np.zeros(0), *self.upper]),
        )
