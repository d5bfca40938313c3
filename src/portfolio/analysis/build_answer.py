"""Builds the answer from a plan: every figure that is shown, measured from the plan itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from portfolio.analysis.measured_plan import measured_plan
from portfolio.analysis.reasons import Decisions
from portfolio.domain import Epic, Finding, Plan
from portfolio.domain.commitment_terms import Commitment
from portfolio.domain.validation import plannable
from portfolio.operating_model import OperatingModel
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.optimize import Best
from portfolio.optimizer.problem import Problem
from portfolio.options import Options
from portfolio.results.answer import Answer
from portfolio.results.epic_decisions import WAITS, EpicLine, decision_of
from portfolio.results.funding import Funding
from portfolio.results.running import RunningLine, by_urgency
from portfolio.scoring import Ranking
from portfolio.urgency import expected_value


@dataclass(frozen=True)
class Report:
    """Puts an answer together from the problem, its formulation and the best plan found."""

    problem: Problem
    model: OperatingModel
    ranking: Ranking
    formulation: Formulation
    best: Best

    def answer(self, findings: Sequence[Finding]) -> Answer:
        """The whole answer, with the findings about the portfolio and its plan."""
        plan = self.best.plan
        options = self.problem.options_of(plan or Plan())
        measured = measured_plan(options, self.model.categories.released)
        return Answer(
            portfolio=self.problem.portfolio,
            model=self.model,
            ranking=self.ranking,
            outcome=self.best.outcome,
            plan=plan,
            epics=self._epics(options),
            findings=tuple(findings),
            measured=measured,
            running=() if plan is None else by_urgency(self._running(plan, measured.funding)),
        )

    def _running(self, plan: Plan, money: Funding) -> Iterator[RunningLine]:
        """What the plan does with each epic that is in progress and that can be planned."""
        judged_after = {line.id: line.decide_after for line in money.epics if not line.released}
        portfolio, periods = self.problem.portfolio, self.problem.portfolio.calendar.periods
        for epic in filter(self._decides_on, portfolio.epics):
            booking = plan.bookings.get(epic.id)
            if booking is None:
                yield RunningLine(epic.id, epic.title, "stop", None, None, remaining=sum(epic.effort.values()))
                continue
            first, last = periods[booking.start], periods[min(booking.finish, len(periods) - 1)]
            decision: Literal["pause", "continue"] = "pause" if booking.start else "continue"
            judged, left = judged_after.get(epic.id), sum(epic.effort.values())
            yield RunningLine(epic.id, epic.title, decision, first, last, remaining=left, decide_after=judged)

    def _decides_on(self, epic: Epic) -> bool:
        """Whether an epic is in progress and known well enough to go on, pause or stop."""
        return self.problem.portfolio.is_running(epic) and plannable(epic, self.problem.portfolio) is None

    def _epics(self, options: Options) -> tuple[EpicLine, ...]:
        portfolio, plan = self.problem.portfolio, self.best.plan
        ranks = {ranked.id: ranked.rank for ranked in self.ranking.epics}
        decisions = Decisions(self.formulation, plan or Plan(), self.model.vocabulary, self._approver(), ranks)
        row = {portfolio.epics[epic].id: index for index, epic in enumerate(options.epic)}
        lines = []
        for ranked in self.ranking.epics:
            epic = portfolio.epics[portfolio.epic_index[ranked.id]]
            if plan is None:
                reason = f"{WAITS}no plan was found that keeps every guardrail."
            elif self.problem.goal == "own choices" and epic.id not in plan:
                reason = f"{WAITS}nobody chose it."
            else:
                index = row.get(epic.id)
                reason = decisions.reason(epic, 0.0 if index is None else float(options.value[index]))
            lines.append(self._epic(epic, ranked.rank, ranked.wsjf, options, row.get(epic.id), reason))
        return tuple(lines)

    def _approver(self) -> str:
        """Who may approve an epic, and when, as the operating model says it."""
        right = self.model.right("approve epics")
        return "" if right is None else f"{right.by} may approve it{right.when and f' {right.when}'}"

    def _epic(
        self, epic: Epic, rank: int | None, wsjf: float | None, options: Options, row: int | None, reason: str
    ) -> EpicLine:
        portfolio = self.problem.portfolio
        periods = portfolio.calendar.periods
        value = 0.0 if row is None else float(options.value[row])
        return EpicLine(
            id=epic.id,
            rank=rank,
            wsjf=wsjf,
            decision=decision_of(None if row is None else int(options.start[row]), running=self._decides_on(epic))
            if self.best.plan is not None
            else "wait",
            start=None if row is None else periods[options.start[row]],
            finish=None if row is None else periods[options.finish[row]],
            periods=None if row is None else int(options.periods[row]),
            value=value,
            delay_cost=None if (at_once := self._at_once(epic)) is None else at_once - value,
            spend=0.0 if row is None else float(options.spend[row]),
            reason=reason,
            commitment=None if row is None else self._commitment(epic, int(options.start[row])),
        )

    def _commitment(self, epic: Epic, start: int) -> Commitment | None:
        """How sure a start is; what is running is committed to, whenever it goes on."""
        portfolio = self.problem.portfolio
        if portfolio.is_running(epic) and portfolio.commitment.committed_periods is not None:
            return "committed"
        return portfolio.commitment.of_start(start, epic.state if epic.start is None else None)

    def _at_once(self, epic: Epic) -> float | None:
        """What an epic would earn if it were done at week 0; None where its value is not known."""
        if plannable(epic, self.problem.portfolio) is not None:
            return None
        benefit = self.problem.benefit.get(epic.id, 0.0)
        return float(expected_value(epic, np.zeros(1), benefit, self.problem.portfolio)[0])
