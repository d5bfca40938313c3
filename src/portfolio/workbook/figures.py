"""Figures: every number of an answer that the result sheets show beside its formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import groupby

import numpy as np

from portfolio.domain import Booking, Epic, Plan, Portfolio
from portfolio.guardrails import GuardrailStatus, check
from portfolio.operating_model import OperatingModel
from portfolio.options import Options, options_of, spend_by_stream
from portfolio.results.answer import Answer, EpicLine, GuardrailLine, StreamLine
from portfolio.results.funding import Funding, funding_of
from portfolio.scoring import Ranking, benefits


@dataclass(frozen=True)
class WorkLine:
    """What one epic needs from one value stream, in all and in each period of the plan; it waits if `start` is 0.

    `mvp_periods` and `mvp_part` are 0 where no MVP sets its own pace of spending. `turn` counts the epic's lines from
    0, `lines` says how many it has.
    """

    epic: Epic
    stream: str
    turn: int
    lines: int
    external: float
    effort: float
    spend: float
    start: int
    periods: int
    mvp_periods: int
    mvp_part: float

    @property
    def finish(self) -> int:
        """Number of the last period, counted from 1; 0 if it waits."""
        return self.start + self.periods - 1 if self.start else 0

    def works(self, period: int) -> bool:
        """Whether it is in progress in a period."""
        return self.start <= period <= self.finish

    def effort_in(self, period: int) -> float:
        """Effort in one period."""
        return self.effort / self.periods if self.works(period) else 0.0

    def spend_in(self, period: int) -> float:
        """Spend in one period."""
        if not self.works(period):
            return 0.0
        if period < self.start + self.mvp_periods:
            return self.mvp_part / self.mvp_periods
        return (self.spend - self.mvp_part) / (self.periods - self.mvp_periods)


@dataclass(frozen=True)
class Figures:
    """An answer by the keys that sheets look things up with; periods are numbered from 1, as formulas count them."""

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

    @cached_property
    def options(self) -> Options:
        """The options that the plan chose, with their work."""
        return options_of(self.portfolio, benefits(self.portfolio, self.model.scoring.rules), self.plan)

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
        """What there is and what is used, by value stream and period; nothing is used where no plan was found."""
        unused = {
            (stream.id, label): StreamLine(stream.id, label, capacity, 0.0, 0, stream.wip_limit, budget, budget, 0.0)
            for stream in self.portfolio.value_streams
            for label, capacity, budget in zip(
                self.periods, stream.capacity, stream.budget or (None,) * len(self.periods), strict=True
            )
        }
        return unused | {(line.id, line.period): line for line in self.answer.streams}

    @cached_property
    def guardrails(self) -> Sequence[GuardrailLine]:
        """How the plan stands to each guardrail; a dependency has a line even while its successor waits.

        Where no plan was found these are the lines of the empty one, to try plans by hand.
        """
        lines = [*(self.answer.guardrails or map(_line, check(self.options)))]
        shown = [(line.place.get("predecessor"), line.place.get("successor")) for line in lines]
        for link in self.portfolio.dependencies:
            if (link.predecessor, link.successor) not in shown:
                place = {"predecessor": link.predecessor, "successor": link.successor}
                lines.append(GuardrailLine("Dependency", place, 0.0, None, 0.0, True, False, "epics", "hard"))
        return lines

    @cached_property
    def shifts(self) -> Mapping[tuple[str, str], float]:
        """Money moved, by value stream and budget period."""
        return {(shift.stream, shift.budget_period): shift.amount for shift in self.answer.shifts}

    @cached_property
    def funding(self) -> Funding:
        """The plan's money, measured from the plan."""
        streams, labels = self.portfolio.value_streams, self.portfolio.calendar.budget_labels
        moved = [[self.shifts.get((stream.id, label), 0.0) for label in labels] for stream in streams]
        shifts = np.array(moved, dtype=float).reshape(len(streams), len(labels))
        return funding_of(self.options, shifts, self.model.categories.released)

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

    @cached_property
    def work(self) -> Sequence[WorkLine]:
        """A line for each epic and value stream it needs, epics in the order of the sheet."""
        return [line for epic in self.portfolio.epics for line in self._lines(epic)]

    @cached_property
    def work_of(self) -> Mapping[str, Sequence[WorkLine]]:
        """The work lines of each epic."""
        return {epic: list(lines) for epic, lines in groupby(self.work, key=lambda line: line.epic.id)}

    @cached_property
    def largest_stream(self) -> Mapping[str, str]:
        """For each epic the value stream that it needs most effort from, the first of equals; blank without any."""
        return {epic.id: self._largest(epic) for epic in self.portfolio.epics}

    def _streams(self, epic: Epic) -> list[str]:
        return [stream for stream in self.portfolio.stream_index if stream in epic.effort]

    def _largest(self, epic: Epic) -> str:
        return max(self._streams(epic), key=lambda stream: epic.effort[stream], default="")

    def _lines(self, epic: Epic) -> list[WorkLine]:
        spend, streams, periods = spend_by_stream(epic, self.portfolio), self._streams(epic), self.duration(epic)
        total = sum(spend.values())
        mvp = (epic.mvp_periods or 1) if epic.mvp_cost is not None and total > 0 else 0
        mvp = mvp if periods > mvp else 0
        return [
            WorkLine(
                epic=epic,
                stream=stream,
                turn=turn,
                lines=len(streams),
                external=(epic.external_cost or 0.0) if stream == self.largest_stream[epic.id] else 0.0,
                effort=epic.effort[stream],
                spend=spend.get(stream, 0.0),
                start=self.start(epic),
                periods=periods,
                mvp_periods=mvp,
                mvp_part=(epic.mvp_cost or 0.0) * spend.get(stream, 0.0) / total if mvp else 0.0,
            )
            for turn, stream in enumerate(streams)
        ]


def _line(status: GuardrailStatus) -> GuardrailLine:
    names = [field.name for field in fields(GuardrailLine)]
    return GuardrailLine(**{name: getattr(status, name) for name in names})
