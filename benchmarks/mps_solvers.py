"""One general solver on one MPS file, in a process of its own: their libraries do not share one.

python benchmarks/mps_solvers.py CP-SAT|SCIP|CBC|Gurobi|COPT|Xpress FILE.mps SECONDS [PROCESSOR_SECONDS]

Prints the processor time, then value and bound of the maximisation that the file minimises the negative of; `none` where
there is none. With a limit of processor time, which all threads share, the process ends there and prints nothing. Gurobi, COPT
and Xpress are commercial: what their packages bring solves small programs without a licence.
"""

from __future__ import annotations

import resource
import sys

THREADS = 2
GAP = 1e-4
Result = tuple[float | None, float | None]


def limit_processor(seconds: float) -> float:
    """Ends this process when it has used so many more seconds of processor time; returns what it has used by now."""
    used = processor()
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds + 0.5),) * 2)
    return used


def processor() -> float:
    """Seconds of processor time of this process and those that it started."""
    every = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in every)


def cp_sat(path: str, seconds: float) -> Result:
    """CP-SAT, which scales the coefficients to whole numbers itself."""
    from ortools.linear_solver.python import model_builder

    model = model_builder.Model()
    model.import_from_mps_file(path)
    solver = model_builder.Solver("sat")
    solver.set_time_limit_in_seconds(seconds)
    solver.set_solver_specific_parameters(f"num_workers:{THREADS},relative_gap_limit:{GAP}")
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
    model.setParam("limits/gap", GAP)
    model.optimize()
    return -model.getObjVal() if model.getNSols() else None, -model.getDualbound()


def cbc(path: str, seconds: float) -> Result:
    """CBC through PuLP, which tells no bound unless it is done."""
    import pulp

    _, model = pulp.LpProblem.fromMPS(path)
    model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, threads=THREADS, gapRel=GAP))
    if model.sol_status not in {pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible}:
        return None, None
    value = -float(pulp.value(model.objective))
    return value, value * (1 + GAP) if model.sol_status == pulp.LpSolutionOptimal else None


def gurobi(path: str, seconds: float) -> Result:
    """Gurobi."""
    import gurobipy

    with gurobipy.Env(params={"OutputFlag": 0}) as environment, gurobipy.read(path, environment) as model:
        model.setParam("Threads", THREADS)
        model.setParam("TimeLimit", seconds)
        model.setParam("MIPGap", GAP)
        model.optimize()
        return -model.ObjVal if model.SolCount else None, -model.ObjBound


def copt(path: str, seconds: float) -> Result:
    """COPT."""
    import coptpy

    model = coptpy.Envr().createModel()
    model.setLogFile("")
    model.setParam("Logging", 0)
    model.readMps(path)
    model.setParam("Threads", THREADS)
    model.setParam("TimeLimit", seconds)
    model.setParam("RelGap", GAP)
    model.solve()
    return -model.objval if model.hasmipsol else None, -model.bestbnd


def xpress(path: str, seconds: float) -> Result:
    """Xpress."""
    import xpress as solver

    model = solver.problem()
    model.setControl({"outputlog": 0, "threads": THREADS, "timelimit": seconds, "miprelstop": GAP})
    model.readProb(path, "")
    model.optimize()
    found = model.attributes.mipsols
    return -model.attributes.objval if found else None, -model.attributes.bestbound


SOLVERS = {"CP-SAT": cp_sat, "SCIP": scip, "CBC": cbc, "Gurobi": gurobi, "COPT": copt, "Xpress": xpress}

if __name__ == "__main__":
    name, file, most, *limit = sys.argv[1:]
    before = limit_processor(float(limit[0])) if limit else processor()
    found = SOLVERS[name](file, float(most))
    print(processor() - before, *(number if number is not None else "none" for number in found))
