"""Changes: one rule less, one figure looser, one epic in or out; each makes another portfolio of the one there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from portfolio.domain import Dependency, Epic, LimitSpec, Portfolio, ValueStream
from portfolio.options import above_threshold

Kind = Literal[
    "guardrail", "dependency", "must", "group", "approval", "capacity", "budget", "WIP slot", "share", "deadline"
]


@dataclass(frozen=True)
class Change:
    """A change with its name and place; `amount` says by how much, where it is a figure that changes.

    `loosens`: whatever was possible stays possible, so the best value does not fall.
    """

    kind: Kind
    name: str
    place: Mapping[str, str]
    apply: Callable[[Portfolio], Portfolio] = field(compare=False, repr=False)
    amount: float | None = None
    unit: str | None = None
    loosens: bool = True
    to: str | None = None


Step = Callable[[float], Change]
"""A figure that can be loosened by any amount."""


def with_epic(portfolio: Portfolio, epic_id: str, **figures: Any) -> Portfolio:
    """The portfolio with some fields of one epic changed."""
    return with_epics(portfolio, lambda epic: epic.id == epic_id, **figures)


def with_epics(portfolio: Portfolio, chosen: Callable[[Epic], bool], **figures: Any) -> Portfolio:
    """The portfolio with some fields of every chosen epic changed."""
    epics = tuple(epic.model_copy(update=figures) if chosen(epic) else epic for epic in portfolio.epics)
    return portfolio.model_copy(update={"epics": epics})


def forced(portfolio: Portfolio, epic_id: str) -> Portfolio:
    """The portfolio in which an epic has to be in the plan."""
    return with_epic(portfolio, epic_id, must=True)


def banned(portfolio: Portfolio, epic_id: str) -> Portfolio:
    """The portfolio in which an epic cannot be in the plan: nobody works on it, and nothing asks for it any more."""
    return with_epic(portfolio, epic_id, effort={}, must=None, start=None)


def without_limit(portfolio: Portfolio, index: int) -> Change:
    """One line of the sheet Guardrails less; it stays in its place and limits nothing."""
    limit = portfolio.guardrails[index]
    return Change(
        "guardrail",
        limit.name,
        {},
        lambda changed: with_limit(changed, index, {"at_least": None, "at_most": None, "of": None}),
    )


def with_limit(portfolio: Portfolio, index: int, figures: Mapping[str, Any]) -> Portfolio:
    """The portfolio with some fields of one line of the sheet Guardrails changed."""
    lines = list(portfolio.guardrails)
    lines[index] = lines[index].model_copy(update=figures)
    return portfolio.model_copy(update={"guardrails": tuple(lines)})


def looser_limit(limit: LimitSpec, index: int, side: Literal["at_least", "at_most"], amount: float) -> Change:
    """A line of the sheet Guardrails with its lower limit lower or its upper limit higher."""
    given = getattr(limit, side)
    figure = max(0.0, given - amount) if side == "at_least" else given + amount
    unit = (
        "share" if limit.of else {"effort": "effort", "epics": "epics", "starts": "epics"}.get(limit.measure, "money")
    )
    return Change(
        "share" if limit.of else "guardrail",
        limit.name,
        {"limit": side},
        lambda changed: with_limit(changed, index, {side: figure}),
        amount,
        unit,
    )


def without_dependency(link: Dependency) -> Change:
    """One dependency less."""
    return Change(
        "dependency",
        "Dependency",
        {"predecessor": link.predecessor, "successor": link.successor},
        lambda changed: changed.model_copy(
            update={"dependencies": tuple(other for other in changed.dependencies if other != link)}
        ),
    )


def without_must(epic: Epic) -> Change:
    """An epic that need not be in the plan, and if it is, whenever it likes."""
    return Change(
        "must",
        "Start" if epic.start is not None else "Must",
        {"epic": epic.id},
        lambda changed: with_epic(changed, epic.id, must=None, start=None),
    )


def without_group(field_name: Literal["exclusive_group", "together_group"], group: str) -> Change:
    """One exclusive or together group less."""
    name = field_name.replace("_", " ")
    return Change(
        "group",
        name.capitalize(),
        {name: group},
        lambda changed: with_epics(changed, lambda epic: getattr(epic, field_name) == group, **{field_name: None}),
    )


def outside_group(epic: Epic, field_name: Literal["exclusive_group", "together_group"]) -> Change:
    """An epic that leaves its exclusive or together group."""
    name = field_name.replace("_", " ")
    return Change(
        "group",
        name.capitalize(),
        {name: getattr(epic, field_name), "epic": epic.id},
        lambda changed: with_epic(changed, epic.id, **{field_name: None}),
    )


def approved(epic: Epic) -> Change:
    """An epic that has its approval."""
    return Change("approval", "Approval", {"epic": epic.id}, lambda changed: with_epic(changed, epic.id, approved=True))


def without_threshold() -> Change:
    """No approval needed."""
    return Change("approval", "Approval", {}, lambda changed: changed.model_copy(update={"epic_threshold": None}))


def needs_approval(epic: Epic, portfolio: Portfolio) -> bool:
    """Whether an epic waits for its approval."""
    return not epic.approved and above_threshold(epic, portfolio)


def more_capacity(portfolio: Portfolio, stream: ValueStream, period: int, amount: float) -> Change:
    """More capacity in one value stream and period."""

    def apply(changed: Portfolio) -> Portfolio:
        there = next(other for other in changed.value_streams if other.id == stream.id)
        capacity = [units + amount * (period == place) for place, units in enumerate(there.capacity)]
        return with_stream(changed, stream.id, capacity=tuple(capacity))

    place = {"value stream": stream.id, "period": portfolio.calendar.periods[period]}
    return Change(
        "capacity", "Capacity", place, apply, amount, "effort", loosens=not asks_share_of(portfolio, "capacity")
    )


def more_budget(portfolio: Portfolio, stream: ValueStream, budget_period: int, amount: float) -> Change:
    """More budget for one value stream in one budget period, spread over its periods evenly."""
    index = portfolio.calendar.budget_index
    each = amount / index.count(budget_period)

    def apply(changed: Portfolio) -> Portfolio:
        there = next(other for other in changed.value_streams if other.id == stream.id)
        budget = [money + each * (index[place] == budget_period) for place, money in enumerate(there.budget or ())]
        return with_stream(changed, stream.id, budget=tuple(budget))

    place = {"value stream": stream.id, "budget period": portfolio.calendar.budget_labels[budget_period]}
    return Change("budget", "Budget", place, apply, amount, "money", loosens=not asks_share_of(portfolio, "budget"))


def more_slots(stream: ValueStream | None, amount: float) -> Change:
    """Higher WIP limit in one value stream, or in the portfolio."""
    slots = round(amount)
    if stream is None:
        return Change(
            "WIP slot",
            "Portfolio WIP limit",
            {},
            lambda changed: changed.model_copy(
                update={"portfolio_wip_limit": (changed.portfolio_wip_limit or 0) + slots}
            ),
            slots,
            "epics",
        )

    def apply(changed: Portfolio) -> Portfolio:
        there = next(other for other in changed.value_streams if other.id == stream.id)
        return with_stream(changed, stream.id, wip_limit=(there.wip_limit or 0) + slots)

    return Change("WIP slot", "WIP limit", {"value stream": stream.id}, apply, slots, "epics")


def with_stream(portfolio: Portfolio, stream_id: str, **figures: Any) -> Portfolio:
    """The portfolio with some fields of one value stream changed."""
    streams = tuple(
        stream.model_copy(update=figures) if stream.id == stream_id else stream for stream in portfolio.value_streams
    )
    return portfolio.model_copy(update={"value_streams": streams})


def asks_share_of(portfolio: Portfolio, base: str) -> bool:
    """Whether some guardrail asks for at least a share of capacity or budget, and so rises with it."""
    return any(limit.of == base and limit.at_least is not None for limit in portfolio.guardrails)
