"""Reads an export of another tool as a portfolio, and says what was taken, what was not, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from portfolio.domain import FieldFinding, Finding, Portfolio
from portfolio.domain.json_form import Raw
from portfolio.domain.references import canonical
from portfolio.errors import WrongUseError
from portfolio.gc_pause import gc_paused
from portfolio.intake.columns import EPICS
from portfolio.intake.exports.export_columns import Recognised, nothing_known
from portfolio.intake.exports.export_epics import EpicDraft, read_epics
from portfolio.intake.exports.export_rows import select
from portfolio.intake.exports.export_table import ExportTable
from portfolio.intake.exports.imported import Imported
from portfolio.intake.exports.imported_table import imported_table
from portfolio.intake.exports.links import Links, links_not_taken, read_links
from portfolio.intake.exports.mapping import read_mapping
from portfolio.intake.exports.read_any_table import read_any_table
from portfolio.intake.exports.recognise_file import recognise_file
from portfolio.intake.exports.salvaging import efforts_without_stream, in_export, is_missing, lost, salvaged
from portfolio.intake.exports.update_portfolio import Updated, update
from portfolio.intake.grouped_findings import column_of, grouped_findings
from portfolio.intake.reading_options import AS_IT_IS, ReadingOptions
from portfolio.intake.values.cell_values import is_blank
from portfolio.storage.portfolio_json import to_json
from portfolio.storage.read_model import read_model

PLAIN_TABLE = "csv"
"""The mapping for a table of epics that is no tool's export."""


@gc_paused()
def read_export(
    path: Path,
    mapping: str | Path | None = None,
    types: Sequence[str] = (),
    model: str | None = None,
    base: Portfolio | None = None,
    sheet: str | None = None,
    options: ReadingOptions = AS_IT_IS,
) -> Imported:
    """Reads an export by a mapping (by name or file), or by the one whose headings it has; `types` says what epics are.

    What is no known tool's export is read as a workbook is. With `base`, the result is that portfolio, updated by what
    the export says; `sheet` names the sheet of the epics, `options` says what the file leaves open.

    Raises WrongUseError where the file is no export or holds no epic; everything else is a finding.
    """
    chosen = None if mapping is None else read_mapping(mapping)
    name = None if model is None else read_model(model).name
    table, found = recognise_file(path, chosen, sheet)
    if found is None or found.mapping.name == PLAIN_TABLE:
        whole = read_any_table(path, types, sheet, options)
        if whole is not None:
            return imported_table(whole, name, base)
        if found is None:
            raise WrongUseError(nothing_known(table, chosen), "mapping")
    rows = select(table, found, types)
    draft = read_epics(table, found, rows, options.words)
    links = read_links(draft, rows, [epic.id for epic in base.epics] if base else ())
    updated, portfolio, problems = _made(draft, _raw(path, draft, links, name), base)
    return Imported(
        path=path,
        mapping=found.mapping,
        written=table.written,
        portfolio=canonical(portfolio),
        read=len(draft.epics),
        dependencies=len(links.dependencies),
        kept=updated.kept,
        columns=_columns_read(draft),
        unused=tuple(_unused(table, found, draft)),
        others=dict(rows.others.most_common()),
        done=dict(rows.done.most_common()),
        links_to_others=links.to_others,
        streams_without_effort=draft.without_effort,
        findings=tuple(_findings(draft, updated, problems)),
        words=options.words,
    )


def _made(draft: EpicDraft, raw: Raw, base: Portfolio | None) -> tuple[Updated, Portfolio, list[FieldFinding]]:
    """The portfolio of the export, or the one that was there updated by it, with every problem."""
    updated = Updated(raw, tuple(range(len(draft.epics))))
    portfolio, problems = salvaged(updated.raw)
    if base is not None:
        draft.problems += lost(updated.raw, portfolio, problems)
        updated = update(base, to_json(portfolio))
        portfolio, problems = salvaged(updated.raw)
    return updated, portfolio, problems


def _raw(path: Path, draft: EpicDraft, links: Links, model: str | None) -> Raw:
    """The portfolio in JSON form, with the value streams that efforts name; their capacity is for people to fill in."""
    streams: dict[str, str] = {}
    for epic in draft.epics:
        for stream in epic.get("effort", {}):
            streams.setdefault(str(stream).casefold(), str(stream))
    return {
        "format": 1,
        "name": path.stem,
        **({"model": model} if model else {}),
        "value_streams": [{"id": stream} for stream in streams.values()],
        "epics": draft.epics,
        "dependencies": links.dependencies,
    }


def _columns_read(draft: EpicDraft) -> dict[str, tuple[str, ...]]:
    """The headings that something was read from, by the heading of the field."""
    headings = draft.found.columns.headings
    read: dict[str, dict[str, None]] = {}
    for (_, _, name), columns in draft.cells.items():
        read.setdefault(str(name), {}).update(dict.fromkeys(headings[column] for column in columns))
    return {column.heading: tuple(read[column.field]) for column in EPICS.columns if column.field in read}


def _unused(table: ExportTable, found: Recognised, draft: EpicDraft) -> Iterator[str]:
    """Headings of columns that hold something in the rows of epics and that nothing was read from, each once."""
    rows = [table.rows[position] for position in draft.positions]
    headings = found.columns.headings
    read = found.columns.beside_fields.union(*draft.cells.values())
    seen = {headings[position] for position in read}
    for position, heading in enumerate(headings):
        if heading not in seen and any(position < len(row) and not is_blank(row[position]) for row in rows):
            seen.add(heading)
            yield heading or f"(column {position + 1} without a heading)"


def _efforts_without_stream(draft: EpicDraft) -> Sequence[Finding]:
    """Effort that has no place in an epic, at the heading of its column."""
    if not draft.without_stream:
        return []
    heading = draft.found.columns.headings[draft.found.columns.fields["effort"][0]]
    rows = [draft.table.number(position) for position in draft.without_stream]
    return efforts_without_stream(rows, f"{draft.table.name}, {heading}")


def _several_columns(draft: EpicDraft) -> Iterator[Finding]:
    """Figures of one field that come from columns of different names, which may count different units."""
    for title, names in _columns_read(draft).items():
        column = next(column for column in EPICS.columns if column.heading == title)
        if len(names) > 1 and column.kind == "number":
            yield Finding(
                "warning",
                draft.table.name,
                f"{title} was read from {' and '.join(names)}.",
                "Figures can be compared only if they count the same unit.",
                "If they do not, name one column in a mapping of your own.",
            )


def _findings(draft: EpicDraft, updated: Updated, problems: Sequence[FieldFinding]) -> Iterator[Finding]:
    """Everything odd in the export; what is only not filled in yet is a warning, since it can be completed."""
    yield from draft.table.findings
    yield from draft.findings
    yield from _several_columns(draft)
    yield from _efforts_without_stream(draft)
    yield from links_not_taken(draft)
    yield from grouped_findings(_problems(draft, updated, problems), draft.place, draft.example, column_of)


def _problems(draft: EpicDraft, updated: Updated, problems: Sequence[FieldFinding]) -> Iterator[FieldFinding]:
    """The problems of values, then those of what they became, each at its place in the export."""
    reported = {problem.path for problem in draft.problems}
    yield from draft.problems
    for problem in problems:
        path = in_export(problem.path, updated.origin)
        if path is not None and path not in reported:
            severity = "warning" if is_missing(problem, updated.raw) else problem.severity
            yield replace(problem, path=path, severity=severity)
