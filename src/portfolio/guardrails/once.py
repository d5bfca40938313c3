"""Once: an epic is done at most once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from portfolio.domain import Epic, Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.edits.change import Change
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.rule import Rule
from portfolio.guardrails.status import GuardrailStatus, Place
from portfolio.options import Floats, Options


@dataclass(frozen=True)
class Once(Rule):
    """Each epic has at most one of its options.

    Rule: an epic starts once or waits.
    Formula: sum of its options <= 1.
    Unit: epics.
    Why: doing it twice earns nothing twice.
    Source: the nature of a plan.
    Example: an epic with six possible starts takes one of them, or none.
    """

    name: str = "Once"
    fixed: ClassVar[bool] = True

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:  # noqa: ARG002
        """No field says so."""
        return []

    def priced(self, portfolio: Portfolio) -> list[Change]:  # noqa: ARG002
        """Nobody can leave it out."""
        return []

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:  # noqa: ARG002
        """It keeps no epic out."""
        return []

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Whether the epic is in the plan, which has one row for it."""
        started = LiveFigure(status.used, f"IF({cells.plan('first', status.place['epic'])}>0,1,0)")
        return LiveStatus(started, at_most=LiveFigure(1.0))

    def rows(self, options: Options) -> Rows:
        """One line for each epic that has options."""
        epics, row = np.unique(options.epic, return_inverse=True)
        return Rows(
            places=[{"epic": options.portfolio.epics[index].id} for index in epics],
            row=row.astype(np.int64),
            option=np.arange(len(options)),
            coefficient=np.ones(len(options)),
            at_least=np.full(len(epics), -np.inf),
            at_most=np.ones(len(epics)),
        )

    def status(self, options: Options, shifts: Floats) -> list[GuardrailStatus]:
        """Shown only where it is broken, which a plan with one booking per epic never does."""
        return [status for status in super().status(options, shifts) if not status.met]


def once(portfolio: Portfolio) -> list[Once]:
    """The rule for the portfolio as a whole."""
    return [Once()] if portfolio.epics else []
