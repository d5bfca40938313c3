"""What views are made of: a portfolio and its ranking, and as far as they are there its plan, another plan, and a frontier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portfolio.domain import Portfolio
from portfolio.operating_model import OperatingModel
from portfolio.results.answer import Answer
from portfolio.results.flow.flow import Flow
from portfolio.results.frontier import Frontier
from portfolio.results.plan_difference import PlanEffect
from portfolio.results.prices import PriceList
from portfolio.results.simulated.ranks import Ranks
from portfolio.results.simulated.simulation import Simulation
from portfolio.scoring import Ranking

MOST_EPICS = 2000
"""Up to so many epics every view shows all of them."""
FIRST_EPICS = 500
"""Of more epics, views that draw each of them show so many, the best-ranked ones."""


@dataclass(frozen=True)
class Missing:
    """Why a view has nothing to show, and the one thing to do next."""

    message: str
    fix: str


@dataclass(frozen=True)
class Shown:
    """Everything that views may show of one portfolio.

    `answer` is None where nothing was planned; `agreed` is another plan, and `effect` leads from it to the answer's.
    """

    portfolio: Portfolio
    model: OperatingModel
    ranking: Ranking
    answer: Answer | None = None
    agreed: Answer | None = None
    effect: PlanEffect | None = None
    frontier: Frontier | None = None
    flow: Flow | None = None
    simulation: Simulation | None = None
    """The plan played forward in many futures, where something is uncertain."""
    ranks: Ranks | None = None
    """The ranking in many futures, where a score, a vote or an estimate moves it."""
    prices: PriceList | None = None
    """What each rule costs, where that was asked for."""

    @property
    def planned(self) -> Answer | None:
        """The answer, where it has a plan."""
        return self.answer if self.answer is not None and self.answer.plan is not None else None

    @property
    def headings(self) -> dict[str, str]:
        """What this way of working calls things, as headings."""
        words = self.model.vocabulary
        return {
            "epic": words.epic.headed,
            "epics": words.epic.many_headed,
            "value_stream": words.value_stream.headed,
            "value_streams": words.value_stream.many_headed,
            "period": words.period.headed,
        }

    @property
    def missing_plan(self) -> Missing | None:
        """Why there is no plan to show; None where there is one."""
        words = self.model.vocabulary
        if not self.portfolio.epics:
            return Missing(f"There are no {words.epic.many} yet.", f"Add the first {words.epic.one}.")
        if not self.portfolio.can_plan:
            return Missing(
                f"There are no {words.value_stream.many} with capacity, so the {words.epic.many} are ranked but not planned.",
                "Fill in the sheets Value streams and Capacity: a row for each value stream, a column for each period.",
            )
        if self.answer is None:
            return Missing("There is no plan yet.", "Make a plan.")
        if self.answer.plan is None:
            return Missing(self.answer.headline, self._next_step(self.answer))
        return None

    @staticmethod
    def _next_step(answer: Answer) -> str:
        if answer.impossible is not None:
            return f"{answer.impossible.clash_words}. Try one of the repairs."
        return "Allow more time."

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Each epic's ID with its title."""
        return {epic.id: epic.label for epic in self.portfolio.epics}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each value stream is called."""
        return {stream.id: stream.title for stream in self.portfolio.value_streams}

    @cached_property
    def drawn(self) -> frozenset[str]:
        """The epics that are drawn one by one: all of them, or the best-ranked ones where there are too many."""
        names = [epic.id for epic in self.ranking.epics]
        return frozenset(names if len(names) <= MOST_EPICS else names[:FIRST_EPICS])

    @property
    def left_out_words(self) -> str:
        """That not every epic is drawn; nothing where all are."""
        every = len(self.ranking.epics)
        if len(self.drawn) == every:
            return ""
        return f"Of {every:,} {self.model.vocabulary.epic.many}, the first {len(self.drawn):,} by rank are shown."
