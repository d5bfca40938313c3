"""Running epics on small random portfolios: plans, decisions and prices are those of trying everything."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from portfolio import engine
from tests import asking, oracle
from tests.asking import Raw
from tests.random_portfolios import random_portfolio

CHUNK = 25


def with_running(seed: int) -> Raw:
    """A random portfolio in which one or two epics are in progress, some of them decided or late."""
    rng = random.Random(seed)
    raw = random_portfolio(seed)
    for epic in rng.sample(raw["epics"], min(len(raw["epics"]), rng.choice((1, 1, 2)))):
        epic["state"] = rng.choice(oracle.ACTIVE)
        if rng.random() < 0.7:
            epic.pop("start", None)
            epic.pop("earliest", None)
        if rng.random() < 0.5:
            epic.pop("must", None)
    raw["running_epics"] = rng.choice(("may stop", "may stop", "continue", None))
    return raw


def filters_by_state(raw: Raw) -> bool:
    """Whether guardrails count epics by their state: then a price is that of another portfolio."""
    return any("state" in (*limit.get("where", {}), *limit.get("per", ())) for limit in raw.get("guardrails", ()))


@pytest.mark.parametrize("first", range(0, 100, CHUNK))
def test_plans_and_decisions_are_those_of_brute_force(first: int, tmp_path: Path) -> None:
    """Value, what keeps every rule, and the word for each epic; every word occurs."""
    words: set[str] = set()
    for seed in range(first, first + CHUNK):
        raw = with_running(seed)
        if not asking.is_sound(raw):
            continue
        expected, _ = oracle.brute_force(raw)
        answer = asking.answer(raw, tmp_path)
        assert (answer.plan is None) == (expected is None), seed
        if expected is None:
            assert answer.running == (), seed
            continue
        plan = asking.oracle_plan(answer.plan)
        assert oracle.violations(raw, plan) == [], seed
        assert answer.outcome.value == pytest.approx(expected, rel=1e-6, abs=1e-6), seed
        decided = {line.id: line.decision for line in answer.epics}
        assert decided == {epic["id"]: oracle.decision(plan, epic) for epic in raw["epics"]}, seed
        order = [line.decision for line in answer.running]
        assert order == sorted(order, key=("stop", "pause", "continue").index), seed
        words |= set(decided.values())
    assert {"start", "wait", "continue", "stop"} <= words


def test_stops_and_pauses_come_first_with_their_price(tmp_path: Path) -> None:
    """Two epics in progress give way to one that earns more: one stops, one pauses; both have their price, by hand."""
    kiln = asking.epic("E1", 4, a=10, state="In progress")
    new = asking.epic("E2", 50, a=10)
    wide = asking.epic("E3", 5, a=40, min_periods=4, state="In progress")
    raw = asking.small(kiln, new, wide, running_epics="may stop")
    answer = asking.answer(raw, tmp_path)
    told = [(line.id, line.decision, line.start, line.at_least) for line in answer.running]
    # H = 92: E2 earns 50 * 82 in PI 1, E1 4 * 72 in PI 2. With E3 nothing else fits: it earns 5 * 52.
    assert told == [("E3", "stop", None, 50 * 82 + 4 * 72 - 5 * 52), ("E1", "pause", "PI 2", 50 * 10 - 4 * 10)]
    assert answer.headline.startswith("Small: 2 of 3 epics are in the plan (1 stops, 1 pauses), worth")
    assert answer.as_json()["running"][0]["decision"] == "stop"  # type: ignore[index]


def test_who_goes_on_is_named_in_a_clash_with_what_to_stop(tmp_path: Path) -> None:
    """Two running epics that need one value stream at once: the clash names both, and a repair stops one of them."""
    raw = asking.small(
        asking.epic("E1", 4, a=10, state="In progress"), asking.epic("E2", 5, a=10, state="In Arbeit", earliest="PI 2")
    )
    answer = asking.answer(raw, tmp_path)
    assert answer.impossible is not None
    assert {line.name for line in answer.impossible.clashes[0]} == {"Capacity", "Going on with"}
    changes = [change.change for repair in answer.impossible.repairs for change in repair.changes]
    assert any(change.startswith(("pause or stop E1", "pause or stop E2")) for change in changes)
    assert any("Going on with E1" in finding.rule for finding in answer.findings)


def test_already_late_is_said_with_both_dates_and_no_error(tmp_path: Path) -> None:
    """Latest and deadline of a running epic that are over before it can be done: both days are said, and it goes on."""
    late = asking.epic("E1", 4, a=20, state="In progress", min_periods=2, latest="PI 1")
    due = asking.epic("E2", 4, b=4, a=0, state="In progress", urgency="deadline", deadline="2026-12-31", penalty=10)
    answer = asking.answer(asking.small(late, due), tmp_path)
    said = [finding.what for finding in answer.findings if "late already" in finding.what]
    assert said == [
        "E1 is late already: it is done by 2027-05-23 at the earliest, and its Latest is PI 1, until 2027-03-14.",
        "E2 is late already: it is done by 2027-03-14 at the earliest, and its Deadline is 2026-12-31.",
    ]
    assert [line.decision for line in answer.epics] == ["continue", "continue"]
    assert not any(finding.severity == "error" for finding in answer.findings)
    assert not any("left out of the plan" in finding.rule for finding in answer.findings)


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_the_price_of_going_on_is_that_of_brute_force(first: int, tmp_path: Path) -> None:
    """Where epics may stop, the answer says what going on with each stopped one would cost; else the price list does."""
    priced = 0
    for seed in range(first, first + 20):
        raw = with_running(seed)
        if not asking.is_sound(raw) or filters_by_state(raw) or oracle.brute_force(raw)[0] is None:
            continue
        if raw.get("running_epics") == "may stop":
            for line in asking.answer(raw, tmp_path).not_going_on:
                expected = oracle.price_of_continuing(raw, line.id)
                assert line.at_least == line.at_most, seed
                if expected is not None or line.at_least is not None:
                    assert line.at_least == pytest.approx(expected, rel=1e-5, abs=1e-5), (seed, line)
                    priced += 1
        else:
            prices = engine.prices(asking.loaded(raw, tmp_path))
            for line in prices.running:
                expected = oracle.price_of_continuing(raw, line.place["epic"])
                assert line.found == pytest.approx(expected, rel=1e-5, abs=1e-5), (seed, line)
                priced += 1
    assert priced
