"""The least loosening of a share of what is selected, by Dinkelbach's method for ratios.

Beside a trial share, the plan is sought that keeps it with most to spare; that plan's own share is the next trial, and
when no plan has anything to spare, the trial is the least. Each trial is the share of some plan, so they are few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from portfolio.domain import Plan
from portfolio.edits.change import changed
from portfolio.guardrails import Limit
from portfolio.guardrails.grouping import Groups
from portfolio.guardrails.level import Level
from portfolio.guardrails.measure import amounts
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import ColumnKind, Formulation, RowSource
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.row import Row
from portfolio.optimizer.sensitivity.smallest_relaxation import SmallestRelaxation
from portfolio.optimizer.solver import Limits, Solution, solve
from portfolio.optimizer.tolerances import ZERO
from portfolio.options import summed

MOST_TRIALS = 50


@dataclass(frozen=True)
class LeastShare:
    """Finds the least loosening of one side of one line of the sheet Guardrails that a plan of some value needs."""

    problem: Problem
    limit: Limit
    level: Level
    limits: Callable[[], Limits]
    cancel: CancelToken

    def find(self, value: float) -> SmallestRelaxation:
        """The least loosening for a plan of this value."""
        level = self.level.figure or 0.0
        solution, formulation = self._most_to_spare(1.0 if self.level.sign > 0 else 0.0, value, any_plan=True)
        if solution.termination == "infeasible":
            return SmallestRelaxation(np.inf, None, known=True)
        for _ in range(MOST_TRIALS):
            if solution.columns is None or solution.termination != "gap reached":
                break
            plan = formulation.plan(solution.columns)
            trial = self._share(plan)
            if self._looser(trial, level) <= 0:
                return SmallestRelaxation(0.0, plan, known=True)
            solution, formulation = self._most_to_spare(trial, value)
            if solution.termination == "gap reached" and solution.columns is not None:
                better = formulation.plan(solution.columns)
                spare = float(solution.columns[-1]) > ZERO and self._looser(trial, self._share(better)) > 0
                if not spare:
                    return SmallestRelaxation(self._looser(trial, level), plan, known=True)
        return SmallestRelaxation(np.inf, None, known=False)

    def _looser(self, one: float, other: float) -> float:
        """By how much one share is looser than another."""
        return self.level.sign * (one - other)

    def _most_to_spare(self, share: float, value: float, *, any_plan: bool = False) -> tuple[Solution, Formulation]:
        """The plan of this value that keeps a share with most to spare; `any_plan` asks only for one that keeps it."""
        other = changed(self.problem.portfolio, [self.level.moved_to(share)])
        formulation = replace(self.problem, portfolio=other).formulation()
        limits = formulation.row_upper if self.level.sign > 0 else formulation.row_lower
        ours = np.array([self._is_ours(formulation, source) for source in formulation.sources]) & np.isfinite(limits)
        spare, floor = formulation.columns, formulation.worth_at_least(value)
        rows = [self._with_spare(formulation, int(row), spare) for row in np.flatnonzero(ours)]
        wider = replace(
            formulation,
            kind=np.append(formulation.kind, np.int8(ColumnKind.SPARE)),
            objective=np.append(np.zeros(spare), 0.0 if any_plan else 1.0),
            lower=np.append(formulation.lower, 0.0),
            upper=np.append(formulation.upper, 0.0 if any_plan else 1e3),
        )
        asked = wider.keeping(~ours).with_rows([*rows, floor], "Least share")
        return solve(asked, self.limits(), cancel=self.cancel), formulation

    def _is_ours(self, formulation: Formulation, source: RowSource) -> bool:
        """Whether a row belongs to the line that is loosened."""
        guardrail = formulation.guardrails[source.guardrail] if source.guardrail >= 0 else None
        return isinstance(guardrail, Limit) and guardrail.line is not None and guardrail.line == self.limit.line

    def _with_spare(self, formulation: Formulation, row: int, spare: int) -> Row:
        """The share's row with what is to spare added to what is used of it."""
        entries = formulation.entries(row)
        unit = float(np.max(np.abs(formulation.coefficient[entries]), initial=0.0)) or 1.0
        return Row(
            np.append(formulation.column[entries], spare),
            np.append(formulation.coefficient[entries] / unit, float(self.level.sign)),
            at_least=formulation.row_lower[row],
            at_most=formulation.row_upper[row],
        )

    def _share(self, plan: Plan) -> float:
        """A plan's own share, in the group where it is loosest."""
        options = self.problem.options_of(plan)
        groups = Groups(self.problem.portfolio, self.limit.per)
        part, every = (
            summed(counted.group, counted.amount, groups.count)
            for counted in (amounts(options, self.limit.measure, where, groups) for where in (self.limit.where, {}))
        )
        shares = part[every > 0] / every[every > 0]
        return float(np.max(shares, initial=0.0) if self.level.sign > 0 else np.min(shares, initial=1.0))
