"""What people typed onto result sheets, with what its row and column are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio.intake.agreed_words import WORD_COLUMNS
from portfolio.merge.result_names import FIRST, Label, ResultNames
from portfolio.merge.result_record import Written, cells_of, digest_of, typed_cells
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.patch.cell import Formula, Scalar
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

    has_neighbour: bool = False
    """Whether something stands beside it, which is known of guesses only."""

    is_beyond: bool = False
    """Whether it is text right of all formulas of the sheet as it was, where results had come to their end."""

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
        if canonical == WORD_COLUMNS.name:
            cells = [
                cell for cell in cells if cell[1] > len(WORD_COLUMNS.columns)
            ]  # its table is read, and written again
        if record is None:
            found += _guesses(editing, canonical, name, cells, now)
        else:
            found += remarks_at(editing, canonical, name, cells, record.cells)
    return found


def _guesses(
    editing: PackageEditor, canonical: str, name: str, cells: Sequence[Cell], now: Mapping[Cell, str]
) -> list[Remark]:
    """What may be theirs on a sheet of which nothing is known but that it is ours."""
    ends = max((column for (_, column), said in now.items() if said.startswith(ANY_FORMULA)), default=None)
    return [
        replace(
            remark,
            is_guess=True,
            is_beyond=ends is not None and remark.cell[1] > ends and isinstance(remark.content, str),
        )
        for remark in remarks_at(editing, canonical, name, cells, {})
    ]


def remarks_at(
    editing: PackageEditor,
    canonical: str,
    name: str,
    cells: Sequence[Cell],
    record: Mapping[Cell, str],
) -> list[Remark]:
    """What stands in some cells of a sheet of ours, of which `record` says what was written onto it."""
    found, names, said = [], ResultNames(editing, name), set(cells)
    rows, texts = editing.rows(name), editing.shared_strings()
    for row, column in cells:
        cell = rows.cell(row, column)
        if cell is None:
            continue
        content = read_cell(rows.xml[cell.start : cell.end], texts)
        heading = names.headings.get(column, "") if row > FIRST else ""
        over = (row, column) in record
        beside = bool(said & {(row, column - 1), (row, column + 1)})
        remark = Remark(canonical, (row, column), content, names.label(row), heading, cell.style, over)
        found.append(replace(remark, has_neighbour=beside))
    return found
