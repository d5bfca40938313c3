"""A rule that nobody has, added as the recipe says: its own file and one line in the family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from portfolio.domain import Epic, Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.edits.change import Change
from portfolio.guardrails import GuardrailStatus, Place, Rows
from portfolio.guardrails.live import Cells, LiveFigure, LiveStatus
from portfolio.guardrails.rule import Rule, rows_of
from portfolio.options import Options


@dataclass(frozen=True)
class Apart(Rule):
    """Two epics of one owner are never in progress at once.

    Rule: an owner sees one epic through before the next.
    Formula: sum of the two epics' options in progress <= 1, in each period.
    Unit: epics.
    Why: one head, one epic.
    Source: made up for a test.
    Example: X from PI 1 to PI 2 and Y in PI 2 share PI 2.
    """

    first: str
    second: str
    name: str = "Apart"

    @property
    def place(self) -> Place:
        """The two epics."""
        return {"epics": f"{self.first} and {self.second}"}

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:  # noqa: ARG002
        """The owner of each."""
        return [("epics", portfolio.epic_index[epic], "owner") for epic in (self.first, self.second)]

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:
        """Another owner for either of the two."""
        return [self.dropped(portfolio)] if epic.id in {self.first, self.second} else []

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """2 where they meet, 1 where one of them is in the plan or both in turn."""
        starts, ends = ([cells.plan(key, epic) for epic in (self.first, self.second)] for key in ("first", "last"))
        both = f"AND({starts[0]}>0,{starts[1]}>0,{starts[0]}<={ends[1]},{starts[1]}<={ends[0]})"
        used = LiveFigure(status.used, f"IF({both},2,IF({starts[0]}+{starts[1]}>0,1,0))")
        return LiveStatus(used, at_most=LiveFigure(1.0))

    def rows(self, options: Options) -> Rows:
        """A line for each period."""
        index = options.portfolio.epic_index
        ours = np.isin(options.epic, [index[self.first], index[self.second]])
        periods = range(len(options.portfolio.calendar.periods))
        running = (ours & (options.start <= period) & (options.finish >= period) for period in periods)
        return rows_of(self.place, (([(np.flatnonzero(members), 1.0)], -np.inf, 1.0) for members in running))


def apart(portfolio: Portfolio) -> Sequence[Apart]:
    """One rule for each pair of neighbours on the sheet that have the same owner."""
    owned = [epic for epic in portfolio.epics if epic.owner]
    return [Apart(first.id, second.id) for first, second in pairwise(owned) if first.owner == second.owner]
