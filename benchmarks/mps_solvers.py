"""One general solver on one MPS file, in a process of its own: their libraries do not share one.

python benchmarks/mps_solvers.py CP-SAT|SCIP|CBC FILE.mps SECONDS

Prints value and bound of the maximisation that the file minimises the negative of; `none` where there is none.
"""

from __future__ import annotations

import sys

THREADS = 2
Result = tuple[float | None, float | None]


def cp_sat(path: str, seconds: float) -> Result:
    """CP-SAT, which scales the coefficients to whole numbers itself."""
    from ortools.linear_solver.python import model_builder

    model = model_builder.Model()
    model.import_from_mps_file(path)
    solver = model_builder.Solver("sat")
    solver.set_time_limit_in_seconds(seconds)
    solver.set_solver_specific_parameters(f"num_workers:{THREADS}")
    status = solver.solve(model)
    found = status in {model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE}
    return (-solver.objective_value, -solver.best_objective_bound) if found else (None, None)


def scip(path: str, seconds: float) -> Result:
    """SCIP."""
    from pyscipopt import Model

    model = Model()
    model.hideOutput()
    model.readProblem(path)
    model.setParam("limits/time", seconds)
    model.optimize()
    return -model.getObjVal() if model.getNSols() else None, -model.getDualbound()


def cbc(path: str, seconds: float) -> Result:
    """CBC through PuLP, which tells no bound."""
    import pulp

    _, model = pulp.LpProblem.fromMPS(path)
    model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, threads=THREADS))
    found = model.sol_status in {pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible}
    return (-float(pulp.value(model.objective)) if found else None), None


SOLVERS = {"CP-SAT": cp_sat, "SCIP": scip, "CBC": cbc}

if __name__ == "__main__":
    print(
        *(number if number is not None else "none" for number in SOLVERS[sys.argv[1]](sys.argv[2], float(sys.argv[3])))
    )
