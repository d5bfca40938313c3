"""The limits every portfolio has by its nature, and those its users declare."""

from __future__ import annotations

from dataclasses import replace

from portfolio.domain import Portfolio
from portfolio.domain.finding import Path
from portfolio.domain.limit_spec import MeasureName
from portfolio.guardrails.limit import Base, Limit


def capacity(portfolio: Portfolio) -> list[Limit]:
    """In each value stream and period, effort is at most the capacity.

    Rule: people can do only so much; capacity follows the money where budgets shift.
    Formula: sum of effort <= capacity + shift / cost per unit / periods of the budget period.
    Unit: units of effort.
    Why: a plan beyond capacity is a queue, not a plan.
    Source: SAFe, pull by capacity; Reinertsen.
    Example: capacity 80 and effort 70 leaves 10.
    """
    return (
        [_whole("Capacity", "effort", "capacity", ("value_streams", "value stream", "capacity", "period"))]
        if portfolio.can_plan
        else []
    )


def wip_limit(portfolio: Portfolio) -> list[Limit]:
    """In each value stream and period, epics in progress that need its effort are at most its WIP limit.

    Rule: few things at once, so that each is done sooner.
    Formula: count of epics in progress with effort above 0 in the value stream <= WIP limit.
    Unit: epics.
    Why: Little's law; more in progress is later for all.
    Source: Kanban; SAFe, Portfolio Kanban.
    Example: a limit of 3 with epics A and B in progress leaves one place.
    """
    limited = any(stream.wip_limit is not None for stream in portfolio.value_streams)
    if not limited:
        return []
    whole = _whole("WIP limit", "epics", "wip limit", ("value_streams", "value stream", "wip_limit"))
    return [replace(whole, bypassed=_bypassed(portfolio))]


def portfolio_wip_limit(portfolio: Portfolio) -> list[Limit]:
    """In each period, all epics in progress are at most the portfolio's WIP limit.

    Rule: the portfolio as a whole stays focused.
    Formula: count of epics in progress <= portfolio WIP limit.
    Unit: epics.
    Why: attention of sponsors and shared people is limited beyond any one value stream.
    Source: Kanban; Flight Levels, WIP at the strategy level first.
    Example: a limit of 5 allows five epics in a period, whatever value streams they need.
    """
    most = portfolio.portfolio_wip_limit
    if most is None:
        return []
    level = ("portfolio_wip_limit",)
    return [Limit("Portfolio WIP limit", "epics", {}, ("period",), at_most=float(most), level=level,
                  bypassed=_bypassed(portfolio))]  # fmt: skip


def lean_budget(portfolio: Portfolio) -> list[Limit]:
    """In each value stream and budget period, spend is at most the budget, after any shift.

    Rule: a value stream spends what it was given for the budget period, when it likes within it.
    Formula: sum of spend <= budget + shift.
    Unit: money.
    Why: fund value streams, not projects, and control the sum rather than each line.
    Source: SAFe, lean budgets.
    Example: budgets of 100 and 120 for two periods of FY27 allow 220 in FY27.
    """
    funded = any(stream.budget is not None for stream in portfolio.value_streams)
    return (
        [_whole("Lean budget", "spend", "budget", ("value_streams", "value stream", "budget", "budget period"))]
        if funded
        else []
    )


def mix(portfolio: Portfolio) -> list[Limit]:
    """The limits of the `Guardrails` sheet: any measure, filtered, per anything, as an amount or a share.

    Rule: as declared; a soft one may be broken at its price.
    Formula: at least <= sum of the measure in each group <= at most, times the base where `Of` names one.
    Unit: the measure's.
    Why: investment horizons, capacity allocation, funds with a colour and owner WIP are all sums with a limit.
    Source: SAFe, lean budget guardrails; the figures are the portfolio's own.
    Example: spend where Horizon = H3 at least 10 % of selected.
    """
    return [
        Limit(
            line.name,
            line.measure,
            line.where,
            line.per,
            line.at_least,
            line.at_most,
            line.of,
            line.enforce,
            line.price or 0.0,
            line=number,
        )
        for number, line in enumerate(portfolio.guardrails)
        if not portfolio.is_open(line)
    ]


def _bypassed(portfolio: Portfolio) -> bool:
    """Whether some epic is in a class of service that no WIP limit counts."""
    return any(portfolio.class_policy(epic).bypasses_wip for epic in portfolio.epics)


def _whole(name: str, measure: MeasureName, of: Base, level: Path) -> Limit:
    """All of a base, which has a figure for each value stream; in each period, or in what its figure is for."""
    time = "budget period" if "budget period" in level else "period"
    return Limit(name, measure, {}, ("value stream", time), at_most=1.0, of=of, whole=True, level=level)
