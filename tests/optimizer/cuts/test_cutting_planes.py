"""Cuts: no selection of whole epics breaks one, fractional ones do, and the bound comes down without passing the truth."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import numpy as np
import pytest

from portfolio.optimizer.cuts.cutting_planes import tighten_relaxation
from portfolio.optimizer.cuts.knapsack import Knapsack, knapsacks
from portfolio.optimizer.cuts.packing import Sack, pack
from portfolio.optimizer.cuts.separation import find_cut
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver import Limits, solve
from portfolio.options import Floats
from tests import oracle
from tests.asking import problem_of
from tests.random_portfolios import random_portfolio

Selection = tuple[int, ...]


def knapsack_of(seed: int) -> Knapsack:
    """A random knapsack of one to three periods, with a budget shift in every second one; each item has a column."""
    chance = np.random.default_rng(seed)
    items, periods = int(chance.integers(3, 10)), int(chance.integers(1, 4))
    effort = chance.integers(0, 9, (items, periods)).astype(float)
    effort[effort.sum(axis=1) == 0, 0] = 3.0
    moved = seed % 2 == 1
    return Knapsack(
        columns=np.arange(items),
        item=np.arange(items),
        epic=chance.integers(0, items, items),
        effort=effort,
        capacity=chance.integers(6, 16, periods).astype(float),
        count=chance.integers(1, 5, periods),
        shift=items if moved else -1,
        stretch=2.5 if moved else 0.0,
        low=-1.0 if moved else 0.0,
        high=1.0 if moved else 0.0,
    )


def shift_for(knapsack: Knapsack, load: Floats) -> float | None:
    """The least shift under which a load fits, or None."""
    over = load - knapsack.capacity
    if knapsack.shift < 0:
        return 0.0 if np.all(over <= 1e-9) else None
    need = max(knapsack.low, float(np.max(over / knapsack.stretch)))
    return need if need <= knapsack.high + 1e-9 else None


def selections(knapsack: Knapsack) -> list[tuple[Selection, float]]:
    """Every selection that fits, with the shift it needs, by trying all."""
    found = []
    for size in range(len(knapsack.epic) + 1):
        for chosen in itertools.combinations(range(len(knapsack.epic)), size):
            members = list(chosen)
            effort = knapsack.effort[members]
            shift = shift_for(knapsack, effort.sum(axis=0))
            one_each = len({int(knapsack.epic[item]) for item in members}) == size
            if shift is not None and one_each and np.all((effort > 0).sum(axis=0) <= knapsack.count):
                found.append((chosen, shift))
    return found


@pytest.mark.parametrize("seed", [*range(30), *(pytest.param(seed, marks=pytest.mark.many) for seed in range(30, 60))])
def test_packing_is_the_best_selection(seed: int) -> None:
    """Branch and bound says what trying all selections says, at any price of the shift, with and without a forced item."""
    knapsack, chance = knapsack_of(seed), np.random.default_rng(1000 + seed)
    worth = -np.sort(-chance.random(len(knapsack.epic)))
    price = float(chance.choice([0.0, 0.1, 1.0])) if knapsack.shift >= 0 else 0.0
    sack = Sack(knapsack.capacity, knapsack.count, knapsack.stretch, knapsack.low, knapsack.high)
    best = np.zeros(len(worth), dtype=np.bool_)
    for forced in (-1, 0):
        effort = np.zeros(len(knapsack.capacity)) if forced < 0 else knapsack.effort[forced]
        barred = -1 if forced < 0 else int(knapsack.epic[forced])
        found = pack(
            worth,
            knapsack.effort,
            knapsack.epic,
            sack,
            price,
            effort,
            barred,
            best,
        )
        values = [
            sum(worth[item] for item in chosen if item != forced) - price * (shift - knapsack.low)
            for chosen, shift in selections(knapsack)
            if forced < 0 or forced in chosen
        ]
        assert found == pytest.approx(max(values, default=-np.inf)), forced


@pytest.mark.parametrize("seed", [*range(30), *(pytest.param(seed, marks=pytest.mark.many) for seed in range(30, 60))])
def test_a_cut_is_broken_by_its_point_and_by_no_selection(seed: int) -> None:
    """Every selection that fits keeps it, at the least shift that it needs; the fractional point does not."""
    knapsack, chance = knapsack_of(seed), np.random.default_rng(2000 + seed)
    for _ in range(20):
        point = np.append(chance.random(len(knapsack.epic)), chance.uniform(-1, 1))
        cut = find_cut(knapsack, point)
        if cut is None:
            continue
        assert float(cut.coefficients @ point[cut.columns]) > cut.at_most
        for chosen, shift in selections(knapsack):
            columns = np.zeros(len(point))
            columns[list(chosen)], columns[-1] = 1.0, shift
            assert float(cut.coefficients @ columns[cut.columns]) <= cut.at_most + 1e-9


def test_cuts_are_found() -> None:
    """Random points are cut off more often than not, so the test above tests something."""
    cut = [
        find_cut(knapsack_of(seed), np.append(np.full(10, 0.6)[: len(knapsack_of(seed).epic)], 0.0))
        for seed in range(60)
    ]
    assert sum(found is not None for found in cut) > 20


def test_knapsacks_of_a_formulation() -> None:
    """One for each window of periods that has a single budget shift, its items the ways to take part in it."""
    formulation = generated(20, 8)
    single, double = knapsacks(formulation, 1), knapsacks(formulation, 2)
    streams = formulation.options.portfolio.value_streams
    assert len(single) == 8 * len(streams)
    moving = sum(bool(stream.max_budget_shift) for stream in streams)
    assert len(double) == 7 * len(streams) - moving
    for knapsack in double:
        assert knapsack.effort.shape == (len(knapsack.epic), 2)
        assert np.all(formulation.options.epic[knapsack.columns] == knapsack.epic[knapsack.item])


def generated(epics: int, periods: int) -> Formulation:
    """The formulation of a generated portfolio."""
    from benchmarks.generate import generate

    return problem_of(generate(epics, periods, 3)).formulation()


def tightened(formulation: Formulation) -> tuple[Formulation, float]:
    """The formulation with its cuts, and its bound, however long it takes."""
    found = tighten_relaxation(formulation, time.monotonic() + 600, CancelToken())
    return found.formulation, found.bound


def test_no_optimum_is_cut_off() -> None:
    """With its cuts a random portfolio has the optimum of brute force, within the bound that the cuts give."""
    cut = 0
    for seed in range(120):
        raw = random_portfolio(seed)
        best, _ = oracle.brute_force(raw)
        if best is None:
            continue
        formulation = problem_of(raw).formulation()
        if not formulation.columns:
            continue
        tight, bound = tightened(formulation)
        close = 1e-6 * max(1.0, abs(best))
        assert bound >= best - close, seed
        found = solve(tight, Limits()).columns
        assert found is not None, seed
        assert float(formulation.objective @ found) == pytest.approx(best, rel=1e-6, abs=1e-6), seed
        cut += tight.rows - formulation.rows
    assert cut > 50


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.many) for seed in range(2, 6))])
def test_no_plan_is_cut_off_whatever_it_is_worth(seed: int) -> None:
    """Values drawn by chance have the same optimum with the cuts made for others and without them."""
    formulation = generated(30, 4)
    tight, bound = tightened(formulation)
    assert tight.rows > formulation.rows
    assert bound < tightened_nowhere(formulation)
    chance = np.random.default_rng(seed)
    worth = formulation.objective * chance.random(formulation.columns)
    values = []
    for problem in (formulation, tight):
        found = solve(replace(problem, objective=worth), Limits()).columns
        assert found is not None
        values.append(float(worth @ found))
    assert values[1] == pytest.approx(values[0], rel=1e-6)


def tightened_nowhere(formulation: Formulation) -> float:
    """The bound of the plain relaxation."""
    bounds: list[float] = []
    tighten_relaxation(formulation, time.monotonic() + 600, CancelToken(), bounds.append)
    assert bounds == sorted(bounds, reverse=True)
    return bounds[0]


def test_time_and_interrupt_end_it() -> None:
    """Without time there is no bound and the formulation is as it was; an interrupt ends it as well."""
    formulation, stopped = generated(200, 8), CancelToken()
    late = tighten_relaxation(formulation, time.monotonic() - 1, CancelToken())
    assert late.formulation.rows >= formulation.rows
    stopped.raised.set()
    began = time.monotonic()
    tighten_relaxation(formulation, began + 600, stopped)
    assert time.monotonic() - began < 5
