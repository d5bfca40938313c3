"""Money and groups: MVP, approval, budget shifts, epics that belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portfolio.domain.epic import Epic
from portfolio.domain.finding import FieldFinding
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.spelling import nearest
from portfolio.domain.tolerance import ROUNDING

GROUPS = {"exclusive_group": "Exclusive group", "together_group": "Together group"}


def _prices(portfolio: Portfolio) -> dict[str, float]:
    return {stream.id.casefold(): stream.cost_per_unit or 0.0 for stream in portfolio.value_streams}


def _total_cost(epic: Epic, prices: dict[str, float]) -> float:
    """Effort at its cost per unit, and external cost."""
    effort = 0.0
    for stream, units in epic.effort.items():
        effort += units * prices.get(stream.casefold(), 0.0)
    return effort + (epic.external_cost or 0.0)


def check_mvp(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """An MVP costs no more than the whole epic, and leaves something to do after it."""
    if not portfolio.can_plan:
        return
    prices = _prices(portfolio)
    own = {stream.id for stream in portfolio.value_streams}
    for index, epic in enumerate(portfolio.epics):
        if epic.mvp_cost is None or not epic.effort:
            continue
        if not epic.effort.keys() <= own and any(name.casefold() not in prices for name in epic.effort):
            continue
        total = _total_cost(epic, prices)
        if epic.mvp_cost > total * (1 + ROUNDING):
            what = f"MVP cost {epic.mvp_cost:.12g} is above the epic's whole cost, {total:.12g}."
            yield FieldFinding(
                ("epics", index, "mvp_cost"),
                what,
                "The MVP is a part of the epic.",
                "Lower it, or correct the epic's effort, External cost or the Cost per unit.",
            )
        elif (epic.mvp_periods or 1) >= epic.shortest:
            what = f"The MVP takes {_periods(epic.mvp_periods or 1)}, and the epic may be done in {_periods(epic.shortest)}."
            yield FieldFinding(
                ("epics", index, "mvp_cost" if epic.mvp_periods is None else "mvp_periods"),
                what,
                "An epic that short has no period after its MVP, so its spend is spread evenly.",
                "Lower MVP periods, or raise Min periods.",
                "warning",
            )


def _periods(count: int) -> str:
    return f"{count} period" if count == 1 else f"{count} periods"


def check_approval(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """What has to be in the plan and costs more than the threshold is approved."""
    if portfolio.epic_threshold is None or not portfolio.can_plan:
        return
    prices = _prices(portfolio)
    for index, epic in enumerate(portfolio.epics):
        decided = "must be in the plan" if epic.must else "is in progress" if epic.start else None
        if (
            decided
            and not epic.approved
            and (total := _total_cost(epic, prices)) > portfolio.epic_threshold * (1 + ROUNDING)
        ):
            what = f"{epic.id} {decided}, costs {total:.12g} and is not approved."
            rule = f"An epic above the threshold of {portfolio.epic_threshold:.12g} needs approval."
            yield FieldFinding(
                ("epics", index, "approved"),
                what,
                rule,
                "Write yes once it is approved, or clear Must." if epic.must else "Write yes once it is approved.",
            )


def check_groups(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A group has more than one member."""
    for field, title in GROUPS.items():
        words = [getattr(epic, field) for epic in portfolio.epics]
        members = Counter(word for word in words if word is not None)
        for index, word in enumerate(words):
            if word is not None and members[word] == 1:
                other = nearest(word, [known for known in members if known != word])
                fix = f"Did you mean {other}?" if other else "Write the same word for the other epics, or clear it."
                yield FieldFinding(
                    ("epics", index, field),
                    f"{title} {word} has one member.",
                    "A group of one changes nothing.",
                    fix,
                    "warning",
                )


def check_budget_shifts(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Money can move only where there is a budget, and capacity follows at a known cost."""
    for index, stream in enumerate(portfolio.value_streams):
        if not stream.max_budget_shift:
            continue
        missing = "Budget" if stream.budget is None else "Cost per unit" if not stream.cost_per_unit else None
        if missing:
            what = f"{stream.id} has Max budget shift but no {missing}."
            yield FieldFinding(
                ("value_streams", index, "max_budget_shift"),
                what,
                "A budget shift moves money and the capacity that it pays for.",
                f"Enter its {missing}, or clear Max budget shift.",
                "warning",
            )
