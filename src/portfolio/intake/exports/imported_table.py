"""The account of a table that was read by the steps of a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from portfolio.domain import FieldFinding, Finding, Portfolio
from portfolio.domain.references import canonical
from portfolio.intake.exports.imported import Imported
from portfolio.intake.exports.mapping import read_mapping
from portfolio.intake.exports.read_any_table import AnyTable, raw_portfolio
from portfolio.intake.exports.salvaging import efforts_without_stream, in_export, is_missing, lost, salvaged
from portfolio.intake.exports.update_portfolio import Updated, update
from portfolio.intake.grouped_findings import cell_in, column_in, grouped_findings, row_in
from portfolio.intake.rankable import is_consequence
from portfolio.intake.salvage import Salvage
from portfolio.storage.portfolio_json import to_json

ROWS = {"total": "total", "note": "note", "part": "part of an epic"}
"""Kinds of rows that hold something and are no epics."""


def imported_table(whole: AnyTable, model: str | None, base: Portfolio | None) -> Imported:
    """What the table became: a portfolio, or a portfolio that was there already and is updated."""
    draft, salvage = whole.draft, whole.draft.salvage or Salvage()
    updated = Updated(raw_portfolio(whole, model), tuple(range(len(draft.raw["epics"]))))
    read, links = len(draft.raw["epics"]), len(draft.raw["dependencies"])
    portfolio, problems = salvaged(updated.raw)
    if base is not None:
        draft.problems += lost(updated.raw, portfolio, problems)
        updated = update(base, to_json(portfolio))
        portfolio, problems = salvaged(updated.raw)
    return Imported(
        path=whole.path,
        mapping=read_mapping("csv"),
        written=whole.written,
        portfolio=canonical(portfolio),
        read=read,
        dependencies=links,
        kept=updated.kept,
        columns=whole.columns_read(),
        unused=tuple(whole.unused()),
        others=dict(draft.other_levels.most_common()) | _no_records(whole),
        done=dict(salvage.ended.most_common()),
        links_to_others=draft.links_to_others,
        streams_without_effort=salvage.without_effort,
        findings=tuple(dict.fromkeys(_findings(whole, salvage, updated, problems))),
        words=draft.words,
    )


def _no_records(whole: AnyTable) -> dict[str, int]:
    """How many rows of the table are totals, notes or parts of an epic."""
    kinds = whole.draft.kinds.get("epics")
    counted = Counter(ROWS[kind] for _, kind in kinds.others if kind in ROWS) if kinds is not None else Counter[str]()
    return dict(counted)


def _findings(
    whole: AnyTable, salvage: Salvage, updated: Updated, problems: Sequence[FieldFinding]
) -> Iterator[Finding]:
    """Everything odd in the file; what is only not filled in yet is a warning, since it can be completed."""
    yield from whole.findings
    yield from efforts_without_stream(salvage.without_stream, whole.place(("epics", "effort")))
    places = whole.draft.places
    example = row_in(places) if whole.is_text else cell_in(places)
    yield from grouped_findings(_problems(whole, updated, problems), whole.place, example, column_in(places))


def _problems(whole: AnyTable, updated: Updated, problems: Sequence[FieldFinding]) -> Iterator[FieldFinding]:
    reported = {problem.path for problem in whole.draft.problems}
    yield from whole.draft.problems
    for problem in problems:
        path = in_export(problem.path, updated.origin)
        if path is not None and path not in reported and not is_consequence(problem, reported):
            severity = "warning" if is_missing(problem, updated.raw) else problem.severity
            yield replace(problem, path=path, severity=severity)
