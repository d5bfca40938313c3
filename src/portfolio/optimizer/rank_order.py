"""Plans in rank order: each epic in turn is done as early as those above it allow, whatever that does to those below.

The answer is exact and has no weights. Epics are settled one after another, best rank first: of all plans that keep every
guardrail and do with the epics above what was settled, which lets this one finish first (and, of equals, takes fewest
periods)? A plan that shows it, or the exact solver where none is at hand, settles that; then it is fixed. An epic's finish
and length name one option, so what comes out is one plan.

What was agreed can be kept the same way: an epic takes its agreed time where that leaves those above it as they are and
makes it only so many periods later than it could be. It may cost an epic places of its own; it never costs one that ranks
above it anything.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from portfolio.domain import Booking, Plan
from portfolio.errors import InternalError
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.outcome import Claim, Outcome, StoppedBy
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import Limits, Progress, solve
from portfolio.optimizer.tolerances import TIGHTEST_FEASIBILITY
from portfolio.options import Flags, Floats, Ints

STILL_ROOM = 1e-5
"""What is exceeded by less, relative to its limit, is left for the measured plan to decide."""


@dataclass
class RankOrder:
    """Settles the epics of a formulation one after another; `witness` is a whole plan that does what is settled."""

    problem: Problem
    formulation: Formulation
    limits: Limits
    progress: Progress | None
    cancel: CancelToken
    agreed: Plan = field(default_factory=Plan)
    places: int = 0
    """How many periods later than its rank allows an epic may end to keep its agreed time."""
    began: float = field(default_factory=time.monotonic)
    witness: Plan | None = None
    stopped: StoppedBy | None = None

    def __post_init__(self) -> None:
        """Nothing is settled yet; a plan of nothing is a witness where it keeps every guardrail."""
        self.lower, self.upper = self.formulation.lower.copy(), self.formulation.upper.copy()
        self.upper[: len(self.formulation.options)][~self.formulation.startable] = 0.0
        self.settled: dict[str, Booking] = {}
        self.kept = False
        self.left = self.formulation.row_upper.copy()
        if self.problem.accepted(Plan()) is not None:
            self.witness = Plan()

    def answer(self) -> tuple[Plan | None, Outcome]:
        """The plan, and what can be claimed of it: proven where every epic was settled exactly."""
        for members in self._epics():
            if not self._settle(members):
                break
        if self.witness is None:
            claim: Claim = "nothing found" if self.stopped else "impossible"
            return None, Outcome(claim, None, None, None, self._seconds, self.stopped)
        options = self.formulation.options
        plan = self.formulation.plan(self.lower * (np.arange(self.formulation.columns) < len(options)))
        value = self.problem.value(plan)
        claim = "best found" if self.stopped or self.kept else "proven best"
        return plan, Outcome(claim, value, None, None, self._seconds, self.stopped)

    def settle_first(self, names: Collection[str]) -> dict[str, Booking]:
        """What these epics are to be, best rank first, each as soon as it can be; none where no plan is possible or found."""
        options = self.formulation.options
        for members in self._epics():
            if options.portfolio.epics[options.epic[members[0]]].id in names and not self._settle(members):
                return {}
        return {} if self.stopped else dict(self.settled)

    def _epics(self) -> Iterator[Ints]:
        """The options of each epic, best rank first, each by finish and then by length."""
        options = self.formulation.options
        _, first = np.unique(options.epic, return_index=True)
        for epic in options.epic[np.sort(first)]:
            members = np.flatnonzero(options.epic == epic)
            yield members[np.lexsort((options.periods[members], options.finish[members]))]

    def _settle(self, members: Ints) -> bool:
        """Fixes what happens to one epic; False where no plan is possible, or none was found in time."""
        candidates = [int(option) for option in members if self.upper[option] > 0 and self._has_room(option)]
        chosen, rest = None, candidates
        for turn, option in enumerate(candidates):
            trial = self._shown(option)
            if trial is not None:
                chosen, rest, self.witness = option, [], trial
                break
            if self._out_of_time():
                continue
            rest = candidates[turn:]
            break
        if rest and chosen is None and not self._out_of_time():
            chosen = self._solved(np.array(rest, dtype=np.int64))
        elif self.witness is None and not candidates:
            self._solved(np.zeros(0, dtype=np.int64))
        if self.witness is None:
            return False
        self._fix(members, chosen if chosen is None else self._kept(chosen, candidates))
        return True

    def _kept(self, soonest: int, candidates: Sequence[int]) -> int:
        """The option that was agreed, where it is possible beside what is settled and late enough for nobody; else the soonest."""
        options = self.formulation.options
        epic = options.portfolio.epics[options.epic[soonest]].id
        booking = self.agreed.bookings.get(epic)
        if booking is None or self._out_of_time():
            return soonest
        wanted = (booking.start, booking.periods)
        own = next((one for one in candidates if (options.start[one], options.periods[one]) == wanted), soonest)
        if own == soonest or options.finish[own] - options.finish[soonest] > self.places:
            return soonest
        before, self.witness = self.witness, self._shown(own)
        if self.witness is None and self._solved(np.array([own], dtype=np.int64)) is None:
            self.witness = before
            return soonest
        self.kept = True
        return own

    def _has_room(self, option: int) -> bool:
        """Whether what is settled leaves room for an option in every row that only fills up."""
        row, coefficient = self._entries(option)
        left = self.left[row] + STILL_ROOM * np.maximum(1.0, np.abs(self.formulation.row_upper[row]))
        return bool(np.all((coefficient <= left) | ~self._fills[row]))

    def _shown(self, option: int) -> Plan | None:
        """A plan with an option that does what is settled, if one of two that are at hand is accepted."""
        options = self.formulation.options
        epic = options.portfolio.epics[options.epic[option]].id
        booking = Booking(int(options.start[option]), int(options.periods[option]))
        for base in (self.witness.bookings if self.witness is not None else {}, self.settled):
            trial = Plan({**base, epic: booking})
            if self.problem.accepted(trial) is not None:
                return trial
        return None

    def _solved(self, candidates: Ints) -> int | None:
        """The best candidate that some plan has, by the exact solver; None where no plan has any of them."""
        objective = np.zeros(self.formulation.columns)
        objective[candidates] = np.arange(len(candidates), 0, -1)
        upper = self.upper.copy()
        stage = replace(self.formulation, objective=objective, lower=self.lower, upper=upper)
        for tolerance in (self.limits.feasibility, TIGHTEST_FEASIBILITY):
            left = max(0.1, self.limits.seconds - self._seconds)
            limits = replace(self.limits, gap=0.0, seconds=left, feasibility=tolerance)
            solution = solve(stage, limits, None, self.cancel)
            if solution.termination == "infeasible":
                return None
            if solution.termination != "gap reached":
                self.stopped = "interrupt" if solution.termination == "interrupted" else "time limit"
            if solution.columns is None:
                return None
            plan = self.formulation.plan(solution.columns)
            if self.problem.accepted(plan) is not None:
                self.witness = plan
                taken = [int(option) for option in candidates if solution.columns[option] > 0.5]
                return taken[0] if taken else None
        raise InternalError("the solver's plan breaks a guardrail when it is measured again")

    def _fix(self, members: Ints, chosen: int | None) -> None:
        self.upper[members] = 0.0
        if chosen is None:
            return
        self.lower[chosen] = self.upper[chosen] = 1.0
        options = self.formulation.options
        epic = options.portfolio.epics[options.epic[chosen]].id
        self.settled[epic] = Booking(int(options.start[chosen]), int(options.periods[chosen]))
        row, coefficient = self._entries(chosen)
        np.subtract.at(self.left, row, coefficient)
        if self.progress is not None:
            self.progress(self._seconds, float(options.value[self.lower[: len(options)] > 0].sum()), np.inf)

    def _entries(self, option: int) -> tuple[Ints, Floats]:
        first, row, coefficient = self.formulation.by_column
        return row[first[option] : first[option + 1]], coefficient[first[option] : first[option + 1]]

    @cached_property
    def _fills(self) -> Flags:
        """Rows that every option only fills, and that nothing else moves."""
        formulation = self.formulation
        filling = np.ones(formulation.rows, dtype=bool)
        filling[formulation.row[formulation.coefficient < 0]] = False
        filling[formulation.row[~formulation.of_option]] = False
        return filling

    def _out_of_time(self) -> bool:
        if self.cancel.raised.is_set():
            self.stopped = "interrupt"
        elif self._seconds >= self.limits.seconds:
            self.stopped = self.stopped or "time limit"
        return self.stopped is not None

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self.began
