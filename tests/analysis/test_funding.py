"""A plan's money as finance reads it, counted again from the oracle's work, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from portfolio import engine
from portfolio.analysis.funding import funding_of
from portfolio.guardrails import BudgetShift
from portfolio.results.funding import Funding
from tests import asking, oracle
from tests.asking import Raw, epic, small
from tests.random_portfolios import random_portfolio
from tests.workbook.test_write_results import some_plan

RELEASED = ("Implementing: Persevere",)


def funding(raw: Raw, plan: oracle.Plan) -> Funding:
    """The product's account of a plan."""
    problem = asking.problem_of(raw)
    options = problem.options_of(asking.bookings(plan))
    return funding_of(options, BudgetShift(problem.portfolio).needed(options), RELEASED)


def funded(*epics: Raw, **more: Any) -> Raw:
    """Two value streams with 1,000 and 500 in each period."""
    raw = small(*epics, **more)
    for stream, money in zip(raw["value_streams"], (1000, 500), strict=True):
        stream["budget"] = [money] * 4
    return raw


@pytest.mark.parametrize("seed", range(40))
def test_every_line_is_the_sum_of_the_work_there(seed: int) -> None:
    """Spend, CapEx and OpEx by value stream and budget period; epics in progress are those whose start is given."""
    raw = random_portfolio(seed)
    if not asking.is_sound(raw):
        pytest.skip("a portfolio with errors has no plan")
    plan = some_plan(raw, seed)
    rows = oracle.plan_work(raw, plan)
    for line in funding(raw, plan).value_streams:
        within = oracle.periods_of(raw, line.budget_period)
        mine = [row for row in rows if row.stream == line.id and row.period in within]
        decided = [row.spend for row in mine if row.epic.get("start") is not None]
        expected = [sum(row.spend for row in mine), sum(row.capex for row in mine), sum(row.opex for row in mine)]
        assert [line.spend, line.capex, line.opex] == pytest.approx(expected, rel=1e-9, abs=1e-6)
        assert line.in_progress == pytest.approx(sum(decided), rel=1e-9, abs=1e-6)
        stream = next(stream for stream in oracle.streams(raw) if stream["id"] == line.id)
        assert line.budget == (None if stream.get("budget") is None else oracle.budget_of(stream, within))


def test_mvp_money_is_a_cap_and_the_rest_is_reserved_until_released() -> None:
    """300 in the MVP's period, 500 after it: reserved while the state says MVP, released when it says persevere."""
    mvp = epic("X", a=8, min_periods=3, mvp_periods=1, mvp_cost=300, state="Implementing: MVP")
    found = funding(funded(mvp), {"X": (0, 3)})
    lines = {(line.id, line.budget_period): line for line in found.value_streams}
    first, second = lines["A", "FY27"], lines["A", "FY28"]
    assert (first.spend, first.mvp, first.reserved, first.released) == (550, 300, 250, 0)
    assert (second.spend, second.mvp, second.reserved, second.released) == (250, 0, 250, 0)
    (line,) = found.epics
    assert (line.mvp, line.rest, line.decide_after, line.released) == (300, 500, "PI 1", False)
    released = funding(funded(mvp | {"state": "implementing: persevere"}), {"X": (0, 3)})
    assert [(line.reserved, line.released) for line in released.value_streams if line.id == "A"] == [(0, 250), (0, 250)]


def test_an_epic_done_within_its_mvp_reserves_nothing() -> None:
    """No period is left after the MVP, so its money is spent evenly and there is no decision to wait for."""
    short = epic("X", a=8, min_periods=1, max_periods=3, mvp_periods=1, mvp_cost=300)
    (line,) = funding(funded(short), {"X": (0, 1)}).epics
    assert (line.mvp, line.rest, line.decide_after) == (None, None, None)


def test_approval_and_what_remains() -> None:
    """Above the threshold it is approved or it needs approval; only what is in progress has a remaining cost."""
    raw = funded(
        epic("X", a=8, approved=True, start="PI 1", external_cost=50),
        epic("Y", a=8),
        epic("Z", a=5),
        epic_threshold=500,
    )
    found = {line.id: line for line in funding(raw, {"X": (0, 1)}).epics}
    assert [found[name].approval for name in "XYZ"] == ["approved", "needs approval", "not needed"]
    assert [found[name].remaining for name in "XYZ"] == [850, None, None]
    assert [found[name].cost for name in "XYZ"] == [850, 800, 500]


def test_who_gives_to_whom() -> None:
    """Moves add up to what each gives and takes, in each budget period, and nobody gives to itself."""
    raw = funded(epic("X"))
    raw["value_streams"] += [raw["value_streams"][1] | {"id": "C"}, raw["value_streams"][1] | {"id": "D"}]
    problem = asking.problem_of(raw)
    options = problem.options_of(asking.bookings({}))
    shifts = np.array([[-50.0, 0.0], [30.0, 10.0], [-10.0, -10.0], [30.0, 0.0]])
    moves = funding_of(options, shifts, RELEASED).moves
    assert [(move.source, move.target, move.budget_period, move.amount) for move in moves] == [
        ("A", "B", "FY27", 30),
        ("A", "D", "FY27", 20),
        ("C", "D", "FY27", 10),
        ("C", "B", "FY28", 10),
    ]


def test_funds_with_a_colour_are_a_guardrail() -> None:
    """Each fund is a limit on spend where Fund is its name, here by budget period: the regulator's money is not the growth fund's."""
    funds = [
        {"name": "Growth fund", "measure": "spend", "where": {"fund": ["Growth"]}, "per": ["budget period"], "at_most": 700},
        {"name": "Duty fund 27", "measure": "spend", "where": {"fund": ["Duty"], "budget period": ["FY27"]}, "at_most": 400},
    ]  # fmt: skip
    raw = small(
        epic("G1", 40, a=7, fund="Growth"), epic("G2", 30, a=6, fund="Growth"), epic("D", 20, a=4, fund="Duty"),
        epic("D2", 10, a=4, fund="Duty"), guardrails=funds,
    )  # fmt: skip
    found = asking.best(raw).plan
    plan = asking.oracle_plan(found)
    assert oracle.plan_value(raw, plan) == pytest.approx(oracle.brute_force(raw)[0])
    spend = {
        (fund, year): sum(
            oracle.total_spend(raw, oracle.epic_of(raw, name))
            for name, option in plan.items()
            if oracle.epic_of(raw, name)["fund"] == fund and option[0] // 2 == year
        )
        for fund in ("Growth", "Duty")
        for year in (0, 1)
    }
    assert spend == {("Growth", 0): 700, ("Growth", 1): 600, ("Duty", 0): 400, ("Duty", 1): 400}


def test_an_epic_that_runs_is_in_progress_whether_or_not_its_start_is_given(tmp_path: Path) -> None:
    """What it still costs is what remains, and all of its spend is for work in progress."""
    raw = funded(epic("X", a=8, external_cost=50, state="Implementing"), epic("Y", a=5))
    answer = engine.plan(asking.loaded(raw, tmp_path), gap=0)
    money = answer.funding
    assert money is not None
    assert {line.id: line.remaining for line in money.epics} == {"X": 850, "Y": None}
    assert sum(line.in_progress for line in money.value_streams) == pytest.approx(850)
