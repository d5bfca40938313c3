"""What the rows and columns of a result sheet are called, so that what people put there finds its place again."""

from __future__ import annotations

from portfolio.xlsx.patch.cell import Formula
from portfolio.xlsx.patch.cell_contents import read_cell
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.sheet_cells import Cell

FIRST = 4
"""The row of headings on result sheets, counted from 1: a title, a note and a line for groups of columns come before."""
LABEL_COLUMNS = 3
"""Without a column `ID`, this many first columns tell a row from the others."""

Label = tuple[str, ...]


class ResultNames:
    """What the rows and columns of a result sheet are called."""

    def __init__(self, editing: PackageEditor, sheet: str) -> None:
        self._rows, self._texts = editing.rows(sheet), editing.shared_strings()
        self.headings = {column: text for column, text in self._read(FIRST).items() if text}
        found = [column for column, heading in self.headings.items() if heading == "ID"]
        self.label_columns = found or list(range(1, LABEL_COLUMNS + 1))

    def label(self, row: int) -> Label:
        """What a row is called; nothing above the data, or on a sheet that is no table."""
        if row <= FIRST or not self.headings:
            return ()
        texts = self._read(row)
        return tuple(texts.get(column, "") for column in self.label_columns)

    def find(self, label: Label, heading: str, cell: Cell) -> Cell | None:
        """Where what was called so stands now; a cell that had no names stays where it was."""
        if not heading:
            return cell
        column = next((column for column, name in self.headings.items() if name == heading), None)
        if column is None or not label:
            return None if column is None else (FIRST, column)
        row = self.row(label)
        return None if row is None else (row, column)

    def row(self, label: Label) -> int | None:
        """The row that is called so now."""
        return next((row for row in self._rows.rows if row > FIRST and self.label(row) == label), None)

    def _read(self, row: int) -> dict[int, str]:
        found = {}
        for column, cell in self._rows.cells(row).items():
            content = read_cell(self._rows.xml[cell.start : cell.end], self._texts)
            value = content.value if isinstance(content, Formula) else content
            found[column] = value if isinstance(value, str) else "" if value is None else f"{value:g}"
        return found
