"""A copy of a workbook in which every finding stands as a note at its cell, with a colour."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.domain import Finding
from portfolio.xlsx.cell_names import split_name
from portfolio.xlsx.patch.editing import PackageEditor

AUTHOR = "portfolio check"
COLOURS = {"error": "FFC7CE", "warning": "FFEB9C"}


def annotated(content: bytes, name: str, findings: Iterable[Finding]) -> bytes:
    """The workbook with a note for each finding; one about a sheet as a whole, or the file, stands in a first cell."""
    editing = PackageEditor(content, name)
    for finding in findings:
        sheet, row, column = _cell(finding.place.removeprefix(f"{name}, "), editing.sheets)
        if sheet:
            editing.comment(sheet, row, column, AUTHOR, f"{finding.severity}: {finding.message} {finding.fix}".strip())
            editing.fill(sheet, row, column, COLOURS[finding.severity])
    return editing.content()


def _cell(place: str, sheets: list[str]) -> tuple[str, int, int]:
    """The cell of a place; the first one of its sheet, or of the first sheet, where it names none."""
    sheet, mark, cell = place.rpartition("!")
    if mark and sheet in sheets:
        return (sheet, *split_name(cell))
    return (place if place in sheets else next(iter(sheets), ""), 1, 1)
