"""The solver: versions and models that are known to have gone wrong, and the traps of the layer above it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, NamedTuple

import highspy
import numpy as np
import pytest

from portfolio.optimizer.solver import hand_over, write_mps
from tests import asking
from tests.random_portfolios import random_portfolio

INFINITE = highspy.kHighsInf


def quiet() -> Any:
    """The installed HiGHS with its own settings, but silent."""
    make: Any = highspy.Highs
    highs = make()
    highs.setOptionValue("output_flag", False)
    return highs


class Known(NamedTuple):
    """A small program that some version answered wrongly: minimise cost x, rows, bounds, which are whole."""

    cost: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    whole: Sequence[int]
    rows: Sequence[tuple[float, Sequence[float], float]]
    optimum: float


KNOWN = {
    "HiGHS issue 2957": Known([1, 2], [0, 8], [20, 20], [0], [(20.1, [1, 1], INFINITE)], 28.2),
    "HiGHS issue 2975, a big M": Known(
        [0, 2, 99_999], [0, 0, 0], [INFINITE, INFINITE, 1], [2], [(10, [1, 1, 0], 10), (-INFINITE, [1, 0, -100], 0)], 20
    ),
    "HiGHS issue 3002": Known(
        [1, 4, 9],
        [0, -1, 0],
        [4, 1, INFINITE],
        [2],
        [(-INFINITE, [1, 1, 0], 5), (10, [1, 0, 1], INFINITE), (7.5, [0, -1, 1], 7.5)],
        64,
    ),
    "HiGHS issue 3043": Known([2, 3], [0, 0], [10, 10], [1], [(4.5, [1, 1], INFINITE)], 9),
    "HiGHS issue 3073": Known(
        [100, 0.01, 0],
        [0, -INFINITE, 0],
        [INFINITE, INFINITE, INFINITE],
        [2],
        [(3, [1, 0, 1], 3), (-INFINITE, [0, -1, 1], 0), (-INFINITE, [0, -1, -1], 0), (0.45, [0, 0, 1], 3)],
        0.03,
    ),
    "HiGHS issue 3094": Known(
        [0, 0, 0, 0, 10, 8],
        [0] * 6,
        [1, 1, 1000, 1000, 1000, 1000],
        [0, 1],
        [
            (-INFINITE, [-1000, 0, 1, 0, 0, 0], 0),
            (-INFINITE, [0, -1000, 0, 1, 0, 0], 0),
            (1000, [0, 0, 1, 0, 1, 0], 1000),
            (1000, [0, 0, 0, 1, 0, 1], 1000),
            (-INFINITE, [1, 1, 0, 0, 0, 0], 1),
        ],
        8000,
    ),
}


def solved(known: Known) -> float:
    """What the installed HiGHS says of a program, as it comes."""
    highs = quiet()
    for column, (cost, lower, upper) in enumerate(zip(known.cost, known.lower, known.upper, strict=True)):
        highs.addVar(lower, upper)
        highs.changeColCost(column, cost)
    for column in known.whole:
        highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for lower, row, upper in known.rows:
        used = np.flatnonzero(row).astype(np.int32)
        highs.addRow(lower, upper, len(used), used, np.array(row, dtype=float)[used])
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)


def test_the_installed_highs_is_new_enough() -> None:
    """1.14.0 calls wrong answers optimal; 1.15.1 is required, and what runs is what is installed."""
    found = tuple(int(part) for part in version("highspy").split(".")[:3])
    assert found >= (1, 15, 1)
    assert quiet().version() == ".".join(map(str, found))


@pytest.mark.parametrize("name", KNOWN)
def test_programs_that_were_answered_wrongly(name: str) -> None:
    """Published reproducers of wrong optima are answered rightly."""
    assert solved(KNOWN[name]) == pytest.approx(KNOWN[name].optimum)


@pytest.mark.parametrize("seed", range(30))
def test_every_row_and_entry_arrives(seed: int) -> None:
    """What HiGHS holds is the whole formulation, scaled: no row is lost on the way through PuLP, none is rewritten."""
    formulation = asking.problem_of(random_portfolio(seed)).formulation()
    lp: Any = hand_over(formulation).getLp()
    sides = np.isfinite(formulation.row_lower).astype(int) + np.isfinite(formulation.row_upper)
    copies = np.where(formulation.row_lower == formulation.row_upper, 1, sides)
    assert (lp.num_col_, lp.num_row_) == (formulation.columns, copies.sum())
    assert len(lp.a_matrix_.value_) == (copies * np.diff(formulation.first)).sum()
    assert np.array_equal(lp.col_lower_, formulation.lower)
    assert np.array_equal(lp.col_upper_, formulation.upper)
    ratio = np.divide(
        -formulation.objective, lp.col_cost_, out=np.zeros(formulation.columns), where=np.array(lp.col_cost_) != 0
    )
    assert len(set(ratio[ratio != 0])) <= 1


def read_back(path: Any) -> float:
    """The optimum of an MPS file, as HiGHS reads it from the disk."""
    highs = quiet()
    highs.setOptionValue("mip_rel_gap", 0.0)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)


def test_the_mps_file_has_the_same_optimum(tmp_path: Any) -> None:
    """Read back from the disk, the formulation's minimum is the negative of the plan's value."""
    compared = 0
    for seed in range(40):
        raw = random_portfolio(seed)
        if not asking.is_sound(raw):
            continue
        value, formulation = asking.value(raw), asking.problem_of(raw).formulation()
        if value is None or not formulation.columns:
            continue
        write_mps(formulation, tmp_path / "plan.mps")
        assert -read_back(tmp_path / "plan.mps") == pytest.approx(value, rel=1e-6, abs=1e-4), seed
        compared += 1
    assert compared >= 25


@pytest.mark.filterwarnings("ignore:PULP_CBC_CMD:DeprecationWarning")
def test_another_solver_finds_the_same_optimum(tmp_path: Any) -> None:
    """CBC, which shares nothing with HiGHS, reads the file and agrees."""
    import pulp

    cbc = pulp.PULP_CBC_CMD(msg=False, gapRel=0)
    if not cbc.available():
        pytest.skip("PuLP brings no CBC for this machine")
    compared = 0
    for seed in range(12):
        raw = random_portfolio(seed)
        value = asking.value(raw)
        if value is None:
            continue
        write_mps(asking.problem_of(raw).formulation(), tmp_path / "plan.mps")
        _, program = pulp.LpProblem.fromMPS(str(tmp_path / "plan.mps"))
        program.solve(cbc)
        assert -pulp.value(program.objective) == pytest.approx(value, rel=1e-6, abs=1e-4), seed
        compared += 1
    assert compared >= 8


def test_ids_that_no_file_format_likes(tmp_path: Any) -> None:
    """IDs with blanks, quotes, accents, or alike once these are gone, lose and confuse nothing."""
    names = ["A-1", "A_1", "A 1", "Überweisung “sofort”", "x" * 300, "OBJ", "RHS", "*", "$=1", "END"]
    raw = asking.small(*(asking.epic(name, benefit=10 + rank, a=4) for rank, name in enumerate(names)))
    problem = asking.problem_of(raw)
    write_mps(problem.formulation(), tmp_path / "plan.mps")
    value = asking.value(raw)
    assert value is not None
    assert -read_back(tmp_path / "plan.mps") == pytest.approx(value)
    assert (tmp_path / "plan.mps").read_bytes().isascii()
