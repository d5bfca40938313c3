"""A recorded proof is worth what a proof from nothing is: whatever changes, the parts it leaves open hold the best plan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from portfolio.analysis.pricing import priced_rules
from portfolio.edits.change import changed
from portfolio.optimizer.cuts.carry_over import carried_over
from portfolio.optimizer.cuts.cutting_planes import CUT, tighten_relaxation
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import Limits, solve
from portfolio.optimizer.tree.cover import Cover
from portfolio.optimizer.tree.prove import can_prove, prove
from portfolio.optimizer.tree.record import Record
from tests import asking
from tests.optimizer.instances import generated

FEW = 2
"""Parts that may stay open where nothing changed: some relaxations end a hair above what their prices say."""


def best(program: Formulation) -> tuple[float, np.ndarray | None]:
    """The best value by the exact solver alone, and the columns of a plan worth it."""
    solution = solve(program, Limits())
    return (-np.inf if solution.columns is None else float(program.objective @ solution.columns)), solution.columns


def changes(problem: Problem, every: int) -> Iterator[Formulation]:
    """The portfolio without a rule, with a unit more, and with an epic that has to be in it."""
    portfolio = problem.portfolio
    loosened = [*priced_rules.rules(portfolio), *priced_rules.units(portfolio, 30.0, None)]
    for change in loosened[::every]:
        yield replace(problem, portfolio=changed(portfolio, [change])).formulation()


def compare(seed: int, every: int) -> int:
    """Compares every so many changes of one portfolio; returns how many of them make it worth more."""
    problem = asking.problem_of(generated(15, 4, seed))
    program = problem.formulation()
    value, columns = best(program)
    if columns is None:
        return 0
    tightened = tighten_relaxation(program, time.monotonic() + 60, CancelToken()).formulation
    record = Record()
    prove(tightened, Limits(), None, CancelToken(), columns, record)
    cover, gains = Cover(tightened, record), 0
    assert len(cover.tree(tightened, value, CancelToken()).open) <= FEW
    for other in changes(problem, every):
        if not can_prove(other):
            continue
        cuts = carried_over(tightened, tightened.rows - program.rows, other, 2)
        tree = cover.tree(other.with_rows(cuts, CUT), value, CancelToken())
        tree.advance(1_000_000)
        expected = max(value, best(other)[0])
        assert tree.value == pytest.approx(expected, rel=1e-6)
        assert tree.bound <= expected * (1 + 1e-6)
        gains += tree.columns is not None
    return gains


def test_from_a_record_the_same_value_as_from_nothing() -> None:
    """Without rules and with more of what is limited: some changes gain and some do not."""
    assert compare(0, 6) > 0


@pytest.mark.many
@pytest.mark.parametrize("seed", range(100, 300))
def test_from_a_record_the_same_value_as_from_nothing_many_times(seed: int) -> None:
    """The same on many portfolios, every change."""
    compare(seed, 1)
