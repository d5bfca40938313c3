"""The view Frontier: what a figure is worth over its steps, as the best value found and what no plan can exceed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.results.drawings.frontier import StepPoint, frontier_svg
from portfolio.results.frontier import Frontier
from portfolio.results.views.shown import Missing, Shown
from portfolio.results.views.view import View
from portfolio.tabular.svg import Markup


@dataclass(frozen=True)
class FrontierView(View):
    """The steps of one figure; `today` is the value of the plan as it is."""

    name: ClassVar[str] = "frontier"
    title: ClassVar[str] = "Frontier"

    headings: dict[str, str]
    frontier: Frontier | None
    today: float | None

    def svg(self) -> Markup:
        """The steps as a drawing; there is one where there is a frontier."""
        if self.frontier is None:
            return Markup("")
        steps = [
            StepPoint(self.frontier.label(step), step.amount, step.outcome.value, step.outcome.bound)
            for step in self.frontier.steps
        ]
        return frontier_svg(steps, (self.frontier.figure, f"Value, {self.frontier.portfolio.value_unit}"), self.today)

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        steps = {} if self.frontier is None else self.frontier.as_json()
        return {"headings": self.headings, **steps, "today": self.today}


def frontier_view(shown: Shown) -> FrontierView:
    """The frontier, where one was asked for."""
    found = shown.frontier
    nothing = Missing("No figure was varied yet.", "Name a figure and its steps, for example budget 80%..120% by 10%.")
    return FrontierView(
        headline="" if found is None else found.headline,
        missing=(shown.missing_plan or nothing) if found is None else None,
        headings=shown.headings,
        frontier=found,
        today=None if shown.planned is None else shown.planned.outcome.value,
    )
