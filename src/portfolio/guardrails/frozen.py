"""Frozen: what was agreed for the periods until the next review stays as it was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain import Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.domain.frozen import agreed_period, frozen_periods
from portfolio.domain.validation import plannable
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.epic_rule import EpicRule
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.status import GuardrailStatus, Place
from portfolio.options import Options


@dataclass(frozen=True)
class Frozen(EpicRule):
    """What was agreed to begin before the next review begins then, and nothing else begins before it.

    Rule: an epic agreed for a frozen period begins in it; every other epic begins in a frozen period only where its own Start
    says so or it is running.
    Formula: sum of its options that begin in the agreed period >= 1; of any other epic, sum of those in frozen periods <= 0.
    Unit: epics.
    Why: a plan that changes between reviews is decided by whoever edits the file last.
    Source: Scrum@Scale guide, priorities change at the Executive MetaScrum and at no other time during the Sprint.
    Example: agreed for Sprint 1, which has begun; a re-plan starts it in Sprint 1 whatever was moved to the top since.
    """

    start: int | None
    periods: int
    name: str = "Frozen until the next review"
    kind: ClassVar[str] = "frozen"
    field: ClassVar[str] = "agreed_start"

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:
        """What was agreed for the epic; where nothing was, the day of the next review."""
        return [("next_review",)] if self.start is None else super().inputs(portfolio, place, side)

    def dropped(self, portfolio: Portfolio) -> Change:
        """The review is held now: nothing is frozen until the plan is agreed again."""
        held = (edit(portfolio, ("next_review",), str(portfolio.calendar.start)),)
        return Change(self.kind, self.name, self.place, held, order=f"hold the review now, which frees {self.epic}",
                      condition="once the review is held")  # fmt: skip

    def priced(self, portfolio: Portfolio) -> list[Change]:
        """Everything freed at once: a review is held for all."""
        return [Change(self.kind, self.name, {}, self.dropped(portfolio).edits)]

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic begins as agreed, or stays out of the frozen periods."""
        first = cells.plan("first", self.epic)
        if self.start is not None:
            begins = LiveFigure(status.used, f"IF({first}={self.start + 1},1,0)")
            return LiveStatus(begins, at_least=LiveFigure(1.0), binding="")
        early = LiveFigure(status.used, f"IF(AND({first}>0,{first}<={self.periods}),1,0)")
        return LiveStatus(early, at_most=LiveFigure(0.0), binding="")

    def rows(self, options: Options) -> Rows:
        """One line: an option in the agreed period, or none in the frozen ones."""
        own = self.members(options)
        if self.start is not None:
            return self.line(own & (options.start == self.start), at_least=1.0)
        return self.line(own & (options.start < self.periods), at_most=0.0)


def frozen(portfolio: Portfolio) -> list[Frozen]:
    """One rule for each epic whose start is not decided otherwise, where the model freezes what was agreed."""
    count = frozen_periods(portfolio)
    return [
        Frozen(epic.id, agreed if (agreed := agreed_period(portfolio, epic)) in range(count) else None, count)
        for epic in (portfolio.epics if count else ())
        if epic.start is None and not portfolio.is_running(epic) and plannable(epic, portfolio) is None
    ]
