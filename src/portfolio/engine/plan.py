"""Decides which epics start when."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.diagnostics import diagnostic_findings
from portfolio.engine.load import Loaded
from portfolio.engine.policy_findings import with_evidence
from portfolio.engine.rank import rank
from portfolio.errors import WrongUseError
from portfolio.operating_model.ranking import BEYOND_VALUE
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT, PATIENCE
from portfolio.scoring import Ranking, benefits

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.optimizer.formulation import Formulation
    from portfolio.optimizer.optimize import Best
    from portfolio.optimizer.outcome import Outcome
    from portfolio.optimizer.problem import Problem
    from portfolio.results.answer import Answer

LEAST_FOR_PRICES = 2.0
"""Seconds that there are at least to price what is stopped."""
Progress = Callable[[float, float | None, float], None]


def plan(
    loaded: Loaded,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    start: Plan | None = None,
    formulation_path: str | Path | None = None,
    for_proof: bool = False,
    repairs: CountProgress | None = None,
    workers: Workers | None = None,
) -> Answer:
    """Decides which epics to fund and when; `gap` 0 asks for a proven optimum, `time_limit` is in seconds.

    `formulation_path` also writes the mixed-integer program as an MPS file. `start` is the plan before a change: what still
    fits of it is where the search begins. `for_proof` leaves both cores to the proof once the search has opened. Where no plan is
    possible, `repairs` hears how many kinds of repair were looked for. `workers` says who solves it, if not this machine. Raises WrongUseError where there is nothing to plan
    in, HasErrorsError for a portfolio with errors.
    """
    from portfolio.analysis.build_answer import Report
    from portfolio.analysis.cell_locator import CellLocator
    from portfolio.analysis.fixed_plan import fixed_plan_findings
    from portfolio.analysis.plan_diagnostics import diagnose_plan
    from portfolio.optimizer.optimize import optimize
    from portfolio.optimizer.solver import Limits

    _check_limits(gap, time_limit)
    ranking = rank(loaded)
    if not loaded.ready.can_plan:
        raise WrongUseError(
            f"{loaded.name} has no value streams with capacity, so it can be ranked but not planned; fill in the "
            "sheets Value streams and Capacity: a row for each value stream, and a column for each period, such as PI 1."
        )
    problem = problem_of(loaded, ranking)
    formulation = problem.formulation()
    _write_program(formulation, formulation_path, loaded.path)
    limits = Limits(gap=gap, seconds=time_limit, patience=PATIENCE)
    best = _sought(
        partial(optimize, problem, formulation, limits, start=start, for_proof=for_proof), progress, cancel, workers
    )
    if problem.goal == "own choices":
        judged = fixed_plan_findings(problem, best, loaded.name, loaded.model)
        return Report(problem, loaded.model, ranking, formulation, best).answer((*loaded.findings, *judged))
    where = CellLocator(loaded.name, loaded.cell, loaded.path is not None)
    wrong = diagnose_plan(problem, formulation, best, where, repairs, cancel)
    findings = (*loaded.findings, *wrong.findings, *diagnostic_findings(loaded, problem))
    answer = Report(problem, loaded.model, ranking, formulation, best).answer(findings)
    answer = with_evidence(loaded, replace(answer, impossible=wrong.impossible))
    return _with_prices(loaded, answer, gap, time_limit, cancel)


def _write_program(formulation: Formulation, path: str | Path | None, source: Path | None) -> None:
    """Writes the mixed-integer program where it is asked for."""
    from portfolio.optimizer.solver import write_mps
    from portfolio.storage.atomic_write import write_whole

    if path is not None:
        refuse_source(path, source, "formulation_path")
        write_whole(Path(path), partial(write_mps, formulation))


def _sought(
    seek: Callable[..., Best], progress: Progress | None, cancel: CancelToken | None, workers: Workers | None
) -> Best:
    """What is sought, here with its progress, or by one of a cluster."""
    from portfolio.optimizer.execution.cancellation import CancelToken

    if workers is None or workers.cluster is None:
        return seek(progress=progress, cancel=cancel)
    return workers.call(seek, cancel=cancel or CancelToken())


def _with_prices(loaded: Loaded, answer: Answer, gap: float, time_limit: float, cancel: CancelToken | None) -> Answer:
    """The answer with the price of going on with what it stops or pauses, as far as time is left and value decides."""
    from portfolio.analysis.pricing import ReSolver, bounded_value
    from portfolio.engine.running import with_prices
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.optimizer.optimize import Best

    asked = answer.not_going_on or (answer.running and loaded.model.running_work is not None)
    if not asked or loaded.model.goal(answer.portfolio) in BEYOND_VALUE:
        return answer
    left = time_limit - answer.outcome.seconds
    if not answer.not_going_on:
        left = min(left, answer.outcome.seconds)  # what goes on as planned is worth no more time than the plan was
    ends = time.monotonic() + max(LEAST_FOR_PRICES, left)
    base = bounded_value(Best(answer.plan, answer.outcome))
    return with_prices(answer, ReSolver(problem_of(loaded, answer.ranking), base, gap, ends, cancel or CancelToken()))


def _check_limits(gap: float, time_limit: float) -> None:
    """Raises WrongUseError for limits that no solve can keep."""
    if math.isnan(gap) or math.isnan(time_limit):
        raise WrongUseError("`gap` and `time_limit` take numbers, and nan is not one.", "gap", "time_limit")
    if not 0 <= gap <= 1:
        raise WrongUseError("`gap` is a share of the value, from 0 to 1.", "gap")
    if time_limit <= 0:
        raise WrongUseError("`time_limit` is a number of seconds above 0.", "time_limit")


def judge(loaded: Loaded, plan: Plan, outcome: Outcome | None = None) -> Answer:
    """The whole answer for a plan that is there already, measured by the portfolio's rules, whether it keeps them or not.

    Without an `outcome` nothing is claimed of it but its value.
    """
    from portfolio.analysis.build_answer import Report
    from portfolio.optimizer.optimize import Best
    from portfolio.optimizer.outcome import Outcome

    ranking = rank(loaded)
    problem = problem_of(loaded, ranking)
    outcome = outcome or Outcome("best found", problem.value(plan), None, None, 0.0, None)
    best = Best(plan, outcome)
    answer = Report(problem, loaded.model, ranking, problem.formulation(), best).answer(loaded.findings)
    return with_evidence(loaded, answer)


def problem_of(loaded: Loaded, ranking: Ranking) -> Problem:
    """What is to be optimised for a portfolio by its model."""
    from portfolio.optimizer.problem import Problem

    portfolio, order = loaded.ready, [epic.id for epic in ranking.epics]
    goal = loaded.model.goal(portfolio)
    return Problem(portfolio, benefits(portfolio, loaded.model.scoring.rules), order, goal == "net", goal)


def previous_plan(path: str | Path, loaded: Loaded) -> Plan:
    """Reads an earlier plan of this portfolio, from a workbook or JSON that `plan` wrote, to begin from.

    Raises WrongUseError if the file is no plan or none of it belongs to this portfolio.
    """
    from portfolio.intake.read_plan import read_plan

    return read_plan(Path(path), loaded.ready)


def refuse_source(path: str | Path, source: str | Path | None, argument: str) -> None:
    """Raises WrongUseError where an argument would write over the file that was read."""
    path = Path(path)
    if source is not None and path.exists() and path.samefile(source):
        raise WrongUseError(
            f"{path.name} is the file that was read; give `{argument}` another name, it is never written over.",
            argument,
        )
