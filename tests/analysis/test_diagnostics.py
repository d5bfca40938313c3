"""Traps: each is recognised where it is, with its place, and not where a portfolio only looks like it."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from portfolio.analysis.diagnostics import PLAN_TRAPS, TRAPS, Situation, diagnostics, plan_traps
from portfolio.analysis.diagnostics.impossible_shares import empty_floor, full_ceiling
from portfolio.options import all_options
from portfolio.scoring import benefits
from tests import asking, oracle
from tests.asking import Raw, epic, small
from tests.random_portfolios import random_portfolio


def streams(raw: Raw, **changes: Any) -> Raw:
    """The portfolio with value stream A changed."""
    raw["value_streams"][0] |= changes
    return raw


def both(**more: Any) -> Raw:
    """Two epics that need both value streams."""
    return small(epic("X", b=3), epic("Y", b=3), **more)


def share(of: str = "selected", **more: Any) -> Raw:
    """A limit on a share of effort."""
    return {"name": "Mix", "measure": "effort", "where": {"horizon": ["H3"]}, "of": of, **more}


def horizons(first: str, second: str, limit: Raw) -> Raw:
    """Two epics of these horizons, and a limit on their shares."""
    return small(epic("X", b=3, horizon=first), epic("Y", b=3, horizon=second), guardrails=[limit])


def due(*weeks: float) -> Raw:
    """Epics with deadlines in these weeks."""
    return small(
        *(epic(f"E{week}", b=3, urgency="deadline", deadline=week, penalty=50, life_weeks=50) for week in weeks)
    )


FIRES: dict[str, tuple[Raw, tuple[str | int, ...]]] = {
    "no_time_to_earn": (both(value_horizon_weeks=10), ("value_horizon_weeks",)),
    "missed_deadlines": (due(3, 6), ("epics", 1, "deadline")),
    "nothing_approved": (both(epic_threshold=5), ("epic_threshold",)),
    "no_places": (streams(both(), wip_limit=0), ("value_streams", 0, "wip_limit")),
    "no_capacity": (streams(both(), capacity=[0, 0, 0, 0]), ("value_streams", 0, "capacity")),
    "idle_stream": (small(epic("X", a=0, b=3)), ("value_streams", 0, "id")),
    "no_money": (streams(both(), budget=[0, 0, 0, 0]), ("value_streams", 0, "budget")),
    "no_price": (streams(both(), budget=[9, 9, 9, 9], cost_per_unit=None), ("value_streams", 0, "cost_per_unit")),
    "empty_floor": (horizons("H1", "H2", share(at_least=0.2)), ("guardrails", 0, "at_least")),
    "full_ceiling": (horizons("H3", "H3", share(at_most=0.6)), ("guardrails", 0, "at_most")),
    "too_big": (small(epic("X", a=11, b=3), epic("Y", b=3)), ("epics", 0, "effort")),
}
QUIET: dict[str, list[Raw]] = {
    "no_time_to_earn": [both(value_horizon_weeks=11), both()],
    "missed_deadlines": [due(3, 10), both()],
    "nothing_approved": [both(epic_threshold=2000), small(epic("X"), epic("Y", approved=True), epic_threshold=5)],
    "no_places": [streams(both(), wip_limit=1), streams(small(epic("X", a=0, b=3)), wip_limit=0)],
    "no_capacity": [streams(both(), capacity=[0, 0, 0, 1]), streams(small(epic("X", a=0, b=3)), capacity=[0] * 4)],
    "idle_stream": [both(), streams(small(epic("X", a=0, b=3)), capacity=[0, 0, 0, 0])],
    "no_money": [streams(both(), budget=[0, 0, 0, 1]), streams(both(), budget=[0] * 4, cost_per_unit=0)],
    "no_price": [streams(both(), budget=[9, 9, 9, 9]), streams(both(), cost_per_unit=None)],
    "empty_floor": [
        horizons("H1", "H3", share(at_least=0.2)),
        horizons("H1", "H2", share(at_least=0.2, of="capacity")),
        horizons("H1", "H2", share(at_least=0.2, enforce="soft", price=1)),
        horizons("H1", "H2", share(at_least=0)),
    ],
    "full_ceiling": [
        horizons("H1", "H3", share(at_most=0.6)),
        horizons("H3", "H3", share(at_most=1)),
        horizons("H3", "H3", share(at_most=0.6, of="capacity")),
    ],
    "too_big": [
        small(epic("X", a=10, b=3), epic("Y", b=3)),
        small(epic("X", a=11, b=3, max_periods=2), epic("Y", b=3)),
        streams(small(epic("X", b=3), epic("Y", b=3)), capacity=[0, 0, 0, 4]),
    ],
}


def situation(raw: Raw, *, net: bool = False) -> Situation:
    """What traps look at."""
    portfolio = asking.portfolio_of(raw)
    return Situation(all_options(portfolio, benefits(portfolio, asking.safe().scoring.rules)), net)


def fired(raw: Raw) -> dict[str, list[tuple[str | int, ...]]]:
    """The places of each trap's findings, by the name of the trap."""
    here = situation(raw)
    found = {trap.__name__: [problem.path for problem in trap(here)] for trap in TRAPS}
    return {name: paths for name, paths in found.items() if paths}


