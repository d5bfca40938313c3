"""The fields that a guardrail comes from: where a user changes what a row of the formulation says."""

from __future__ import annotations

from portfolio.domain import Portfolio
from portfolio.domain.finding import Path
from portfolio.guardrails import Limit
from portfolio.optimizer.formulation import Formulation, RowSource

OF_EPIC = {"Must": "must", "Start": "start", "Approval": "approved"}
GROUPS = {"Exclusive group": "exclusive_group", "Together group": "together_group"}


def guardrail_inputs(formulation: Formulation, source: RowSource, side: str | None = None) -> list[Path]:
    """The fields in which a guardrail stands, as paths of the JSON format; `side` is `at_least` or `at_most`.

    Empty for what no field says, such as that an epic is done once.
    """
    if source.guardrail < 0:
        return []
    guardrail = formulation.guardrails[source.guardrail]
    if isinstance(guardrail, Limit):
        declared = declared_limit(formulation, source.guardrail)
        if declared is None:
            return _own_limit(formulation.options.portfolio, source)
        sides = [name for name in ("at_least", "at_most") if getattr(guardrail, name) is not None]
        return [("guardrails", declared, name) for name in sides if side in {None, name}]
    return _rule(formulation.options.portfolio, source)


def declared_limit(formulation: Formulation, guardrail: int) -> int | None:
    """The line of the sheet Guardrails that a guardrail stands on, from 0; None for one that every portfolio has."""
    limits = [number for number, kind in enumerate(formulation.guardrails) if isinstance(kind, Limit)]
    first = len(limits) - len(formulation.options.portfolio.guardrails)
    place = limits.index(guardrail) - first if guardrail in limits else -1
    return place if place >= 0 else None


def _own_limit(portfolio: Portfolio, source: RowSource) -> list[Path]:
    """Capacity, WIP limits and budgets: the cells of their value streams."""
    if "value stream" not in source.place:
        return [("portfolio_wip_limit",)]
    stream, calendar = portfolio.stream_index[source.place["value stream"]], portfolio.calendar
    if "budget period" in source.place:
        budget_period = calendar.budget_labels.index(source.place["budget period"])
        members = [period for period, index in enumerate(calendar.budget_index) if index == budget_period]
        return [("value_streams", stream, "budget", period) for period in members]
    if source.name == "Capacity":
        return [("value_streams", stream, "capacity", calendar.index(source.place["period"]))]
    return [("value_streams", stream, "wip_limit")]


def _rule(portfolio: Portfolio, source: RowSource) -> list[Path]:
    """Rules: a field of an epic, a line of the sheet Dependencies, or the word that makes a group."""
    if source.name in OF_EPIC:
        return [("epics", portfolio.epic_index[source.place["epic"]], OF_EPIC[source.name])]
    if source.name in GROUPS:
        field = GROUPS[source.name]
        word = source.place[source.name.lower()]
        return [("epics", index, field) for index, epic in enumerate(portfolio.epics) if getattr(epic, field) == word]
    return [
        ("dependencies", index, "successor")
        for index, link in enumerate(portfolio.dependencies)
        if {"predecessor": link.predecessor, "successor": link.successor} == dict(source.place)
    ]
