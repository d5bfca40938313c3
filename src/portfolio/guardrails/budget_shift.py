"""Budget shift: money that moves between value streams within a budget period, and capacity that follows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.domain import Portfolio
from portfolio.domain.tolerance import TOLERANCE
from portfolio.options import Floats, Options


@dataclass(frozen=True)
class BudgetShift:
    """How much money each value stream may gain or lose in each budget period, and what capacity follows it.

    Rule: each budget moves by at most its max budget shift; the sum never grows; capacity follows at the cost per unit.
    Formula: |delta| <= share * budget, sum of delta <= 0 per budget period; each period's capacity grows by
    delta / cost per unit / periods of the budget period.
    Unit: money. Tables are value streams x budget periods.
    Why: lean budgets are guardrails, and small moves between value streams need no new funding round.
    Source: SAFe, lean budgets; the portfolio sets the share, no framework prescribes one.
    Example: a budget of 1000 with 5 % may give or take 50.
    """

    portfolio: Portfolio

    @cached_property
    def budget(self) -> Floats:
        """Approved budget per value stream and budget period; infinite where a value stream has none."""
        portfolio = self.portfolio
        table = np.full((len(portfolio.value_streams), len(portfolio.calendar.budget_labels)), np.inf)
        for stream, budget in portfolio.lean_budgets.items():
            table[portfolio.stream_index[stream]] = budget
        return table

    @cached_property
    def allowed(self) -> Floats:
        """The most that may move in or out, per value stream and budget period."""
        share: Floats = np.array(
            [stream.max_budget_shift or 0.0 for stream in self.portfolio.value_streams], dtype=float
        )
        budget: Floats = np.where(np.isfinite(self.budget), self.budget, 0.0)
        return budget * share[:, None]

    @cached_property
    def capacity_per_money(self) -> Floats:
        """Capacity that each period gains for one unit of money, per value stream and budget period."""
        lengths = np.bincount(self.portfolio.calendar.budget_index, minlength=self.budget.shape[1])
        rates = np.array([stream.cost_per_unit or 0.0 for stream in self.portfolio.value_streams], dtype=float)[:, None]
        per_money: Floats = np.divide(1.0, rates * lengths, out=np.zeros_like(self.budget), where=rates > 0)
        return per_money

    def needed(self, options: Options) -> Floats:
        """The smallest shifts that make room for the plan whose options these are; no shift where none is enough.

        Who needs money gets just that; the value streams with most to spare give first.
        """
        least = np.clip(self._least(options), -self.allowed, None)
        shifts = np.zeros_like(least)
        for period in range(least.shape[1]):
            slack = TOLERANCE * max(1.0, float(np.max(np.abs(self.allowed[:, period]), initial=0.0)))
            possible = np.all(least[:, period] <= self.allowed[:, period] + slack) and least[:, period].sum() <= slack
            if possible:
                shifts[:, period] = _move(least[:, period])
        return shifts

    def closest(self, options: Options) -> Floats:
        """The smallest shifts, and where none is enough those that leave least broken: for saying what a plan lacks."""
        least = np.clip(self._least(options), -self.allowed, None)
        shifts = np.zeros_like(least)
        for period in range(least.shape[1]):
            allowed = self.allowed[:, period]
            shift = _move(np.minimum(least[:, period], allowed))
            hopeless = least[:, period] > allowed * (1 + TOLERANCE)
            excess = float(shift.sum())
            for stream in np.lexsort((-shift, ~hopeless)):
                kept_back = min(excess, max(0.0, float(shift[stream])))
                shift[stream] -= kept_back
                excess -= kept_back
            shifts[:, period] = shift
        return shifts

    def _least(self, options: Options) -> Floats:
        """For each value stream and budget period, the least change of its budget under which its work fits."""
        portfolio, work = options.portfolio, options.work
        shape = len(portfolio.value_streams), len(portfolio.calendar.periods)
        effort, spend = np.zeros(shape), np.zeros(self.budget.shape)
        budget_index = np.array(portfolio.calendar.budget_index, dtype=np.int64)
        np.add.at(effort, (work.stream, work.period), work.effort)
        np.add.at(spend, (work.stream, budget_index[work.period]), work.spend)
        capacity = np.array([stream.capacity for stream in portfolio.value_streams], dtype=float).reshape(shape)
        per_money = self.capacity_per_money[:, budget_index]
        short = _short(effort, capacity)
        wanted = np.divide(short, per_money, out=np.full(shape, -np.inf), where=per_money > 0)
        least = _short(spend, self.budget)
        for period, budget_period in enumerate(budget_index):
            least[:, budget_period] = np.maximum(least[:, budget_period], wanted[:, period])
        return least


def _short(used: Floats, limit: Floats) -> Floats:
    """How much of a limit is missing; none where the limit is met but for rounding, negative where some is left."""
    missing = used - limit
    rounding = TOLERANCE * np.maximum(1.0, np.where(np.isfinite(limit), limit, 0.0))
    return np.where((missing > 0) & (missing <= rounding), 0.0, missing)


def _move(least: Floats) -> Floats:
    shift = np.maximum(least, 0.0)
    missing = shift.sum()
    for stream in np.argsort(least, kind="stable"):
        moved = min(missing, max(0.0, -least[stream]))
        shift[stream] -= moved
        missing -= moved
    return shift
