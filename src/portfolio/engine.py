"""The story: load, rank, plan, write. Each step is one call, and frozen data passes between them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding, Plan, Portfolio, has_errors
from portfolio.errors import PortfolioError, WrongUseError
from portfolio.operating_model import OperatingModel
from portfolio.scoring import Ranking, benefits, check_scores
from portfolio.scoring import rank as rank_epics

if TYPE_CHECKING:
    from portfolio.files.reading import Reading
    from portfolio.optimizer.answer import Answer
    from portfolio.optimizer.interrupt import Interrupt

DEFAULT_GAP = 0.001
DEFAULT_TIME_LIMIT = 60.0
DEFAULT_MODEL = "safe"

Progress = Callable[[float, float | None, float], None]


class HasErrorsError(PortfolioError):
    """The portfolio has findings of severity error; `findings` holds them all."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("the portfolio has errors")
        self.findings = findings


@dataclass(frozen=True)
class Loaded:
    """A portfolio as it was read, completed by its operating model, with every finding.

    `portfolio` is None where an error stops every command; `sha256` is of the file's bytes as they were read.
    """

    path: Path
    sha256: str
    portfolio: Portfolio | None
    model: OperatingModel
    findings: tuple[Finding, ...]
    reading: Reading

    @property
    def ready(self) -> Portfolio:
        """The portfolio; raises HasErrorsError with the findings if it cannot be used."""
        if self.portfolio is None or has_errors(self.findings):
            raise HasErrorsError(self.findings)
        return self.portfolio


def load(path: Path, model: str | None = None) -> Loaded:
    """Reads a portfolio from a workbook or JSON file; `model` overrides the model that the file names.

    Raises WrongUseError if the file cannot be read at all; everything else is a finding.
    """
    from portfolio.files.models import read_model
    from portfolio.files.reading import read_portfolio

    reading = read_portfolio(path)
    chosen = read_model(model or (reading.portfolio and reading.portfolio.model) or DEFAULT_MODEL)
    if reading.portfolio is None:
        return Loaded(path, reading.sha256, None, chosen, reading.findings, reading)
    portfolio = chosen.complete(reading.portfolio)
    problems = [*chosen.check_words(portfolio), *check_scores(portfolio, chosen.scoring.rules)]
    return Loaded(path, reading.sha256, portfolio, chosen, (*reading.findings, *reading.locate(problems)), reading)


def rank(loaded: Loaded) -> Ranking:
    """Ranks a portfolio's epics by its model's method, with the money ranking beside the relative one."""
    return rank_epics(loaded.ready, loaded.model.scoring.rules)


def plan(
    loaded: Loaded,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    progress: Progress | None = None,
    interrupt: Interrupt | None = None,
    formulation_path: Path | None = None,
    start: Plan | None = None,
) -> Answer:
    """Decides which epics to fund and when; `gap` 0 asks for a proven optimum, `time_limit` is in seconds.

    `formulation_path` also writes the mixed-integer program as an MPS file. `start` is the plan before a change: what still
    fits of it is where the search begins. Raises WrongUseError for a portfolio without
    value streams and periods, HasErrorsError for one with errors.
    """
    from portfolio.explain.report import Report
    from portfolio.explain.trouble import trouble
    from portfolio.files.writing import write_whole
    from portfolio.optimizer.optimise import optimise
    from portfolio.optimizer.problem import Problem
    from portfolio.optimizer.solver import Limits, write_mps

    if math.isnan(gap) or math.isnan(time_limit):
        raise WrongUseError("--gap and --time-limit take numbers; nan is none.")
    portfolio, rules, ranking = loaded.ready, loaded.model.scoring.rules, rank(loaded)
    if not portfolio.can_plan:
        raise WrongUseError(
            f"{loaded.path.name} has no value streams with capacity, so it can be ranked but not planned; "
            "add the sheets Value streams and Capacity."
        )
    order = [epic.id for epic in ranking.epics]
    problem = Problem(portfolio, benefits(portfolio, rules), order, loaded.model.objective.maximise == "net")
    formulation = problem.formulation()
    if formulation_path is not None:
        _refuse_source(formulation_path, loaded.path, "--formulation")
        write_whole(formulation_path, partial(write_mps, formulation))
    best = optimise(problem, formulation, Limits(gap=gap, seconds=time_limit), progress, interrupt, start)
    findings = (*loaded.findings, *trouble(formulation, best, loaded.path.name))
    return Report(problem, loaded.model, ranking, formulation, best).answer(findings)


def previous_plan(path: Path, loaded: Loaded) -> Plan:
    """Reads an earlier plan of this portfolio, from a workbook or JSON that `plan` wrote, to begin from.

    Raises WrongUseError if the file is no plan or none of it belongs to this portfolio.
    """
    from portfolio.files.plan_reader import read_plan

    return read_plan(path, loaded.ready)


def write(answer: Answer, path: Path, source: Path | None = None) -> None:
    """Writes a new workbook with the inputs and the results; never over the file that was read."""
    from portfolio.files.workbook_writer import write_results

    if source is not None:
        _refuse_source(path, source, "-o")
    if path.suffix.lower() != ".xlsx":
        raise WrongUseError(f"{path.name} should end in .xlsx: the results are a workbook.")
    write_results(answer, path)


def write_plan(answer: Answer, loaded: Loaded, *, add_columns: bool = False) -> bool:
    """Writes a plan into the workbook that was loaded and changes nothing else in it; says whether it changed.

    Result sheets are added or replaced, and the result columns of the epics' sheet filled; `add_columns` adds those
    that are missing. Raises FileChangedError if the file was changed since, WrongUseError if it cannot be written.
    """
    from portfolio.files.in_place_writer import write_plan_in_place

    return write_plan_in_place(answer, loaded.reading, add_columns=add_columns)


def write_ranking(ranking: Ranking, loaded: Loaded, *, add_columns: bool = False) -> bool:
    """Writes a ranking into the workbook that was loaded, as `write_plan` does a plan."""
    from portfolio.files.in_place_writer import write_ranking_in_place

    return write_ranking_in_place(ranking, loaded.reading, loaded.model, add_columns=add_columns)


def _refuse_source(path: Path, source: Path, option: str) -> None:
    if path.exists() and path.samefile(source):
        raise WrongUseError(
            f"{path.name} is the file that was read; give {option} another name, it is never written over."
        )
