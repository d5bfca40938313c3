"""Formulas of people's own that gave way to a figure when a period was closed: each is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portfolio.domain import Finding
from portfolio.intake.source_map import name_of
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor


def replaced_formulas(editing: PackageEditor, edits: Mapping[str, Sequence[CellEdit]]) -> Iterator[Finding]:
    """Says which formulas of theirs are about to give way to a figure."""
    for sheet, changes in edits.items():
        formulas = {(row, column) for row, column, *_ in editing.rows(sheet).formulas()}
        for edit in changes:
            if (edit.row, edit.column) in formulas and edit.content is not None:
                yield Finding(
                    "warning",
                    f"{editing.name}, {name_of((sheet, edit.row, edit.column))}",
                    "A formula gave way to what is left.",
                    "It said what was to be done before the period was closed.",
                    "Look whether the figure should be calculated again.",
                )
