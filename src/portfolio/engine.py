"""The story: load, rank, plan, write. Each step is one call, and frozen data passes between them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding, Plan, Portfolio, has_errors
from portfolio.domain.finding import Path as FieldPath
from portfolio.errors import PortfolioError, WrongUseError
from portfolio.operating_model import OperatingModel
from portfolio.scoring import Ranking, benefits, check_scores
from portfolio.scoring import rank as rank_epics

if TYPE_CHECKING:
    from portfolio.explain.difference import Difference, Names, PlanEffect, Side
    from portfolio.files.exports.reading import Imported
    from portfolio.files.reading import Reading
    from portfolio.optimizer.answer import Answer
    from portfolio.optimizer.interrupt import Interrupt
    from portfolio.optimizer.problem import Problem

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

    `portfolio` is None where an error stops every command; `sha256` is of the file's bytes as they were read; `place`
    says where a field stands in the file.
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
    findings = (*reading.findings, *reading.locate(problems))
    return Loaded(path, reading.sha256, portfolio, chosen, findings, reading)


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
    from portfolio.optimizer.solver import Limits, write_mps

    if math.isnan(gap) or math.isnan(time_limit):
        raise WrongUseError("--gap and --time-limit take numbers; nan is none.")
    ranking = rank(loaded)
    if not loaded.ready.can_plan:
        raise WrongUseError(
            f"{loaded.path.name} has no value streams with capacity, so it can be ranked but not planned; "
            "add the sheets Value streams and Capacity."
        )
    problem = _problem(loaded, ranking)
    formulation = problem.formulation()
    if formulation_path is not None:
        _refuse_source(formulation_path, loaded.path, "--formulation")
        write_whole(formulation_path, partial(write_mps, formulation))
    best = optimise(problem, formulation, Limits(gap=gap, seconds=time_limit), progress, interrupt, start)
    findings = (*loaded.findings, *trouble(formulation, best, loaded.path.name))
    return Report(problem, loaded.model, ranking, formulation, best).answer(findings)


def diff(
    before: Loaded,
    after: Loaded,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    with_plans: bool = True,
    progress: Callable[[Loaded], Progress] | None = None,
) -> Difference:
    """Says what changed from one portfolio to another, and what that does to the ranking and the plan.

    Errors are findings of the difference; what they leave readable is compared. `time_limit` is for each of the two
    plans, `progress` gives the progress of each.
    """
    from portfolio.explain.difference import Difference, changes_between, names_of, rank_effect

    files = _told_apart(before, after)
    findings = [
        replace(finding, place=file + finding.place.removeprefix(loaded.path.name))
        for file, loaded in zip(files, (before, after), strict=True)
        for finding in loaded.findings
    ]
    if before.portfolio is None or after.portfolio is None:
        return Difference(*files, None, None, None, None, tuple(findings))
    names = names_of(before.portfolio, after.portfolio)
    changes = changes_between(_side(before), _side(after), names)
    if has_errors(findings):
        return Difference(*files, changes, None, None, None, tuple(findings))
    rankings = rank(before), rank(after)
    ranks = rank_effect(*rankings, before.portfolio.epic_index, names)
    effect = None
    if with_plans and changes and before.portfolio.can_plan and after.portfolio.can_plan:
        effect, troubles = _plan_effect(before, after, names, files, gap, time_limit, progress)
        findings += troubles
    return Difference(*files, changes, rankings, ranks, effect, tuple(findings))


def _plan_effect(
    before: Loaded,
    after: Loaded,
    names: Names,
    files: tuple[str, str],
    gap: float,
    time_limit: float,
    progress: Callable[[Loaded], Progress] | None,
) -> tuple[PlanEffect, list[Finding]]:
    """Plans the first portfolio, then the second from that plan; with what is wrong with either plan as a whole."""
    from portfolio.explain.difference import carried_over, compare_plans, judged

    first = plan(before, gap, time_limit, progress and progress(before))
    start, old = None, None
    if first.plan is not None:
        start, left_out = carried_over(first.plan, before.ready, after.ready, names)
        old = judged(start, left_out, _problem(after, rank(after)))
    second = plan(after, gap, time_limit, progress and progress(after), start=start)
    troubles = [
        replace(finding, place=file)
        for file, answer, loaded in zip(files, (first, second), (before, after), strict=True)
        for finding in answer.findings[len(loaded.findings) :]
    ]
    return compare_plans(first, second, names, old), troubles


def _told_apart(before: Loaded, after: Loaded) -> tuple[str, str]:
    """The names of two files, with their folders where the names are the same."""
    if before.path.name != after.path.name:
        return before.path.name, after.path.name
    return str(before.path), str(after.path)


def _side(loaded: Loaded) -> Side:
    """A portfolio to compare: its operating model named, its places without the file's name."""
    from portfolio.explain.difference import Side
    from portfolio.files.portfolio_json import name_of

    def place(path: FieldPath) -> str | None:
        where = loaded.reading.place(path).removeprefix(f"{loaded.path.name}, ")
        return where if "!" in where or where == name_of(path) else None

    portfolio = loaded.portfolio
    if portfolio is None:
        raise HasErrorsError(loaded.findings)
    return Side(portfolio.model_copy(update={"model": loaded.model.name}), place)


def _problem(loaded: Loaded, ranking: Ranking) -> Problem:
    """What is to be optimised for a portfolio by its model."""
    from portfolio.optimizer.problem import Problem

    portfolio, order = loaded.ready, [epic.id for epic in ranking.epics]
    net = loaded.model.objective.maximise == "net"
    return Problem(portfolio, benefits(portfolio, loaded.model.scoring.rules), order, net)


def previous_plan(path: Path, loaded: Loaded) -> Plan:
    """Reads an earlier plan of this portfolio, from a workbook or JSON that `plan` wrote, to begin from.

    Raises WrongUseError if the file is no plan or none of it belongs to this portfolio.
    """
    from portfolio.files.plan_reader import read_plan

    return read_plan(path, loaded.ready)


def write(answer: Answer | Ranking, path: Path, source: Path | None = None) -> None:
    """Writes an answer as a new workbook or its lines as CSV, a ranking as CSV; never over the file that was read."""
    from portfolio.files.portfolio_writer import check_ending

    if source is not None:
        _refuse_source(path, source, "-o")
    check_ending(path, (".csv",) if isinstance(answer, Ranking) else (".xlsx", ".csv"))
    if path.suffix.lower() == ".xlsx" and not isinstance(answer, Ranking):
        from portfolio.files.workbook_writer import write_results

        return write_results(answer, path)
    from portfolio.files.csv_writer import write_plan_table, write_ranking_table

    return write_ranking_table(answer, path) if isinstance(answer, Ranking) else write_plan_table(answer, path)


def read_export(
    path: Path,
    mapping: str | Path | None = None,
    types: Sequence[str] = (),
    model: str | None = None,
    into: Path | None = None,
) -> Imported:
    """Reads an export of another tool as a portfolio, with an account of what was taken and what was not.

    `mapping` names a column mapping or a YAML file with one; without it, it is recognised by the export's headings.
    `types` are the words for rows that are epics; `into` is a portfolio to update. Raises WrongUseError if the file
    is no export or holds no epic, HasErrorsError if something in the portfolio to update cannot be read.
    """
    from portfolio.files.exports.reading import read_export
    from portfolio.files.exports.updating import portfolio_to_update
    from portfolio.files.reading import read_portfolio

    there = None if into is None else read_portfolio(into)
    base = None if there is None else portfolio_to_update(there)
    if there is not None and base is None:
        raise HasErrorsError(there.findings)
    return read_export(path, mapping, types, model, base)


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
