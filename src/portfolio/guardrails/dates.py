"""Dates: an epic's own earliest, latest and durations; options respect them by construction, any other plan is checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from portfolio.domain import Epic, Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.edits.change import Change
from portfolio.edits.edit import Edit, edit
from portfolio.guardrails.commitment import still_committed
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.rule import Rule, rows_of
from portfolio.guardrails.status import GuardrailStatus, Place
from portfolio.options import Options, windows

FIELDS = ("start", "earliest", "latest")


@dataclass(frozen=True)
class Dates(Rule):
    """An epic begins and ends within its dates and the plan, and takes a number of periods that it allows.

    Rule: first period at the earliest, last period at the latest, between min and max periods, inside the plan.
    Formula: sum of options outside the epic's windows <= 0; the table of all options has none.
    Unit: epics.
    Why: a plan that comes from elsewhere is judged by the same rules as one made here.
    Source: the portfolio's own dates.
    Example: earliest PI 3 and planned start PI 2 is broken.
    """

    epic: str
    name: str = "Dates"
    kind: ClassVar[str] = "deadline"

    @property
    def place(self) -> Place:
        """The epic."""
        return {"epic": self.epic}

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:  # noqa: ARG002
        """The epic's own dates, as far as they are given."""
        index = portfolio.epic_index[self.epic]
        return [("epics", index, field) for field in FIELDS if getattr(portfolio.epics[index], field) is not None]

    def priced(self, portfolio: Portfolio) -> list[Change]:  # noqa: ARG002
        """Dates have no price: each epic has its own, and they are no limit that others share."""
        return []

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:
        """The epic may end later, period by period."""
        if epic.id != self.epic or epic.latest is None:
            return []
        calendar, path = portfolio.calendar, ("epics", portfolio.epic_index[epic.id], "latest")
        return [
            Change(self.kind, "Latest", self.place, (edit(portfolio, path, label),), to=label,
                   condition=f"if it may end as late as {label}")
            for label in calendar.periods[calendar.index(epic.latest) + 1 :]
        ]  # fmt: skip

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic is outside its own dates and durations."""
        outside = LiveFigure(status.used, f"IF({cells.plan('in_dates', self.epic)}=0,1,0)")
        return LiveStatus(outside, at_most=LiveFigure(0.0), binding="")

    def rows(self, options: Options) -> Rows:
        """One line over the epic's options that are outside its windows; no line where there are none."""
        portfolio = options.portfolio
        index = portfolio.epic_index[self.epic]
        members = np.flatnonzero(options.epic == index)
        allowed = set(windows(portfolio.epics[index], portfolio)) if len(members) else set()
        outside = [row for row in members if (int(options.start[row]), int(options.periods[row])) not in allowed]
        lines = [([(np.array(outside, dtype=np.int64), 1.0)], -np.inf, 0.0)] if outside else []
        return rows_of({"epic": self.epic}, lines)


def dates(portfolio: Portfolio) -> list[Dates]:
    """One rule for each epic."""
    return [Dates(epic.id) for epic in portfolio.epics]


def every_date(cells: Cells, status: GuardrailStatus) -> LiveStatus:
    """How many epics are outside their own dates, in one figure for all of them."""
    outside = LiveFigure(status.used, f"SUMPRODUCT(--({cells.column('Plan', 'in_dates')}=0))")
    return LiveStatus(outside, at_most=LiveFigure(0.0), binding="")


def without_dates(portfolio: Portfolio) -> list[Edit]:
    """Every epic may begin and end when it likes; one whose start was decided is still in the plan."""
    edits = [edit(portfolio, path, None) for rule in dates(portfolio) for path in rule.inputs(portfolio, rule.place)]
    decided = [index for index, epic in enumerate(portfolio.epics) if epic.start is not None]
    committed = [one for index in decided for one in still_committed(portfolio, index)]
    return [*edits, *(edit(portfolio, ("epics", index, "must"), True) for index in decided), *committed]


def periods_outside(epic: Epic, portfolio: Portfolio, start: int, finish: int) -> int:
    """By how many periods an epic leaves its own dates when it is done from `start` to `finish`."""
    index = portfolio.calendar.index
    late = 0 if epic.latest is None else max(0, finish - index(epic.latest))
    early = 0 if epic.earliest is None else max(0, index(epic.earliest) - start)
    return late + early + (0 if epic.start is None else abs(start - index(epic.start)))


def moved_dates(portfolio: Portfolio, plan: Plan) -> Iterator[Change]:
    """Dates moved to where a plan puts the epics that it puts outside of them."""
    labels, at = portfolio.calendar.periods, portfolio.calendar.index
    for number, epic in enumerate(portfolio.epics):
        booking = plan.bookings.get(epic.id)
        if booking is None:
            continue
        moved = {
            "start": booking.start if epic.start is not None else None,
            "earliest": booking.start if epic.earliest is not None and booking.start < at(epic.earliest) else None,
            "latest": booking.finish if epic.latest is not None and booking.finish > at(epic.latest) else None,
        }
        for field, period in moved.items():
            if period is not None and labels[period] != getattr(epic, field):
                move = edit(portfolio, ("epics", number, field), labels[period])
                yield Change(Dates.kind, field, {"epic": epic.id}, (move,))
