"""Clashes: what is named cannot be kept together, and without any one of it a plan is possible."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from portfolio.guardrails.once import Once
from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.optimizer.infeasibility.iis import clash, nothing_can_start
from portfolio.optimizer.solver import Limits, solve
from tests import asking, oracle
from tests.random_portfolios import combinations, random_portfolio

CHUNK = 100
MOST_PLANS = 3_000


def impossible(first: int, last: int) -> list[int]:
    """The seeds of sound portfolios for which there is no plan."""
    sound = [seed for seed in range(first, last) if asking.is_sound(random_portfolio(seed))]
    return [seed for seed in sound if oracle.brute_force(random_portfolio(seed))[0] is None]


def keeps(raw: asking.Raw, plan: oracle.Plan, source: RowSource) -> bool:
    """Whether a plan keeps one guardrail in one place, in the words of the oracle; where no money can move."""
    name, place = source.name, dict(source.place)
    stream: asking.Raw = next(
        (stream for stream in raw["value_streams"] if stream["id"] == place.get("value stream")), {}
    )
    if name == "Capacity":
        period = oracle.periods(raw).index(place["period"])
        return not oracle.exceeds(
            oracle.effort_used(oracle.plan_work(raw, plan), stream, period), stream["capacity"][period]
        )
    if name == "Lean budget":
        within = oracle.periods_of(raw, place["budget period"])
        return not oracle.exceeds(
            oracle.spend_used(oracle.plan_work(raw, plan), stream, within), oracle.budget_of(stream, within)
        )
    if name in {"WIP limit", "Portfolio WIP limit"}:
        where = f"{stream['id']}, {place['period']}" if stream else place["period"]
        return not any(text.endswith(f"in progress in {where}") for text in oracle.wip_violations(raw, plan))
    if name in {"Must", "Start"}:
        return place["epic"] in plan
    if name == "Approval":
        return place["epic"] not in plan
    if name == "Commitment point":
        option = plan.get(place["epic"])
        return option is None or not oracle.begins_too_early(raw, oracle.epic_of(raw, place["epic"]), option)
    if name == "Dependency":
        link = next(link for link in raw["dependencies"] if place.items() <= link.items())
        return not list(oracle.dependency_violations({**raw, "dependencies": [link]}, plan))
    if name in {"Exclusive group", "Together group"}:
        word = name.split()[0].lower()
        return not any(
            text.startswith(word) and text.endswith(place[name.lower()]) for text in oracle.group_violations(raw, plan)
        )
    limit = next(limit for limit in raw["guardrails"] if limit["name"] == name)
    here = [
        breach for breach in oracle.breaches(raw, plan, limit) if breach.text.startswith(f"guardrail {name} {place}: ")
    ]
    return not any(oracle.is_broken(breach.excess, breach.bound) for breach in here)


def is_possible(formulation: Formulation, sources: list[RowSource]) -> bool:
    """Whether the solver finds any plan that keeps these guardrails and starts nothing twice."""
    named = {(source.guardrail, str(dict(source.place))) for source in sources}
    keep = np.array(
        [
            source.guardrail < 0
            or isinstance(formulation.guardrails[source.guardrail], Once)
            or (source.guardrail, str(dict(source.place))) in named
            for source in formulation.sources
        ]
    )
    part = dataclasses.replace(formulation.keeping(keep), objective=np.zeros(formulation.columns))
    return solve(part, Limits(any_solution=True)).termination != "infeasible"


def no_money_moves(raw: asking.Raw) -> bool:
    """Whether no budget may shift."""
    return not any(stream.get("max_budget_shift") for stream in raw["value_streams"])


@pytest.mark.parametrize(
    "first", [0, *(pytest.param(first, marks=pytest.mark.many) for first in range(CHUNK, 300, CHUNK))]
)
def test_a_clash_is_a_smallest_clash(first: int) -> None:
    """Kept together they are impossible; without any one of them there is a plan: by the solver and by the oracle."""
    by_oracle = 0
    seeds = impossible(first, first + CHUNK)
    for seed in seeds:
        raw = random_portfolio(seed)
        formulation = asking.problem_of(raw).formulation()
        sources = clash(formulation)
        assert sources, seed
        assert not is_possible(formulation, sources), seed
        others = [[other for other in sources if other is not source] for source in sources]
        assert all(is_possible(formulation, rest) for rest in others), seed
        if combinations(raw) <= MOST_PLANS and no_money_moves(raw):
            kept = [
                {index for index, source in enumerate(sources) if keeps(raw, plan, source)}
                for plan in oracle.every_plan(raw)
            ]
            assert max(map(len, kept)) == len(sources) - 1, seed
            missing = set.union(*(set(range(len(sources))) - found for found in kept if len(found) == len(sources) - 1))
            assert missing == set(range(len(sources))), seed
            by_oracle += 1
    assert len(seeds) >= 5
    assert by_oracle >= 2


def test_a_possible_portfolio_has_no_clash() -> None:
    """Where a plan exists nothing clashes."""
    for seed in range(15):
        raw = random_portfolio(seed)
        if oracle.brute_force(raw)[0] is not None:
            assert clash(asking.problem_of(raw).formulation()) == [], seed


def named(sources: list[RowSource]) -> set[tuple[str, ...]]:
    """Guardrails with their places."""
    return {(source.name, *source.place.values()) for source in sources}


def test_two_musts_for_one_place() -> None:
    """Two epics that have to be done where one fits: both musts and that capacity, and nothing of the many others."""
    raw = asking.small(
        asking.epic("X", a=8, must=True, latest="PI 1"),
        asking.epic("Y", a=8, must=True, latest="PI 1"),
        *(asking.epic(f"Z{number}") for number in range(5)),
        portfolio_wip_limit=9,
        guardrails=[{"name": "Half", "measure": "effort", "where": {"epic": ["X"]}, "at_most": 0.9, "of": "selected"}],
    )
    expected = {("Capacity", "A", "PI 1"), ("Must", "X"), ("Must", "Y")}
    assert named(clash(asking.problem_of(raw).formulation())) == expected


def test_what_keeps_everything_from_starting() -> None:
    """An epic larger than any capacity cannot start for all of its periods' capacity."""
    formulation = asking.problem_of(asking.small(asking.epic("X", a=30, latest="PI 2"))).formulation()
    found = {words for words in named(nothing_can_start(formulation)) if words[0] != "At least one epic starts"}
    assert found == {("Capacity", "A", "PI 1"), ("Capacity", "A", "PI 2")}


def test_out_of_time_the_suspects_still_clash() -> None:
    """Without time to shrink it, what is named may be too much, and is never too little."""
    raw = asking.small(asking.epic("X", a=8, must=True, latest="PI 1"), asking.epic("Y", a=8, must=True, latest="PI 1"))
    formulation = asking.problem_of(raw).formulation()
    sources = clash(formulation, seconds=0.0)
    assert not sources or not is_possible(formulation, sources)
