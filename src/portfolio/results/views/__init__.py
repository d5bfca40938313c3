"""The views: what people look at together, each as data with its words, the same on the page, in the report and on slides."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portfolio.results.views.difference import difference_view
from portfolio.results.views.flow import flow_view
from portfolio.results.views.frontier import frontier_view
from portfolio.results.views.guardrails import guardrails_view
from portfolio.results.views.load import load_view
from portfolio.results.views.prices import prices_view
from portfolio.results.views.ranking import ranking_view
from portfolio.results.views.roadmap import roadmap_view
from portfolio.results.views.shown import Missing, Shown
from portfolio.results.views.value_and_duration import value_and_duration_view
from portfolio.results.views.view import View

VIEWS: Mapping[str, Callable[[Shown], View]] = {
    "ranking": ranking_view,
    "load": load_view,
    "roadmap": roadmap_view,
    "guardrails": guardrails_view,
    "prices": prices_view,
    "value_and_duration": value_and_duration_view,
    "difference": difference_view,
    "frontier": frontier_view,
    "flow": flow_view,
}
"""How each view is made, by its name, in the order in which they are offered."""

__all__ = ["VIEWS", "Missing", "Shown", "View"]
