"""Loads a portfolio from a workbook or from JSON, with every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Epic, FieldFinding, Finding, Portfolio, has_errors
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.parsing import Settle
from portfolio.domain.wording import counted, first_of
from portfolio.engine.open_work import is_translated, kind_of, open_work
from portfolio.engine.running import running_findings, with_states, without_late
from portfolio.errors import PortfolioError
from portfolio.operating_model import OperatingModel, check_model, fitted, with_defaults, with_guardrails
from portfolio.operating_model.triage import triage_text
from portfolio.scoring import check_scores
from portfolio.scoring.hygiene import EMPTY
from portfolio.tabular import FilledTable, TabularResult

if TYPE_CHECKING:
    from portfolio.intake.read_portfolio import Reading
    from portfolio.intake.read_report import ReadReport
    from portfolio.intake.reading_options import ReadingOptions

DEFAULT_MODEL = "safe"
MOST_LISTED = 5


class HasErrorsError(PortfolioError):
    """The portfolio has findings of severity error; `findings` holds them all, and its text says them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        """Every finding in a line of its own, errors first."""
        errors = [finding for finding in self.findings if finding.severity == "error"]
        others = [finding for finding in self.findings if finding.severity != "error"]
        head = f"The portfolio has {'an error' if len(errors) == 1 else f'{len(errors)} errors'}."
        return "\n".join([head, *(f"{finding.severity}  {finding}" for finding in (*errors, *others))])


@dataclass(frozen=True, repr=False)
class Loaded(TabularResult):
    """A portfolio as it was read, completed by its operating model, with every finding.

    `portfolio` is None where an error stops every command; `path` is None where it was not read from a file.
    """

    path: Path | None
    portfolio: Portfolio | None
    model: OperatingModel
    findings: tuple[Finding, ...]
    reading: Reading
    model_file: str = ""
    model_lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)
    """The line of each setting that the model's file gives."""
    asked_model: str | None = None
    """The model that was asked for instead of the one that the file names."""
    left_out: Mapping[str, tuple[Epic, ...]] = field(default_factory=dict)
    """The epics that are neither ranked nor planned because they are done or stopped, by their state."""

    rankable: Portfolio | None = None
    """Where errors leave no whole portfolio, what can be ranked all the same."""

    @property
    def left_out_text(self) -> str:
        """Which epics are left out, and why, in a sentence; empty where none is."""
        words = self.model.vocabulary.epic
        parts = [
            f"{words.counted(len(epics))} that {'is' if len(epics) == 1 else 'are'} {state} ({_listed(epics)})"
            for state, epics in self.left_out.items()
        ]
        said = [f"Left out of ranking and plan: {'; '.join(parts)}."] if parts else []
        levels, other = self.model.levels, () if self.portfolio is None else self.portfolio.other_levels
        if levels is not None and other:
            counts = Counter(levels.known(epic.level) for epic in other)
            listed = ", ".join(f"{counts[name]} of {name}" for name in levels.names if counts[name])
            said.append(
                f"Planned is {levels.planned}; {listed} compete for nothing with it and are shown with its sums."
            )
        return " ".join(said)

    @property
    def triage_text(self) -> str:
        """What a review says of all work, such as now, later or never; empty where the way of working has no such words."""
        discarded = [
            epic for state, epics in self.left_out.items() if kind_of(self.model, state) == "stopped" for epic in epics
        ]
        return "" if self.portfolio is None else triage_text(self.model, self.portfolio, discarded)

    @property
    def name(self) -> str:
        """What messages call it: the file's name, else the portfolio's."""
        return self.reading.name

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file's bytes as they were read; blank where there was no file."""
        return self.reading.sha256

    @property
    def headline(self) -> str:
        """What was read, and how much is wrong with it."""
        errors = sum(finding.severity == "error" for finding in self.findings)
        wrong = f"{counted(errors, 'error')}, {counted(len(self.findings) - errors, 'warning')}"
        if self.portfolio is None:
            return f"{self.name}: {wrong}."
        words, one = self.model.vocabulary, self.portfolio
        parts = [
            words.epic.counted(len(one.epics)),
            words.value_stream.counted(len(one.value_streams)),
            words.period.counted(len(one.calendar.periods)),
        ]
        return f"{self.name}: {', '.join(parts)}; {wrong}."

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """What was read, a table for each grain; the findings first where they stop every command."""
        from portfolio.results.tables import epics, guardrails, outcomes, run, streams, work

        found, one = run.FINDINGS.filled(lambda: run.findings(self.findings)), self.portfolio
        if one is None:
            return (found,)
        labels = streams.period_labels(one)
        return (
            epics.GIVEN_EPICS.filled(lambda: epics.given_epics(one), labels),
            work.EFFORT.filled(lambda: work.effort(one)),
            streams.PERIODS.filled(lambda: streams.periods(one), labels),
            streams.VALUE_STREAMS.filled(lambda: streams.value_streams(one)),
            streams.CAPACITY.filled(lambda: streams.capacity(one), labels),
            guardrails.GIVEN_GUARDRAILS.filled(lambda: guardrails.given_guardrails(one)),
            guardrails.DEPENDENCIES.filled(lambda: guardrails.dependencies(one)),
            outcomes.OUTCOMES.filled(lambda: outcomes.outcomes(one)),
            found,
        )

    @property
    def given(self) -> Portfolio:
        """The portfolio as it was brought, without what its model fills in; what a scenario made is given as it is.

        Raises HasErrorsError where it cannot be used.
        """
        read = self.reading.portfolio
        own = (
            read is not None
            and not self.left_out
            and not read.other_levels
            and completed(self.model, read) == self.ready
        )
        return read if own and read is not None else self.ready

    @property
    def ready(self) -> Portfolio:
        """The portfolio; raises HasErrorsError with the findings if it cannot be used."""
        if self.portfolio is None or has_errors(self.findings):
            raise HasErrorsError(self.findings)
        return self.portfolio

    def cell(self, path: FieldPath) -> str | None:
        """Where a field stands, `Epics!F12` or its path in JSON; None where the file does not say it anywhere."""
        from portfolio.storage.portfolio_json import name_of

        where = self.reading.place(path).removeprefix(f"{self.name}, ")
        if self.path is None:
            return where if where.endswith("]") else None
        return where if "!" in where or where == name_of(path) else None


