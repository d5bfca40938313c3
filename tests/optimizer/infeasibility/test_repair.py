"""Repairs: the least total breach in each unit is brute force's, and the changes named make a plan possible."""

from __future__ import annotations

import copy
import math
from typing import Any

import pytest

from portfolio.edits.change import Change
from portfolio.optimizer.infeasibility.repair import Repair, repairs
from tests import asking, oracle
from tests.asking import Raw, epic, small
from tests.optimizer.infeasibility.test_iis import impossible, no_money_moves
from tests.random_portfolios import combinations, random_portfolio

MOST_PLANS = 2_000
DATES = ("earliest", "latest", "start")
MEASURES = {"effort": {"effort"}, "money": {"spend", "capex", "opex"}, "epics": {"epics", "starts"}}


def found(raw: Raw) -> dict[str, Repair]:
    """The product's repairs by unit."""
    problem = asking.problem_of(raw)
    return {repair.unit: repair for repair in repairs(problem, problem.formulation())}


def edited(raw: Raw, repair: Repair) -> Raw:
    """The portfolio with a repair's changes, made where its paths say."""
    after = copy.deepcopy(raw)
    deleted = set()
    for path, value in ((edit.path, edit.after) for change in repair.changes for edit in change.edits):
        if path[0] == "dependencies":
            deleted.add(path[1])
            continue
        here: Any = after
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = value
    after["dependencies"] = [link for index, link in enumerate(after.get("dependencies", ())) if index not in deleted]
    levels = ("at_least", "at_most")
    after["guardrails"] = [
        limit for limit in after.get("guardrails", ()) if any(limit.get(level) is not None for level in levels)
    ]
    return after


def over(used: float, limit: float) -> float:
    """By how much a limit is exceeded, but for rounding."""
    return used - limit if oracle.exceeds(used, limit) else 0.0


def breach_by_unit(raw: Raw, plan: oracle.Plan) -> dict[str, float]:
    """How much a plan breaks in each unit, in the sentences of the oracle; where no money can move."""
    total = dict.fromkeys(("effort", "money", "epics", "rules"), 0.0)
    rows = oracle.plan_work(raw, plan)
    for stream in raw["value_streams"]:
        for period, capacity in enumerate(stream["capacity"]):
            total["effort"] += over(oracle.effort_used(rows, stream, period), capacity)
            here = [row for row in rows if row.stream == stream["id"] and row.period == period and row.effort > 0]
            running = {row.epic["id"] for row in here}
            total["epics"] += over(len(running), oracle.get(stream, "wip_limit", math.inf))
        for budget_period in oracle.budget_periods(raw) if stream.get("budget") is not None else ():
            within = oracle.periods_of(raw, budget_period)
            total["money"] += over(oracle.spend_used(rows, stream, within), oracle.budget_of(stream, within))
    for period in range(len(oracle.periods(raw))):
        running = {epic_id for epic_id, option in plan.items() if period in oracle.in_progress(option)}
        total["epics"] += over(len(running), oracle.get(raw, "portfolio_wip_limit", math.inf))
    for limit in raw.get("guardrails", ()):
        unit = next(unit for unit, measures in MEASURES.items() if limit["measure"] in measures)
        if not oracle.is_soft(limit):
            total[unit] += sum(
                breach.excess
                for breach in oracle.breaches(raw, plan, limit)
                if oracle.is_broken(breach.excess, breach.bound)
            )
    total["rules"] += len({text.split(":")[0] for text in oracle.group_violations(raw, plan)})
    total["rules"] += sum(
        any(True for _ in oracle.dependency_violations({**raw, "dependencies": [link]}, plan))
        for link in raw.get("dependencies", ())
    )
    for candidate in raw["epics"]:
        inside = candidate["id"] in plan
        total["rules"] += oracle.must_be_in(candidate) and not inside
        total["rules"] += inside and not oracle.may_be_in(raw, candidate)
        total["rules"] += inside and oracle.begins_too_early(raw, candidate, plan[candidate["id"]])
    return total


