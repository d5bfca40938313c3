"""What people typed onto result sheets: it goes with its epic when a sheet is written anew, or to the sheet Notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio.merge.formula_references import moved
from portfolio.merge.result_record import Written, cells_of, digest_of, typed_cells
from portfolio.workbook.in_place.result_names import Label, ResultNames
from portfolio.workbook.layout import FIRST
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.patch.cell import CellEdit, Formula, Scalar
from portfolio.xlsx.patch.cell_contents import read_cell
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.sheet_cells import ANY_FORMULA, Cell


@dataclass(frozen=True)
class Remark:
    """A cell of theirs on a sheet of ours, with what its row and column are called."""

    sheet: str
    cell: Cell
    content: Scalar | Formula
    label: Label = ()
    heading: str = ""
    style: int | None = None
    typed_over: bool = False
    """Whether a figure of ours stood there."""
    is_guess: bool = False
    """Whether nothing is known of what was written there, so that it counts only where results never stand."""

    @property
    def place(self) -> str:
        """The cell, as it was called."""
        return f"{self.sheet}!{column_letters(self.cell[1])}{self.cell[0]}"

    @property
    def about(self) -> str:
        """What it is about, in words."""
        return ", ".join(word for word in (*self.label, self.heading) if word)

    @property
    def text(self) -> str:
        """What was typed, as people see it."""
        if isinstance(self.content, Formula):
            return f"={self.content.text}"
        return f"{self.content:.15g}" if isinstance(self.content, float) else str(self.content)


def remarks_on_results(editing: PackageEditor, written: Written, sheets: Iterable[str]) -> list[Remark]:
    """What people typed onto those sheets of ours that are about to be written anew."""
    own, found = editing.own_sheets, []
    shown = {sheet.name for sheet in editing.workbook.sheets if sheet.state == "visible"}
    for canonical in sheets:
        name, record = own.get(canonical), written.sheets.get(canonical)
        if name not in shown or (record is not None and record.digest == digest_of(editing, name)):
            continue
        now = cells_of(editing, name)
        if record is not None:
            cells = typed_cells(record.cells, now)
        else:
            cells = sorted(cell for cell, said in now.items() if not said.startswith(ANY_FORMULA))
        found += _read(editing, canonical, name, cells, {} if record is None else record.cells, is_guess=record is None)
    return found


def _read(
    editing: PackageEditor,
    canonical: str,
    name: str,
    cells: Sequence[Cell],
    record: Mapping[Cell, str],
    *,
    is_guess: bool,
) -> list[Remark]:
    found, names = [], ResultNames(editing, name)
    rows, texts = editing.rows(name), editing.shared_strings()
    for row, column in cells:
        cell = rows.cell(row, column)
        if cell is None:
            continue
        content = read_cell(rows.xml[cell.start : cell.end], texts)
        heading = names.headings.get(column, "") if row > FIRST else ""
        over = (row, column) in record
        remark = Remark(canonical, (row, column), content, names.label(row), heading, cell.style, over, is_guess)
        found.append(remark)
    return found


def put_back_remarks(
    editing: PackageEditor,
    remarks: Iterable[Remark],
    titles: Mapping[str, str],
    fresh: Mapping[str, Mapping[Cell, str]],
) -> tuple[set[str], list[Remark]]:
    """Puts remarks back beside their epic; the sheets that have some now, and those that found no place there.

    `titles` says what each of our sheets is called, `fresh` what was just written onto it.
    """
    remarked, left = set(), []
    names: dict[str, ResultNames] = {}
    for remark in remarks:
        title, cells = titles[remark.sheet], fresh.get(remark.sheet, {})
        if remark.is_guess and not _is_apart(remark, cells):
            continue
        place = _place(remark, names.setdefault(title, ResultNames(editing, title)))
        if remark.typed_over or place is None or place in cells:
            left.append(remark)
            continue
        content = remark.content
        if isinstance(content, Formula):
            content = replace(content, text=moved(content.text, place[0] - remark.cell[0], place[1] - remark.cell[1]))
        editing.edit(title, [CellEdit(*place, content, remark.style)])
        remarked.add(remark.sheet)
    return remarked, left


def _place(remark: Remark, names: ResultNames) -> Cell | None:
    """Where a remark belongs now: in the row of its epic, and in the column that it had."""
    row, column = remark.cell
    if remark.label and any(remark.label):
        found = names.row(remark.label)
        if found is None:
            return None
        row = found
    if remark.heading in names.headings.values():
        column = next(number for number, heading in names.headings.items() if heading == remark.heading)
    return row, column


def _is_apart(remark: Remark, fresh: Mapping[Cell, str]) -> bool:
    """Whether a text stands where results never do: in a column without any, or alone."""
    row, column = remark.cell
    if all(number != column for _, number in fresh):
        return True
    return not any((row, column + step) in fresh for step in (-1, 0, 1))
