"""Reads an export of another tool as a portfolio, and says what was taken, what was not, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio.domain import Epic, FieldFinding, Finding, Portfolio
from portfolio.domain.field import entry
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Raw
from portfolio.domain.parsing import parse_partial
from portfolio.domain.references import canonical
from portfolio.errors import InternalError
from portfolio.intake.columns import EPICS
from portfolio.intake.exports.export_columns import Recognised, recognise
from portfolio.intake.exports.export_epics import EpicDraft, read_epics
from portfolio.intake.exports.export_rows import EpicRows, select
from portfolio.intake.exports.export_table import ExportTable, read_table
from portfolio.intake.exports.export_values import Values
from portfolio.intake.exports.links import Links, read_links
from portfolio.intake.exports.mapping import Mapping, read_mapping
from portfolio.intake.exports.update_portfolio import Updated, update
from portfolio.intake.values.cell_values import is_blank
from portfolio.intake.values.dates import order_of
from portfolio.storage.portfolio_json import to_json
from portfolio.storage.read_model import read_model

MOST_ROWS = 8
"""Rows that have the same problem are named up to here."""


@dataclass(frozen=True)
class Imported:
    """A portfolio made of an export, and an account of everything in the file.

    `columns` are the headings that each field was read from, `unused` the headings that hold something in the rows
    of epics and were not read, `others` and `done` the rows that were not taken, by type and by state. `read` and
    `dependencies` count those of the export, `kept` names those that were only in the portfolio that was updated.
    """

    path: Path
    mapping: Mapping
    written: str
    portfolio: Portfolio
    read: int
    dependencies: int
    kept: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    unused: tuple[str, ...]
    others: dict[str, int]
    done: dict[str, int]
    links_to_others: int
    streams_without_effort: int
    findings: tuple[Finding, ...]


def read_export(
    path: Path,
    mapping: str | Path | None = None,
    types: Sequence[str] = (),
    model: str | None = None,
    base: Portfolio | None = None,
) -> Imported:
    """Reads an export by a mapping (by name or file), or by the one whose headings it has; `types` says what epics are.

    With `base`, the result is that portfolio, updated by what the export says.

    Raises WrongUseError where the file is no export or holds no epic; everything else is a finding.
    """
    chosen = None if mapping is None else read_mapping(mapping)
    name = None if model is None else read_model(model).name
    table = read_table(path)
    found = recognise(table, chosen)
    rows = select(table, found, types)
    draft = read_epics(table, found, rows, _values(table, found, rows))
    links = read_links(draft, rows, [epic.id for epic in base.epics] if base else ())
    updated = Updated(_raw(path, draft, links, name), tuple(range(len(draft.epics))))
    portfolio, problems = _salvaged(updated.raw)
    if base is not None:
        draft.problems += _lost(updated.raw, portfolio, problems)
        updated = update(base, to_json(portfolio))
        portfolio, problems = _salvaged(updated.raw)
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
    )


def _salvaged(raw: Raw) -> tuple[Portfolio, list[FieldFinding]]:
    portfolio, problems = parse_partial(raw)
    if portfolio is None:
        raise InternalError("an export that was read makes no portfolio")
    return portfolio, problems


def _lost(raw: Raw, portfolio: Portfolio, problems: Sequence[FieldFinding]) -> list[FieldFinding]:
    """The problems of values that could not be kept, so that what the portfolio to update has stays instead."""
    kept = to_json(portfolio).get("epics", [])
    return [
        problem
        for problem in problems
        if len(problem.path) > 2
        and problem.path[0] == "epics"
        and not _is_missing(problem, raw)
        and problem.path[2] not in kept[int(problem.path[1])]
    ]


def _values(table: ExportTable, found: Recognised, rows: EpicRows) -> Values:
    """The decimal mark and the order of dates that the mapping names, or that the file shows."""
    mapping = found.mapping
    form = mapping.decimal if mapping.decimal != "auto" else table.delimiter
    if mapping.dates != "auto":
        return Values(form, mapping.dates)
    dates = [
        position
        for name, positions in found.columns.fields.items()
        if name != "value_stream" and entry(Epic, name).kind in ("date", "date or week")
        for position in positions
    ]
    cells = (table.rows[row][column] for row in rows.positions for column in dates if column < len(table.rows[row]))
    return Values(form, order_of(cell for cell in cells if isinstance(cell, str)))


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


def _efforts_without_stream(draft: EpicDraft) -> Iterator[Finding]:
    """Effort that has no place in an epic, said once for all rows."""
    rows = [str(draft.table.number(position)) for position in draft.without_stream]
    if rows:
        heading = draft.found.columns.headings[draft.found.columns.fields["effort"][0]]
        listed = ", ".join(rows[:MOST_ROWS]) + (f" and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else "")
        yield Finding(
            "warning",
            f"{draft.table.name}, {heading}",
            f"Effort is given without a value stream, and was not taken, in row {listed}.",
            "Effort is asked of a value stream.",
            "Name the column of the value streams in a mapping of your own, or enter both in the portfolio.",
        )


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
    reported = {problem.path for problem in draft.problems}
    for problem in draft.problems:
        yield Finding(problem.severity, draft.place(problem.path), problem.what, problem.rule, problem.fix)
    for problem in problems:
        path = _in_export(problem.path, updated.origin)
        if path is not None and path not in reported:
            severity = "warning" if _is_missing(problem, updated.raw) else problem.severity
            yield Finding(severity, draft.place(path), problem.what, problem.rule, problem.fix)


def _in_export(path: FieldPath, origin: Sequence[int | None]) -> FieldPath | None:
    """The path of a problem among the epics of the export; None for an epic that it does not have."""
    if len(path) < 2 or path[0] != "epics" or not isinstance(path[1], int):
        return path
    position = origin[path[1]]
    return None if position is None else ("epics", position, *path[2:])


def _is_missing(problem: FieldFinding, raw: Raw) -> bool:
    path = problem.path
    return len(path) == 3 and path[0] == "epics" and isinstance(path[1], int) and path[2] not in raw["epics"][path[1]]