def least_by_unit(raw: Raw) -> dict[str, float]:
    """For each unit, the least breach among all plans that break nothing in any other unit."""
    least: dict[str, float] = {}
    with oracle.unchanging():
        totals = [breach_by_unit(raw, plan) for plan in oracle.every_plan(raw)]
    for total in totals:
        broken = [unit for unit, amount in total.items() if amount > 0]
        if len(broken) == 1:
            least[broken[0]] = min(least.get(broken[0], math.inf), total[broken[0]])
    return least


def least_periods(raw: Raw) -> float | None:
    """The fewest periods by which dates have to move, over all plans that break nothing else."""
    free = {**raw, "epics": [_without_dates(candidate) for candidate in raw["epics"]]}
    labels = oracle.periods(raw)
    if combinations(free) > MOST_PLANS:
        return math.nan
    costs = [
        sum(_outside(oracle.epic_of(raw, epic_id), option, labels) for epic_id, option in plan.items())
        for plan in oracle.every_plan(free)
        if oracle.is_feasible(_moved(raw, plan, labels), plan)
    ]
    return min(costs, default=None)


def _without_dates(candidate: Raw) -> Raw:
    return {field: given for field, given in candidate.items() if field not in DATES}


def _moved(raw: Raw, plan: oracle.Plan, labels: list[str]) -> Raw:
    """Each epic's dates moved to where a plan puts it; a Start is still one, so what it committed to stays committed."""
    epics = [
        {**_without_dates(candidate), "start": labels[plan[candidate["id"]][0]]}
        if candidate.get("start") and candidate["id"] in plan
        else {**_without_dates(candidate), "must": bool(candidate.get("must") or candidate.get("start"))}
        for candidate in raw["epics"]
    ]
    return {**raw, "epics": epics}


def _outside(candidate: Raw, option: tuple[int, int], labels: list[str]) -> int:
    first, last = option[0], oracle.last_period(option)
    early = max(0, labels.index(candidate["earliest"]) - first) if candidate.get("earliest") else 0
    late = max(0, last - labels.index(candidate["latest"])) if candidate.get("latest") else 0
    return early + late + (abs(first - labels.index(candidate["start"])) if candidate.get("start") else 0)


@pytest.mark.parametrize("first", [0, 80, 160])
def test_the_least_breach_in_each_unit_is_that_of_brute_force(first: int) -> None:
    """On random impossible portfolios: total, unit by unit, and no unit is missing or invented."""
    compared = 0
    for seed in impossible(first, first + 80):
        raw = random_portfolio(seed)
        if combinations(raw) > MOST_PLANS or not no_money_moves(raw):
            continue
        repaired, expected = found(raw), least_by_unit(raw)
        by_breach = {unit: repair.total for unit, repair in repaired.items() if unit not in {"periods", "all"}}
        assert by_breach == pytest.approx(expected, rel=1e-6), seed
        periods = least_periods(raw)
        if periods is None or periods > 0:
            assert (repaired["periods"].total if "periods" in repaired else None) == periods, seed
        assert all(repair.proven for repair in repaired.values()), seed
        compared += 1
    assert compared >= 3


@pytest.mark.parametrize("first", [0, 80])
def test_the_changes_make_a_plan_possible(first: int) -> None:
    """Each repair's changes, made in the user's own fields, leave a portfolio for which there is a plan."""
    made = 0
    for seed in impossible(first, first + 80):
        raw = random_portfolio(seed)
        for repair in found(raw).values():
            after = edited(raw, repair)
            assert asking.best(after, gap=0.1).plan is not None, (seed, repair)
            if combinations(after) <= MOST_PLANS:
                assert oracle.brute_force(after)[0] is not None, (seed, repair)
            made += 1
    assert made >= 5


def only(raw: Raw, unit: str) -> list[tuple[str, dict[str, str], Any, Any]]:
    """The changes of the repair in one unit."""
    changes = found(raw)[unit].changes
    return [(field(change), dict(change.place), change.before, change.after) for change in changes]


def field(change: Change) -> str:
    """The last word of the path of a change's first edit."""
    return [step for step in change.edits[0].path if isinstance(step, str)][-1]


