"""Trees prove what the exact solver proves, and grow the same way every time."""

from __future__ import annotations

import time

import numpy as np
import pytest

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver import Limits, Relaxation, solve
from portfolio.optimizer.tree.prove import can_prove, prove
from portfolio.optimizer.tree.selection import with_selections
from tests import asking
from tests.optimizer.instances import generated


def formulation(seed: int, epics: int = 16, periods: int = 4) -> Formulation:
    """The formulation of a random portfolio of a size at which the exact solver is quick."""
    return asking.problem_of(generated(epics, periods, seed)).formulation()


@pytest.mark.parametrize("seed", range(6))
def test_trees_prove_the_value_that_the_exact_solver_proves(seed: int) -> None:
    """From nothing, within HiGHS's tolerances; the bound is no lower than the value."""
    program = formulation(seed)
    known, found = solve(program, Limits()), prove(program, Limits(), None, CancelToken(), None)
    assert (known.termination, found.termination) == ("gap reached", "gap reached")
    assert known.columns is not None
    assert found.columns is not None
    assert found.bound is not None
    best = float(program.objective @ known.columns)
    assert float(program.objective @ found.columns) == pytest.approx(best, rel=1e-6)
    assert best * (1 - 1e-6) <= found.bound <= best * (1 + 1e-6)


@pytest.mark.parametrize("share", [0.0, 0.6, 1.0])
def test_however_good_the_plan_to_begin_from_the_same_value_is_proven(share: float) -> None:
    """From the empty plan, from a middling one, and from the best one, though the trees aim differently each time."""
    program = formulation(7)
    best = solve(program, Limits()).columns
    assert best is not None
    chosen = np.flatnonzero(best[: len(program.options)] > 0.5)
    known = np.zeros(program.columns)
    known[chosen[: round(share * len(chosen))]] = 1.0
    known[len(program.options) :] = best[len(program.options) :]
    found = prove(program, Limits(), None, CancelToken(), known)
    assert found.termination == "gap reached"
    assert found.columns is not None
    assert found.bound == pytest.approx(float(program.objective @ best), rel=1e-6)
    assert float(program.objective @ found.columns) == pytest.approx(found.bound, rel=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_a_program_with_selections_has_the_same_plans_and_the_same_relaxation(seed: int) -> None:
    """Its relaxation is no weaker and its best plan no other: selections only say what options say."""
    program = formulation(seed)
    selections = with_selections(program).formulation
    plain, tight = Relaxation(program, CancelToken()), Relaxation(selections, CancelToken())
    ends = time.monotonic() + 60
    assert plain.solve(ends)
    assert tight.solve(ends)
    assert tight.bound <= plain.bound * (1 + 1e-7)
    one, other = solve(program, Limits()), solve(selections, Limits())
    assert one.bound == pytest.approx(other.bound, rel=1e-6)
    assert len(selections.column) <= len(program.column) + 2 * len(with_selections(program).selected)


def test_a_tree_grows_the_same_way_every_time() -> None:
    """Byte for byte, however the threads take turns."""
    program = formulation(7, 24, 5)
    one, other = (prove(program, Limits(), None, CancelToken(), None) for _ in range(2))
    assert one.columns is not None
    assert other.columns is not None
    assert np.array_equal(one.columns, other.columns)
    assert one.bound == other.bound


def test_a_gap_is_kept_and_the_bound_says_what_was_left_off() -> None:
    """The best value there is lies between the value found and the bound, and these lie within the gap."""
    program = formulation(7, 24, 5)
    found, best = (prove(program, Limits(gap=gap), None, CancelToken(), None) for gap in (0.05, 0.0))
    assert found.columns is not None
    assert best.columns is not None
    assert found.bound is not None
    value, highest = (float(program.objective @ one.columns) for one in (found, best) if one.columns is not None)
    assert value <= highest * (1 + 1e-9) <= found.bound * (1 + 1e-6)
    assert found.bound <= value * 1.05 * (1 + 1e-9)


def test_a_start_is_never_lost() -> None:
    """Stopped before it begins, the tree knows the plan to begin from and no bound; cancelled, it says so."""
    program = formulation(3)
    known = solve(program, Limits()).columns
    stopped = prove(program, Limits(seconds=0.0), None, CancelToken(), known)
    assert stopped.termination == "time limit"
    assert stopped.bound is None
    assert stopped.columns is not None
    assert known is not None
    assert np.array_equal(stopped.columns, known)
    cancel = CancelToken()
    cancel.cancel()
    assert prove(program, Limits(), None, cancel, known).termination == "interrupted"


def test_no_plan_is_proven_too() -> None:
    """Two epics that must both be done and do not fit together have no plan."""
    both = [asking.epic(name, a=8, must=True, latest="PI 1") for name in ("X", "Y")]
    program = asking.problem_of(asking.small(*both)).formulation()
    assert solve(program, Limits()).termination == "infeasible"
    assert prove(program, Limits(), None, CancelToken(), None).termination == "infeasible"


def test_a_tree_is_for_plans_alone() -> None:
    """Rules that may be waived, or limits that may be loosened, go to the exact solver."""
    program = formulation(1)
    assert can_prove(program)
    assert not can_prove(with_selections(program).formulation)
