"""The formulation: the mixed-integer program made of a portfolio and its guardrails, as plain arrays.

Columns: one binary per option, then one continuous per budget shift, then one continuous per breach of a soft row.
Rows: the guardrails' lines in the order of the family, then the lines that keep shifted budgets from growing. The solver
module turns these arrays into a PuLP problem; nothing here knows a solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from portfolio.domain import Booking, Plan
from portfolio.guardrails import BudgetShift, Guardrail, Place, Rows
from portfolio.optimizer.row import Row
from portfolio.options import Floats, Ints, Options, summed

SHIFT_RULE = "Budget shift"
"""What the rows are called that keep the sum of the budgets from growing."""


@dataclass(frozen=True)
class RowSource:
    """Where a row comes from: its guardrail's name and its place, for messages and for names in the formulation."""

    guardrail: int
    name: str
    place: Place


@dataclass(frozen=True)
class Formulation:
    """A sparse mixed-integer program: maximise objective x, row_lower <= A x <= row_upper, lower <= x <= upper.

    A is held by rows: the entries of row r are `first[r]` to `first[r + 1]` of `column` and `coefficient`. The first
    `binaries` columns are binary, one for each option; the others are continuous.
    """

    options: Options
    guardrails: Sequence[Guardrail]
    sources: Sequence[RowSource]
    binaries: int
    objective: Floats
    lower: Floats
    upper: Floats
    first: Ints
    column: Ints
    coefficient: Floats
    row_lower: Floats
    row_upper: Floats

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.objective)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.row_lower)

    def plan(self, columns: Floats) -> Plan:
        """The plan that a solution's columns stand for, starts rounded to whole ones, epics in the order of the sheet."""
        options = self.options
        chosen = np.flatnonzero(columns[: self.binaries] > 0.5)
        chosen = chosen[np.argsort(options.epic[chosen], kind="stable")]
        epics = options.portfolio.epics
        return Plan(
            {epics[options.epic[row]].id: Booking(int(options.start[row]), int(options.periods[row])) for row in chosen}
        )

    def keeping(self, keep: NDArray[np.bool_]) -> Formulation:
        """The same formulation with only the rows to keep; columns stay as they are."""
        lengths = np.diff(self.first)
        entries = np.repeat(keep, lengths)
        return replace(
            self,
            sources=[source for source, kept in zip(self.sources, keep, strict=True) if kept],
            first=np.concatenate([[0], np.cumsum(lengths[keep])]),
            column=self.column[entries],
            coefficient=self.coefficient[entries],
            row_lower=self.row_lower[keep],
            row_upper=self.row_upper[keep],
        )

    def with_rows(self, rows: Sequence[Row], name: str) -> Formulation:
        """The formulation with these rows after its own; they belong to no guardrail and have this name."""
        lengths = np.array([len(row.columns) for row in rows], dtype=np.int64)
        return replace(
            self,
            sources=[*self.sources, *[RowSource(-1, name, {})] * len(rows)],
            first=np.concatenate([self.first, self.first[-1] + np.cumsum(lengths)]),
            column=np.concatenate([self.column, *(row.columns for row in rows)]),
            coefficient=np.concatenate([self.coefficient, *(row.coefficients for row in rows)]),
            row_lower=np.append(self.row_lower, [row.at_least for row in rows]),
            row_upper=np.append(self.row_upper, [row.at_most for row in rows]),
        )

    def activity(self, columns: Floats) -> Floats:
        """Each row's sum for the given columns."""
        return summed(self.row, self.coefficient * columns[self.column], self.rows)

    @cached_property
    def row(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(self.rows), np.diff(self.first))

    @cached_property
    def startable(self) -> NDArray[np.bool_]:
        """Which options break no row by themselves that nothing else could mend."""
        negative, movable = np.zeros(self.rows, dtype=bool), np.zeros(self.rows, dtype=bool)
        negative[self.row[self.coefficient < 0]] = True
        movable[self.row[self.column >= self.binaries]] = True
        beyond = self.coefficient > self.row_upper[self.row] * (1 + 1e-9) + 1e-9
        found = np.ones(self.columns, dtype=bool)
        found[self.column[beyond & ~negative[self.row] & ~movable[self.row]]] = False
        return found[: self.binaries]


def formulate(options: Options, guardrails: Sequence[Guardrail], *, net: bool = False) -> Formulation:
    """Makes the formulation of a portfolio from its options and guardrails; `net` subtracts spend from value."""
    shifts = _Shifts.of(BudgetShift(options.portfolio), first_column=len(options))
    parts = _Parts(len(options) + shifts.count)
    for index, guardrail in enumerate(guardrails):
        parts.add(_block(index, guardrail, options), shifts)
    parts.add_shift_rows(options.portfolio.calendar.budget_labels, shifts)
    value = options.value - options.spend if net else options.value
    breaches = len(parts.prices)
    return parts.finish(
        options,
        guardrails,
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
                self.sources.append(RowSource(-1, SHIFT_RULE, {"budget period": label}))
                self.lower.append(np.array([-np.inf]))
                self.upper.append(np.array([0.0]))

    def _entries(self, row: Ints, column: Ints, coefficient: Floats) -> None:
        self.rows.append(row)
        self.column.append(column)
        self.coefficient.append(coefficient)

    def finish(
        self, options: Options, guardrails: Sequence[Guardrail], *, objective: Floats, lower: Floats, upper: Floats
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
            binaries=len(options),
            objective=objective,
            lower=lower,
            upper=upper,
            first=np.searchsorted(row, np.arange(len(self.sources) + 1)),
            column=column,
            coefficient=coefficient,
            row_lower=np.concatenate([np.zeros(0), *self.lower]),
            row_upper=np.concatenate([np.zeros(0), *self.upper]),
        )