def test_two_musts_for_one_place() -> None:
    """Six more units of capacity, or one must less, or one period later; money and WIP have nothing to do with it."""
    raw = small(epic("X", a=8, must=True, latest="PI 1"), epic("Y", 9, a=8, must=True, latest="PI 1"))
    assert set(found(raw)) == {"effort", "rules", "periods"}
    assert only(raw, "effort") == [("capacity", {"value stream": "A", "period": "PI 1"}, 10, 16)]
    assert only(raw, "periods") == [("latest", {"epic": "Y"}, "PI 1", "PI 2")]


def test_the_must_that_is_worth_least_is_dropped() -> None:
    """Among repairs that are equally cheap, the one that leaves the most valuable plan."""
    raw = small(epic("X", a=8, must=True, latest="PI 1"), epic("Y", 9, a=8, must=True, latest="PI 1"))
    assert only(raw, "rules") == [("must", {"epic": "Y"}, True, None)]


def test_a_ceiling_is_raised_to_what_is_needed() -> None:
    """A must of horizon 1 that is all there is: its share has to be allowed to be everything."""
    half = {"name": "H1", "measure": "spend", "where": {"horizon": ["H1"]}, "at_most": 0.5, "of": "selected"}
    raw = small(epic("X", a=7, must=True, horizon="H1"), epic("Y", a=5, must=True, horizon="H2"), guardrails=[half])
    assert only(raw, "money") == [("at_most", {"limit": "at_most"}, 0.5, 0.584)]


def test_approval_dependency_and_groups_are_rules() -> None:
    """What keeps a must out is given, deleted or dissolved."""
    dear = small(epic("X", a=8, must=True), epic("Y", a=9), epic_threshold=850)
    dear["dependencies"] = [{"predecessor": "Y", "successor": "X"}]
    assert only(dear, "rules") == [("approved", {"epic": "Y"}, None, True)]
    late = small(epic("X", a=8, must=True, latest="PI 2"), epic("Y", a=9, earliest="PI 2"))
    late["dependencies"] = [{"predecessor": "Y", "successor": "X"}]
    assert [change[0] for change in only(late, "rules")] == ["dependencies"]
    apart = small(epic("X", must=True, exclusive_group="G"), epic("Y", must=True, exclusive_group="G"))
    assert len(only(apart, "rules")) == 1


def test_a_wip_limit_is_one_figure_for_all_periods() -> None:
    """Two musts that both take every period, and a WIP limit of one."""
    raw = small(*(epic(name, a=8, must=True, min_periods=4) for name in "XY"), portfolio_wip_limit=1)
    assert only(raw, "epics") == [("portfolio_wip_limit", {}, 1, 2)]
    assert found(raw)["epics"].total == 4


def test_a_budget_is_raised_where_no_money_can_move() -> None:
    """A must dearer than its budget."""
    raw = small(epic("X", a=8, must=True, latest="PI 1"))
    raw["value_streams"][0]["budget"] = [100, 200, 300, 300]
    assert only(raw, "money") == [("budget", {"value stream": "A", "budget period": "FY27"}, 100, 600)]


def test_where_no_unit_alone_is_enough_all_give() -> None:
    """A floor on effort and one on spend that nothing reaches: both are lowered."""
    floors = [{"name": name, "measure": name, "at_least": 9000} for name in ("effort", "spend")]
    raw = small(epic("X", a=8), guardrails=floors)
    assert list(found(raw)) == ["all"]
    side = {"limit": "at_least"}
    assert only(raw, "all") == [("at_least", side, 9000, 8), ("at_least", side, 9000, 800)]
    assert asking.best(edited(raw, found(raw)["all"])).plan is not None


def test_shares_of_capacity_follow_a_capacity_that_is_raised() -> None:
    """More capacity raises what a floor is a share of; the repair says so, and still makes a plan possible."""
    floor = {"name": "F", "measure": "effort", "where": {"epic": ["Y"]}, "at_least": 0.1, "of": "capacity"}
    raw = small(epic("X", a=40, must=True, latest="PI 1"), epic("Y", a=8, latest="PI 1"), guardrails=[floor])
    repair = found(raw)["effort"]
    assert {field(change) for change in repair.changes} == {"capacity", "at_least"}
    assert asking.best(edited(raw, repair)).plan is not None
