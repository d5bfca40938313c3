"""Repairs: the least that has to change so that a plan is possible, in each unit, as changes of fields.

For each unit only the rules of that unit may give, and their total breach is as small as can be. What gives becomes a
change of the portfolio's own figures; a repair counts only if its plan keeps every guardrail of the changed portfolio.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from portfolio.domain import Plan, Portfolio
from portfolio.edits.change import Change, changed
from portfolio.edits.edit import Edit, edited
from portfolio.guardrails import Guardrail, Limit
from portfolio.guardrails.dates import moved_dates, periods_outside, without_dates
from portfolio.guardrails.measure import UNITS
from portfolio.guardrails.rule import Rule
from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.optimizer.infeasibility.elastic import ElasticColumn, minimize_violation
from portfolio.optimizer.infeasibility.repair_changes import figure_changes, level_changes, outward, rule_changes
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.tolerances import ZERO
from portfolio.options import Floats

Unit = Literal["effort", "money", "epics", "periods", "rules", "all"]
BY_BREACH: tuple[Unit, ...] = ("effort", "money", "epics", "rules")
UNITS_TRIED = len(BY_BREACH) + 1
"""In so many units a repair is looked for, dates among them."""
ROUNDS = 4
"""How often levels are adjusted because a change moved what they are a share of."""


@dataclass(frozen=True)
class Repair:
    """The cheapest change in one unit: the total breach, the changes that remove it, and a plan that shows it.

    `unit` is what may give: effort, money, epics (in progress or started), periods (dates of epics), rules (each counts
    1), or all of these together where no figure alone is enough; then `total` is a sum of shares and says nothing by
    itself. `proven` says whether less is known to be impossible.
    """

    unit: Unit
    total: float
    changes: tuple[Change, ...]
    plan: Plan
    proven: bool


def repairs(
    problem: Problem,
    formulation: Formulation,
    seconds: float = 4.0,
    progress: CountProgress | None = None,
    cancel: CancelToken | None = None,
) -> list[Repair]:
    """The cheapest repair in each unit in which there is one, fewest changes first; `seconds` are for each unit.

    Where no figure or date alone is enough, also the one in which all of them give together, rules as a last resort.
    Ctrl-C, or whoever raises `cancel`, ends it with what is known; `progress` hears how many of UNITS_TRIED are done.
    """
    cancel = cancel or CancelToken()
    known: list[Repair] = []
    for done, unit in enumerate((*BY_BREACH, "periods"), start=1):
        repair = _in_unit(problem, formulation, unit, seconds, cancel)
        known += [] if repair is None else [repair]
        if progress is not None:
            progress(done, UNITS_TRIED)
    if all(repair.unit == "rules" for repair in known):
        mixed = _in_unit(problem, formulation, "all", seconds, cancel)
        known += [] if mixed is None or any(_same_edits(mixed, other) for other in known) else [mixed]
    return sorted(known, key=lambda repair: len(repair.changes))


def _in_unit(
    problem: Problem, formulation: Formulation, unit: Unit, seconds: float, cancel: CancelToken
) -> Repair | None:
    if cancel.raised.is_set():
        return None
    if unit == "periods":
        return _by_dates(problem, seconds, cancel)
    return _by_breach(problem, formulation, unit, seconds, cancel)


def _same_edits(one: Repair, other: Repair) -> bool:
    edits, others = ([edit for change in repair.changes for edit in change.edits] for repair in (one, other))
    return all(edit in others for edit in edits) and all(edit in edits for edit in others)


def _by_breach(
    problem: Problem, formulation: Formulation, unit: Unit, seconds: float, cancel: CancelToken
) -> Repair | None:
    elastic = list(_elastic_columns(formulation, unit))
    least = minimize_violation(formulation, [one for _, one in elastic], seconds, cancel=cancel) if elastic else None
    if least is None:
        return None
    plan = formulation.plan(least.columns)
    broken = [rows for (rows, _), amount in zip(elastic, least.amounts, strict=True) if amount > ZERO]
    rules = [rows[0] for rows in broken if not isinstance(_guardrail(formulation, rows[0]), Limit)]
    sums = {rows[0] for rows in broken if isinstance(_guardrail(formulation, rows[0]), Limit)}
    activity = formulation.activity(least.columns)
    over, under = activity - formulation.row_upper, formulation.row_lower - activity
    changes = [
        *figure_changes(formulation, {row: float(over[row]) for row in sorted(sums)}),
        *level_changes(problem.options_of(plan)),
        *rule_changes(formulation, rules),
    ]
    total = len(rules) + sum(max(0.0, float(over[row]), float(under[row])) for row in sums)
    total = least.total if unit == "all" else total
    return _verified(problem, Repair(unit, outward(total), tuple(changes), plan, least.proven))


def _elastic_columns(formulation: Formulation, unit: Unit) -> Iterator[tuple[tuple[int, ...], ElasticColumn]]:
    """The rows that may give, each with its column: numbers by row and side, rules as a whole."""
    largest = np.ones(formulation.rows)
    np.maximum.at(largest, formulation.row, np.abs(formulation.coefficient))
    rules: dict[tuple[int, str], list[int]] = {}
    for row, source in enumerate(formulation.sources):
        guardrail = formulation.guardrails[source.guardrail] if source.guardrail >= 0 else None
        if guardrail is None or guardrail.enforce == "soft":
            continue
        if isinstance(guardrail, Rule) and guardrail.fixed:
            continue
        if not isinstance(guardrail, Limit):
            if unit in {"rules", "all"}:
                rules.setdefault((source.guardrail, str(dict(source.place))), []).append(row)
        elif unit in {UNITS[guardrail.measure], "all"}:
            scale = largest[row]
            limit = max(abs(x) for x in (formulation.row_lower[row], formulation.row_upper[row]) if np.isfinite(x))
            cost = scale / max(scale, limit) if unit == "all" else scale
            for bound, side in ((formulation.row_lower[row], scale), (formulation.row_upper[row], -scale)):
                if np.isfinite(bound):
                    yield (row,), ElasticColumn(np.array([row]), np.array([side]), cost)
    for members in rules.values():
        yield from ((tuple(members), column) for column in _drops(formulation, members))


def _drops(formulation: Formulation, rows: Sequence[int]) -> Iterator[ElasticColumn]:
    """A rule dropped as a whole: its rows give by as much as any plan could break them, all to one side."""
    for limits, sign in ((formulation.row_lower, 1.0), (formulation.row_upper, -1.0)):
        members = [row for row in rows if np.isfinite(limits[row])]
        if members:
            sides = [sign * _most(formulation, row) for row in members]
            yield ElasticColumn(np.array(members), np.array(sides), 1.0, whole=True)


def _most(formulation: Formulation, row: int) -> float:
    """The most by which a rule's row can be broken: each epic in it adds one of its options at most."""
    entries = formulation.entries(row)
    column, size = formulation.column[entries], np.abs(formulation.coefficient[entries])
    chosen = formulation.kind[column] == ColumnKind.OPTION
    largest = np.zeros(len(formulation.options.portfolio.epics))
    np.maximum.at(largest, formulation.options.epic[column[chosen]], size[chosen])
    return max(1.0, float(largest.sum()))


