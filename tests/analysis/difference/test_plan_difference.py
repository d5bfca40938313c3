"""What a change does to the plan: known answers, the old plan by the new rules, and what gaps leave open."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.analysis.difference import difference_of_plans, names_of
from portfolio.optimizer.outcome import Outcome
from portfolio.results.difference import Difference
from portfolio.results.plan_difference import PlanEffect
from tests import asking, examples, oracle
from tests.analysis.difference.test_changes import mutated
from tests.asking import Raw, epic
from tests.random_portfolios import random_portfolio

Change = Callable[[Raw], object]


def difference(before: Raw, after: Raw, folder: Path) -> Difference:
    """The difference with both plans proven best."""
    loaded = []
    for name, raw in (("a", before), ("b", after)):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        loaded.append(engine.load(path))
    return engine.diff(*loaded, gap=0)


def effect(before: Raw, change: Change, folder: Path) -> PlanEffect:
    """What a change of a portfolio does to its plan."""
    after = copy.deepcopy(before)
    change(after)
    found = difference(before, after, folder).plan
    assert found is not None
    return found


def test_a_tighter_rule(tmp_path: Path) -> None:
    """Example J with a WIP limit of 4: 93 becomes 88, E8 is dropped, and the old plan breaks just that rule."""
    found = effect(examples.example_j(), lambda raw: raw.update(portfolio_wip_limit=4), tmp_path)
    value = found.value
    assert (value.before, value.after, value.difference, value.at_least, value.at_most) == (93, 88, -5, -5, -5)
    assert value.within_gap is False
    assert [(line.id, line.change, line.start_before, line.start_after) for line in found.epics] == [
        ("E8", "dropped", "PI 1", None)
    ]
    assert (found.spend.before, found.spend.after) == (1400, 1300)
    assert found.old_plan is not None
    assert (found.old_plan.holds, found.old_plan.value, found.old_plan.left_out) == (False, None, {})
    assert [(line.name, line.used, line.at_most) for line in found.old_plan.broken] == [("Portfolio WIP limit", 5, 4)]


def test_a_looser_rule(tmp_path: Path) -> None:
    """The other way round the old plan still holds, and what replanning is worth beyond it shows."""
    before = examples.example_j() | {"portfolio_wip_limit": 4}
    found = effect(before, lambda raw: raw.update(portfolio_wip_limit=5), tmp_path)
    assert [(line.id, line.change) for line in found.epics] == [("E8", "started")]
    assert found.old_plan is not None
    assert (found.old_plan.holds, found.old_plan.value, found.old_plan.broken) == (True, 88, ())
    assert (found.value.after, found.value.difference) == (93, 5)


def test_capacity_and_guardrails(tmp_path: Path) -> None:
    """Use of capacity on both sides, and the guardrail that is at its limit now."""
    before = asking.small(epic("X", a=8, latest="PI 1"))
    found = effect(before, lambda raw: raw["value_streams"][0].update(capacity=[8, 10, 10, 10]), tmp_path)
    use = {line.id: line for line in found.value_streams}["A"]
    assert (use.effort_before, use.capacity_before, use.effort_after, use.capacity_after) == (8, 40, 8, 38)
    assert [(move.name, move.place, move.before, move.after) for move in found.guardrails] == [
        ("Capacity", {"value stream": "A", "period": "PI 1"}, "kept", "at its limit")
    ]
    assert found.epics == ()


def test_an_epic_that_moves(tmp_path: Path) -> None:
    """Another start is a move, with both times and both values."""
    found = effect(asking.small(epic("X")), lambda raw: raw["epics"][0].update(earliest="PI 2"), tmp_path)
    (line,) = found.epics
    assert (line.change, line.start_before, line.start_after) == ("moved", "PI 1", "PI 2")
    assert (line.value_before, line.value_after) == (820, 720)
    assert found.old_plan is not None
    assert [broken.name for broken in found.old_plan.broken] == ["Dates"]


def test_what_is_gone_is_left_out_of_the_old_plan(tmp_path: Path) -> None:
    """Epics and periods that are no longer there; the rest is judged without them."""
    before = asking.small(epic("X", latest="PI 1"), epic("Y", earliest="PI 4"), epic("Z"))

    def change(raw: Raw) -> None:
        raw["epics"] = [epic("X"), epic("Y"), epic("N")]
        raw["calendar"] |= {"periods": ["PI 1", "PI 2", "PI 3"], "budget_periods": ["FY27"] * 3}
        for stream in raw["value_streams"]:
            stream["capacity"] = [10, 10, 10]

    found = effect(before, change, tmp_path)
    assert found.old_plan is not None
    assert found.old_plan.holds
    assert found.old_plan.left_out == {
        "Z": "it is no longer in the portfolio",
        "Y": "the plan has no PI 4 any more",
    }
    told = {line.id: (line.change, line.reason) for line in found.epics}
    assert told["Z"] == ("dropped", "It is no longer in the portfolio.")
    assert told["N"][0] == "started"


def test_a_renamed_epic_is_the_same_epic(tmp_path: Path) -> None:
    """It neither starts nor drops, and the old plan is judged with its new name."""
    before = asking.small(epic("X", title="Rocket"), epic("Y", title="Moon"))
    found = effect(before, lambda raw: raw["epics"][0].update(id="N"), tmp_path)
    assert found.epics == ()
    assert found.guardrails == ()
    assert found.old_plan is not None
    assert (found.old_plan.holds, found.old_plan.value) == (True, found.value.before)


def test_a_period_earlier_is_the_same_period(tmp_path: Path) -> None:
    """When the first period drops out, epics are compared by the labels of their periods."""
    before = asking.small(epic("X", start="PI 3"))

    def change(raw: Raw) -> None:
        raw["calendar"] |= {"periods": ["PI 2", "PI 3", "PI 4", "PI 5"]}

    assert effect(before, change, tmp_path).epics == ()


def test_no_plan_is_possible_any_more(tmp_path: Path) -> None:
    """Said with its finding, whose place is the second file; there is nothing to compare then."""
    before = asking.small(epic("X", a=8, must=True, latest="PI 1"), epic("Y", a=8, latest="PI 1"))
    after = copy.deepcopy(before)
    after["epics"][1]["must"] = True
    found = difference(before, after, tmp_path)
    assert found.plan is not None
    assert (found.plan.after.claim, found.plan.value.difference) == ("impossible", None)
    errors = [finding for finding in found.findings if finding.severity == "error"]
    assert [finding.place for finding in errors] == ["b.json"]
    back = difference(after, before, tmp_path)
    assert back.plan is not None
    assert (back.plan.old_plan, back.plan.value.after) == (None, 820)


def test_no_difference_is_not_planned(tmp_path: Path) -> None:
    """Two portfolios that say the same have no effect to look for; nor has one that only ranks."""
    raw = asking.small(epic("X"))
    assert difference(raw, raw, tmp_path).plan is None
    ranked = {"format": 1, "epics": [examples.scored("X", 1, 1, 1, 1)]}
    assert difference(ranked, ranked | {"name": "Other"}, tmp_path).plan is None


def best_found(value: float, bound: float | None) -> Outcome:
    """An outcome that leaves a gap."""
    return Outcome("best found", value, bound, None if bound is None else (bound - value) / value, 1.0, "time limit")


@pytest.mark.parametrize(
    ("old", "new", "at_least", "at_most", "within_gap"),
    [
        (best_found(90, 100), best_found(95, 97), -5, 7, True),
        (best_found(90, 100), best_found(101, 103), 1, 13, False),
        (best_found(90, 100), best_found(80, 85), -20, -5, False),
        (best_found(90, 100), best_found(100, 100), 0, 10, True),
        (best_found(90, None), best_found(95, 97), None, 7, None),
        (Outcome("proven best", 90, 90, 0, 1, None), Outcome("proven best", 90, 90, 0, 1, None), 0, 0, False),
    ],
)
def test_what_gaps_leave_open(
    old: Outcome,
    new: Outcome,
    at_least: float | None,
    at_most: float | None,
    within_gap: bool | None,
    tmp_path: Path,
) -> None:
    """The best on either side lies between value and bound: the effect lies between what these allow."""
    answer = asking.answer(asking.small(epic("X")), tmp_path)
    names = names_of(answer.portfolio, answer.portfolio)
    value = difference_of_plans(replace(answer, outcome=old), replace(answer, outcome=new), names).value
    assert (value.at_least, value.at_most, value.within_gap) == (at_least, at_most, within_gap)


def test_the_old_plan_as_the_oracle_judges_it(tmp_path: Path) -> None:
    """Random portfolios after random edits: whether the old plan holds, and what it is worth, as the oracle says."""
    verdicts = {True: 0, False: 0}
    for seed in range(20):
        before = random_portfolio(seed)
        after = mutated(before, seed)
        if not (asking.is_sound(before) and asking.is_sound(after)):
            continue
        if seed % 2:
            for stream in after["value_streams"]:
                stream["capacity"] = [amount * 0.7 for amount in stream["capacity"]]
        found = difference(before, after, tmp_path).plan
        assert found is not None
        if found.old_plan is None:
            continue
        best = asking.best(before)
        plan = asking.oracle_plan(best.plan)
        assert found.old_plan.holds == oracle.is_feasible(after, plan), seed
        verdicts[found.old_plan.holds] += 1
        if found.old_plan.holds:
            assert found.old_plan.value == pytest.approx(oracle.objective(after, plan), rel=1e-9, abs=1e-3)
            assert found.value.after is not None
            assert found.value.after >= found.old_plan.value - 1e-6 * abs(found.old_plan.value)
    assert min(verdicts.values()) >= 2, verdicts


def test_only_what_no_shift_can_mend_is_broken(tmp_path: Path) -> None:
    """Where budgets shift as far as they may and it is not enough, what the shift does mend is not called broken."""
    before = asking.small(
        epic("X", a=24, min_periods=2, latest="PI 2"),
        epic("Y", a=0, b=6, min_periods=2, latest="PI 2"),
        epic("Z", a=0, b=5, earliest="PI 3", latest="PI 3"),
    )
    for stream, budget, share in zip(before["value_streams"], (1000, 500), (0.2, 0.4), strict=True):
        stream |= {"budget": [budget] * 4, "max_budget_shift": share}

    def change(raw: Raw) -> None:
        raw["value_streams"][0]["capacity"] = [7, 10, 10, 10]

    old = effect(before, change, tmp_path).old_plan
    assert old is not None
    assert not old.holds
    assert [(line.name, dict(line.place), line.used, line.at_most) for line in old.broken] == [
        ("Capacity", {"value stream": "A", "period": "PI 1"}, 12, 9)
    ]
