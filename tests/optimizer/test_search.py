"""The search beside the exact solver: its plans keep every guardrail, never beat the optimum, and repeat themselves."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest

from portfolio.optimizer import companion
from portfolio.optimizer.construct import construct
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.optimise import optimise
from portfolio.optimizer.search import Search
from portfolio.optimizer.solver import Limits, relax
from portfolio.options import Floats
from tests import oracle
from tests.asking import problem_of
from tests.random_portfolios import random_portfolio

SEEDS = range(60)


def bookings(formulation: Formulation, columns: Floats) -> dict[str, tuple[int, int]]:
    """A plan as the oracle takes it."""
    plan = formulation.plan(columns)
    return {epic: (booking.start, booking.periods) for epic, booking in plan.bookings.items()}


def feasible_seeds() -> list[int]:
    """Seeds of portfolios that have a plan."""
    return [seed for seed in SEEDS if oracle.brute_force(random_portfolio(seed))[0] is not None]


def stepped(formulation: Formulation, steps: int) -> Search:
    """A search that made so many steps."""
    search = Search(formulation, time.monotonic() + 600)
    for _ in itertools.islice(search.steps(), steps):
        pass
    return search


def test_built_plans_keep_every_guardrail() -> None:
    """Whatever the constructive start builds is accepted by the oracle, with and without a relaxation."""
    built = 0
    for seed in SEEDS:
        raw = random_portfolio(seed)
        formulation = problem_of(raw).formulation()
        for relaxation in (None, relax(formulation, 10)):
            columns = construct(formulation, relaxation)
            if columns is not None:
                built += 1
                assert oracle.violations(raw, bookings(formulation, columns)) == [], seed
    assert built > len(SEEDS)


def test_the_search_finds_optima_and_never_more() -> None:
    """After a few steps its plan is feasible by the oracle; where everything is one neighbourhood, it is the optimum."""
    optima = 0
    for seed in feasible_seeds():
        raw = random_portfolio(seed)
        best, _ = oracle.brute_force(raw)
        assert best is not None
        formulation = problem_of(raw).formulation()
        search = stepped(formulation, 6)
        if search.columns is None:
            continue
        plan = bookings(formulation, search.columns)
        assert oracle.violations(raw, plan) == [], seed
        worth = oracle.objective(raw, plan)
        assert worth <= best + 1e-6 * max(1.0, abs(best)), seed
        optima += abs(worth - best) <= 1e-6 * max(1.0, abs(best))
    assert optima > 0.8 * len(feasible_seeds())


def generated(epics: int) -> Formulation:
    """The formulation of a generated portfolio."""
    from benchmarks.generate import generate

    return problem_of(generate(epics, 6, 3)).formulation()


def test_the_same_seed_makes_the_same_steps() -> None:
    """Steps are limited by nodes, so two searches agree column by column; another seed goes another way."""
    formulation = generated(40)
    first, second = stepped(formulation, 6), stepped(formulation, 6)
    assert first.columns is not None
    assert second.columns is not None
    assert np.array_equal(first.columns, second.columns)
    assert first.value == second.value


def test_the_search_only_improves() -> None:
    """The value it tells never falls, and is that of the columns it holds."""
    told: list[float] = []
    formulation = generated(40)
    search = Search(formulation, time.monotonic() + 600, told=told.append)
    for _ in itertools.islice(search.steps(), 6):
        pass
    assert told == sorted(told)
    assert len(told) > 1
    assert search.columns is not None
    assert search.value == pytest.approx(float(formulation.objective @ search.columns))


def test_an_answer_stopped_by_the_clock_may_come_from_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same time, the search beside the exact solver gives at least as much value, within a true bound."""
    from benchmarks.generate import generate

    problem = problem_of(generate(200, 8, 1))
    formulation = problem.formulation()
    limits = Limits(gap=0.0, seconds=2.0)
    with_search = optimise(problem, formulation, limits).outcome
    monkeypatch.setattr(companion, "FROM_OPTIONS", 10**9)
    alone = optimise(problem, formulation, limits).outcome
    assert with_search.claim == "best found"
    assert with_search.value is not None
    assert with_search.bound is not None
    assert with_search.value <= with_search.bound
    assert alone.value is None or with_search.value >= 0.98 * alone.value


def test_a_part_is_the_whole_with_the_rest_settled() -> None:
    """A part's optimum, put back, has the value and the activity of the whole formulation."""
    formulation = generated(40)
    columns = construct(formulation, None)
    assert columns is not None
    chance = np.random.default_rng(1)
    free = chance.random(formulation.columns) < 0.3
    part = formulation.part(free, columns)
    inside = part.activity(columns[free])
    whole = formulation.activity(columns)
    kept = np.flatnonzero(np.bincount(formulation.row[free[formulation.column]], minlength=formulation.rows))
    assert np.allclose(inside - part.row_upper, whole[kept] - formulation.row_upper[kept], equal_nan=True)
    assert part.binaries == int(free[: formulation.binaries].sum())
