"""A first plan, built epic by epic: the most value per scarce resource first, wherever it breaks nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from portfolio.guardrails import Limit
from portfolio.guardrails.guardrail import TOLERANCE
from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.options import Floats, Ints

MOSTLY = 0.5
"""A relaxation chooses at most one option of an epic with more than this."""
PASSES = 6
"""How often waiting epics are tried again: shares of what is selected and dependencies open as others start."""


def construct(formulation: Formulation, relaxation: Floats | None) -> Floats | None:
    """A plan's columns that keep every row, without budget shifts and breaches; None if none was built.

    First the options that the relaxation chooses for the most part, then whatever still fits, most value per scarce
    resource first. Shares of what is selected are left aside at first, since they hold for the whole and not for each
    half-built plan; from then on no row that is broken may be broken further.
    """
    building = Building(formulation, relaxation)
    if relaxation is not None:
        building.follow(relaxation)
    for _ in range(PASSES):
        if not building.one_pass():
            break
    return building.columns if building.keeps_all() else None


def is_share_of_selected(formulation: Formulation, source: RowSource) -> bool:
    """Whether a row limits a share of what is selected."""
    guardrail = formulation.guardrails[source.guardrail] if source.guardrail >= 0 else None
    return isinstance(guardrail, Limit) and guardrail.of == "selected"


class Building:
    """A plan under construction: what has started, and what it uses of each row."""

    def __init__(self, formulation: Formulation, relaxation: Floats | None) -> None:
        self.formulation = formulation
        order = np.argsort(formulation.column, kind="stable")
        self.rows: Ints = formulation.row[order]
        self.coefficients = formulation.coefficient[order]
        self.first = np.searchsorted(formulation.column[order], np.arange(formulation.columns + 1))
        self.activity = np.zeros(formulation.rows)
        self.columns = np.zeros(formulation.columns)
        self.waiting = self._order(relaxation)
        self.shares = np.array(
            [is_share_of_selected(formulation, source) for source in formulation.sources], dtype=bool
        )

    def _order(self, relaxation: Floats | None) -> list[Ints]:
        """The options of each epic, best first, and the epics by their best option."""
        formulation, binaries = self.formulation, self.formulation.binaries
        room = np.where(np.isfinite(formulation.row_upper) & (formulation.row_upper > 0), formulation.row_upper, np.inf)
        weight = np.maximum(formulation.coefficient, 0.0) / room[formulation.row]
        need = np.bincount(formulation.column, weights=weight, minlength=formulation.columns)[:binaries]
        density = formulation.objective[:binaries] / np.maximum(need, 1e-12)
        if relaxation is not None:
            density = density * (0.1 + relaxation[:binaries])
        epics = formulation.options.epic
        ranked = np.lexsort((-density, epics))
        groups = np.split(ranked, np.flatnonzero(np.diff(epics[ranked])) + 1) if len(ranked) else []
        return sorted(groups, key=lambda options: -density[options[0]])

    def follow(self, relaxation: Floats) -> None:
        """Starts what the relaxation starts for the most part, surest first, whatever that does to shares."""
        options = self.formulation.options
        likely = np.flatnonzero(relaxation[: self.formulation.binaries] > MOSTLY)
        started: set[int] = set()
        for option in likely[np.argsort(-relaxation[likely], kind="stable")]:
            if self.start(np.array([option]), ignored=self.shares):
                started.add(int(options.epic[option]))
        self.waiting = [members for members in self.waiting if int(options.epic[members[0]]) not in started]

    def one_pass(self) -> bool:
        """Tries every waiting epic once; says whether any could start."""
        still = [options for options in self.waiting if not self.start(options)]
        started = len(still) < len(self.waiting)
        self.waiting = still
        return started

    def start(self, options: Ints, ignored: NDArray[np.bool_] | None = None) -> bool:
        """Starts the first of an epic's options that breaks nothing further; rows may be ignored."""
        for option in options:
            entries = slice(self.first[option], self.first[option + 1])
            rows, after = self.rows[entries], self.activity[self.rows[entries]] + self.coefficients[entries]
            counted = slice(None) if ignored is None else ~ignored[rows]
            if self._worse(rows[counted], after[counted]):
                continue
            self.activity[rows] = after
            self.columns[option] = 1.0
            return True
        return False

    def _worse(self, rows: Ints, after: Floats) -> bool:
        lower, upper, before = self.formulation.row_lower[rows], self.formulation.row_upper[rows], self.activity[rows]
        slack = TOLERANCE * 0.1 * np.maximum(1.0, np.abs(after))
        over = after > np.maximum(upper, before) + slack
        under = after < np.minimum(lower, before) - slack
        return bool(np.any(over | under))

    def keeps_all(self) -> bool:
        """Whether every row is kept."""
        slack = TOLERANCE * 0.1 * np.maximum(1.0, np.abs(self.activity))
        lower, upper = self.formulation.row_lower - slack, self.formulation.row_upper + slack
        return bool(np.all((self.activity >= lower) & (self.activity <= upper)))
