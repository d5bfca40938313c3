"""Which share of twenty portfolios each solver proves within a factor of the quickest: a performance profile.

    python benchmarks/proof_profile.py [--processor 20] [--kinds tight chains] [--solvers portfolio HiGHS Gurobi] [--keep runs.jsonl]

Every contender gets the same program (see families.py) in a process of its own, proves it to 0.01 % and may use as much
processor time as said, all threads together: on a machine that does other work, that is what can be compared. Reading the program
counts, starting Python does not. What is not installed is left out, with a sentence that says so. With --keep, each run is kept in
a file as soon as it is done, and none that is there is done again, so that one that was broken off goes on. Dolan and More, 2002.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from families import KINDS, SEEDS, families
from mps_solvers import GAP, SOLVERS, limit_processor, processor

PACKAGES = {"CP-SAT": "ortools", "SCIP": "pyscipopt", "CBC": "pulp", "Gurobi": "gurobipy", "COPT": "coptpy",
            "Xpress": "xpress"}  # fmt: skip
OWN = ("portfolio", "HiGHS")
FACTORS = (1.0, 1.5, 2.0, 4.0, 8.0, 16.0)
SLOWER = 30
"""How many times longer a run may take than its processor time: the machine may be busy."""
PROVEN = GAP * 1.01


def run_own(name: str, folder: Path, seconds: float) -> None:
    """Solves one portfolio here, as a child, and prints processor time, value and bound."""
    import plans

    from portfolio.optimizer.optimize import optimize
    from portfolio.optimizer.prepare import prepare
    from portfolio.optimizer.solver import Limits, solve

    problem = plans.problem_of(json.loads((folder / "portfolio.json").read_text(encoding="utf-8")))
    formulation = problem.formulation()
    prepare()
    before = limit_processor(seconds)
    limits = Limits(gap=GAP, seconds=seconds * SLOWER)
    if name == "portfolio":
        outcome = optimize(problem, formulation, limits).outcome
        print(processor() - before, outcome.value, outcome.bound)
    else:
        solution = solve(formulation, limits)
        value = None if solution.columns is None else float(formulation.objective @ solution.columns)
        print(processor() - before, value, solution.bound)


def measured(name: str, folder: Path, seconds: float) -> tuple[float, float] | None:
    """The processor time that a contender needs for its proof, and the value; None where it does not get there."""
    here = Path(__file__)
    if name in OWN:
        command = [sys.executable, str(here), "--child", name, "--folder", str(folder), "--processor", str(seconds)]
    else:
        script, program = here.with_name("mps_solvers.py"), folder / "formulation.mps"
        command = [sys.executable, str(script), name, str(program), str(seconds * SLOWER), str(seconds)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        used, value, bound = (float(word) for word in ended.stdout.splitlines()[-1].split())
    except (IndexError, ValueError):  # it was ended, or has no plan
        return None
    return (used, value) if bound - value <= PROVEN * abs(value) and used <= seconds else None


def write(folder: Path, raw: dict[str, Any]) -> None:
    """A portfolio and its program, for whoever solves it."""
    import plans

    from portfolio.optimizer.solver import write_mps

    (folder / "portfolio.json").write_text(json.dumps(raw), encoding="utf-8")
    write_mps(plans.problem_of(raw).formulation(), folder / "formulation.mps")


def kept(path: Path | None) -> dict[tuple[str, str, float], tuple[float, float] | None]:
    """The runs that a file keeps, by portfolio, contender and processor time allowed."""
    if path is None or not path.exists():
        return {}
    runs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {(portfolio, name, seconds): result and tuple(result) for portfolio, name, seconds, result in runs}


def compare(solvers: list[str], kinds: list[str], seeds: list[int], seconds: float, keep: Path | None) -> None:
    """Prints what each contender needs for each portfolio, then the profile."""
    known = kept(keep)
    used: dict[str, list[float]] = {name: [] for name in solvers}
    print("| Portfolio | " + " | ".join(solvers) + " |")
    print("| --- |" + " ---: |" * len(solvers))
    for portfolio, raw in families().items():
        kind, seed = portfolio.rsplit(" ", 1)
        if kind not in kinds or int(seed) not in seeds:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, raw)
            for solver in solvers:
                run = portfolio, solver, seconds
                if run not in known:
                    known[run] = measured(solver, folder, seconds)
                    if keep is not None:
                        with keep.open("a", encoding="utf-8") as file:
                            file.write(json.dumps([*run, known[run]]) + "\n")
            found = {solver: known[portfolio, solver, seconds] for solver in solvers}
        values = [one[1] for one in found.values() if one is not None]
        for solver, one in found.items():
            used[solver].append(float("inf") if one is None else one[0])
        cells = ["-" if one is None else f"{one[0]:.1f}" for one in found.values()]
        agree = "" if not values or max(values) - min(values) <= 2 * PROVEN * max(values) else " (values differ!)"
        print(f"| {portfolio}{agree} | " + " | ".join(cells) + " |", flush=True)
    best = [min(times) for times in zip(*used.values(), strict=True)]
    print("\n| Within a factor of | " + " | ".join(solvers) + " |")
    print("| --- |" + " ---: |" * len(solvers))
    for factor in FACTORS:
        shares = (
            sum(time <= factor * least < float("inf") for time, least in zip(times, best, strict=True)) / len(best)
            for times in used.values()
        )
        print(f"| {factor:g} | " + " | ".join(f"{share:.0%}" for share in shares) + " |")
    print(f"\nLoad of the machine at the end: {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores.")


def main() -> None:
    """Compares, or solves one portfolio as a child."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--processor", type=float, default=20.0)
    ask.add_argument("--kinds", nargs="+", default=list(KINDS))
    ask.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    ask.add_argument("--solvers", nargs="+", default=[*OWN, *SOLVERS])
    ask.add_argument("--keep", type=Path, help="The file that runs are kept in, one a line.")
    ask.add_argument("--child", help=argparse.SUPPRESS)
    ask.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.child:
        run_own(given.child, given.folder, given.processor)
        return
    missing = [name for name in given.solvers if name in PACKAGES and not importlib.util.find_spec(PACKAGES[name])]
    if missing:
        print(f"Not installed and left out: {', '.join(missing)} (pip install {' '.join(map(PACKAGES.get, missing))}).")
    compare(
        [name for name in given.solvers if name not in missing], given.kinds, given.seeds, given.processor, given.keep
    )


if __name__ == "__main__":
    main()
