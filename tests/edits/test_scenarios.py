"""Scenarios: what names mean, what each change does, and what is said of changes that make no sense."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from portfolio.domain.json_form import record_form
from portfolio.edits import Scenario, ScenarioLine, Unknown, Value, Verb, apply, variation
from tests import asking
from tests.asking import Raw, epic

Told = tuple[Verb, str, Value]


def raw() -> Raw:
    """Two value streams, four periods in two budget periods, three epics, a dependency, three guardrails."""
    found = asking.small(
        epic("EP-1", title="Rocket", latest="PI 2"), epic("EP-2", title="Web in Rome", a=2, b=3), epic("EP-3")
    )
    found["calendar"]["budget_periods"] = ["FY27", "FY27", "FY28", "FY28"]
    found["portfolio_wip_limit"] = 10
    for stream, name in zip(found["value_streams"], ("Web", "Ops"), strict=True):
        stream |= {"name": name, "budget": [100, 100, 100, 100], "wip_limit": 3}
    found["dependencies"] = [{"predecessor": "EP-1", "successor": "EP-3"}]
    found["guardrails"] = [
        {"name": "Floor", "measure": "effort", "where": {"epic": ["EP-1"]}, "at_least": 0.1, "of": "selected"},
        {"name": "Cap of the web", "measure": "effort", "at_most": 50},
        {"name": "Band", "measure": "epics", "at_least": 1, "at_most": 9},
    ]
    return found


def changed(*told: Told) -> Raw:
    """The portfolio after these changes, in JSON form."""
    applied = apply(asking.portfolio_of(raw()), scenario(*told))
    assert applied.portfolio is not None, applied.findings
    return record_form(applied.portfolio)


def scenario(*told: Told) -> Scenario:
    """A scenario whose changes stand in line 1, 2, ..."""
    return Scenario("S", tuple(ScenarioLine(*one, place=f"line {turn}") for turn, one in enumerate(told, 1)), "line 0")


def by_hand(change: Callable[[Raw], object]) -> Raw:
    """The same portfolio changed by hand."""
    found = copy.deepcopy(raw())
    change(found)
    return record_form(asking.portfolio_of(found))


def told_words(value: object) -> str:
    """A change as a test is named by it."""
    return " ".join(map(str, value)) if isinstance(value, tuple) else ""


def stream(portfolio: Raw, number: int = 0) -> Any:
    """A value stream."""
    return portfolio["value_streams"][number]


def both(portfolio: Raw, field: str, value: Any) -> None:
    """Gives both value streams the same."""
    for one in portfolio["value_streams"]:
        one[field] = value


@pytest.mark.parametrize(
    ("told", "change"),
    [
        (("set", "capacity of Web in PI 2", 60), lambda p: stream(p)["capacity"].__setitem__(1, 60)),
        (("set", "Capacity of A in pi2", 60), lambda p: stream(p)["capacity"].__setitem__(1, 60)),
        (("scale", "capacity of ops", 0.5), lambda p: stream(p, 1).update(capacity=[5] * 4)),
        (("add", "capacity in PI 1", 2), lambda p: both(p, "capacity", [12, 10, 10, 10])),
        (("scale", "budget", 1.1), lambda p: both(p, "budget", [110] * 4)),
        (("add", "budget of Web in FY28", -10), lambda p: stream(p).update(budget=[100, 100, 90, 90])),
        (("set", "WIP limit of Web", 2), lambda p: stream(p).update(wip_limit=2)),
        (("scale", "WIP limit", 0.85), lambda p: p.update(portfolio_wip_limit=9)),
        (("set", "discount rate", 0.08), lambda p: p.update(discount_rate=0.08)),
        (("set", "epic_threshold", 5000), lambda p: p.update(epic_threshold=5000)),
        (("set", "period weeks", 8), lambda p: p["calendar"].update(period_weeks=8)),
        (("scale", "benefit per week of EP-1", 2), lambda p: p["epics"][0].update(benefit_per_week=20)),
        (("scale", "benefit per week", 2), lambda p: [one.update(benefit_per_week=20) for one in p["epics"]]),
        (("set", "theme of Rocket", 2027), lambda p: p["epics"][0].update(theme="2027")),
        (("set", "effort of Web in Rome in Ops", 7), lambda p: p["epics"][1]["effort"].update(B=7)),
        (("scale", "effort of ep-2", 2), lambda p: p["epics"][1].update(effort={"A": 4, "B": 6})),
        (("set", "deadline of EP-2", "2027-08-01"), lambda p: p["epics"][1].update(deadline="2027-08-01")),
        (("lock", "EP-2", None), lambda p: p["epics"][1].update(must=True)),
        (("lock", "EP-2", "PI 3"), lambda p: p["epics"][1].update(must=True, start="PI 3")),
        (("relax", "latest of EP-1", None), lambda p: p["epics"][0].pop("latest")),
        (("relax", "dependency of EP-3 on EP-1", None), lambda p: p.pop("dependencies")),
        (("relax", "dependencies", None), lambda p: p.pop("dependencies")),
        (("set", "dependency of EP-3 on EP-1", 2), lambda p: p["dependencies"][0].update(lag_periods=2)),
        (("set", "dependency of EP-3", "needs"), lambda p: p["dependencies"][0].update(type="needs")),
        (
            ("add", "dependency of EP-2 on Rocket", "needs"),
            lambda p: p["dependencies"].append({"predecessor": "EP-1", "successor": "EP-2", "type": "needs"}),
        ),
        (("set", "floor", 0.2), lambda p: p["guardrails"][0].update(at_least=0.2)),
        (("relax", "Floor", 0.04), lambda p: p["guardrails"][0].update(at_least=0.06)),
        (("relax", "guardrail Floor", None), lambda p: p["guardrails"].pop(0)),
        (("scale", "Cap of the web", 0.5), lambda p: p["guardrails"][1].update(at_most=25)),
        (("relax", "Band", 2), lambda p: p["guardrails"][2].update(at_least=0, at_most=11)),
        (("add", "at most of Band", -1), lambda p: p["guardrails"][2].update(at_most=8)),
        (("set", "enforcement of Cap of the web", "soft"), lambda p: p["guardrails"][1].update(enforce="soft")),
        (("relax", "WIP limit", None), lambda p: p.pop("portfolio_wip_limit")),
        (("relax", "WIP limit of Web", 2), lambda p: stream(p).update(wip_limit=5)),
        (("relax", "budget of Ops", None), lambda p: stream(p, 1).pop("budget")),
    ],
    ids=told_words,
)  # fmt: skip
def test_a_change_is_what_a_hand_would_change(told: Told, change: Callable[[Raw], object]) -> None:
    if told[1].startswith("enforcement"):
        assert changed(told, ("set", "price of Cap of the web", 2)) == by_hand(
            lambda p: p["guardrails"][1].update(enforce="soft", price=2)
        )
    else:
        assert changed(told) == by_hand(change)


def test_a_ban_is_a_guardrail_that_counts_the_epic() -> None:
    found = changed(("ban", "Rocket", None))["guardrails"][-1]
    assert found == {"name": "Ban of EP-1", "measure": "epics", "where": {"epic": ["EP-1"]}, "at_most": 0}


def test_changes_are_made_one_after_the_other() -> None:
    found = changed(("relax", "Floor", None), ("scale", "WIP limit", 2), ("add", "WIP limit", 1), ("relax", "Band", 1))
    assert found["portfolio_wip_limit"] == 21
    assert [limit["name"] for limit in found["guardrails"]] == ["Cap of the web", "Band"]
    assert found["guardrails"][1]["at_most"] == 10


def test_the_portfolio_itself_stays_as_it_is() -> None:
    portfolio = asking.portfolio_of(raw())
    before = record_form(portfolio)
    apply(portfolio, scenario(("scale", "budget", 2), ("relax", "Floor", None)))
    assert record_form(portfolio) == before


def test_every_figure_knows_its_change() -> None:
    applied = apply(asking.portfolio_of(raw()), scenario(("scale", "budget of Web", 2), ("ban", "EP-3", None)))
    told = [(one.line.place, one.figure, one.before, one.after) for one in applied.edits]
    assert told[0] == ("line 1", "Budget of A in PI 1", 100, 200)
    assert [place for place, *_ in told] == ["line 1"] * 4 + ["line 2"]


@pytest.mark.parametrize(
    ("told", "words", "fix"),
    [
        (("set", "capacty", 3), "not a figure of this portfolio", "Write Capacity."),
        (("set", "capacity of Wep", 3), 'Value stream "Wep" is unknown', "Write Web."),
        (("set", "capacity of Web in PI 7", 3), 'Period "PI 7" is unknown', "a known period"),
        (("set", "benefit per weak of EP-1", 3), "not a figure", "Write Benefit per week of EP-1."),
        (("set", "benefit per week of EP-9", 3), 'Epic "EP-9" is unknown', "a known epic"),
        (("relax", "Flor", None), "not a figure", "Write Floor."),
        (("relax", "dependency of EP-1 on EP-3", None), "There is no dependency", "Dependency of EP-3 on EP-1"),
        (("add", "dependency of EP-1 on EP-8", None), 'Epic "EP-8" is unknown', "a known epic"),
        (("set", "Band", 3), "has two levels", "at least of Band or at most of Band"),
        (("set", "budget", None), "has no value", "relax"),
        (("scale", "budget", "much"), "is not a number", "80%"),
        (("scale", "discount rate", 2), "is not given", "Set it instead"),
        (("scale", "latest of EP-1", 2), "Only a number", "Set it instead"),
        (("set", "EP-1", 3), "EP-1 is not a figure", "lock or ban it"),
        (("lock", "Floor", None), "is not an epic", "an epic's ID"),
        (("ban", "budget", None), "is not an epic", "an epic's ID"),
        (("relax", "capacity of Web", None), "is needed", "by how much"),
        (("relax", "budget of Web in PI 1", None), "cannot be dropped for some periods", "Relax Budget of A"),
        (("relax", "WIP limit", -1), "would tighten it", "above 0"),
        (("relax", "benefit per week of EP-1", 1), "no level to loosen", "Set it"),
        (("set", "WIP limit of Web in PI 2", 1), "the same in every period", "WIP limit of A"),
    ],
    ids=told_words,
)  # fmt: skip
def test_a_bad_change_is_a_finding_at_its_line(told: Told, words: str, fix: str) -> None:
    """What, which rule and what to do, with the nearest known name; other changes are looked at all the same."""
    applied = apply(asking.portfolio_of(raw()), scenario(("set", "WIP limit", 4), told, ("set", "nonsense", 1)))
    assert applied.portfolio is None
    assert [finding.place for finding in applied.findings] == ["line 2", "line 3"]
    assert words in applied.findings[0].message
    assert fix in applied.findings[0].fix


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("set", "capacity of Web in PI 2", -5), "cannot be below 0"),
        (("set", "WIP limit", "many"), "whole number"),
        (("set", "latest of EP-2", "PI 9"), "PI 9"),
        (("add", "dependency of EP-1 on EP-3", None), "wait for each other"),
        (("set", "enforcement of Floor", "sometimes"), "hard or soft"),
    ],
    ids=told_words,
)
def test_the_portfolio_that_comes_out_is_validated(told: Told, words: str) -> None:
    """What is wrong with it is said at the change that made it so, also where records before it were removed."""
    first: Told = ("relax", "Band", None)
    applied = apply(asking.portfolio_of(raw()), scenario(first, told))
    assert applied.portfolio is None
    assert {finding.place for finding in applied.findings} == {"line 2"}
    assert any(words in finding.message for finding in applied.findings)


def test_a_range_is_read_into_steps() -> None:
    """Percentages of an amount scale it, those of a share set it; which way allows more is said where it is certain."""
    portfolio = asking.portfolio_of(raw())
    budget = variation(portfolio, "budget of Web 80% .. 120% by 20%")
    assert (budget.steps, budget.direction) == ((0.8, 1.0, 1.2), 1)
    assert str(budget.scenarios[0].lines[0]) == "scale budget of Web by 80%"
    floor = variation(portfolio, "Floor 0%..10% by 5%")
    assert (floor.steps, floor.direction) == ((0, 0.05, 0.1), -1)
    assert floor.scenarios[2].lines[0].verb == "set"
    assert variation(portfolio, "WIP limit 2..10 by 3").steps == (2, 5, 8)
    assert variation(portfolio, "benefit per week 50%..150% by 50%").direction == 0
    assert variation(portfolio, "Cap of the web 10..50 by 10").direction == 1
    floored = copy.deepcopy(raw())
    floored["guardrails"][0]["of"] = "capacity"
    assert variation(asking.portfolio_of(floored), "capacity 80%..100% by 10%").direction == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("budget", "not a range"),
        ("budget 80%..120 by 5", "mixes"),
        ("budget 120%..80% by 5%", "never reaches TO"),
        ("budget 80%..120% by 0%", "never reaches TO"),
        ("budget 80%..120% by 0.001%", "steps"),
        ("bugdet 80%..120% by 5%", "not a figure"),
    ],
)
def test_what_is_no_range(text: str, words: str) -> None:
    with pytest.raises(Unknown, match=words):
        variation(asking.portfolio_of(raw()), text)