@pytest.mark.parametrize("name", FIRES)
def test_a_trap_is_recognised_at_its_place(name: str) -> None:
    """It fires, alone, once, where the user can mend it, as a warning in whole sentences."""
    raw, path = FIRES[name]
    assert fired(raw) == {name: [path]}
    (problem,) = diagnostics(situation(raw))
    assert problem.severity == "warning"
    assert all(sentence.endswith((".", "?")) for sentence in (problem.what, problem.rule, problem.fix)), problem


@pytest.mark.parametrize("name", QUIET)
def test_a_trap_does_not_cry_wolf(name: str) -> None:
    """What only looks like it, and a portfolio in which nothing is wrong."""
    for raw in [*QUIET[name], both()]:
        assert name not in fired(raw)


def test_a_missed_deadline_is_said_in_dates() -> None:
    """A week is nobody's date: where the plan has a start, both moments are dates."""
    raw = due(3, 6)
    raw["epics"][0]["deadline"], raw["epics"][1]["deadline"] = "2027-01-25", 6
    raw["calendar"]["start"] = "2027-01-04"
    (problem,) = diagnostics(situation(raw))
    assert "week" not in problem.rule
    assert problem.rule.endswith("its deadline is 2027-02-14.")


def test_net_where_nothing_pays() -> None:
    """Epics that earn less than they cost, and only where spend is subtracted."""
    poor, rich = small(epic("X", 1, a=9)), small(epic("X", 100, a=9))
    assert [problem.path for problem in diagnostics(situation(poor, net=True)) if "costs" in problem.rule] == [
        ("epics", 0, "benefit_per_week")
    ]
    for raw, net in ((poor, False), (rich, True)):
        assert not [
            problem for problem in diagnostics(situation(raw, net=net)) if "earns what it costs" in problem.what
        ]


def test_a_floor_may_be_hopeless_in_one_value_stream_only() -> None:
    """Per value stream: B has no epic of horizon 3, so B stays empty; A is not mentioned."""
    limit = share(at_least=0.1, per=["value stream"])
    raw = small(epic("X", horizon="H3"), epic("Y", a=0, b=3, horizon="H1"), guardrails=[limit])
    (problem,) = empty_floor(situation(raw))
    assert "selected of B, and" in problem.what
    half = raw | {"guardrails": [share(at_most=0.5, per=["value stream"])]}
    (finding,) = full_ceiling(situation(half))
    assert "selected of A, and" in finding.what


def test_an_epic_that_waits_for_approval_counts_for_no_floor() -> None:
    """The only epic of horizon 3 is not approved: the floor cannot be met by starting it."""
    raw = small(epic("X", horizon="H3", a=9), epic("Y", a=2, horizon="H1"), guardrails=[share(at_least=0.1)])
    assert "empty_floor" not in fired(raw)
    assert fired(raw | {"epic_threshold": 500})["empty_floor"] == [("guardrails", 0, "at_least")]


