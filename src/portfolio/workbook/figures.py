"""Figures: an answer by the keys that result sheets look things up with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from portfolio.domain import Booking, Epic, Plan, Portfolio
from portfolio.guardrails import GuardrailStatus
from portfolio.operating_model import OperatingModel
from portfolio.results.allocation import StreamLine
from portfolio.results.answer import Answer
from portfolio.results.epic_decisions import EpicLine
from portfolio.results.funding import Funding, FundingLine
from portfolio.results.guardrails import DATES
from portfolio.results.roadmap import RoadmapLine, roadmap_of
from portfolio.results.work import WorkLine
from portfolio.scoring import Ranking


@dataclass(frozen=True)
class Figures:
    """An answer by the keys of its sheets; where no plan was found these are the figures of the empty one.

    Periods are numbered from 1, as formulas count them.
    """

    answer: Answer

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio that the answer is about, as it was planned: what a scenario took away stays away."""
        return self.answer.portfolio

    @property
    def model(self) -> OperatingModel:
        """The operating model that the answer was made with."""
        return self.answer.model

    @property
    def ranking(self) -> Ranking:
        """The ranking of all epics."""
        return self.answer.ranking

    @cached_property
    def plan(self) -> Plan:
        """The plan, empty where none was found."""
        return self.answer.plan or Plan()

    @property
    def periods(self) -> Sequence[str]:
        """Labels of the plan's periods."""
        return self.portfolio.calendar.periods

    @cached_property
    def epic_lines(self) -> Mapping[str, EpicLine]:
        """What was decided about each epic."""
        return {line.id: line for line in self.answer.epics}

    @cached_property
    def stream_lines(self) -> Mapping[tuple[str, str], StreamLine]:
        """What there is and what is used, by value stream and period."""
        return {(line.id, line.period): line for line in self.answer.measured.value_streams}

    @cached_property
    def guardrails(self) -> Sequence[GuardrailStatus]:
        """How the plan stands to each guardrail, and every other line that a change by hand could break."""
        return [*self.answer.watched_guardrails]

    @cached_property
    def outside_dates(self) -> frozenset[str]:
        """The epics that do not keep their own dates."""
        lines = self.answer.measured.guardrails
        return frozenset(line.place["epic"] for line in lines if line.name == DATES and not line.met)

    def broken_of(self, epic: str) -> list[GuardrailStatus]:
        """The rules about one epic that the plan breaks."""
        return self._broken_rules.get(epic, [])

    @cached_property
    def _broken_rules(self) -> Mapping[str, list[GuardrailStatus]]:
        found: dict[str, list[GuardrailStatus]] = {}
        for line in self.answer.measured.guardrails:
            if not line.met and "epic" in line.place:
                found.setdefault(line.place["epic"], []).append(line)
        return found

    @property
    def funding(self) -> Funding:
        """The plan's money."""
        return self.answer.measured.funding

    @cached_property
    def funding_lines(self) -> Mapping[tuple[str, str], FundingLine]:
        """The money of each value stream and budget period."""
        return {(line.id, line.budget_period): line for line in self.funding.value_streams}

    @property
    def work(self) -> Sequence[WorkLine]:
        """A line for each epic and value stream it needs, epics in the order of the sheet."""
        return self.answer.measured.work

    @cached_property
    def work_of(self) -> Mapping[str, Sequence[WorkLine]]:
        """The work lines of each epic."""
        return {epic: list(lines) for epic, lines in groupby(self.work, key=lambda line: line.epic)}

    @cached_property
    def roadmap(self) -> Sequence[RoadmapLine]:
        """Every epic as the roadmap shows it."""
        return roadmap_of(self.portfolio, self.ranking, self.plan, self.work)

    @cached_property
    def running(self) -> frozenset[str]:
        """The epics in progress that the plan continues, pauses or stops."""
        return frozenset(line.id for line in self.answer.running)

    @cached_property
    def starts_now(self) -> Sequence[str]:
        """The epics that start in the first period, in the order of the roadmap; what is in progress is not among them."""
        first = self.periods[0] if self.periods else ""
        starting = {line.id for line in self.answer.epics if line.decision == "start" and line.start == first}
        return [line.epic for line in self.roadmap if line.epic in starting]

    def epic(self, name: str) -> Epic:
        """An epic by its ID."""
        return self.portfolio.epics[self.portfolio.epic_index[name]]

    def booking(self, epic: Epic) -> Booking | None:
        """An epic's place in the plan."""
        return self.plan.bookings.get(epic.id)

    def duration(self, epic: Epic) -> int:
        """Periods an epic takes in the plan, or would at the shortest."""
        booking = self.booking(epic)
        return booking.periods if booking else epic.shortest

    def start(self, epic: Epic) -> int:
        """Number of its first period; 0 if it waits."""
        booking = self.booking(epic)
        return booking.start + 1 if booking else 0
