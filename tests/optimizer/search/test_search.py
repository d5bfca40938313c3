"""The search beside the exact solver: its plans keep every guardrail, never beat the optimum, and repeat themselves."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from portfolio.domain import Booking, Plan
from portfolio.optimizer import hybrid
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.optimize import optimize
from portfolio.optimizer.search import Search
from portfolio.optimizer.solver import Limits, Solution
from portfolio.optimizer.tree import prove
from portfolio.options import Floats
from tests import asking, oracle
from tests.asking import problem_of
from tests.random_portfolios import random_portfolio

SEEDS = range(12)


def bookings(formulation: Formulation, columns: Floats) -> dict[str, tuple[int, int]]:
    """A plan as the oracle takes it."""
    plan = formulation.plan(columns)
    return {epic: (booking.start, booking.periods) for epic, booking in plan.bookings.items()}


def feasible_seeds() -> list[int]:
    """Seeds of portfolios that have a plan."""
    return [seed for seed in SEEDS if oracle.brute_force(random_portfolio(seed))[0] is not None]


def stepped(formulation: Formulation, seconds: float = 600.0, **more: Any) -> Search:
    """A search that has opened, which takes a number of moves however long that lasts."""
    search = Search(formulation, **more)
    search.open(time.monotonic() + seconds, CancelToken())
    return search


def test_first_plans_keep_every_guardrail() -> None:
    """What is built before any move, where it breaks nothing, is accepted by the oracle, budget shifts included."""
    built = 0
    for seed in SEEDS:
        raw = random_portfolio(seed)
        search = Search(problem_of(raw).formulation())
        if search.columns is not None:
            built += 1
            assert oracle.violations(raw, bookings(search.formulation, search.columns)) == [], seed
    assert built > len(SEEDS) / 2


def test_the_search_finds_optima_and_never_more() -> None:
    """Its plan is feasible by the oracle, is worth what it says, and is nearly always the optimum of a small portfolio."""
    optima = 0
    for seed in feasible_seeds():
        raw = random_portfolio(seed)
        best, _ = oracle.brute_force(raw)
        assert best is not None
        search = stepped(problem_of(raw).formulation())
        if search.columns is None:
            continue
        plan = bookings(search.formulation, search.columns)
        assert oracle.violations(raw, plan) == [], seed
        worth = oracle.objective(raw, plan)
        assert search.value == pytest.approx(worth, rel=1e-6, abs=1e-6), seed
        assert worth <= best + 1e-6 * max(1.0, abs(best)), seed
        optima += abs(worth - best) <= 1e-6 * max(1.0, abs(best))
    assert optima > 0.95 * len(feasible_seeds())


def test_completed_columns_keep_every_row() -> None:
    """Shifts and breaches of the best plan are filled in: each row of the formulation is kept, so a solver can start there."""
    kept = 0
    for seed in SEEDS:
        search = stepped(problem_of(random_portfolio(seed)).formulation())
        if search.columns is not None:
            formulation, activity = search.formulation, search.formulation.activity(search.columns)
            slack = 1e-6 * np.maximum(1.0, np.abs(activity))
            assert np.all(activity <= formulation.row_upper + slack), seed
            assert np.all(activity >= formulation.row_lower - slack), seed
            assert np.all(search.columns <= formulation.upper + 1e-6), seed
            assert np.all(search.columns >= formulation.lower - 1e-6), seed
            kept += formulation.columns > len(formulation.options)
    assert kept > 5


def generated(epics: int) -> Formulation:
    """The formulation of a generated portfolio."""
    from benchmarks.generate import generate

    return problem_of(generate(epics, 6, 3)).formulation()


def test_the_same_seed_makes_the_same_moves() -> None:
    """A step is a number of moves, so two searches agree column by column; another seed goes another way."""
    formulation = generated(40)
    first, second, other = stepped(formulation), stepped(formulation), stepped(formulation, seed=1)
    assert first.columns is not None
    assert second.columns is not None
    assert np.array_equal(first.columns, second.columns)
    assert first.value == second.value
    boards = [search.encoding.state.epics["chosen"] for search in (first, other)]
    assert not np.array_equal(*boards)


def test_the_search_only_improves() -> None:
    """The value it tells never falls, and is that of the columns it holds."""
    told: list[float] = []
    formulation = generated(40)
    search = stepped(formulation, on_improvement=lambda value, _: told.append(value))
    assert told == sorted(told)
    assert len(told) > 1
    assert search.columns is not None
    assert search.value == pytest.approx(float(formulation.objective @ search.columns))


def test_what_the_board_counts_is_what_there_is() -> None:
    """After thousands of moves, made and undone, value, activities and shifts are those of a fresh measure."""
    from portfolio.optimizer.search.moves import measure

    for seed in (1, 2, 3):
        search = stepped(problem_of(random_portfolio(seed)).formulation())
        state = search.encoding.state
        counted = [
            state.score.copy(),
            state.rows["activity"].copy(),
            state.shifts["need"].copy(),
            state.sums["total"].copy(),
        ]
        measure(state)
        fresh = [state.score, state.rows["activity"], state.shifts["need"], state.sums["total"]]
        for before, after in zip(counted, fresh, strict=True):
            assert np.allclose(before.tolist(), after.tolist(), atol=1e-9)


def test_a_search_begins_from_a_plan() -> None:
    """What still fits of a plan is kept at first; what is not of this portfolio is passed over."""
    formulation = generated(40)
    known = stepped(formulation)
    assert known.columns is not None
    plan = formulation.plan(known.columns)
    strange = Plan({**plan.bookings, "of another portfolio": Booking(0, 1)})
    again = Search(formulation, start=strange)
    assert again.value >= known.value * (1 - 1e-9)
    assert Search(formulation).value < again.value


def test_a_whole_plan_is_taken_though_half_of_it_breaks_a_share() -> None:
    """The optimum of any small portfolio is where a search from it begins, whatever the order of its epics would break."""
    for seed in feasible_seeds():
        raw = random_portfolio(seed)
        best, plan = oracle.brute_force(raw)
        assert best is not None
        assert plan is not None
        known = Plan({epic: Booking(start, periods) for epic, (start, periods) in plan.items()})
        search = Search(problem_of(raw).formulation(), start=known)
        assert search.value == pytest.approx(best, rel=1e-6, abs=1e-6), seed


def test_nothing_to_search_is_no_fault() -> None:
    """A portfolio in which nothing can start has the empty plan, or none, and the search ends by itself."""
    raw = asking.small(asking.epic("E", a=1000))
    search = stepped(problem_of(raw).formulation())
    search.run(time.monotonic() + 0.2, CancelToken())
    assert search.value in {0.0, -np.inf}


def test_an_answer_stopped_by_the_clock_may_come_from_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is within its bound, and so is the exact solver's alone; which is worth more is for the benchmarks to say."""
    from benchmarks.generate import generate

    problem = problem_of(generate(200, 8, 1))
    formulation = problem.formulation()
    limits = Limits(gap=0.0, seconds=2.0)
    with_search = optimize(problem, formulation, limits).outcome
    monkeypatch.setattr(hybrid, "FROM_OPTIONS", 10**9)
    alone = optimize(problem, formulation, limits).outcome
    assert with_search.claim == "best found"
    assert with_search.value is not None
    assert with_search.bound is not None
    assert with_search.value <= with_search.bound
    assert alone.value is None or alone.value <= with_search.bound * (1 + 1e-9)


@pytest.mark.parametrize("wrong", [Solution("infeasible", None, None), Solution("gap reached", None, 1.0)])
def test_a_false_proof_is_refuted(wrong: Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the solver claims what the search's plan shows to be false, the plan counts and nothing is proven."""
    monkeypatch.setattr(hybrid, "FROM_OPTIONS", 0)
    monkeypatch.setattr(hybrid, "solve", lambda *_: wrong)
    monkeypatch.setattr(prove, "prove", lambda *_: wrong)
    found = asking.best(asking.small(asking.epic("X"), asking.epic("Y")))
    assert found.plan is not None
    assert set(found.plan) == {"X", "Y"}
    assert (found.outcome.claim, found.outcome.stopped_by) == ("best found", "solver")
    assert found.outcome.bound is None
