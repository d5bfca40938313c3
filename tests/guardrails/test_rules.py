"""Rules by hand: each kept and each broken by a plan of two or three epics."""

from __future__ import annotations

from typing import Any

import pytest

from tests import asking, oracle


def three(**more: Any) -> asking.Raw:
    """Epics X, Y and Z, two units of A each, with settings or fields of X, Y or Z given as `X={...}`."""
    fields = {name: more.pop(name, {}) for name in "XYZ"}
    return asking.small(*(asking.epic(name, a=2, **fields[name]) for name in "XYZ"), **more)


BEFORE = {"predecessor": "X", "successor": "Y"}

CASES: list[tuple[str, dict[str, Any], oracle.Plan, list[str]]] = [
    ("must is in", {"X": {"must": True}}, {"X": (3, 1)}, []),
    ("must is out", {"X": {"must": True}}, {"Y": (0, 1)}, ["Must"]),
    ("a start decided", {"X": {"start": "PI 2"}}, {"X": (1, 1)}, []),
    ("a start decided and out", {"X": {"start": "PI 2"}}, {}, ["Start"]),
    ("a start decided and moved", {"X": {"start": "PI 2"}}, {"X": (2, 1)}, ["Start", "Dates"]),
    ("too early", {"X": {"earliest": "PI 2"}}, {"X": (0, 1)}, ["Dates"]),
    ("too late", {"X": {"latest": "PI 2", "min_periods": 2}}, {"X": (1, 2)}, ["Dates"]),
    ("in time", {"X": {"latest": "PI 2", "min_periods": 2}}, {"X": (0, 2)}, []),
    ("too short", {"X": {"min_periods": 2}}, {"X": (0, 1)}, ["Dates"]),
    ("too long", {"X": {"max_periods": 2}}, {"X": (0, 3)}, ["Dates"]),
    ("after a long one", {"dependencies": [BEFORE], "X": {"max_periods": 2}}, {"X": (0, 2), "Y": (2, 1)}, []),
    (
        "during a long one",
        {"dependencies": [BEFORE], "X": {"max_periods": 2}},
        {"X": (0, 2), "Y": (1, 1)},
        ["Dependency"],
    ),
    ("beside its predecessor", {"dependencies": [BEFORE]}, {"X": (0, 1), "Y": (0, 1)}, ["Dependency"]),
    ("next to its predecessor", {"dependencies": [BEFORE]}, {"X": (0, 1), "Y": (1, 1)}, []),
    ("without its predecessor", {"dependencies": [BEFORE]}, {"Y": (3, 1)}, ["Dependency"]),
    ("predecessor alone", {"dependencies": [BEFORE]}, {"X": (3, 1)}, []),
    ("within the lag", {"dependencies": [{**BEFORE, "lag_periods": 2}]}, {"X": (0, 1), "Y": (2, 1)}, ["Dependency"]),
    ("after the lag", {"dependencies": [{**BEFORE, "lag_periods": 2}]}, {"X": (0, 1), "Y": (3, 1)}, []),
    ("needs, whenever", {"dependencies": [{**BEFORE, "type": "needs"}]}, {"X": (3, 1), "Y": (0, 1)}, []),
    ("needs, and not there", {"dependencies": [{**BEFORE, "type": "needs"}]}, {"Y": (0, 1)}, ["Dependency"]),
    ("one of a group", {"X": {"exclusive_group": "g"}, "Y": {"exclusive_group": "g"}}, {"Y": (0, 1)}, []),
    (
        "two of a group",
        {"X": {"exclusive_group": "g"}, "Y": {"exclusive_group": "g"}},
        {"X": (0, 1), "Y": (3, 1)},
        ["Exclusive group"],
    ),
    ("all together", {"X": {"together_group": "t"}, "Z": {"together_group": "t"}}, {"X": (0, 1), "Z": (3, 1)}, []),
    ("none together", {"X": {"together_group": "t"}, "Z": {"together_group": "t"}}, {"Y": (0, 1)}, []),
    ("half together", {"X": {"together_group": "t"}, "Z": {"together_group": "t"}}, {"Z": (0, 1)}, ["Together group"]),
    ("not approved", {"epic_threshold": 199}, {"X": (0, 1)}, ["Approval"]),
    ("at the threshold", {"epic_threshold": 200}, {"X": (0, 1)}, []),
    ("approved", {"epic_threshold": 199, "X": {"approved": True}}, {"X": (0, 1)}, []),
    ("external cost counts", {"epic_threshold": 200, "X": {"external_cost": 1}}, {"X": (0, 1)}, ["Approval"]),
    ("waits unapproved", {"epic_threshold": 0}, {}, []),
]


@pytest.mark.parametrize(("more", "plan", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_rule(more: dict[str, Any], plan: oracle.Plan, expected: list[str]) -> None:
    """The rule is kept, or broken and named; the oracle agrees."""
    raw = three(**more)
    assert asking.broken(raw, plan) == expected
    assert bool(oracle.violations(raw, plan)) == bool(expected)


def test_a_broken_rule_says_where() -> None:
    """The status of a rule names the epics it is about."""
    raw = three(dependencies=[BEFORE], Z={"must": True})
    places = {status.name: status.place for status in asking.statuses(raw, {"Y": (0, 1)}) if not status.met}
    assert places == {"Must": {"epic": "Z"}, "Dependency": {"predecessor": "X", "successor": "Y"}}


def test_a_dependency_binds_where_the_successor_follows_at_once() -> None:
    """It binds when the successor starts as early as the predecessor allows, and not when it starts later."""

    def binds(plan: oracle.Plan) -> bool:
        lines = asking.statuses(three(dependencies=[BEFORE]), plan)
        return any(line.binding for line in lines if line.name == "Dependency")

    assert [binds({"X": (0, 1), "Y": (start, 1)}) for start in (1, 2)] == [True, False]
    assert not binds({"X": (0, 1)})
