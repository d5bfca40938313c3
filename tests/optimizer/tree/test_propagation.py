"""What follows from decisions: no plan that keeps them is lost, and what cannot be beside them is out."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.optimizer.solver import Limits, solve
from portfolio.optimizer.tree.propagation import ALLOWANCE, Propagation, conclude_since, narrowed
from portfolio.optimizer.tree.selection import SelectionProgram, with_selections
from portfolio.options import Floats
from tests import asking
from tests.optimizer.instances import generated


def program_of(seed: int) -> SelectionProgram:
    """The program with selections of a random portfolio."""
    return with_selections(asking.problem_of(generated(16, 4, seed)).formulation())


def solution_of(program: SelectionProgram, worth: Floats) -> Floats:
    """The columns of the plan that is best by some worth of the options."""
    own = program.formulation
    own.objective[: len(worth)] = worth
    found = solve(own, Limits(gap=0.05)).columns
    assert found is not None
    return np.where(own.binary, np.round(found), found)


@pytest.mark.parametrize("seed", range(8))
def test_no_plan_is_lost_that_keeps_what_was_decided(seed: int) -> None:
    """Whichever of a plan's decisions are made: the plan, of random worth, keeps the limits that follow."""
    program, random = program_of(seed), np.random.default_rng(seed)
    own, propagation = program.formulation, Propagation(program)
    plan = solution_of(program, random.uniform(0.1, 1.0, len(program.epic)))
    chosen = own.columns - len(program.selected)
    plan[chosen:] = np.bincount(program.epic, plan[: len(program.epic)], minlength=len(program.selected))
    whole = np.append(np.arange(len(program.epic)), program.selected)
    for decided in (0.0, 0.1, 0.3, 0.6, 1.0):
        lower, upper = own.lower.copy(), own.upper.copy()
        some = whole[random.random(len(whole)) < decided]
        lower[some] = upper[some] = plan[some]
        assert propagation.conclude(lower, upper)
        assert np.all(lower <= plan + 10 * ALLOWANCE)
        assert np.all(plan <= upper + 10 * ALLOWANCE)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_left_out_is_impossible(seed: int) -> None:
    """The exact solver finds no plan with an option that one decision has taken out, which another way would allow."""
    program = program_of(seed)
    own, propagation = program.formulation, Propagation(program)
    checked = 0
    for option in range(len(program.epic)):
        lower, upper = own.lower.copy(), own.upper.copy()
        if not propagation.conclude(lower, upper) or upper[option] == 0.0:
            continue
        before = upper.copy()
        lower[option] = 1.0
        possible = propagation.conclude(lower, upper)
        out = np.flatnonzero((before[: len(program.epic)] == 1.0) & (upper[: len(program.epic)] == 0.0))
        others = out[program.epic[out] != program.epic[option]]
        if possible and len(others) and checked < 4:
            checked += 1
            own.lower[[option, others[0]]] = 1.0
            assert solve(own, Limits(any_solution=True)).termination == "infeasible"
            own.lower[[option, others[0]]] = 0.0


@pytest.mark.parametrize("seed", range(4))
def test_both_answers_to_one_question_at_once_leave_nothing(seed: int) -> None:
    """An epic that has to be in the plan, with none of its options left, is noticed."""
    program = program_of(seed)
    lower, upper = program.formulation.lower.copy(), program.formulation.upper.copy()
    lower[program.selected[0]] = 1.0
    upper[np.flatnonzero(program.epic == 0)] = 0.0
    assert not Propagation(program).conclude(lower, upper)


@pytest.mark.parametrize("seed", range(4))
def test_what_was_touched_says_all_that_everything_says(seed: int) -> None:
    """Going on from what was concluded leads where beginning anew leads, and concluding once more finds nothing."""
    program, random = program_of(seed), np.random.default_rng(seed)
    own, propagation = program.formulation, Propagation(program)
    before = own.lower.copy(), own.upper.copy()
    assert propagation.conclude(*before)
    whole = np.append(np.arange(len(program.epic)), program.selected)
    for decided in random.integers(1, 8, 200):
        lower, upper = before[0].copy(), before[1].copy()
        for column in random.choice(whole, decided):
            if random.random() < 0.4:
                lower[column] = upper[column]
            else:
                upper[column] = lower[column]
        anew, on = (lower.copy(), upper.copy()), (lower.copy(), upper.copy())
        possible = propagation.conclude(*anew)
        assert conclude_since(propagation.rows, *on, *before) == possible
        if possible:
            assert np.array_equal(anew, on)
            assert propagation.conclude(*on)
            assert np.array_equal(anew, on)


@pytest.mark.parametrize("seed", range(4))
def test_limits_are_narrowed_to_what_every_plan_keeps(seed: int) -> None:
    """Whatever its options are worth, the best plan keeps them, budget shifts included."""
    program = asking.problem_of(generated(16, 4, seed)).formulation()
    narrow, random = narrowed(program), np.random.default_rng(seed)
    assert np.all(narrow.lower >= program.lower)
    assert np.all(narrow.upper <= program.upper)
    for _ in range(3):
        program.objective[: len(program.options)] = random.uniform(0.1, 1.0, len(program.options))
        plan = solve(program, Limits(gap=0.05)).columns
        assert plan is not None
        assert np.all(plan >= narrow.lower - 2 * ALLOWANCE)
        assert np.all(plan <= narrow.upper + 2 * ALLOWANCE)