def load(
    path: str | Path, model: str | None = None, words: str | None = None, *, accept_suggestions: bool = False
) -> Loaded:
    """Reads a portfolio from a workbook or JSON file; `model` overrides the model that the file names.

    `words` says which figures the words in a workbook's columns of scores are, such as `S=2, M=5, L=8`.
    `accept_suggestions` takes a near name for a known one, and says so.

    Raises WrongUseError if the file cannot be read at all; everything else is a finding.
    """
    from portfolio.intake.read_portfolio import read_portfolio
    from portfolio.storage.read_model import read_model

    options = reading_options(words, accept_suggestions)
    if model:
        options = replace(options, criteria=read_model(model).own_criteria)
    return loaded_by_model(read_portfolio(Path(path), filled_in_by(model), options), model)


def reading_options(words: str | None, accept_suggestions: bool = False) -> ReadingOptions:
    """How a file is read where it leaves something open."""
    from portfolio.intake.agreed_words import AgreedWords, agreed_words
    from portfolio.intake.reading_options import ReadingOptions

    return ReadingOptions(agreed_words(words) if words else AgreedWords(), accept_suggestions)


def _listed(epics: Sequence[Epic]) -> str:
    """The first of some epics by their labels, and how many more there are."""
    return first_of([epic.label for epic in epics], MOST_LISTED)


def filled_in_by(model: str | None) -> Settle | None:
    """How blank settings are filled in before a portfolio is validated, where another model than its own is asked for."""
    from portfolio.storage.read_model import read_model

    return partial(with_defaults, read_model(model)) if model else None


def completed(model: OperatingModel, portfolio: Portfolio) -> Portfolio:
    """A portfolio with what its model fills in: blank settings, default guardrails, which states are active."""
    return with_states(model, with_guardrails(model, portfolio))


def loaded_by_model(reading: Reading, model: str | None) -> Loaded:
    """What was read, completed and checked by the model that is asked for, else by the one that it names."""
    from portfolio.intake.open_columns import said_once
    from portfolio.storage.read_model import read_model_with_lines

    path = reading.path
    chosen, name, lines = read_model_with_lines(model) if model else read_model_with_lines(_named(reading), path)
    there = reading.portfolio or reading.partial
    chosen = chosen if there is None else fitted(chosen, there)
    if reading.portfolio is None:
        part = None if reading.partial is None else completed(chosen, reading.partial)
        part = None if part is None else open_work(chosen, part).of(part)
        return Loaded(path, None, chosen, reading.findings, reading, name, lines, model, rankable=part)
    whole = completed(chosen, reading.portfolio)
    work = open_work(chosen, whole)
    never_met, portfolio = reading.locate(work.problems), work.of(whole)
    if work.is_less:
        from portfolio.intake.open_reading import of_records

        reading = of_records(reading, {"epics": work.epics, "dependencies": work.dependencies})
    scores = [_with_columns(problem, reading.report) for problem in check_scores(portfolio, chosen.scoring.rules)]
    problems = [*check_model(chosen, portfolio, is_translated), *scores, *running_findings(portfolio)]
    read, problems = said_once(without_late(reading, portfolio), problems)
    findings = (*read, *never_met, *reading.locate(problems))
    part = portfolio if has_errors(findings) else None
    return Loaded(path, portfolio, chosen, findings, reading, name, lines, model, work.left_out, part)


def _with_columns(problem: FieldFinding, report: ReadReport) -> FieldFinding:
    """Where columns are missing, the fix names those that were not read, or were read by another name."""
    if not problem.what.endswith(EMPTY):
        return problem
    columns = [column for sheet in report.sheets if sheet.read_as == "Epics" for column in sheet.columns]
    unread = [column.heading for column in columns if column.read_as is None]
    if not unread:
        return problem
    otherwise = [f"{one.read_as} from {one.heading}" for one in columns if one.read_as not in (None, one.heading)]
    read = f"; read otherwise: {', '.join(otherwise)}" if otherwise else ""
    return replace(problem, fix=f"{problem.fix} Not read: {', '.join(unread)}{read}.")


def _named(reading: Reading) -> str:
    """The model that a file names, also where nothing else in it can be used."""
    named = reading.raw.get("model") if reading.portfolio is None else reading.portfolio.model
    return named if isinstance(named, str) and named.strip() else DEFAULT_MODEL


def told_apart(first: Path, second: Path) -> tuple[str, str]:
    """The names of two files, with their folders where the names are the same."""
    return (first.name, second.name) if first.name != second.name else (str(first), str(second))


def names_apart(before: Loaded, after: Loaded) -> tuple[str, str]:
    """What messages call two portfolios, so that they can be told apart."""
    if before.path is not None and after.path is not None:
        return told_apart(before.path, after.path)
    names = before.name, after.name
    return names if names[0] != names[1] else (f"{names[0]}, before", f"{names[1]}, after")
