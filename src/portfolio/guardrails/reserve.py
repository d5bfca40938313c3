"""The reserve: a share of capacity that is deliberately not planned here."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.domain import Portfolio
from portfolio.domain.finding import Path
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.level import Level
from portfolio.guardrails.limit import Limit
from portfolio.guardrails.live import NOTHING, Cells, LiveFigure
from portfolio.guardrails.status import Place


@dataclass(frozen=True)
class Reserve(Limit):
    """The limit with the one setting that it comes from."""

    @property
    def room(self) -> str:
        """What is left of the capacity."""
        return "Unreserved capacity"

    def implies(self, name: str) -> bool:
        """Whoever keeps the reserve keeps the capacity."""
        return name == "Capacity"

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:  # noqa: ARG002
        """The setting."""
        return [("reserve",)]

    def levels(self, portfolio: Portfolio) -> list[Level]:
        """The one figure that it comes from; a lower one allows more."""
        return [Level(portfolio, "share", self.name, {}, (("reserve",),), "share", -1)]

    def level_at(self, portfolio: Portfolio, place: Place) -> Level:  # noqa: ARG002
        """The same everywhere."""
        return self.levels(portfolio)[0]

    def priced(self, portfolio: Portfolio) -> list[Change]:
        """All capacity planned."""
        return [Change("guardrail", self.name, {}, (edit(portfolio, ("reserve",), None),))]

    def _live_level(self, cells: Cells, side: str) -> LiveFigure:
        """What the setting leaves; all of the capacity where it is empty."""
        if side != "at_most":
            return NOTHING
        setting = cells.setting("reserve")
        return LiveFigure(self.at_most, f"1-N({setting})")


def reserve(portfolio: Portfolio) -> list[Reserve]:
    """A share of each value stream's capacity stays free in every period.

    Rule: what is planned uses at most what the reserve leaves of the capacity.
    Formula: sum of effort <= (1 - reserve) * capacity, in each value stream and period.
    Unit: share of capacity.
    Why: people have work that no portfolio decides: their own, what is below the threshold, what comes in a hurry.
    Source: the portfolio's setting Reserve, else the model's; no framework that was read prescribes a figure.
    Example: a reserve of 20% leaves 64 of a capacity of 80 to plan.
    """
    share = portfolio.reserve
    if not share or not portfolio.can_plan:
        return []
    return [Reserve("Reserve", "effort", {}, ("value stream", "period"), at_most=1.0 - share, of="capacity")]
