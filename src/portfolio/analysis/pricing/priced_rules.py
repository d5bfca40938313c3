"""What a portfolio has that can have a price: its rules, its dependencies, its musts; and what one unit more could be worth."""

from __future__ import annotations

from portfolio.analysis.pricing import change
from portfolio.analysis.pricing.change import Change
from portfolio.domain import Epic, Portfolio
from portfolio.options import above_threshold

MONEY_SHARE = 0.01
"""The money that is added to a budget to see what it is worth, as a share of it."""


def rules(portfolio: Portfolio) -> list[Change]:
    """Every rule of a portfolio, dropped: guardrails, WIP limits, budgets, dependencies, musts, groups, approvals.

    Budgets that a guardrail is a share of are not dropped: that would drop the guardrail, too.
    """
    found = [change.without_limit(portfolio, index) for index in range(len(portfolio.guardrails))]
    if portfolio.portfolio_wip_limit is not None:
        found.append(
            Change(
                "guardrail",
                "Portfolio WIP limit",
                {},
                lambda changed: changed.model_copy(update={"portfolio_wip_limit": None}),
            )
        )
    found += [_without_wip_limit(stream.id) for stream in portfolio.value_streams if stream.wip_limit is not None]
    based = any(limit.of == "budget" for limit in portfolio.guardrails)
    if not based and any(stream.budget is not None for stream in portfolio.value_streams):
        found.append(_without_budgets(portfolio))
    if any(not epic.approved and above_threshold(epic, portfolio) for epic in portfolio.epics):
        found.append(change.without_threshold())
    found += [change.without_dependency(link) for link in dict.fromkeys(portfolio.dependencies)]
    found += [change.without_must(epic) for epic in portfolio.epics if epic.must or epic.start is not None]
    for field_name in ("exclusive_group", "together_group"):
        groups = [getattr(epic, field_name) for epic in portfolio.epics if getattr(epic, field_name)]
        found += [change.without_group(field_name, group) for group in dict.fromkeys(groups) if groups.count(group) > 1]
    return found


def _without_wip_limit(stream_id: str) -> Change:
    return Change(
        "guardrail",
        "WIP limit",
        {"value stream": stream_id},
        lambda changed: change.with_stream(changed, stream_id, wip_limit=None),
    )


def _without_budgets(portfolio: Portfolio) -> Change:
    """No budgets: no limit on spend, and no money that could move and take capacity with it."""
    moves = any(stream.max_budget_shift for stream in portfolio.value_streams)

    def apply(changed: Portfolio) -> Portfolio:
        streams = tuple(stream.model_copy(update={"budget": None}) for stream in changed.value_streams)
        return changed.model_copy(update={"value_streams": streams})

    return Change("guardrail", "Lean budget", {}, apply, loosens=not moves)


def units(portfolio: Portfolio, capacity: float, money: float | None) -> list[Change]:
    """One unit more of everything that is limited: capacity, money, WIP slots.

    `capacity` is added to one value stream in one period; `money` to one budget in one budget period, 1 % of it if None.
    """
    calendar = portfolio.calendar
    found = [
        change.more_capacity(portfolio, stream, period, capacity)
        for stream in portfolio.value_streams
        for period in range(len(calendar.periods))
    ]
    for stream in portfolio.value_streams:
        for budget_period, there in enumerate(portfolio.lean_budgets.get(stream.id, ())):
            amount = there * MONEY_SHARE if money is None else money
            if amount > 0:
                found.append(change.more_budget(portfolio, stream, budget_period, amount))
    found += [change.more_slots(stream, 1) for stream in portfolio.value_streams if stream.wip_limit is not None]
    return found + ([change.more_slots(None, 1)] if portfolio.portfolio_wip_limit is not None else [])


def cross_stream(portfolio: Portfolio) -> list[Change]:
    """The dependencies between epics whose largest value streams differ, each dropped."""
    epics = {epic.id: epic for epic in portfolio.epics}
    return [
        change.without_dependency(link)
        for link in dict.fromkeys(portfolio.dependencies)
        if len({largest_stream(epics[end], portfolio) for end in (link.predecessor, link.successor)} - {None}) == 2
    ]


def largest_stream(epic: Epic, portfolio: Portfolio) -> str | None:
    """The value stream that an epic needs most effort of, the first of equals; None if it needs none."""
    needed = {stream: epic.effort.get(stream, 0.0) for stream in portfolio.stream_index}
    most = max(needed, key=lambda stream: needed[stream], default=None)
    return most if most is not None and needed[most] > 0 else None


def all_of(changes: list[Change]) -> Change:
    """Changes made together, as one."""

    def apply(changed: Portfolio) -> Portfolio:
        for one in changes:
            changed = one.apply(changed)
        return changed

    return Change("dependency", "All cross-stream dependencies", {}, apply, loosens=all(one.loosens for one in changes))