def _verified(problem: Problem, repair: Repair) -> Repair | None:
    """The repair, if its plan keeps every guardrail of the changed portfolio, measured again; None if it does not.

    A change of capacity or budget moves what is a share of it; such levels are adjusted too.
    """
    changes = {change.edits[0].path: change for change in repair.changes}
    for _ in range(ROUNDS):
        after = replace(problem, portfolio=changed(problem.portfolio, changes.values()))
        if after.accepted(repair.plan) is not None:
            return replace(repair, changes=tuple(changes.values())) if changes else None
        levels = {change.edits[0].path: change for change in level_changes(after.options_of(repair.plan))}
        if not levels:
            return None
        for path, change in levels.items():
            before = changes[path].before if path in changes else change.before
            changes[path] = replace(change, edits=(Edit(path, before, change.after),))
    return None


def _guardrail(formulation: Formulation, row: int) -> Guardrail:
    return formulation.guardrails[formulation.sources[row].guardrail]


def _by_dates(problem: Problem, seconds: float, cancel: CancelToken) -> Repair | None:
    """The fewest periods by which dates have to move."""
    portfolio = problem.portfolio
    formulation = replace(problem, portfolio=edited(portfolio, without_dates(portfolio))).formulation()
    moved = _periods_moved(portfolio, formulation)
    cost = np.concatenate([moved, np.zeros(formulation.columns - len(formulation.options))])
    least = minimize_violation(formulation, [], seconds, cost, cancel) if moved.any() else None
    if least is None:
        return None
    plan = formulation.plan(least.columns)
    return _verified(problem, Repair("periods", least.total, tuple(moved_dates(portfolio, plan)), plan, least.proven))


def _periods_moved(portfolio: Portfolio, formulation: Formulation) -> Floats:
    """For each option of a formulation without dates, by how many periods it leaves the dates of this portfolio."""
    options = formulation.options
    ways = zip(options.epic, options.start, options.finish, strict=True)
    moved = [periods_outside(portfolio.epics[epic], portfolio, int(start), int(finish)) for epic, start, finish in ways]
    return np.array(moved, dtype=float)
