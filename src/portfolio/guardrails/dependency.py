"""Dependencies: one epic waits for, or needs, another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from portfolio.domain import Dependency, Epic, Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.rule import Rule, rows_of
from portfolio.guardrails.status import GuardrailStatus, Place
from portfolio.options import Options


@dataclass(frozen=True)
class Precedence(Rule):
    """The successor is in the plan only if the predecessor is, and begins only after it where the type says so.

    Rule: finish to start: begins at least `lag` periods after the predecessor's last period + 1. Needs: whenever.
    Formula: for every period t, starts of the successor up to t <= predecessor's options done early enough for t.
    Unit: epics.
    Why: this time-indexed form has a tight relaxation; big-M forms have not.
    Source: Pritsker, Watters and Wolfe (1969), time-indexed scheduling.
    Example: predecessor done in PI 2, lag 0: the successor begins in PI 3 at the earliest.
    """

    link: Dependency
    line: int = field(default=0, compare=False)
    """Its line on the sheet Dependencies, counted from 0."""
    name: str = "Dependency"
    kind: ClassVar[str] = "dependency"

    @property
    def place(self) -> Place:
        """Its two ends."""
        return {"predecessor": self.link.predecessor, "successor": self.link.successor}

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:  # noqa: ARG002
        """Its line on the sheet Dependencies, more than one where it stands there twice."""
        return [("dependencies", line, "successor") for line in self._lines(portfolio)]

    def dropped(self, portfolio: Portfolio) -> Change:
        """The line deleted."""
        edits = tuple(edit(portfolio, ("dependencies", line), None) for line in self._lines(portfolio))
        predecessor, successor = self.link.predecessor, self.link.successor
        condition, label = f"if its dependency on {predecessor} is dropped", f"{successor} needs {predecessor}"
        return Change(self.kind, self.name, self.place, edits, condition=condition, label=label)

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:
        """The successor may come without its predecessor."""
        return [self.dropped(portfolio)] if epic.id == self.link.successor else []

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """Breaches: 1 if the successor is in the plan without its predecessor, or too early; 0 otherwise.

        The line says which epics these are, and what is not known as one is no breach.
        """
        first = cells.linked("first", self.line, "successor", 0)
        last = cells.linked("last", self.line, "predecessor", -1)
        kind, lag = (cells.cell("Dependencies", key, self.line) for key in ("type", "lag_periods"))
        needs, ready = f'{kind}="needs"', f"{last}+{lag}+1"
        kept = f"OR({first}=0,{last}<0,AND({last}>0,OR({needs},{first}>={ready})))"
        binds = f'IF(AND({first}>0,{last}>0,NOT({needs}),{first}={ready}),"yes","")'
        broken = LiveFigure(0.0 if status.met else 1.0, f"IF({kept},0,1)")
        return LiveStatus(broken, at_most=LiveFigure(0.0), binding=binds)

    def _lines(self, portfolio: Portfolio) -> list[int]:
        return [line for line, link in enumerate(portfolio.dependencies) if link == self.link]

    def rows(self, options: Options) -> Rows:
        """A line for each period in which the successor could begin; a single line for `needs`."""
        successor = np.flatnonzero(options.epic == options.portfolio.epic_index[self.link.successor])
        predecessor = np.flatnonzero(options.epic == options.portfolio.epic_index[self.link.predecessor])
        if self.link.type == "needs":
            return rows_of(self.place, [([(successor, 1.0), (predecessor, -1.0)], -np.inf, 0.0)])
        ready = options.finish[predecessor] + self.link.lag_periods + 1
        return rows_of(
            self.place,
            (
                (
                    [(successor[options.start[successor] <= period], 1.0), (predecessor[ready <= period], -1.0)],
                    -np.inf,
                    0.0,
                )
                for period in np.unique(options.start[successor])
            ),
        )

    def binds(self, options: Options) -> bool:
        """Whether the successor begins as early as the predecessor allows."""
        successor = options.epic == options.portfolio.epic_index[self.link.successor]
        predecessor = options.epic == options.portfolio.epic_index[self.link.predecessor]
        if self.link.type == "needs" or not successor.any() or not predecessor.any():
            return False
        wait = int(options.start[successor][0] - options.finish[predecessor][0]) - 1
        return wait == self.link.lag_periods


def dependency(portfolio: Portfolio) -> list[Precedence]:
    """One rule for each line of the `Dependencies` sheet."""
    return [Precedence(link, line) for line, link in enumerate(portfolio.dependencies)]
