"""Guardrails about periods that are over: their lines are emptied, or say what is left of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.domain.limit_spec import limit_words
from portfolio.intake.source_map import SourceMap
from portfolio.merge.result_remarks import Remark
from portfolio.results.closing import EndedRule
from portfolio.xlsx.patch.cell import CellEdit


def rule_edits(ended: Sequence[EndedRule], places: SourceMap) -> Iterator[tuple[str, CellEdit]]:
    """The cells of guardrails that change, with their sheet."""
    records = places.records.get("guardrails")
    for rule in ended if records is not None else ():
        assert records is not None
        row = records.rows[rule.index]
        if rule.after is not None:
            yield records.sheet, CellEdit(row, records.columns["where"], limit_words(rule.after))
            continue
        for column in records.columns.values():
            if places.content((records.sheet, row, column)) not in ("", None):
                yield records.sheet, CellEdit(row, column, None)


def ended_remarks(ended: Sequence[EndedRule], places: SourceMap) -> list[Remark]:
    """The lines that are emptied, as they were, for the sheet Notes."""
    records = places.records.get("guardrails")
    if records is None:
        return []
    return [
        Remark(
            records.sheet,
            (records.rows[rule.index], records.columns["name"]),
            rule.line,
            (f"{rule.before.name}: {' and '.join(rule.over)} is over",),
        )
        for rule in ended
        if rule.after is None
    ]
