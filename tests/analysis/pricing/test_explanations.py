"""The full answer about one epic: example J by hand, and on random portfolios what brute force says."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.analysis.pricing import BoundedValue, ReSolver, explain
from portfolio.engine.plan import problem_of
from portfolio.errors import WrongUseError
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.results.epic_explanation import Explanation, Way
from tests import asking, examples, oracle
from tests.analysis import brute_prices as brute
from tests.random_portfolios import random_portfolio


def explained(raw: asking.Raw, folder: Path, *epics: str) -> dict[str, Explanation]:
    """The explanation of some epics, by ID; of every epic where none is named."""
    ids = epics or tuple(epic["id"] for epic in raw["epics"])
    return {found.id: found for found in engine.explain(asking.loaded(raw, folder), ids).epics}


def test_example_j(tmp_path: Path) -> None:
    """J. What each epic of the plan is worth to it, and what each other one costs that is forced in."""
    found = explained(examples.example_j(), tmp_path)
    lost = {epic_id: explanation.cost_at_least for epic_id, explanation in found.items()}
    assert lost == {"E1": 18, "E2": 28, "E3": 10, "E4": 18, "E5": 10, "E6": 16, "E7": 93, "E8": 5}
    assert all(explanation.cost_at_least == explanation.cost_at_most for explanation in found.values())
    assert found["E6"].followers == ("E3",)
    assert [(shift.id, shift.change) for shift in found["E1"].shifts] == [("E4", "started")]
    assert [(shift.id, shift.change) for shift in found["E5"].shifts] == [("E3", "dropped")]
    assert found["E7"].value == 12
    assert [(need.stream, need.period, need.effort, need.spend) for need in found["E7"].needs] == [
        ("A", "PI 1", 10, 150)
    ]


def test_example_j_ways_in(tmp_path: Path) -> None:
    """J. E2 comes in with 15 more of B, E4 without the H3 floor; nothing single lets E5 in, and that is known."""
    found = explained(examples.example_j(), tmp_path, "E2", "E4", "E5")
    assert [(way.change.kind, way.change.amount, way.value) for way in found["E2"].ways_in] == [("capacity", 15, 100)]
    (way,) = found["E4"].ways_in
    assert (way.change.name, way.change.amount, way.value) == ("H3 floor", 0.1, 100)
    assert (found["E5"].ways_in, found["E5"].all_tried) == ((), True)


def test_an_epic_that_is_not_there(tmp_path: Path) -> None:
    """It is wrong use, with the nearest there is; the case of letters does not matter."""
    with pytest.raises(WrongUseError, match=r"has no epic E22; did you mean E2\?"):
        explained(examples.example_j(), tmp_path, "E22")
    assert list(explained(examples.example_j(), tmp_path, "e2")) == ["E2"]


def with_way(raw: asking.Raw, way: Way) -> asking.Raw:
    """The portfolio with a way in, made on the dict."""
    return with_amount(raw, way, way.change.amount or 0.0)


def with_amount(raw: asking.Raw, way: Way, amount: float) -> asking.Raw:
    """The portfolio with the same figure loosened by some amount."""
    return brute.changed(raw, lambda changed: _change(changed, way, amount))


def _change(raw: asking.Raw, way: Way, amount: float) -> None:
    change, place = way.change, way.change.place
    streams = {one["id"]: one for one in raw["value_streams"]}
    if change.kind == "capacity":
        streams[place["value stream"]]["capacity"][oracle.periods(raw).index(place["period"])] += amount
    elif change.kind == "budget":
        within = oracle.periods_of(raw, place["budget period"])
        for period in within:
            streams[place["value stream"]]["budget"][period] += amount / len(within)
    elif change.name == "Portfolio WIP limit":
        raw["portfolio_wip_limit"] += amount
    elif change.name == "WIP limit":
        streams[place["value stream"]]["wip_limit"] += amount
    elif "limit" in place:
        line = next(one for one in raw["guardrails"] if one["name"] == change.name)
        sign = 1 if place["limit"] == "at_most" else -1
        line[place["limit"]] = max(0.0, line[place["limit"]] + sign * amount)
    elif change.kind == "dependency":
        ends = place["predecessor"], place["successor"]
        raw["dependencies"] = [one for one in raw["dependencies"] if (one["predecessor"], one["successor"]) != ends]
    else:
        _change_epic(raw, oracle.epic_of(raw, place["epic"]), way)


def _change_epic(raw: asking.Raw, epic: oracle.Epic, way: Way) -> None:
    if way.change.name == "Latest":
        epic["latest"] = way.change.to
    elif way.change.name == "Deadline":
        last = oracle.periods(raw).index((way.change.to or "").removeprefix("the end of "))
        epic["deadline"] = (last + 1) * raw["calendar"]["period_weeks"]
    elif way.change.kind == "approval":
        epic["approved"] = True
    elif way.change.kind == "commitment":
        epic["state"] = "Ready"
    elif way.change.kind == "duration":
        epic["max_periods"] = int(way.change.to or 0)
    elif way.change.kind == "value stream":
        old, new = (str(edit.path[-1]) for edit in way.change.edits)
        units = epic["effort"].pop(old)
        epic["effort"][new] = epic["effort"].get(new, 0) + units
    else:
        epic.pop("exclusive_group" if way.change.name == "Exclusive group" else "together_group")


def compare(seed: int, folder: Path) -> set[str]:
    """Holds every explanation of one random portfolio against brute force; returns the kinds of ways in that occur."""
    raw = random_portfolio(seed)
    before, _ = oracle.brute_force(raw)
    if before is None or not asking.is_sound(raw):
        return set()
    answer = engine.explain(asking.loaded(raw, folder), [epic["id"] for epic in raw["epics"]])
    plan, kinds = asking.oracle_plan(answer.answer.plan), set()
    for found in answer.epics:
        inside = found.id in plan
        after = brute.best(raw, () if inside else (found.id,), (found.id,) if inside else ())
        scale = 2e-6 * max(1.0, abs(before), abs(after or 0))
        assert found.possible == (after is not None), (seed, found)
        if after is None:
            assert found.cost_at_least is None, (seed, found)
        else:
            assert found.cost_at_least == found.cost_at_most, (seed, found)
            assert found.cost_at_least == pytest.approx(before - after, abs=scale), (seed, found)
            _compare_shifts(raw, found, plan, after)
        assert found.all_tried, (seed, found)
        for way in found.ways_in:
            then = with_way(raw, way)
            assert brute.lets_in(then, found.id), (seed, found.id, way)
            assert way.value == pytest.approx(brute.best(then), rel=1e-5, abs=1e-5), (seed, found.id, way)
            for share in (0.0, 0.5, 0.9, 0.999):
                if way.change.amount is not None and way.change.kind != "WIP slot":
                    small = with_amount(raw, way, way.change.amount * share)
                    assert way.change.amount <= 1e-6 or not brute.lets_in(small, found.id), (seed, found.id, way, share)
            kinds.add(way.change.kind)
        if not inside and found.cost_at_most != 0:
            _compare_capacity(raw, found, seed)
            _compare_budgets(raw, found, seed)
            _compare_slots(raw, found, seed)
            _compare_shares(raw, found, seed)
    return kinds


def _compare_shifts(raw: asking.Raw, found: Explanation, plan: oracle.Plan, value: float) -> None:
    """No other best plan changes fewer epics."""
    asked = raw
    if found.id in plan:
        asked = brute.changed(raw, lambda changed: [oracle.epic_of(changed, found.id).pop(field, None) for field in ("must", "start")] and None)  # type: ignore[func-returns-value]  # fmt: skip
    least = brute.least_changes(asked, found.id, plan, value, inside=found.id not in plan)
    moved = sum(shift.change == "moved" for shift in found.shifts)
    assert (len(found.shifts) - moved, moved) == least, (raw["name"], found, least)


def _compare_capacity(raw: asking.Raw, found: Explanation, seed: int) -> None:
    """No smaller amount of capacity lets the epic in, in any of its value streams and periods: each that matters is tried."""
    if any(stream.get("max_budget_shift") for stream in raw["value_streams"]):
        return
    way = next((way for way in found.ways_in if way.change.kind == "capacity"), None)
    epic = oracle.epic_of(raw, found.id)
    least = None
    for stream in raw["value_streams"]:
        for period in range(len(oracle.periods(raw)) if oracle.effort_in(epic, stream) > 0 else 0):
            for amount in brute.amounts_of_capacity(raw, stream["id"], period):
                if (least is None or amount < least) and brute.lets_in(
                    _more(raw, stream["id"], period, amount), found.id
                ):
                    least = amount
                    break
    assert (way is None) == (least is None), (seed, found.id, way, least)
    if way is not None:
        assert way.change.amount == pytest.approx(least, rel=1e-5, abs=1e-5), (seed, found.id, way, least)


def _more(raw: asking.Raw, stream_id: str, period: int, amount: float) -> asking.Raw:
    def change(changed: asking.Raw) -> None:
        next(one for one in changed["value_streams"] if one["id"] == stream_id)["capacity"][period] += amount

    return brute.changed(raw, change)


def _compare_budgets(raw: asking.Raw, found: Explanation, seed: int) -> None:
    """Where no budget is said to let the epic in, none of many amounts does, in any budget that it would spend of."""
    if any(way.change.kind == "budget" for way in found.ways_in):
        return
    epic = oracle.epic_of(raw, found.id)
    for index, stream in enumerate(raw["value_streams"]):
        if stream.get("budget") is None or oracle.effort_in(epic, stream) == 0:
            continue
        for label in oracle.budget_periods(raw):
            within = oracle.periods_of(raw, label)
            for share in (0.01, 0.1, 0.3, 1, 4):
                more = share * (1 + sum(stream["budget"])) / len(within)
                budget = [money + more * (period in within) for period, money in enumerate(stream["budget"])]
                streams = list(raw["value_streams"])
                streams[index] = {**stream, "budget": budget}
                assert not brute.lets_in({**raw, "value_streams": streams}, found.id), (seed, found.id, label, more)


def _compare_slots(raw: asking.Raw, found: Explanation, seed: int) -> None:
    """The fewest WIP slots of the portfolio or of a value stream that the epic works in."""
    epic = oracle.epic_of(raw, found.id)
    amounts = []
    for slots in range(1, len(raw["epics"]) + 1):
        if raw.get("portfolio_wip_limit") is not None:
            more = {**raw, "portfolio_wip_limit": raw["portfolio_wip_limit"] + slots}
            amounts += [slots] if brute.lets_in(more, found.id) else []
        for index, stream in enumerate(raw["value_streams"]):
            if stream.get("wip_limit") is not None and oracle.effort_in(epic, stream) > 0:
                streams = list(raw["value_streams"])
                streams[index] = {**stream, "wip_limit": stream["wip_limit"] + slots}
                amounts += [slots] if brute.lets_in({**raw, "value_streams": streams}, found.id) else []
    way = next((way for way in found.ways_in if way.change.kind == "WIP slot"), None)
    assert (None if way is None else way.change.amount) == min(amounts, default=None), (seed, found.id, way)


def _compare_shares(raw: asking.Raw, found: Explanation, seed: int) -> None:
    """The least loosening of each share of what is selected: the shares of all plans are tried."""
    for limit in raw.get("guardrails", []):
        for side in ("at_least", "at_most"):
            given = limit.get(side)
            if limit.get("of") != "selected" or not given:
                continue
            trials = [share - given if side == "at_most" else given - share for share in brute.shares(raw, limit)]
            least = None
            for amount in sorted(
                {*(trial for trial in trials if trial > 1e-9), *([given] if side == "at_least" else [])}
            ):
                changed = brute.changed(raw, lambda copied, amount=amount: _loosen(copied, limit["name"], side, amount))  # type: ignore[misc]  # noqa: B023
                if brute.lets_in(changed, found.id):
                    least = amount
                    break
            way = next(
                (
                    way
                    for way in found.ways_in
                    if way.change.name == limit["name"] and way.change.place.get("limit") == side
                ),
                None,
            )
            assert (way is None) == (least is None), (seed, found.id, limit, side, way, least)
            if way is not None:
                assert way.change.amount == pytest.approx(least, rel=1e-5, abs=1e-6), (seed, found.id, way, least)


def _loosen(raw: asking.Raw, name: str, side: str, amount: float) -> None:
    line = next(one for one in raw["guardrails"] if one["name"] == name)
    line[side] += amount if side == "at_most" else -amount
    line[side] = max(0.0, line[side])


@pytest.mark.parametrize("first", [0, 4, 8, 12, 16, 20])
def test_every_explanation_equals_brute_force(first: int, tmp_path: Path) -> None:
    """Costs, the fewest displaced, and the smallest ways in; capacity lets some epic in, and something else does."""
    kinds = set().union(*(compare(seed, tmp_path) for seed in range(first, first + 4)))
    assert "capacity" in kinds
    assert len(kinds) >= 2


@pytest.mark.many
@pytest.mark.parametrize("first", range(24, 324, 20))
def test_every_explanation_equals_brute_force_many_times(first: int, tmp_path: Path) -> None:
    """The same on hundreds of portfolios more."""
    for seed in range(first, first + 20):
        compare(seed, tmp_path)


def test_a_cost_without_a_bound_is_not_known(tmp_path: Path) -> None:
    """Where nothing bounds the plan itself, what an epic costs at most is not known, and not endless."""
    loaded = asking.loaded(examples.example_j(), tmp_path)
    answer = engine.plan(loaded, gap=0.0)
    assert answer.plan is not None
    base = BoundedValue(93.0, math.inf, answer.plan)
    re_solver = ReSolver(
        problem_of(loaded, answer.ranking), base, 0.0, time.monotonic() + 60, CancelToken(), lambda *_: None
    )
    epic = loaded.ready.epics[loaded.ready.epic_index["E8"]]
    found = explain(re_solver, epic, "")
    assert (found.cost_at_least, found.cost_at_most) == (5, None)
    assert json.dumps(found.as_json(), allow_nan=False)
    assert "at most not known" in " ".join(found.sentences)
