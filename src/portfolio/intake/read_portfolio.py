"""Reads a portfolio from a file, a workbook or JSON, with every problem at its place."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import FieldFinding, Finding, Portfolio, has_errors
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Raw
from portfolio.domain.parsing import Settle, build, follows, parse_partial
from portfolio.domain.references import canonical
from portfolio.errors import WrongUseError
from portfolio.gc_pause import gc_paused
from portfolio.intake.agreed_words import NO_WORDS, AgreedWords
from portfolio.intake.grouped_findings import cell_in, column_in, column_of, grouped_findings, in_json
from portfolio.intake.rankable import is_consequence, rankable_part
from portfolio.intake.read_report import ReadReport
from portfolio.intake.reading_options import AS_IT_IS, ReadingOptions
from portfolio.storage import portfolio_json
from portfolio.xlsx.guard.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    from portfolio.intake.draft import Draft
    from portfolio.intake.scenario_columns import ScenarioRow
    from portfolio.intake.source_map import SourceMap

ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NEEDED = "a workbook (.xlsx) or a portfolio in JSON is needed"


@dataclass(frozen=True)
class Reading:
    """What a file holds: its portfolio, unless a finding is an error, and the SHA-256 of the bytes that were read.

    A portfolio that was not read from a file has no path and no bytes.
    """

    path: Path | None
    sha256: str
    raw: Raw
    portfolio: Portfolio | None
    findings: tuple[Finding, ...]
    place: Callable[[FieldPath], str]
    places: SourceMap | None = None
    """Where everything stands in a workbook; JSON has no cells."""
    scenarios: tuple[ScenarioRow, ...] = ()
    """The rows of a workbook's sheet Scenarios, for copies of it."""
    partial: Portfolio | None = None
    """Where errors leave no whole portfolio, what can be ranked all the same."""
    words: AgreedWords = NO_WORDS
    """The figures that words stand for, as they were remembered and given."""
    own_words: AgreedWords = NO_WORDS
    """Those that stand on a sheet of the user's own, and need no other."""
    guesses: tuple[tuple[str, str], ...] = ()
    """The names that were taken for a known one, each with the ID that was meant, where suggestions are accepted."""
    report: ReadReport = field(default_factory=ReadReport)
    """What was read of a workbook; JSON has nothing that is not read."""
    problems: tuple[FieldFinding, ...] = ()
    """What was wrong with single cells while they were read; it stays wrong until somebody changes them."""

    @property
    def name(self) -> str:
        """What messages call it: the file's name, else the portfolio's."""
        if self.path is not None:
            return self.path.name
        own = self.raw.get("name")
        return own if isinstance(own, str) and own.strip() else "The portfolio"

    def locate(self, problems: Iterable[FieldFinding]) -> tuple[Finding, ...]:
        """Problems found later, as findings at their places in this file."""
        return tuple(_finding(problem, self.place(problem.path)) for problem in problems)


def read_portfolio(
    path: Path, settle: Settle | None = None, options: ReadingOptions = AS_IT_IS, content: bytes | None = None
) -> Reading:
    """Reads a portfolio from a file, or from its `content`; raises WrongUseError where the file is not one at all.

    It is validated as `settle` fills it in, by default as the model that it names does, and given back as it stands
    in the file.
    """
    settle = settle or partial(filled_in_by_its_model, path)
    content = read_content(path) if content is None else content
    with gc_paused():
        if content.startswith(ZIP):
            return _from_workbook(content, path, settle, options)
        refuse_other_formats(content, path)
        return _from_json(content, path, settle)


def filled_in_by_its_model(path: Path | None, portfolio: Portfolio) -> Portfolio:
    """The portfolio as the model that it names fills it in; as it is where there is no such model."""
    from portfolio.operating_model import with_defaults
    from portfolio.storage.read_model import read_model

    with contextlib.suppress(WrongUseError):
        return with_defaults(read_model(portfolio.model or "safe", path), portfolio)
    return portfolio


