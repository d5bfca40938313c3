"""Checks that levels of work fit together: what an item is part of is there, and of a higher level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portfolio.domain import Epic, FieldFinding, Portfolio
from portfolio.operating_model.section import SEVERITY

if TYPE_CHECKING:
    from portfolio.operating_model.model import OperatingModel


def check_levels(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Parents that are not there or not above, and a planned level without a limit; the portfolio has work of all levels."""
    if model.levels is None:
        return
    yield from _parents(model, portfolio)
    limits = [portfolio.portfolio_wip_limit, *(stream.wip_limit for stream in portfolio.value_streams)]
    if model.levels.limited is not None and portfolio.can_plan and all(limit is None for limit in limits):
        yield FieldFinding(
            ("portfolio_wip_limit",),
            f"Nothing limits the work in progress at {model.levels.planned}.",
            f"{model.title} limits it there first.",
            "Enter a Portfolio WIP limit, or a WIP limit of each value stream.",
            SEVERITY[model.levels.limited],
        )


def other_levels(model: OperatingModel, epics: Iterable[Epic]) -> tuple[Epic, ...]:
    """Work of another level than the one that the model plans, from the highest; a word that it does not know is no level."""
    if model.levels is None:
        return ()
    by_level: dict[str, list[Epic]] = {name: [] for name in model.levels.names}
    for epic in epics:
        if (level := model.levels.known(epic.level)) is not None:
            by_level[level].append(epic if epic.level == level else epic.model_copy(update={"level": level}))
    return tuple(epic for name, found in by_level.items() if name != model.levels.planned for epic in found)


def _parents(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    levels = model.levels
    assert levels is not None
    height = {name: place for place, name in enumerate(levels.names)}
    by_id = {epic.id.casefold(): epic for epic in portfolio.epics}
    for index, epic in enumerate(portfolio.epics):
        own, above = levels.known(epic.level), by_id.get((epic.parent or "").casefold())
        if epic.parent is None or own is None:
            continue
        if above is None:
            yield FieldFinding(
                ("epics", index, "parent"),
                f"{epic.label} is part of {epic.parent}, which is not there.",
                "A parent is the ID of an item of a higher level.",
                "Add it, correct the ID, or leave Parent blank.",
                "warning",
            )
        elif (over := levels.known(above.level)) is not None and height[over] >= height[own]:
            yield FieldFinding(
                ("epics", index, "parent"),
                f"{epic.label} is part of {above.label}, and both are of {own}."
                if over == own
                else f"{epic.label} of {own} is part of {above.label} of {over}.",
                f"A parent is of a higher level: {', '.join(levels.names)} from the highest.",
                "Correct Parent or Work level.",
                "warning",
            )
