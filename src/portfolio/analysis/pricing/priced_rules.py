"""What a portfolio has that can have a price: its rules, its dependencies, its musts; and what one unit more could be worth."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.domain import Portfolio
from portfolio.domain.finding import Path
from portfolio.domain.spelling import nearest, plain, shown
from portfolio.domain.wording import first_of
from portfolio.edits.change import Change
from portfolio.edits.change_words import label
from portfolio.errors import WrongUseError
from portfolio.guardrails import Kind, guardrails_of, limits_of
from portfolio.guardrails.approval import approval
from portfolio.guardrails.commitment import commitment
from portfolio.guardrails.commitment_point import commitment_point
from portfolio.guardrails.dependency import Precedence, dependency
from portfolio.guardrails.level import Level
from portfolio.guardrails.limits import capacity, lean_budget, mix, portfolio_wip_limit, wip_limit

MONEY_SHARE = 0.01
"""The money that is added to a budget to see what it is worth, as a share of it."""
MOST_NAMED = 10
"""Rules that are named where none goes by a name."""
LISTED_FIRST: tuple[Kind, ...] = (
    mix,
    portfolio_wip_limit,
    wip_limit,
    lean_budget,
    approval,
    commitment_point,
    dependency,
    commitment,
)
"""The order in which rules of the same price are listed; those that are not named here follow in the order of the family."""


def rules(portfolio: Portfolio) -> list[Change]:
    """Every rule of a portfolio, dropped: guardrails, WIP limits, budgets, dependencies, musts, groups, approvals."""
    guardrails = guardrails_of(portfolio, LISTED_FIRST)
    return distinct(change for guardrail in guardrails for change in guardrail.priced(portfolio))


def named(portfolio: Portfolio, names: Iterable[str]) -> list[Change]:
    """The rules that go by these names, as a price list calls them; a rule that holds in several places is all of them.

    Raises WrongUseError for a name that none goes by, with the one that was probably meant.
    """
    by_name: dict[str, list[Change]] = {}
    known: dict[str, str] = {}
    for change in rules(portfolio):
        for name in dict.fromkeys((change.name, label(change, portfolio))):
            known.setdefault(plain(name), name)
            by_name.setdefault(plain(name), []).append(change)
    found: list[Change] = []
    for name in names:
        if plain(name) not in by_name:
            close = nearest(name, known.values())
            guess = f"did you mean {close}?" if close else f"there are {listed(known.values())}."
            raise WrongUseError(f"No rule is called {shown(name)}; {guess}", "rules")
        found += [change for change in by_name[plain(name)] if change not in found]
    return found


def listed(names: Iterable[str]) -> str:
    """The first names of many."""
    return first_of(list(names), MOST_NAMED) or "none"


def distinct(changes: Iterable[Change]) -> list[Change]:
    """Changes of different fields: what several rules are left out by, such as the epic threshold, counts once."""
    by_fields: dict[tuple[Path, ...], Change] = {}
    for change in changes:
        by_fields.setdefault(tuple(edit.path for edit in change.edits), change)
    return list(by_fields.values())


def units(portfolio: Portfolio, effort: float, money: float | None) -> list[Change]:
    """One unit more of everything that is limited: capacity, money, WIP slots.

    `effort` is added to one value stream in one period; `money` to one budget in one budget period, 1 % of it if None.
    """
    limits = [limit for limit in limits_of(portfolio, (capacity, lean_budget)) if limit.line is None]
    changes: list[Change] = []
    for limit in limits:
        for level in limit.levels(portfolio):
            amount = {"effort": effort, "money": _money(level) if money is None else money}.get(level.unit, 1.0)
            if amount > 0:
                changes.append(level.loosened(amount))
    return changes


def _money(level: Level) -> float:
    """A hundredth of what a budget is in all of its periods."""
    return sum(level.figures) * MONEY_SHARE


def cross_stream(portfolio: Portfolio) -> list[Change]:
    """The dependencies between epics whose largest value streams differ, each dropped."""
    return distinct(rule.dropped(portfolio) for rule in dependency(portfolio) if _crosses(rule, portfolio))


def _crosses(rule: Precedence, portfolio: Portfolio) -> bool:
    ends = (portfolio.epics[portfolio.epic_index[epic]] for epic in (rule.link.predecessor, rule.link.successor))
    return len({portfolio.largest_stream(epic) for epic in ends} - {None}) == 2


def all_of(changes: list[Change]) -> Change:
    """Changes made together, as one."""
    edits = tuple(edit for change in changes for edit in change.edits)
    return Change("dependency", "All cross-stream dependencies", {}, edits)
