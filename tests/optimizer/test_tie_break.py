"""Of plans worth the same, the earlier one is taken, whoever looks for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from portfolio.domain import Booking, Plan
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver import Limits, solve
from portfolio.optimizer.tie_break import tie_break
from portfolio.optimizer.tree.propagation import narrowed
from tests import asking
from tests.optimizer.instances import generated


def flat(seed: int) -> Formulation:
    """A random portfolio in which an epic is worth the same whenever it is done."""
    program = asking.problem_of(generated(16, 4, seed)).formulation()
    epic = program.options.epic
    worth = np.zeros(epic.max() + 1)
    np.maximum.at(worth, epic, program.objective[: len(epic)])
    return replace(program, objective=np.append(worth[epic], program.objective[len(epic) :]))


def ends(bookings: dict[str, Booking]) -> int:
    """The last periods of all epics in sum."""
    return sum(booking.start + booking.periods for booking in bookings.values())


@pytest.mark.parametrize("seed", range(4))
def test_trees_take_the_earliest_plan_of_those_worth_the_same(seed: int) -> None:
    """As early as the exact solver, asked for the earliest of all plans with these epics, and worth as much."""
    program = flat(seed)
    epic, finish = program.options.epic, program.options.start + program.options.periods
    columns = solve(program, Limits()).columns
    assert columns is not None
    plan, value = program.plan(columns), float(program.objective @ columns)
    done = np.isin(epic, epic[columns[: len(epic)] > 0.5])
    least, late = np.zeros(program.columns), np.zeros(program.columns)
    least[: len(epic)], late[: len(epic)] = 1000.0 - finish, finish
    same = replace(program, objective=least, upper=np.append(done * 1.0, program.upper[len(epic) :]))
    earliest = solve(same.with_rows([program.worth_at_least(value)], "Value"), Limits()).columns
    assert earliest is not None

    def accepted(other: Plan) -> float:
        return value if other.bookings.keys() == plan.bookings.keys() else 0.0

    found = tie_break(program, plan, value, 20.0, accepted, narrowed(program))
    assert ends(found.bookings) == round(late @ earliest)
