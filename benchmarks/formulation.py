"""How much building the formulation costs, beside handing ready sparse arrays to HiGHS.

    python benchmarks/formulation.py [EPICS PERIODS]

Both times end with the same model inside HiGHS. "Ready arrays" passes finished numpy arrays in one call; "through PuLP"
begins with the formulation's arrays, makes PuLP variables and constraints of them and hands those over. The time to make
the options and the formulation's arrays from the portfolio is shown apart. Medians of several runs.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable

import generate
import highspy
import numpy as np

from portfolio.domain.parsing import build
from portfolio.operating_model import with_guardrails
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import hand_over
from portfolio.scoring import benefits, rank
from portfolio.storage.read_model import read_model

RUNS = 7


def pass_arrays(formulation: Formulation) -> None:
    """What nobody can do without: one call with arrays that are ready."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = formulation.columns, formulation.rows
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = -formulation.objective, formulation.lower, formulation.upper
    lp.row_lower_, lp.row_upper_ = formulation.row_lower, formulation.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = formulation.first.astype(np.int32), formulation.column.astype(np.int32)
    lp.a_matrix_.value_ = formulation.coefficient
    whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    lp.integrality_ = [whole if binary else real for binary in formulation.binary]
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(lp)


def median_seconds(step: Callable[[], object]) -> float:
    """Median time of several runs."""
    times = []
    for _ in range(RUNS):
        gc.collect()
        began = time.perf_counter()
        step()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    """Prints sizes, times and their ratio."""
    epics, periods = (int(number) for number in sys.argv[1:3]) if len(sys.argv) > 2 else (1000, 8)
    portfolio, _ = build(generate.generate(epics, periods, 1))
    assert portfolio is not None
    model = read_model("safe")
    portfolio = with_guardrails(model, portfolio)
    ranking = rank(portfolio, model.scoring.rules)
    problem = Problem(portfolio, benefits(portfolio, model.scoring.rules), [epic.id for epic in ranking.epics])
    formulation = problem.formulation()
    print(
        f"{epics} epics x {periods} periods: {formulation.columns:,} columns, {formulation.rows:,} rows, {len(formulation.column):,} entries"
    )
    arrays = median_seconds(problem.formulation)
    ready = median_seconds(lambda: pass_arrays(formulation))
    pulp = median_seconds(lambda: hand_over(formulation))
    print(f"portfolio to arrays     {arrays * 1000:8.1f} ms")
    print(f"ready arrays to HiGHS   {ready * 1000:8.1f} ms")
    print(f"arrays to HiGHS by PuLP {pulp * 1000:8.1f} ms   {pulp / ready:.2f} times ready arrays")


if __name__ == "__main__":
    main()
