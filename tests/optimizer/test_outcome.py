"""Honest outcomes: what is claimed, with what evidence, however the search ended."""

from __future__ import annotations

import threading
import time

import pytest

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.optimize import Best, optimize
from portfolio.optimizer.outcome import relative_gap
from portfolio.optimizer.solver import Limits
from tests import asking, oracle
from tests.optimizer.instances import generated
from tests.random_portfolios import random_portfolio

SOME = [seed for seed in range(60) if asking.is_sound(random_portfolio(seed))]


def holds(found: Best, raw: asking.Raw, expected: float | None) -> None:
    """Whatever is claimed is true: of the plan by the oracle, of the bound by the optimum."""
    outcome = found.outcome
    if expected is None:
        assert outcome.claim in {"impossible", "nothing found"}
        return
    assert outcome.claim != "impossible"
    slack = 1e-6 * max(1.0, abs(expected))
    assert outcome.bound is None or outcome.bound >= expected - slack
    if found.plan is not None:
        plan = asking.oracle_plan(found.plan)
        assert oracle.violations(raw, plan) == []
        assert outcome.value == pytest.approx(oracle.objective(raw, plan), rel=1e-9, abs=1e-6)
    if outcome.claim == "proven best":
        assert outcome.value == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seconds", [1e-9, 0.001, 0.004])
def test_a_stop_at_the_time_limit_claims_no_more_than_it_knows(seconds: float) -> None:
    """However early the search is stopped, nothing false is claimed."""
    for seed in SOME:
        raw = random_portfolio(seed)
        found = asking.best(raw, seconds=seconds)
        holds(found, raw, oracle.brute_force(raw)[0])
        if found.outcome.claim in {"best found", "nothing found"}:
            assert found.outcome.stopped_by == "time limit"


def test_a_long_search_that_is_stopped_is_best_found() -> None:
    """A portfolio of 200 epics is not proven in seconds: best found, with its gap, never `Optimal`."""
    found = asking.best(generated(200, 8), seconds=3.0).outcome
    assert (found.claim, found.stopped_by) == ("best found", "time limit")
    assert found.value is not None
    assert found.bound is not None
    assert found.value < found.bound
    assert found.gap == pytest.approx((found.bound - found.value) / found.value)
    assert found.seconds < 15


@pytest.mark.parametrize("gap", [0.05, 0.5])
def test_a_gap_is_kept_and_called_proven_only_where_it_is_none(gap: float) -> None:
    """With a gap asked for the optimum is within the gap, and the claim is proven only where bound and value meet."""
    for seed in SOME:
        raw = random_portfolio(seed)
        expected, found = oracle.brute_force(raw)[0], asking.best(raw, gap=gap)
        holds(found, raw, expected)
        if expected is None:
            continue
        value = found.outcome.value
        assert value is not None
        if found.outcome.claim == "proven best":
            assert value == pytest.approx(expected, rel=1e-6), seed
        else:
            assert (found.outcome.claim, found.outcome.stopped_by) == ("best found", "gap"), seed
        assert expected - value <= gap * abs(value) + 1e-6, seed
        assert found.outcome.gap is None or found.outcome.gap <= gap + 1e-9, seed


def test_a_gap_of_zero_is_proven() -> None:
    """Gap 0 ends with a proven optimum, a gap of none and nothing that stopped it."""
    for seed in SOME:
        outcome = asking.best(random_portfolio(seed)).outcome
        if outcome.claim != "impossible":
            assert (outcome.claim, outcome.stopped_by) == ("proven best", None)
            assert outcome.gap is not None
            assert outcome.gap <= 1e-6


def test_progress_tells_value_and_bound_and_an_interrupt_keeps_the_plan() -> None:
    """Progress comes while the search runs; raising the interrupt from it keeps the best plan found, checked."""
    problem, cancel = asking.problem_of(generated(200, 8)), CancelToken()
    told: list[tuple[float, float | None, float]] = []

    def tell(seconds: float, value: float | None, bound: float) -> None:
        told.append((seconds, value, bound))
        if value is not None and value > 0:
            cancel.raised.set()

    began = time.monotonic()
    found = optimize(problem, problem.formulation(), Limits(gap=0.0, seconds=60), tell, cancel)
    assert time.monotonic() - began < 20
    assert (found.outcome.claim, found.outcome.stopped_by) == ("best found", "interrupt")
    assert found.plan is not None
    assert found.outcome.value is not None
    seconds, value, bound = told[-1]
    assert seconds > 0
    assert value is not None
    assert value <= found.outcome.value + 1
    assert bound >= value


def test_an_interrupt_from_another_thread() -> None:
    """The flag may be raised from anywhere; the plan passes the independent check of the oracle."""
    raw, cancel = generated(60, 6), CancelToken()
    problem = asking.problem_of(raw)
    timer = threading.Timer(0.7, cancel.raised.set)
    timer.start()
    found = optimize(problem, problem.formulation(), Limits(gap=0.0, seconds=60), None, cancel)
    timer.cancel()
    assert found.outcome.stopped_by == "interrupt"
    assert oracle.violations(raw, asking.oracle_plan(found.plan)) == []


def test_an_interrupt_raised_before_finds_nothing_or_something_true() -> None:
    """Raised before the search begins, it ends at once, and nothing is claimed to be impossible."""
    problem, cancel = asking.problem_of(generated(60, 6)), CancelToken()
    cancel.raised.set()
    found = optimize(problem, problem.formulation(), Limits(gap=0.0, seconds=60), None, cancel)
    assert found.outcome.claim in {"nothing found", "best found"}
    assert found.outcome.stopped_by == "interrupt"
    assert found.outcome.seconds < 10


def test_nothing_to_choose_from() -> None:
    """No epic that can be planned: the empty plan, worth 0, is proven best; with a floor it is impossible."""
    raw = asking.small({"id": "new"})
    found = asking.best(raw)
    assert (found.outcome.claim, found.outcome.value, len(found.plan or ())) == ("proven best", 0, 0)
    floor = {"name": "Floor", "measure": "effort", "at_least": 1}
    assert asking.best({**raw, "guardrails": [floor]}).outcome.claim == "impossible"


@pytest.mark.parametrize(
    ("value", "bound", "expected"),
    [
        (100, 100, 0),
        (100, 110, 0.1),
        (-100, -90, 0.1),
        (0, 0, 0),
        (0, 5, None),
        (100, float("inf"), None),
        (100, 99, 0),
    ],
)
def test_relative_gap(value: float, bound: float, expected: float | None) -> None:
    """(bound - value) / |value|, never below 0, unknown without a bound or a value."""
    assert relative_gap(value, bound) == expected
