"""Dependencies: one epic waits for, or needs, another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portfolio.domain import Dependency, Portfolio
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.rule import Rule, rows_of
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
    name: str = "Dependency"

    def rows(self, options: Options) -> Rows:
        """A line for each period in which the successor could begin; a single line for `needs`."""
        successor = np.flatnonzero(options.epic == options.portfolio.epic_index[self.link.successor])
        predecessor = np.flatnonzero(options.epic == options.portfolio.epic_index[self.link.predecessor])
        place = {"predecessor": self.link.predecessor, "successor": self.link.successor}
        if self.link.type == "needs":
            return rows_of(place, [([(successor, 1.0), (predecessor, -1.0)], -np.inf, 0.0)])
        ready = options.finish[predecessor] + self.link.lag_periods + 1
        return rows_of(
            place,
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
    return [Precedence(link) for link in portfolio.dependencies]
