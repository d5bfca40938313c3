"""The answer as a program gets it: what is planned, measured again by the oracle."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.results.answer import Answer
from tests import asking, examples, oracle


def proven(raw: asking.Raw, folder: Path) -> Answer:
    """The answer, which has to be a proven optimum."""
    answer = asking.answer(raw, folder)
    assert answer.outcome.claim == "proven best"
    return answer


def test_scores_alone_are_not_planned(tmp_path: Path) -> None:
    """Planning a portfolio without value streams is wrong use, said in a sentence."""
    raw = {"format": 1, "epics": examples.example_a()["epics"]}
    with pytest.raises(
        WrongUseError, match="can be ranked but not planned; fill in the sheets Value streams and Capacity"
    ):
        engine.plan(asking.loaded(raw, tmp_path))


def test_an_answer_measures_what_it_shows(tmp_path: Path) -> None:
    """Values, spend and capacity of the answer are those of the oracle for the same plan."""
    raw = asking.small(
        asking.epic("E", a=12, b=4, max_periods=2, external_cost=60), asking.epic("F", a=6, confidence=0.5)
    )
    answer = proven(raw, tmp_path)
    plan = asking.oracle_plan(answer.plan)
    assert set(plan) == {"E", "F"}
    for line in answer.epics:
        epic = oracle.epic_of(raw, line.id)
        assert line.value == pytest.approx(oracle.option_value(raw, epic, plan[line.id]))
        assert line.delay_cost == pytest.approx(oracle.delay_cost(epic, oracle.finish_week(raw, plan[line.id]), raw))
        assert line.spend == pytest.approx(oracle.total_spend(raw, epic))
    rows = oracle.plan_work(raw, plan)
    for stream in answer.value_streams:
        here = [row for row in rows if row.stream == stream.id and oracle.periods(raw)[row.period] == stream.period]
        assert stream.effort == pytest.approx(sum(row.effort for row in here))
        assert stream.spend == pytest.approx(sum(row.spend for row in here))
        assert stream.wip == sum(row.effort > 0 for row in here)


def test_budget_shifts_are_shown(tmp_path: Path) -> None:
    """Money that moves for a plan is in the answer, adds up to nothing gained, and capacity follows it."""
    raw = asking.small(
        asking.epic("X", a=24, min_periods=2, latest="PI 2"), asking.epic("Y", a=0, b=12, min_periods=2, latest="PI 2")
    )
    for stream, budget, share in zip(raw["value_streams"], (1000, 500), (0.2, 0.4), strict=True):
        stream |= {"budget": [budget] * 4, "max_budget_shift": share}
    answer = proven(raw, tmp_path)
    assert {line.id for line in answer.epics if line.decision == "start"} == {"X", "Y"}
    assert {(line.id, line.budget_period): line.shift for line in answer.shifts} == pytest.approx(
        {("A", "FY27"): 400, ("B", "FY27"): -400}
    )
    first = answer.value_streams[0]
    assert (first.id, first.capacity, first.effort, first.funded) == ("A", 12, 12, 1200)


def test_the_formulation_is_written_on_the_way(tmp_path: Path) -> None:
    """Planning with a path for the formulation leaves an MPS file there."""
    engine.plan(asking.loaded(asking.small(asking.epic("E")), tmp_path), formulation_path=tmp_path / "plan.mps")
    assert (tmp_path / "plan.mps").read_text(encoding="utf-8").startswith("*SENSE:Minimize")


def test_nothing_of_the_portfolio_is_changed(tmp_path: Path) -> None:
    """Planning leaves the loaded portfolio as it was, and is the same every time."""
    loaded = asking.loaded(asking.small(asking.epic("E", a=6), asking.epic("F", a=6)), tmp_path)
    before = loaded.ready.model_copy(deep=True)
    first, second = engine.plan(loaded), engine.plan(loaded)
    assert loaded.ready == before
    assert first.plan == second.plan


def test_limits_that_no_solve_can_keep_are_wrong_use(tmp_path: Path) -> None:
    """The sentence names the argument."""
    loaded = asking.loaded(asking.small(asking.epic("E")), tmp_path)
    for limits, argument in (({"gap": 2}, "gap"), ({"time_limit": 0}, "time_limit"), ({"gap": float("nan")}, "gap")):
        with pytest.raises(WrongUseError, match=f"`{argument}`"):
            engine.plan(loaded, **limits)


def test_the_impossible_has_no_plan_and_says_why(tmp_path: Path) -> None:
    """What clashes, and what would make a plan possible."""
    raw = asking.small(asking.epic("E", a=12, must=True, latest="PI 1", max_periods=1))
    answer = engine.plan(asking.loaded(raw, tmp_path))
    assert (answer.plan, answer.outcome.claim) == (None, "impossible")
    assert answer.impossible is not None
    assert answer.impossible.repairs
