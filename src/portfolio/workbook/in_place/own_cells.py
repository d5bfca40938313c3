"""Which cells beside the epics this program wrote, and which hold what people typed or calculated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.intake.columns import RESULT_COLUMNS
from portfolio.intake.values.cell_values import is_blank
from portfolio.merge.base_sheet import known_record
from portfolio.merge.result_formulas import RESULTS, is_result_formula
from portfolio.merge.sheet_parts import SheetParts
from portfolio.xlsx.patch.editing import PackageEditor

_START = RESULT_COLUMNS[3]


@dataclass(frozen=True)
class OwnCells:
    """The formulas on the sheet of the epics, and the sheets of ours that results are looked up on."""

    formulas: Mapping[tuple[int, int], str]
    results: tuple[str, ...]
    has_starts: bool
    """Whether the planned starts were written by this program."""

    @classmethod
    def of(cls, editing: PackageEditor, sheet: str) -> OwnCells:
        """Those of a workbook as it is now."""
        own, columns = editing.own_sheets, known_record(editing).columns
        names = {own[canonical] for canonical in RESULTS if canonical in own}
        names |= {canonical for canonical in RESULTS if canonical in own and canonical not in editing.sheets}
        starts = "Plan" in own if columns is None else _START in columns
        return cls(SheetParts(editing.parts).formulas(sheet), tuple(names), starts)

    def is_filled(self, row: int, column: int, content: object) -> bool:
        """Whether a cell holds anything."""
        return (row, column) in self.formulas or not is_blank(content)

    def is_ours(self, heading: str, row: int, column: int) -> bool:
        """Whether this program wrote what a filled cell below a heading holds.

        A planned start is a word and no formula; it is ours where this program filled the column.
        """
        formula = self.formulas.get((row, column))
        if formula is not None:
            return is_result_formula(formula, self.results)
        return heading == _START and self.has_starts
