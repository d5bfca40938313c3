"""What rules about one epic share: their place is the epic, and they come from one field of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from portfolio.domain import Portfolio
from portfolio.domain.finding import Path
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.rule import Rule, rows_of
from portfolio.guardrails.status import Place
from portfolio.options import Flags, Options


@dataclass(frozen=True)
class EpicRule(Rule):
    """A rule about one epic alone; a member says which field of the epic it comes from."""

    epic: str
    field: ClassVar[str]

    @property
    def place(self) -> Place:
        """The epic."""
        return {"epic": self.epic}

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:  # noqa: ARG002
        """The field of the epic."""
        return [("epics", portfolio.epic_index[self.epic], self.field)]

    def members(self, options: Options) -> Flags:
        """Which options are the epic's."""
        return np.asarray(options.epic == options.portfolio.epic_index[self.epic], dtype=bool)

    def line(self, counted: Flags, at_least: float = -np.inf, at_most: float = np.inf) -> Rows:
        """One line: how many of these options are chosen."""
        return rows_of(self.place, [([(np.flatnonzero(counted), 1.0)], at_least, at_most)])
