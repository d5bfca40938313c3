"""Reads evidence from a file of its own: a text table that is called or headed like one of the sheets, or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portfolio.domain import Finding, Portfolio
from portfolio.domain.counted_rows import EVIDENCE, is_evidence
from portfolio.domain.evidence import LISTS, Evidence
from portfolio.domain.finding import FieldFinding
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Raw
from portfolio.domain.parsing import parse_partial
from portfolio.domain.references import canonical
from portfolio.errors import WrongUseError
from portfolio.gc_pause import gc_paused
from portfolio.intake.columns import Sheet
from portfolio.intake.draft import Draft
from portfolio.intake.evidence.find_evidence import evidence_called, lacking
from portfolio.intake.evidence.read_evidence import read_evidence
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS
from portfolio.intake.grouped_findings import Example, cell_in, column_in, column_of, grouped_findings, in_json
from portfolio.intake.read_portfolio import read_content
from portfolio.intake.source_map import SourceMap, name_of
from portfolio.intake.tables.csv_sheets import CsvSheets
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.table import Table
from portfolio.storage import portfolio_json

FILE_NEEDED = "a table of evidence is needed: CSV, or JSON"


@dataclass(frozen=True)
class EvidenceFile:
    """What a file of evidence holds, with everything that is wrong with it; wrong rows are left out."""

    evidence: Evidence
    findings: tuple[Finding, ...]


@gc_paused()
def read_evidence_file(path: Path, beside: Portfolio, name: str | None = None) -> EvidenceFile:
    """The evidence of a file, whose rows are about the epics and value streams of a portfolio.

    `name` is the list that a table holds, such as `deployments`; without it the file's name or its headings say so. Raises
    WrongUseError where the file is no such table.
    """
    content = read_content(path, FILE_NEEDED)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _from_json(content, path, beside, name)
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise WrongUseError(f"{path.name} is no text table; {FILE_NEEDED}. A workbook has sheets for it.")
    return _from_table(content, path, beside, name)


def _from_table(content: bytes, path: Path, beside: Portfolio, name: str | None) -> EvidenceFile:
    sheets = CsvSheets(content, path.name)
    grid = sheets.grid(sheets.names[0])
    wanted = _wanted(path, name)
    tables = {sheet.name: find_table(grid, sheet) for sheet in ([wanted] if wanted is not None else EVIDENCE_SHEETS)}
    whole = {key: table for key, table in tables.items() if table is not None and not _lacking(table)}
    if not whole:
        raise WrongUseError(_nothing(path, wanted, next(iter(tables.values()))))
    title, table = max(whole.items(), key=lambda entry: len(entry[1].columns))
    draft = Draft(SourceMap(list(sheets.names), grids=sheets.grids), raw=_known(beside))
    read_evidence(draft, {title: table})

    def place(path_of: FieldPath) -> str:
        return f"{path.name}, {name_of(draft.places.cell(path_of)).partition('!')[2] or 'header'}"

    portfolio, problems = parse_partial(draft.raw)
    return _made(
        portfolio, [*draft.problems, *filter(_concerns, problems)], (place, cell_in(draft.places)), draft.places
    )


def _from_json(content: bytes, path: Path, beside: Portfolio, name: str | None) -> EvidenceFile:
    wanted = _wanted(path, name)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[":
        if wanted is None:
            raise WrongUseError(f"{path.name} is a list; call it like what it holds, such as deployments.json.")
        content = (
            b'{"' + wanted.field.removeprefix(EVIDENCE).encode() + b'":' + content.removeprefix(b"\xef\xbb\xbf") + b"}"
        )
    raw, _ = portfolio_json.parse(content, path.name)
    found = raw.get("evidence", raw)
    if not isinstance(found, Mapping) or not {*found} & {*LISTS}:
        raise WrongUseError(f"{path.name} holds none of the lists {', '.join(LISTS)}.")
    lists = {key: rows for key, rows in found.items() if key in LISTS}
    portfolio, problems = parse_partial({**_known(beside), "evidence": lists})

    def place(path_of: FieldPath) -> str:
        return f"{path.name}, {portfolio_json.name_of(path_of).removeprefix(EVIDENCE)}"

    return _made(portfolio, list(filter(_concerns, problems)), (place, in_json), None)


def _made(
    portfolio: Portfolio | None, problems: list[FieldFinding], shown: tuple[object, Example], places: SourceMap | None
) -> EvidenceFile:
    place, example = shown
    assert callable(place)
    findings = grouped_findings(problems, place, example, column_of if places is None else column_in(places))
    return EvidenceFile(Evidence() if portfolio is None else canonical(portfolio).evidence, findings)


def _known(beside: Portfolio) -> Raw:
    """What rows of evidence can be about."""
    return {
        "epics": [{"id": epic.id, **({} if epic.title is None else {"title": epic.title})} for epic in beside.epics],
        "value_streams": [
            {"id": stream.id, **({} if stream.name is None else {"name": stream.name})}
            for stream in beside.value_streams
        ],
    }


def _concerns(problem: FieldFinding) -> bool:
    return is_evidence(problem.path) or problem.path[:1] == ("evidence",)


def _wanted(path: Path, name: str | None) -> Sheet | None:
    """The sheet that a file stands for, by what was asked or by the file's name."""
    if name is not None:
        return next(sheet for sheet in EVIDENCE_SHEETS if sheet.field == f"{EVIDENCE}{name}")
    return evidence_called(path.stem.replace("_", " "))


def _lacking(table: Table) -> list[str]:
    assert table.sheet is not None
    return lacking(table, table.sheet)


def _nothing(path: Path, wanted: Sheet | None, table: Table | None) -> str:
    if wanted is None:
        names = ", ".join(sheet.name for sheet in EVIDENCE_SHEETS)
        return f"{path.name} is none of the tables {names}; call it like one of them, or head its columns so."
    if table is None:
        return f"{path.name} has no header row of {wanted.name}; its columns are {', '.join(column.heading for column in wanted.columns)}."
    return f"{path.name} has no column {' and no column '.join(_lacking(table))}; {wanted.name} needs it."
