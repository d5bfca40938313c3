"""The check of any plan says what the oracle says, guardrail by guardrail, whether the plan is good or not."""

from __future__ import annotations

from collections import Counter

import pytest

from portfolio.guardrails import check
from tests import asking, oracle
from tests.properties.random_plans import random_plans
from tests.random_portfolios import random_portfolio

CHUNK = 40
KINDS = {
    "must": "commitment or dates",
    "option": "commitment or dates",
    "Must": "commitment or dates",
    "Start": "commitment or dates",
    "Dates": "commitment or dates",
    "not committed": "commitment point",
    "Commitment point": "commitment point",
    "reserve": "reserve",
    "Reserve": "reserve",
    "approval": "approval",
    "Approval": "approval",
    "dependency": "dependency",
    "Dependency": "dependency",
    "exclusive": "exclusive",
    "Exclusive group": "exclusive",
    "together": "together",
    "Together group": "together",
    "WIP limit": "WIP limit",
    "Portfolio WIP limit": "WIP limit",
    "capacity": "capacity or budget",
    "lean budget": "capacity or budget",
    "budget shift": "capacity or budget",
    "Capacity": "capacity or budget",
    "Lean budget": "capacity or budget",
}
"""What the oracle's and the product's names have in common; the user's own guardrails have the same name in both."""


def kind(text: str) -> str:
    """The kind of an oracle's violation."""
    if text.startswith("guardrail "):
        return text.removeprefix("guardrail ").split(" {")[0]
    return KINDS[text.split(":")[0]]


def compare(seed: int) -> Counter[str]:
    """Holds both judges' verdicts against each other, for every random plan of one portfolio."""
    raw, verdicts = random_portfolio(seed), Counter[str]()
    if not asking.is_sound(raw):
        return verdicts
    problem = asking.problem_of(raw)
    for plan in random_plans(raw, seed):
        options = problem.options_of(asking.bookings(plan))
        statuses = check(options)
        hard = [status for status in statuses if status.enforce == "hard" and not status.met]
        expected = {kind(text) for text in oracle.violations(raw, plan)}
        found = {KINDS.get(status.name, status.name) for status in hard}
        if "commitment or dates" in expected:
            found -= {"approval"}
            expected -= {"approval"}
        assert found == expected, (seed, plan)
        worth = problem.objective(options, statuses)
        assert worth == pytest.approx(oracle.objective(raw, plan), rel=1e-9, abs=1e-3), (seed, plan)
        verdicts.update(expected or {"allowed"})
        verdicts["breached at a price"] += oracle.breach_price(raw, plan) > 0
    return verdicts


@pytest.mark.parametrize("first", range(0, 280, CHUNK))
def test_check_and_oracle_agree(first: int) -> None:
    """Allowed or not, by which guardrail, and worth how much: the same for thousands of random plans."""
    verdicts = sum((compare(seed) for seed in range(first, first + CHUNK)), Counter[str]())
    assert verdicts["allowed"] >= 40
    assert verdicts.total() - verdicts["allowed"] >= 200
    often = {"commitment or dates", "dependency", "WIP limit", "capacity or budget", "G1", "breached at a price"}
    assert all(verdicts[name] >= 5 for name in often), verdicts
