"""The results beside the user's own epics: formulas over the same row, and looked up by the epic's ID."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio.domain import Epic
from portfolio.workbook.in_place.input_origins import Origins
from portfolio.workbook.in_place.linked_cells import Link, LinkedColumn
from portfolio.workbook.layout import Layout
from portfolio.workbook.sheets.epic_results import summed_fields, summed_wsjf
from portfolio.xlsx.write.book import Value


@dataclass(frozen=True)
class ResultCell:
    """A cell of the user's epics sheet, counted from 1: its formula without `=`, if it has one, and its value."""

    row: int
    column: int
    formula: str | None
    value: Value


def result_cells(layout: Layout, origins: Origins, result_columns: Mapping[str, int]) -> Iterator[ResultCell]:
    """Every cell of the result columns, by row; `Planned start` is a decision and no formula."""
    epics = layout.figures.portfolio.epics
    found = [(origins.record("epics", index, "id"), epic.id) for index, epic in enumerate(epics)]
    ids = LinkedColumn.of(Link("text"), found)
    for index, (epic, (origin, _)) in enumerate(zip(epics, found, strict=True)):
        if origin is None:
            continue
        own = ids.formula(origin, epic.id, origin.beside)
        if own is None:
            continue
        row = _Row(layout, origins, index, epic, own)
        for heading, column in result_columns.items():
            formula, value = row.cell(heading)
            yield ResultCell(origin.cell[1], column, formula, value)


@dataclass(frozen=True)
class _Row:
    """One epic's row; `own` is a formula for its ID."""

    layout: Layout
    origins: Origins
    index: int
    epic: Epic
    own: str

    def cell(self, heading: str) -> tuple[str | None, Value]:
        """Formula and value of one result."""
        ranked, line = self.layout.figures.ranking.by_id[self.epic.id], self.layout.figures.epic_lines.get(self.epic.id)
        if heading == "WSJF":
            by_shape = self.layout.figures.portfolio.shape is not None
            return None if by_shape else self._wsjf(self._ranked("wsjf")), _shown(ranked.wsjf)
        if heading == "Rank":
            return self._ranked("rank"), _shown(ranked.rank)
        if heading == "Planned start":
            start = self.layout.figures.start(self.epic)
            return None, self.layout.figures.periods[start - 1] if start else None
        if heading == "Decision":
            return self._planned("decision"), line.decision if line else "wait"
        return f'{self._planned("finish")}&""', (line.finish if line else None) or ""

    def _ranked(self, key: str) -> str:
        ranking = self.layout.table("Ranking")
        return f'IFERROR(INDEX({ranking.column(key)},{self.layout.find(ranking.column("id"), self.own)}),"")'

    def _planned(self, key: str) -> str:
        plan = self.layout.table("Plan")
        return f'IFERROR(INDEX({plan.column(key)},{self.layout.find(plan.column("id"), self.own)}),"")'

    def _wsjf(self, elsewhere: str) -> str:
        """The scores of the same row where the model just adds them up and all cells are numbers; else by ID."""
        fields = summed_fields(self.layout.figures.model)
        cells = [self.origins.record("epics", self.index, field) for field in fields]
        found = [cell.beside for cell in cells if cell is not None]
        if not fields or len(found) < len(fields):
            return elsewhere
        return f"IF(COUNT({','.join(found)})={len(found)},{summed_wsjf(found)},{elsewhere})"


def _shown(number: float | None) -> Value:
    return "" if number is None else float(number)
