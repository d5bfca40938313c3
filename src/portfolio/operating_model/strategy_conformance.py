"""Checks that work serves the strategy as the operating model asks: a link from every epic, and objectives that are measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.domain import FieldFinding, Portfolio
from portfolio.domain.wording import first_of
from portfolio.operating_model.section import SEVERITY

if TYPE_CHECKING:
    from portfolio.operating_model.model import OperatingModel

SOME = 5
"""So many epics are named."""


def check_strategy(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Epics that serve no objective, and objectives without a measure; silent where the model asks for neither."""
    if model.strategy is None or not portfolio.epics:
        return
    yield from _unlinked(model, portfolio)
    yield from _unmeasured(model, portfolio)


def _unlinked(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    strength = None if model.strategy is None else model.strategy.every_epic
    if strength is None:
        return
    words, severity = model.vocabulary.epic, SEVERITY[strength]
    rule = f"In {model.title} every {words.one} serves an objective of the strategy."
    if not portfolio.outcomes and model.strategy is not None and model.strategy.where_there_are_outcomes:
        return
    if not portfolio.outcomes:
        yield FieldFinding(
            ("outcomes",),
            "There is no strategy: the sheet Outcomes holds no objective.",
            rule,
            f"Write the objectives on a sheet Outcomes, and in the column Outcome which one each {words.one} serves.",
            severity,
        )
        return
    blank = [index for index, epic in enumerate(portfolio.epics) if epic.outcome is None]
    if blank:
        named = first_of([portfolio.epics[index].label for index in blank], SOME)
        yield FieldFinding(
            ("epics", blank[0], "outcome"),
            f"{named} {'serves' if len(blank) == 1 else 'serve'} no objective.",
            rule,
            f"Enter its Outcome, one of {', '.join(_objectives(portfolio))}, or take the {words.one} out.",
            severity,
        )


def _unmeasured(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    strength = None if model.strategy is None else model.strategy.measured
    if strength is None:
        return
    measured = {row.objective for row in portfolio.outcomes if row.is_measured}
    first: dict[str, int] = {}
    for index, row in enumerate(portfolio.outcomes):
        first.setdefault(row.objective, index)
    for objective, index in first.items():
        if objective not in measured:
            yield FieldFinding(
                ("outcomes", index, "target"),
                f"{objective} has no key result with a baseline and a target.",
                f"In {model.title} an objective says how one sees that it is reached.",
                "Enter what is measured, its Baseline and its Target.",
                SEVERITY[strength],
            )


def _objectives(portfolio: Portfolio) -> list[str]:
    return list(dict.fromkeys(row.objective for row in portfolio.outcomes))
