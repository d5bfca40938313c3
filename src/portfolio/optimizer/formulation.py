"""The formulation: the mixed-integer program made of a portfolio and its guardrails, as plain arrays.

The solver module turns these arrays into a PuLP problem; nothing here knows a solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from portfolio.domain import Booking, Plan
from portfolio.domain.finding import Path
from portfolio.domain.tolerance import ROUNDING
from portfolio.domain.wording import place_words
from portfolio.guardrails import Guardrail, Place
from portfolio.optimizer.row import Row
from portfolio.options import Flags, Floats, Ints, Options, summed


class ColumnKind(IntEnum):
    """What a column of the formulation stands for."""

    OPTION = 0
    """An epic done in one way: 0 or 1."""
    BUDGET_SHIFT = 1
    """Money moved into a value stream, as a share of what is allowed: -1 to 1."""
    BREACH = 2
    """How far a soft row is broken."""
    WAIVER = 3
    """A rule dropped as a whole: 0 or 1."""
    RELAXATION = 4
    """By how much a limit is loosened, or with it the budget shifts that it allows."""
    SPARE = 5
    """What is left of a limit."""
    SELECTION = 6
    """An epic is in the plan: 0 or 1, as its options have it."""


class RowKind(IntEnum):
    """What a row of the formulation is there for."""

    GUARDRAIL = 0
    """A line of a guardrail."""
    SHIFT_SUM = 1
    """Keeps the budget shifts of a budget period from adding up to more money."""
    ADDED = 2
    """Asked for by whoever solves: a floor for the value, a cut."""


@dataclass(frozen=True)
class RowSource:
    """Where a row comes from: its guardrail's name and its place, for messages and for names in the formulation.

    `guardrail` is that guardrail's number, -1 for a row of another kind.
    """

    guardrail: int
    name: str
    place: Place
    kind: RowKind = RowKind.GUARDRAIL


@dataclass(frozen=True)
class Formulation:
    """A sparse mixed-integer program: maximise objective x, row_lower <= A x <= row_upper, lower <= x <= upper.

    A is held by rows: the entries of row r are `first[r]` to `first[r + 1]` of `column` and `coefficient`. The first
    columns are the options, one each; `kind` says of every column what it stands for.
    """

    options: Options
    guardrails: Sequence[Guardrail]
    sources: Sequence[RowSource]
    kind: NDArray[np.int8]
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

    def columns_of(self, kind: ColumnKind) -> Ints:
        """The columns that stand for one thing."""
        return np.flatnonzero(self.kind == kind)

    @property
    def binary(self) -> Flags:
        """Which columns are 0 or 1; the others are continuous."""
        return np.isin(self.kind, (ColumnKind.OPTION, ColumnKind.WAIVER))

    @property
    def of_option(self) -> Flags:
        """Which entries stand in the column of an option."""
        return np.equal(self.kind[self.column], ColumnKind.OPTION, dtype=np.bool_)

    @property
    def row_kind(self) -> NDArray[np.int8]:
        """What each row is there for, as a RowKind."""
        return np.array([source.kind for source in self.sources], dtype=np.int8)

    def guardrail(self, row: int) -> Guardrail | None:
        """The guardrail that a row belongs to; None for a row of another kind."""
        source = self.sources[row]
        return self.guardrails[source.guardrail] if source.kind == RowKind.GUARDRAIL else None

    def plan(self, columns: Floats) -> Plan:
        """The plan that a solution's columns stand for, starts rounded to whole ones, epics in the order of the sheet."""
        options = self.options
        chosen = np.flatnonzero(columns[: len(options)] > 0.5)
        chosen = chosen[np.argsort(options.epic[chosen], kind="stable")]
        epics = options.portfolio.epics
        return Plan(
            {epics[options.epic[row]].id: Booking(int(options.start[row]), int(options.periods[row])) for row in chosen}
        )

    def keeping(self, keep: Flags) -> Formulation:
        """The same formulation with only the rows to keep; columns stay as they are."""
        lengths = np.diff(self.first)
        entries = np.repeat(keep, lengths)
        return replace(
            self,
            sources=[source for source, stays in zip(self.sources, keep, strict=True) if stays],
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
            sources=[*self.sources, *[RowSource(-1, name, {}, RowKind.ADDED)] * len(rows)],
            first=np.concatenate([self.first, self.first[-1] + np.cumsum(lengths)]),
            column=np.concatenate([self.column, *(row.columns for row in rows)]),
            coefficient=np.concatenate([self.coefficient, *(row.coefficients for row in rows)]),
            row_lower=np.append(self.row_lower, [row.at_least for row in rows]),
            row_upper=np.append(self.row_upper, [row.at_most for row in rows]),
        )

    def with_columns(
        self, kind: ColumnKind, upper: Floats, rows: Ints, columns: Ints, coefficients: Floats
    ) -> Formulation:
        """The formulation with columns of one kind after its own, from 0 to their upper limits, worth nothing.

        `rows`, `columns` (counted as the formulation will count them) and `coefficients` are their entries.
        """
        more, nothing = len(upper), np.zeros(len(upper))
        row, column = np.concatenate([self.row, rows]), np.concatenate([self.column, columns]).astype(np.int64)
        order = np.lexsort((column, row))
        return replace(
            self,
            kind=np.append(self.kind, np.full(more, kind, dtype=np.int8)),
            objective=np.append(self.objective, nothing),
            lower=np.append(self.lower, nothing),
            upper=np.append(self.upper, upper),
            first=np.searchsorted(row[order], np.arange(self.rows + 1)),
            column=column[order],
            coefficient=np.concatenate([self.coefficient, coefficients])[order],
        )

    def inputs(self, source: RowSource) -> list[Path]:
        """The fields in which people change what a row says; none for a row that belongs to no guardrail."""
        if source.guardrail < 0:
            return []
        return self.guardrails[source.guardrail].inputs(self.options.portfolio, source.place)

    def described(self, source: RowSource) -> str:
        """What a row is called: its guardrail with its place."""
        if source.guardrail < 0:
            return place_words(source.name, source.place)
        return self.guardrails[source.guardrail].described(self.options, source.place)

    def entries(self, row: int) -> slice:
        """Where the entries of a row stand in `column` and `coefficient`."""
        return slice(int(self.first[row]), int(self.first[row + 1]))

    def worth_at_least(self, value: float) -> Row:
        """The row that only plans keep which are worth this much, or as good as."""
        worth_it = np.flatnonzero(self.objective)
        return Row(worth_it, self.objective[worth_it], at_least=value - ROUNDING * abs(value))

    def activity(self, columns: Floats) -> Floats:
        """Each row's sum for the given columns."""
        return summed(self.row, self.coefficient * columns[self.column], self.rows)

    @cached_property
    def row(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(self.rows), np.diff(self.first))

    @cached_property
    def by_column(self) -> tuple[Ints, Ints, Floats]:
        """The entries by columns: the first entry of each column, rows, coefficients."""
        order = np.argsort(self.column, kind="stable")
        first = np.searchsorted(self.column[order], np.arange(self.columns + 1))
        return first, self.row[order], self.coefficient[order]

    @cached_property
    def startable(self) -> Flags:
        """Which options break no row by themselves that nothing else could mend."""
        negative, movable = np.zeros(self.rows, dtype=bool), np.zeros(self.rows, dtype=bool)
        negative[self.row[self.coefficient < 0]] = True
        movable[self.row[~self.binary[self.column]]] = True
        beyond = self.coefficient > self.row_upper[self.row] * (1 + ROUNDING) + ROUNDING
        startable = np.ones(self.columns, dtype=bool)
        startable[self.column[beyond & ~negative[self.row] & ~movable[self.row]]] = False
        return startable[self.binary]