def read_content(path: Path, needed: str = NEEDED) -> bytes:
    """The bytes of a file; raises WrongUseError, which says what is `needed`, where it cannot be read."""
    try:
        if path.is_dir():
            raise WrongUseError(f"{path} is a folder; {needed}.")
        if (size := path.stat().st_size) > MAX_FILE_BYTES:
            limit = f"at most {MAX_FILE_BYTES // 1_000_000} MB are read"
            raise WrongUseError(f"{path.name} has {size / 1e6:,.0f} MB; {limit}.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise WrongUseError(f"{path} does not exist; {needed}.") from None
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        raise WrongUseError(f"{path} cannot be read: {reason}; close it elsewhere or check its permissions.") from None
    if not content or content.isspace():
        raise WrongUseError(f"{path.name} is empty; {needed}.")
    return content


def refuse_other_formats(content: bytes, path: Path) -> None:
    """Raises WrongUseError, with what to do, for the formats that people take for a workbook or for JSON."""
    name, suffix = path.name, path.suffix.lower()
    if content.startswith(OLE):
        what = (
            "protected by a password; save it without one"
            if ENCRYPTED in content
            else "an old Excel file (.xls); save it as .xlsx"
        )
        raise WrongUseError(f"{name} is {what}.")
    if suffix in {".xlsx", ".xlsm"}:
        raise WrongUseError(f"{name} is not a workbook, whatever its name says; open it in Excel and save it as .xlsx.")
    if suffix in {".csv", ".tsv", ".txt"}:
        raise WrongUseError(f"{name} is a text table; `portfolio import {name}` makes a portfolio of it.")
    if suffix != ".json" and not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        raise WrongUseError(f"{name} is neither a workbook nor JSON; {NEEDED}.")


def _from_json(content: bytes, path: Path, settle: Settle) -> Reading:
    name = path.name
    raw, repeated = portfolio_json.parse(content, name)
    portfolio, problems = build(raw, settle)
    twice = [
        FieldFinding(field, f"{field[-1]} is given twice.", "Only the last one would count.", "Delete one of the two.")
        for field in repeated
    ]

    def place(path: FieldPath) -> str:
        return f"{name}, {field}" if (field := portfolio_json.name_of(path)) else name

    findings = grouped_findings([*twice, *problems], place, in_json, column_of)
    partial = None if twice or portfolio is not None else rankable_part(parse_partial(raw, settle)[0], problems)
    return Reading(
        path,
        _sha256(content),
        raw,
        None if twice else portfolio,
        findings,
        place,
        partial=partial,
        problems=tuple(twice),
    )


def _from_workbook(content: bytes, path: Path, settle: Settle, options: ReadingOptions) -> Reading:
    from portfolio.intake.read_workbook import read_workbook
    from portfolio.intake.source_map import name_of

    name = path.name
    draft = read_workbook(content, name, replace(options, beside=path))
    places = draft.places

    def place(path: FieldPath) -> str:
        cell = places.cell(path)
        return f"{name}, {name_of(cell)}" if cell[0] and path else name

    reading = reading_of(draft, settle, place)
    return replace(
        reading,
        path=path,
        sha256=_sha256(content),
        places=places,
        scenarios=draft.scenarios,
        report=draft.report,
        words=draft.words,
        own_words=draft.own_words,
        guesses=tuple((text, meant) for (_, text), meant in draft.guesses.items()),
    )


def reading_of(draft: Draft, settle: Settle, place: Callable[[FieldPath], str]) -> Reading:
    """The portfolio that was read from tables, with every problem once, in the order of its places."""
    read = _of_tables(draft.raw, draft.problems, draft.places, place, settle)
    return replace(read, problems=tuple(draft.problems))


def _of_tables(
    raw: Raw,
    noted: Sequence[FieldFinding],
    places: SourceMap,
    place: Callable[[FieldPath], str],
    settle: Settle,
    quick: Raw | None = None,
) -> Reading:
    """What tables hold; `noted` is what was wrong with their cells."""
    kept, problems = parse_partial(raw, settle, quick)
    reported = {problem.path for problem in noted}
    news = [problem for problem in problems if not follows(problem.path, reported)]
    problems = [*noted, *(problem for problem in news if not is_consequence(problem, reported))]
    problems.sort(key=lambda problem: places.order(places.cell(problem.path)))
    findings = grouped_findings(problems, place, cell_in(places), column_in(places))
    if has_errors(findings) or kept is None:
        return Reading(None, "", raw, None, findings, place, partial=rankable_part(kept, problems))
    return Reading(None, "", raw, canonical(kept), findings, place)


def with_raw(
    reading: Reading,
    raw: Raw,
    changed: Collection[FieldPath],
    settle: Settle | None = None,
    quick: Raw | None = None,
) -> Reading:
    """What a file would be read as if it held something else in the `changed` fields; every finding keeps its cell.

    In `quick`, the same JSON form, epics that were built before stand as they were built.
    """
    settle = settle or partial(filled_in_by_its_model, reading.path)
    noted = [problem for problem in reading.problems if problem.path not in changed]
    with gc_paused():
        if reading.places is not None:
            found = _of_tables(raw, noted, reading.places, reading.place, settle, quick)
            return replace(reading, raw=raw, portfolio=found.portfolio, findings=found.findings, partial=found.partial)
        kept, problems = parse_partial(raw, settle, quick)
        findings = grouped_findings([*noted, *problems], reading.place, in_json, column_of)
        if has_errors(findings) or kept is None:
            part = rankable_part(kept, problems)
            return replace(reading, raw=raw, portfolio=None, findings=findings, partial=part)
        return replace(reading, raw=raw, portfolio=canonical(kept), findings=findings, partial=None)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _finding(problem: FieldFinding, place: str) -> Finding:
    return Finding(problem.severity, place, problem.what, problem.rule, problem.fix)
