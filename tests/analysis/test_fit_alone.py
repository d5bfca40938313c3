"""Epics that do not fit even alone: what would make them fit is true, tried by the oracle, which knows nothing of it."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

import portfolio as pf
from portfolio.analysis.fit_alone import FitAlone, parts_to_fit, ways_to_fit
from portfolio.edits.change import Change
from tests import asking, oracle
from tests.asking import Raw, epic, small
from tests.random_portfolios import random_portfolio


def only(raw: Raw, *epics: Raw) -> Raw:
    """The portfolio with these epics alone, each of which has to be in the plan."""
    alone = copy.deepcopy(raw)
    return {**alone, "dependencies": [], "epics": [{**one, "must": True} for one in epics]}


def changed(one: Raw, change: Change) -> Raw:
    """An epic as a change leaves it, by the published names of its fields."""
    after: Any = copy.deepcopy(one)
    for edit in change.edits:
        *inside, last = edit.path[2:]
        record = after
        for step in inside:
            record = record[step]
        if edit.after is None:
            record.pop(last)
        else:
            record[last] = edit.after
    return dict(after)


def part(one: Raw, parts: int, number: int) -> Raw:
    """One of the equal parts of an epic."""
    shared = {"effort": {name: units / parts for name, units in one["effort"].items()}}
    costs = {field: one[field] / parts for field in ("external_cost", "mvp_cost") if one.get(field)}
    return {**one, **shared, **costs, "id": f"{one['id']}.{number}"}


def has_plan(raw: Raw) -> bool:
    """Whether the oracle finds any plan."""
    return oracle.brute_force(raw)[0] is not None


def advised(raw: Raw, name: str) -> tuple[list[list[Change]], int | None]:
    """What would make an epic fit; nothing for one that fits."""
    portfolio, formulation = asking.portfolio_of(raw), asking.problem_of(raw).formulation()
    index = portfolio.epic_index[name]
    obstacle = FitAlone(formulation).obstacle(np.flatnonzero(formulation.options.epic == index))
    assert obstacle is not None
    return ways_to_fit(portfolio, portfolio.epics[index], obstacle), parts_to_fit(portfolio, portfolio.epics[index])


def two_streams(*epics: Raw) -> Raw:
    """Value stream B has much room in one period."""
    raw = small(*epics)
    raw["value_streams"][1]["capacity"] = [10, 20, 10, 10]
    return raw


def test_more_periods_a_split_or_another_value_stream() -> None:
    """12 units where each period has 10: two periods, two parts of 6, or the value stream that has 20 in one period."""
    (longer, elsewhere), parts = advised(two_streams(epic("X", a=12), epic("Y")), "X")
    assert [change.to for change in longer] == ["2", "3", "4"]
    assert [change.to for change in elsewhere] == ["Stream B"]
    assert parts == 2


def test_what_cannot_be_is_not_advised() -> None:
    """No number of periods is enough, the other value stream is too small, and no split helps."""
    (longer, elsewhere), parts = advised(small(epic("X", a=100)), "X")
    assert (longer, elsewhere, parts) == ([], [], None)


def test_dates_limit_how_long_it_may_take() -> None:
    """An epic that has to end in the second period gets two periods, and cannot have three."""
    (longer, _), parts = advised(small(epic("X", a=20, latest="PI 2")), "X")
    assert [change.to for change in longer] == ["2", "3", "4"]
    (longer, _), parts = advised(small(epic("X", a=25, latest="PI 2")), "X")
    assert (longer, parts) == ([], None)


def test_a_budget_that_money_may_move_into_is_not_taken_for_granted() -> None:
    """What only fits if money moves is not said to fit."""
    raw = two_streams(epic("X", a=12), epic("Y"))
    raw["value_streams"][1] |= {"budget": [500] * 4, "max_budget_shift": 0.5}
    (_, elsewhere), _ = advised(raw, "X")
    assert [change.to for change in elsewhere] == ["Stream B"]
    raw["value_streams"][1]["budget"] = [290] * 4
    (_, elsewhere), _ = advised(raw, "X")
    assert elsewhere == []


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_all_advice_is_true(first: int) -> None:
    """On random portfolios with an epic made far too big: it has no plan alone; with each advice it has one.

    Floors are left out: they ask for more than one epic, which is no matter of fitting.
    """
    tried = 0
    for seed in range(first, first + 50):
        raw = random_portfolio(seed)
        raw["guardrails"] = [
            limit for limit in raw.get("guardrails", []) if limit.get("of") != "selected" and "at_least" not in limit
        ]
        if not raw["epics"] or not raw["epics"][0].get("effort") or len(raw.get("value_streams", [])) > 3:
            continue
        big = raw["epics"][0]
        big["effort"] = {name: units * 3 for name, units in big["effort"].items()}
        for field in ("start", "exclusive_group", "together_group"):
            big.pop(field, None)
        raw["epics"], raw["dependencies"] = [{**big, "approved": True}], []
        if not asking.is_sound(raw):
            continue
        formulation = asking.problem_of(raw).formulation()
        if FitAlone(formulation).obstacle(np.flatnonzero(formulation.options.epic == 0)) is None:
            continue
        assert not has_plan(only(raw, raw["epics"][0])), seed
        kinds, parts = advised(raw, big["id"])
        for changes in kinds:
            for change in changes[:1]:
                assert has_plan(only(raw, changed(raw["epics"][0], change))), (seed, change)
                tried += 1
        if parts is not None and parts <= 4:
            assert has_plan(only(raw, *(part(raw["epics"][0], parts, number) for number in range(parts)))), seed
            tried += 1
    assert tried >= 5


def test_check_says_it_beforehand() -> None:
    """At the epic's effort, as a warning, with everything that would help."""
    found = list(pf.check(asking.in_memory(two_streams(epic("X", a=12, title="Big"), epic("Y", b=3)))))
    assert [(finding.place, finding.what, finding.rule, finding.fix) for finding in found] == [
        (
            'epics["X", "effort"]',
            "X Big does not fit even alone.",
            "It needs 12 of Capacity of A in PI 1, which has 10, even with nothing else planned there.",
            "Let it take up to 2 periods (Max periods 2), split it into 2 parts of 6, or let Stream B do it instead of "
            "Stream A: then it fits.",
        )
    ]


def test_explain_proves_it() -> None:
    """Each change is a way in whose best plan was solved; the oracle finds the same values."""
    raw = two_streams(epic("X", a=12), epic("Y"))
    told = pf.explain(asking.in_memory(raw), ["X"]).epics[0]
    ways = {way.change.kind: way for way in told.ways_in}
    for kind in ("duration", "value stream"):
        after = copy.deepcopy(raw)
        after["epics"][0] = changed(raw["epics"][0], ways[kind].change)
        assert ways[kind].value == pytest.approx(oracle.brute_force(after)[0])
    assert "It comes in if it may take up to 2 periods: the best plan is then worth" in str(told)
    assert "It comes in if Stream B does it: the best plan is then worth" in str(told)
    assert told.parts == 2
    assert str(told).endswith("Split into 2 parts of 6 it would fit an empty plan.")
