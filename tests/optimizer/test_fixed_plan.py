"""What was chosen already is checked and priced, and nothing is planned for those who chose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from portfolio.analysis.fixed_plan import fixed_plan_findings
from portfolio.optimizer.optimize import Best, optimize
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import Limits
from portfolio.storage.read_model import read_model
from tests import asking


def chosen(raw: dict[str, Any]) -> tuple[Problem, Best]:
    """What the product makes of choices."""
    problem = replace(asking.problem_of(raw), goal="own choices")
    return problem, optimize(problem, problem.formulation(), Limits(gap=0.0, seconds=60))


def test_only_what_was_chosen_starts_and_the_difference_is_its_gap() -> None:
    """Y would earn more in the same place: 10 against 30 a week, from the same week on."""
    raw = asking.small(asking.epic("X", 10, a=10, start="PI 1"), asking.epic("Y", 30, a=10), asking.epic("Z", 1, a=40))
    for stream in raw["value_streams"]:
        stream["capacity"] = [10, 0, 0, 0]
    problem, best = chosen(raw)
    assert asking.oracle_plan(best.plan) == {"X": (0, 1)}
    assert best.outcome.claim == "best found"
    assert best.outcome.bound == pytest.approx(3 * (best.outcome.value or 0))
    assert best.outcome.gap == pytest.approx(2.0)
    (price,) = fixed_plan_findings(problem, best, "file", asking.safe())
    assert price.severity == "warning"
    assert price.what == "What was chosen is worth 820 EUR."
    assert "allow up to 2,460 EUR, at most 1,640 EUR more" in price.rule


def test_a_length_that_keeps_the_guardrails_is_taken() -> None:
    """Nobody said how long; in one period it would not fit."""
    _, best = chosen(asking.small(asking.epic("X", a=16, max_periods=3, start="PI 2")))
    assert asking.oracle_plan(best.plan) == {"X": (1, 2)}


def test_a_broken_guardrail_is_an_error_at_its_place() -> None:
    """Two choices that do not fit together are both shown, and what they break is said."""
    raw = asking.small(asking.epic("X", a=6, start="PI 1"), asking.epic("Y", a=6, start="PI 1"))
    problem, best = chosen(raw)
    assert asking.oracle_plan(best.plan) == {"X": (0, 1), "Y": (0, 1)}
    found = [
        finding for finding in fixed_plan_findings(problem, best, "file", asking.safe()) if finding.severity == "error"
    ]
    assert [finding.what for finding in found] == ["What was chosen breaks Capacity of A in PI 1."]
    assert found[0].rule == "It uses 12 of 10."


def test_nothing_chosen_is_said() -> None:
    """An empty plan is no optimum."""
    problem, best = chosen(asking.small(asking.epic("X")))
    assert asking.oracle_plan(best.plan) == {}
    (nothing,) = fixed_plan_findings(problem, best, "file", read_model("spotify"))
    assert nothing.what == "No bet has a Start: nothing was chosen."
    assert nothing.rule == "Spotify model makes no plan; it checks and prices what tribes chose."
