"""Builds the price list: prices every rule and every unit more, highest first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from portfolio.analysis.pricing import priced_rules
from portfolio.analysis.pricing.going_on import price_of_going_on
from portfolio.analysis.pricing.prices import prices
from portfolio.analysis.pricing.re_solver import ReSolver
from portfolio.domain.finding import Path
from portfolio.domain.validation import plannable
from portfolio.edits.change import Change
from portfolio.guardrails.going_on import GoingOn
from portfolio.optimizer.tolerances import PROVEN_GAP
from portfolio.results.answer import Answer
from portfolio.results.prices import PriceLine, PriceList


def price_list(
    re_solver: ReSolver,
    answer: Answer,
    capacity: float,
    money: float | None,
    asked: Sequence[Change] = (),
    on_answer: Callable[[PriceLine], None] = lambda _: None,
) -> PriceList:
    """Prices every rule and every unit more of the portfolio of an answer.

    The rules that were asked for come first, with all the time that they take; `on_answer` hears each of their prices.
    """
    portfolio = re_solver.problem.portfolio
    answers = prices(re_solver, asked, share=1.0)
    for line in answers:
        on_answer(line)
    rules = priced_rules.rules(portfolio)
    more = priced_rules.units(portfolio, capacity, money)
    cross = priced_rules.cross_stream(portfolio)
    together = [priced_rules.all_of(cross)] if cross else []
    lines = _with_the_others(re_solver, [*rules, *together, *more], asked, answers)
    ends = len(rules) + len(together)
    alone = [line for line, change in zip(lines, rules, strict=False) if change in cross]
    dearest = max(alone, key=lambda line: line.likely, default=None)
    smallest = PROVEN_GAP * max(1.0, abs(re_solver.base.value))
    going_on = [line for line in lines[: len(rules)] if line.kind == GoingOn.kind]
    return PriceList(
        answer=answer,
        rules=_sorted([line for line in lines[: len(rules)] if line.kind != GoingOn.kind]),
        units=_sorted(lines[ends:]),
        coordination_tax=lines[len(rules)] if cross else None,
        cross_stream=len(cross),
        remove_first=dearest if dearest is not None and dearest.likely > smallest else None,
        better=re_solver.known_value - re_solver.base.value,
        running=_sorted([*going_on, *_of_stopping(re_solver)]),
        asked=tuple(answers),
    )


def _of_stopping(re_solver: ReSolver) -> list[PriceLine]:
    """What going on with each running epic would cost, where running epics may stop."""
    portfolio = re_solver.problem.portfolio
    if portfolio.running_epics != "may stop":
        return []
    epics = [epic for epic in portfolio.epics if portfolio.is_running(epic) and plannable(epic, portfolio) is None]
    found = re_solver.run_parallel([partial(price_of_going_on, re_solver, epic.id) for epic in epics])
    return [
        PriceLine(
            GoingOn.kind, "Going on with", {"epic": epic.id}, None, None, *price,
            price[0] if price[0] == price[1] else None, label=f"Going on with {epic.id}",
        )
        for epic, price in zip(epics, found, strict=True)
    ]  # fmt: skip


def _with_the_others(
    re_solver: ReSolver, changes: Sequence[Change], asked: Sequence[Change], answers: Sequence[PriceLine]
) -> list[PriceLine]:
    """The price of every change, in their order; those that were asked for have theirs already."""
    known = dict(zip(map(_fields, asked), answers, strict=True))
    others = iter(prices(re_solver, [change for change in changes if _fields(change) not in known]))
    return [known[_fields(change)] if _fields(change) in known else next(others) for change in changes]


def _fields(change: Change) -> tuple[Path, ...]:
    """What tells the changes of a price list apart: the fields that they change, and whether by an amount."""
    return (*(one.path for one in change.edits), () if change.amount is None else (change.kind,))


def _sorted(lines: list[PriceLine]) -> tuple[PriceLine, ...]:
    """Highest first; equal ones in the order of the portfolio."""
    return tuple(sorted(lines, key=lambda line: (-line.likely, -(math.inf if line.at_most is None else line.at_most))))
