"""What somebody typed onto the result sheets of a returned copy: it is listed, and kept on the sheet Notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from portfolio.domain import Finding
from portfolio.domain.spelling import shown
from portfolio.domain.wording import first_of
from portfolio.merge.base_sheet import INPUTS, known_record
from portfolio.merge.read_contents import SNAPSHOT_SHEET
from portfolio.merge.result_record import Written, cells_of, digest_of, typed_cells
from portfolio.merge.result_remarks import Remark, remarks_at
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.sheet_cells import Cell

_SHOWN = 8
_RULE = "Result sheets follow from the inputs and are not merged."


class ResultSheets:
    """The result sheets of the base, which those of the copies are compared with."""

    def __init__(self, editing: PackageEditor) -> None:
        self._editing, self._names, self._record = editing, editing.own_sheets, known_record(editing)
        self._read: dict[str, Mapping[Cell, str]] = {}

    def cells(self, canonical: str) -> Mapping[Cell, str]:
        """What stands on one of them in the base."""
        if canonical not in self._read:
            name = self._names.get(canonical)
            self._read[canonical] = {} if name is None else cells_of(self._editing, name)
        return self._read[canonical]

    def edits(self, label: str, copy: PackageEditor) -> tuple[list[Finding], list[Remark]]:
        """What is otherwise on the result sheets of a copy, as findings and as remarks to keep."""
        record, found, kept = known_record(copy), list[Finding](), list[Remark]()
        for canonical, name in copy.own_sheets.items():
            if canonical in (SNAPSHOT_SHEET, *INPUTS):
                continue
            measure = self._measure(canonical, record, copy, name)
            if measure is None:
                continue
            now = cells_of(copy, name)
            there = self.cells(canonical)
            cells = [cell for cell in typed_cells(measure, now) if there.get(cell) != now[cell]]
            gone = sorted(cell for cell in measure if cell not in now and cell in there)
            ours = record.sheets[canonical].cells if canonical in record.sheets else measure
            remarks = [replace(each, sheet=name) for each in remarks_at(copy, canonical, name, cells, ours)]
            found += _findings(label, name, remarks, gone)
            kept += [replace(remark, sheet=f"{name} of {label}") for remark in remarks]
        return found, kept

    def _measure(self, canonical: str, record: Written, copy: PackageEditor, name: str) -> Mapping[Cell, str] | None:
        """What a sheet of a copy is compared with: what was written onto it, or else the base's; None where it is that."""
        written, cells = record.sheets.get(canonical), record.cells(canonical)
        if cells is not None:
            return None if written is not None and written.digest == digest_of(copy, name) else cells
        own = self._names.get(canonical)
        if own is None or (record.sheets and record != self._record):
            return None
        return None if copy.sheet_xml(name) == self._editing.sheet_xml(own) else self.cells(canonical)


def _findings(label: str, sheet: str, remarks: Sequence[Remark], gone: Sequence[Cell]) -> Iterator[Finding]:
    if remarks:
        said = first_of([f"{_name(each.cell)} {shown(each.text)}" for each in remarks], _SHOWN)
        place = f"{label}, {sheet}!{_name(remarks[0].cell)}"
        what = f"Not merged, on a result sheet: {said}."
        fix = "It is kept on the sheet Notes; enter it among the inputs, if the plan shall follow it."
        yield Finding("warning", place, what, _RULE, fix)
    if gone:
        said = first_of([*map(_name, gone)], _SHOWN)
        what = f"Emptied, on a result sheet: {said}."
        yield Finding("warning", f"{label}, {sheet}!{_name(gone[0])}", what, _RULE, "It is kept as it was.")


def _name(cell: Cell) -> str:
    return f"{column_letters(cell[1])}{cell[0]}"
