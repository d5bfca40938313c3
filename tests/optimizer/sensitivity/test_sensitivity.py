"""How much a change could gain, and how small a change is enough, beside brute force on random portfolios."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator

import pytest

from portfolio.domain import Plan
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.sensitivity.improvement_bound import improvement_bound
from portfolio.optimizer.sensitivity.nearest_plan import nearest_plan
from portfolio.optimizer.sensitivity.smallest_relaxation import smallest_relaxation
from portfolio.optimizer.solver import Limits
from tests import asking, oracle
from tests.random_portfolios import random_portfolio

SEEDS = range(60)


def looser_by(raw: asking.Raw, amount: float) -> asking.Raw:
    """The portfolio with more capacity in its first value stream and period."""
    more = copy.deepcopy(raw)
    more["value_streams"][0]["capacity"][0] += amount
    return more


def pairs(amount: float) -> Iterator[tuple[asking.Raw, asking.Raw, float]]:
    """Sound portfolios that have a plan, each with what it is with more capacity, and its best value."""
    for seed in SEEDS:
        raw = random_portfolio(seed)
        best, _ = oracle.brute_force(raw)
        if best is not None and asking.is_sound(raw):
            yield raw, looser_by(raw, amount), best


def test_no_plan_that_more_capacity_allows_is_worth_more_than_the_bound() -> None:
    """Where more capacity brings more, the bound is at least as high as what it brings."""
    gained = 0
    for raw, more, best in pairs(3):
        after, _ = oracle.brute_force(more)
        assert after is not None
        before, changed = asking.problem_of(raw).formulation(), asking.problem_of(more).formulation()
        bound = improvement_bound(before, changed, time.monotonic() + 60, CancelToken())
        if after > best + 1e-6 * max(1.0, abs(best)):
            gained += 1
            assert bound >= after - 1e-6 * max(1.0, abs(after))
    assert gained >= 2


def test_without_time_or_after_ctrl_c_there_is_no_bound() -> None:
    """Infinity: nothing is claimed."""
    raw = asking.small(asking.epic("E", a=6), asking.epic("F", a=8))
    before, changed = asking.problem_of(raw).formulation(), asking.problem_of(looser_by(raw, 9)).formulation()
    assert improvement_bound(before, changed, time.monotonic() - 1, CancelToken()) == float("inf")
    stopped = CancelToken()
    stopped.raised.set()
    assert improvement_bound(before, changed, time.monotonic() + 60, stopped) == float("inf")


def test_the_smallest_relaxation_is_enough_and_no_less_is() -> None:
    """With so much more capacity the value is reached, by brute force; with a little less it is not."""
    found = 0
    for raw, more, best in pairs(1):
        wanted, _ = oracle.brute_force(looser_by(raw, 4))
        assert wanted is not None
        formulations = [asking.problem_of(one).formulation() for one in (raw, more)]
        relaxation = smallest_relaxation(*formulations, 1.0, wanted, Limits(seconds=60), CancelToken())
        if not relaxation.known:
            continue
        assert relaxation.amount <= 4 + 1e-6
        enough, _ = oracle.brute_force(looser_by(raw, relaxation.amount + 1e-6))
        assert enough is not None
        assert enough >= wanted - 1e-6 * max(1.0, abs(wanted))
        if relaxation.amount > 0.01:
            found += 1
            less, _ = oracle.brute_force(looser_by(raw, relaxation.amount - 0.005))
            assert less is None or less < wanted
            assert wanted > best
    assert found >= 3


def test_a_value_out_of_reach_has_no_relaxation() -> None:
    """However much capacity there were: no plan is worth so much, and that is known."""
    raw = asking.small(asking.epic("E", 10, a=6))
    formulations = [asking.problem_of(one).formulation() for one in (raw, looser_by(raw, 1))]
    relaxation = smallest_relaxation(*formulations, 1.0, 1e9, Limits(seconds=60), CancelToken())
    assert (relaxation.amount, relaxation.plan, relaxation.known) == (float("inf"), None, True)


@pytest.mark.parametrize("other", ["E", "F"])
def test_of_equal_plans_the_nearest_is_taken(other: str) -> None:
    """Two epics that are worth the same and do not both fit: the one that the other plan has stays in."""
    raw = asking.small(asking.epic("E", 10, a=8, latest="PI 1"), asking.epic("F", 10, a=8, latest="PI 1"))
    problem = asking.problem_of(raw)
    plans = {name: asking.bookings({name: (0, 1)}) for name in ("E", "F")}
    for plan in plans.values():
        assert nearest_plan(problem, plan, plans[other], 20.0, CancelToken()) == plans[other]


def test_nothing_is_given_up_to_be_nearer() -> None:
    """A plan that is worth less is not taken, however near it is."""
    raw = asking.small(asking.epic("E", 10, a=8, latest="PI 1"), asking.epic("F", 11, a=8, latest="PI 1"))
    problem = asking.problem_of(raw)
    best = asking.bookings({"F": (0, 1)})
    assert nearest_plan(problem, best, asking.bookings({"E": (0, 1)}), 20.0, CancelToken()) == best
    assert nearest_plan(problem, best, Plan(), 20.0, CancelToken()) == best
