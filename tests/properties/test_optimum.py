"""The optimum of the product is that of brute force, on random portfolios that use every feature."""

from __future__ import annotations

import pytest

from portfolio.optimizer import hybrid
from tests import asking, oracle
from tests.random_portfolios import random_portfolio

CHUNK = 50


def compare(seed: int) -> str:
    """Holds the product's answer for one random portfolio against the oracle; returns the claim."""
    raw = random_portfolio(seed)
    expected, _ = oracle.brute_force(raw)
    if not asking.is_sound(raw):
        assert expected is None, seed
        return "impossible"
    found = asking.best(raw)
    outcome = found.outcome
    if expected is None:
        assert (outcome.claim, found.plan, outcome.value) == ("impossible", None, None), seed
        return outcome.claim
    plan = asking.oracle_plan(found.plan)
    assert outcome.claim == "proven best", seed
    assert oracle.violations(raw, plan) == [], seed
    assert outcome.value == pytest.approx(expected, rel=1e-6, abs=1e-6), seed
    assert oracle.objective(raw, plan) == pytest.approx(outcome.value, rel=1e-9, abs=1e-6), seed
    assert outcome.bound is not None
    assert outcome.bound >= expected - 1e-6 * max(1.0, abs(expected)), seed
    assert outcome.gap == pytest.approx(0, abs=1e-6), seed
    return "empty" if not plan else outcome.claim


@pytest.mark.parametrize("first", range(0, 300, CHUNK))
def test_equals_brute_force(first: int) -> None:
    """Claim, value, bound and plan agree with trying every plan there is; each kind of answer occurs."""
    claims = {compare(seed) for seed in range(first, first + CHUNK)}
    assert claims == {"proven best", "impossible", "empty"}


@pytest.mark.many
@pytest.mark.parametrize("first", range(300, 5300, CHUNK))
def test_equals_brute_force_many_times(first: int) -> None:
    """The same on thousands of portfolios more."""
    for seed in range(first, first + CHUNK):
        compare(seed)


@pytest.mark.parametrize(
    ("first", "to"), [(0, hybrid.TREES_TO_OPTIONS), (40, hybrid.TREES_TO_OPTIONS), (80, -1), (120, -1)]
)
def test_search_cuts_and_trees_keep_the_optimum(first: int, to: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where every portfolio, however small, gets the search and the cuts that only large ones get."""
    monkeypatch.setattr(hybrid, "FROM_OPTIONS", 0)
    monkeypatch.setattr(hybrid, "TREES_TO_OPTIONS", to)
    for seed in range(first, first + 8):
        compare(seed)
