"""Who finds the better plan in the same time: the engine beside general solvers and beside what people do today.

    python benchmarks/plans.py 200x8 --seeds 3 --seconds 2 10

All contenders get the same formulation on the same machine, one after the other, with two threads where they take them.
CP-SAT (ortools), SCIP (pyscipopt) and CBC (through PuLP) read it as MPS; those not installed are left out: they come with
`pip install -e '.[benchmark]'`. So are Gurobi (gurobipy), COPT (coptpy) and Xpress (xpress), whose packages solve small
programs without a licence. Values are shares of the best value any of them found; `gap` is each one's own proof.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generate
import numpy as np

from portfolio.domain.parsing import build
from portfolio.guardrails import check
from portfolio.operating_model import with_guardrails
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.optimize import optimize
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.search import Search, prepare
from portfolio.optimizer.search.moves import measure
from portfolio.optimizer.search.recreate import start
from portfolio.optimizer.search.search_state import ELASTIC, SOFT
from portfolio.optimizer.solver import Limits, solve, write_mps
from portfolio.scoring import benefits, rank
from portfolio.storage.read_model import read_model

Result = tuple[float | None, float | None]
"""Value and bound, None where there is none."""
Contender = Callable[[Problem, Formulation, Path, float], Result]


def problem(epics: int, periods: int, seed: int) -> Problem:
    """A generated portfolio, completed and ranked."""
    return problem_of(generate.generate(epics, periods, seed))


def problem_of(raw: dict[str, Any]) -> Problem:
    """A portfolio, completed and ranked."""
    portfolio, problems = build(raw)
    assert portfolio is not None, problems
    model = read_model("safe")
    portfolio, rules = with_guardrails(model, portfolio), model.scoring.rules
    return Problem(portfolio, benefits(portfolio, rules), [epic.id for epic in rank(portfolio, rules).epics])


def engine(asked: Problem, formulation: Formulation, path: Path, seconds: float) -> Result:  # noqa: ARG001
    """The engine as `portfolio plan` runs it."""
    outcome = optimize(asked, formulation, Limits(gap=1e-4, seconds=seconds)).outcome
    return outcome.value, outcome.bound


def highs(asked: Problem, formulation: Formulation, path: Path, seconds: float) -> Result:  # noqa: ARG001
    """HiGHS alone on the same formulation."""
    solution = solve(formulation, Limits(gap=1e-4, seconds=seconds))
    value = None if solution.columns is None else float(formulation.objective @ solution.columns)
    return value, solution.bound


def elsewhere(name: str) -> Contender:
    """A general solver on the same formulation as MPS, in a process of its own."""

    def run(asked: Problem, formulation: Formulation, path: Path, seconds: float) -> Result:  # noqa: ARG001
        script = Path(__file__).with_name("mps_solvers.py")
        command = [sys.executable, str(script), name, str(path), str(seconds)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds * 3 + 120)
        words = ended.stdout.split()[-2:]
        value, bound = (None if word == "none" else float(word) for word in words) if len(words) == 2 else (None, None)
        return value, bound

    return run


def wsjf_order(*, stop: bool) -> Contender:
    """What people do today: in WSJF order, each epic as early as it fits, shares of the mix and floors left aside.

    With `stop`, a line is drawn above the first epic that does not fit; else it is passed over and the next one tried.
    """

    def run(asked: Problem, formulation: Formulation, path: Path, seconds: float) -> Result:  # noqa: ARG001
        search = Search(formulation)
        state, options = search.encoding.state, formulation.options
        state.epics["chosen"] = -1
        state.rows["kind"][state.rows["kind"] == ELASTIC] = SOFT
        state.rows["over_price"] = state.rows["under_price"] = 0.0
        measure(state)
        for epic in dict.fromkeys(options.epic.tolist()):
            if not start(state, epic, 0.0) and stop:
                break
        chosen = state.epics["chosen"][state.epics["chosen"] >= 0]
        columns = np.zeros(formulation.columns)
        columns[search.encoding.option[chosen]] = 1.0
        broken = sum(not status.met for status in check(asked.options_of(formulation.plan(columns))))
        print(f"    (WSJF {'cut' if stop else 'list'} breaks {broken} guardrails)")
        return float(formulation.objective @ columns), None

    return run


CONTENDERS: dict[str, tuple[Contender, str | None]] = {
    "portfolio": (engine, None),
    "HiGHS": (highs, None),
    "CP-SAT": (elsewhere("CP-SAT"), "ortools"),
    "SCIP": (elsewhere("SCIP"), "pyscipopt"),
    "CBC": (elsewhere("CBC"), "pulp"),
    "Gurobi": (elsewhere("Gurobi"), "gurobipy"),
    "COPT": (elsewhere("COPT"), "coptpy"),
    "Xpress": (elsewhere("Xpress"), "xpress"),
    "WSJF list": (wsjf_order(stop=False), None),
    "WSJF cut": (wsjf_order(stop=True), None),
}


def compare(epics: int, periods: int, seed: int, seconds: float) -> None:
    """One portfolio, one time, every contender."""
    asked = problem(epics, periods, seed)
    formulation = asked.formulation()
    print(f"{epics} x {periods}, seed {seed}, {seconds:g} s")
    results: dict[str, tuple[Result, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "formulation.mps")
        write_mps(formulation, path)
        for name, (contender, package) in CONTENDERS.items():
            if package is None or importlib.util.find_spec(package):
                began = time.monotonic()
                results[name] = contender(asked, formulation, path, seconds), time.monotonic() - began
    best = max(value for (value, _), _ in results.values() if value is not None)
    for name, ((value, bound), took) in results.items():
        share = "   none" if value is None else f"{value / best:7.4f}"
        gap = "-" if value is None or bound is None else f"{max(0.0, bound / value - 1):.2%}"
        print(f"    {name:10} {share}  gap {gap:>8}  {took:6.1f} s", flush=True)


def main() -> None:
    """Prints a table for each size, seed and time."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sizes", nargs="+", help="epics x periods, for example 200x8")
    ask.add_argument("--seeds", type=int, default=3)
    ask.add_argument("--seconds", type=float, nargs="+", default=[2, 10, 60])
    given = ask.parse_args()
    prepare()
    for size in given.sizes:
        epics, periods = (int(number) for number in size.split("x"))
        for seed in range(1, given.seeds + 1):
            for seconds in given.seconds:
                compare(epics, periods, seed, seconds)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