def test_a_value_stream_starved_by_shares() -> None:
    """B's only epic is of horizon 1, and the plan's share of it could never come down to the ceiling."""
    ceiling = {"name": "H1", "measure": "effort", "where": {"horizon": ["H1"]}, "at_most": 0.1, "of": "selected"}
    raw = small(epic("X", a=5, horizon="H3"), epic("Y", a=0, b=9, horizon="H1"), guardrails=[ceiling])
    found = asking.best(raw).plan
    assert found is not None
    (problem,) = plan_traps(asking.problem_of(raw).formulation(), found)
    assert (problem.path, problem.what) == (("guardrails", 0, "at_most"), "Stream B gets no work in any plan.")
    raw["guardrails"][0]["at_most"] = 0.7
    found = asking.best(raw).plan
    assert found is not None
    assert plan_traps(asking.problem_of(raw).formulation(), found) == []


def test_a_value_stream_that_only_is_not_worth_it_is_no_trap() -> None:
    """B could be given work, and a plan without it is worth more."""
    raw = small(epic("X", 90), epic("Y", 1, b=3), portfolio_wip_limit=1)
    for name in ("X", "Y"):
        raw["epics"]["XY".index(name)] |= {"min_periods": 4}
    found = asking.best(raw).plan
    assert found is not None
    assert set(found) == {"X"}
    assert plan_traps(asking.problem_of(raw).formulation(), found) == []


def test_traps_are_told_by_check_and_by_plan(tmp_path: Path) -> None:
    """At the field, as a warning, in both."""
    from portfolio import engine

    raw, _ = FIRES["no_places"]
    loaded = asking.loaded(raw, tmp_path)
    told = "portfolio.json, value_streams[0].wip_limit"
    assert [finding.place for finding in engine.check(loaded)] == [told]
    assert told in [finding.place for finding in engine.plan(loaded, gap=0).findings]


@pytest.mark.parametrize("first", [0, 50, 100])
def test_what_traps_say_is_true(first: int) -> None:
    """On random portfolios: where a trap says that nothing can start, the oracle's best plan is empty."""
    said = 0
    for seed in range(first, first + 50):
        raw = random_portfolio(seed)
        if not asking.is_sound(raw):
            continue
        found = fired(raw)
        best, plan = oracle.brute_force(raw)
        if "nothing_approved" in found or ("portfolio_wip_limit",) in found.get("no_places", []):
            assert plan == {}, seed
        for name, field in (("no_places", "wip_limit"), ("no_capacity", "capacity"), ("no_money", "budget")):
            for path in found.get(name, []):
                if path[-1] == field and len(path) == 3:
                    stream = raw["value_streams"][int(path[1])]
                    needing = [item["id"] for item in raw["epics"] if oracle.effort_in(item, stream) > 0]
                    assert not set(needing) & set(plan), (seed, path)
        for path in [*found.get("empty_floor", []), *found.get("full_ceiling", [])]:
            limit = raw["guardrails"][int(path[1])]
            if not limit.get("per"):
                assert oracle.amount(raw, plan, limit["measure"], {}, {}) == 0, (seed, path)
        for path in found.get("too_big", []):
            assert raw["epics"][int(path[1])]["id"] not in plan, (seed, path)
        if "no_time_to_earn" in found and best is not None:
            assert oracle.plan_value(raw, plan) == 0, seed
        said += len(found)
    assert said >= 10


def test_every_trap_is_tested() -> None:
    """Each has a case in which it fires and one in which it does not."""
    apart = {"nothing_pays", "starved_stream", "beyond_expectation"}
    names = {trap.__name__ for trap in (*TRAPS, *PLAN_TRAPS)}
    assert names == set(FIRES) | apart
    assert set(QUIET) == set(FIRES)
    assert all(inspect.getdoc(trap) for trap in TRAPS)
