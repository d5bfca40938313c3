"""The sheets of a workbook, looked at by the guard first and read when they are asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, WorksheetNotFound

from portfolio.errors import WrongUseError
from portfolio.intake.columns import Sheet, has_written_name, plain
from portfolio.intake.tables.grid import Grid
from portfolio.xlsx.cell_names import split_name
from portfolio.xlsx.guard.limits import MAX_INPUT_CELLS
from portfolio.xlsx.guard.package_guard import Package, inspect
from portfolio.xlsx.number_formats import NumberFormats
from portfolio.xlsx.patch.own_sheets import own_sheets
from portfolio.xlsx.patch.parts import Parts
from portfolio.xlsx.patch.workbook_part import WorkbookPart

LARGEST_LOOKED_AT = MAX_INPUT_CELLS
"""A sheet of more cells is looked into only where its name says that it may be an input."""


class WorkbookSheets:
    """The sheets of a workbook by the input sheet they stand for, read when they are asked for."""

    def __init__(self, content: bytes, name: str) -> None:
        self._package: Package = inspect(content, name)
        self._workbook = _open(self._package, name)
        self._file, self._content = name, content
        self.grids: dict[str, Grid] = {}
        """The sheets that were asked for."""
        self.names = [sheet.name for sheet in self._workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]

    def grid(self, name: str) -> Grid:
        """The cells of one sheet."""
        if name not in self.grids:
            self.grids[name] = self._read(name)
        return self.grids[name]

    def _read(self, name: str) -> Grid:
        try:
            sheet = self._workbook.get_sheet_by_name(name)
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=True)
        except CalamineError as failure:
            why = "its cells are missing" if isinstance(failure, WorksheetNotFound) else failure
            raise WrongUseError(
                f"{self._file}, sheet {name}, cannot be read ({why}); save it again in Excel."
            ) from None
        top, left = sheet.start or (0, 0)
        odd_cells = {split_name(cell): content for cell, content in self._package.odd_cells.get(name, {}).items()}
        merged = tuple(
            ((first[0] + 1, first[1] + 1), (last[0] + 1, last[1] + 1)) for first, last in sheet.merged_cell_ranges or ()
        )
        sums = frozenset(split_name(cell) for cell in self._package.sums.get(name, ()))
        return Grid(name, rows, top + 1, left + 1, odd_cells, merged, sums, lambda cell: self._formats.of(name, *cell))

    @cached_property
    def _formats(self) -> NumberFormats:
        return NumberFormats(self._package.readable, self._package.parts, self._package.styles)

    def is_small(self, name: str) -> bool:
        """Whether a sheet is small enough to look into it only to see what it holds."""
        return name in self.grids or self._package.areas.get(name, 0) <= LARGEST_LOOKED_AT

    def is_written(self, grid: Grid) -> bool:
        """Whether a sheet was written by this program beside the user's own: by its mark, its name or how it begins."""
        first = grid.rows[0][0] if grid.rows and grid.rows[0] else ""
        return has_written_name(grid.name, first) or grid.name in self._marked

    def is_marked(self, name: str) -> bool:
        """Whether a sheet has the mark of what this program wrote, whatever it is called."""
        return name in self._marked

    @cached_property
    def _marked(self) -> frozenset[str]:
        try:
            return frozenset(own_sheets(WorkbookPart(Parts(self._content))).values())
        except WrongUseError:
            return frozenset()

    def named(self, sheet: Sheet) -> str | None:
        """The sheet of that name, or of another name that people use for it."""
        return next(iter(self.all_named(sheet)), None)

    def all_named(self, sheet: Sheet) -> list[str]:
        """All sheets of a name that people use for it, the one that is read first."""
        wanted = [plain(name) for name in (sheet.name, *sheet.aliases)]
        return [name for spelling in wanted for name in self.names if plain(name) == spelling]


def _open(package: Package, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(package.readable)
    except Exception:  # a reader written in Rust raises whatever its parts raise
        raise WrongUseError(f"{name} cannot be read as a workbook; open it in Excel and save it as .xlsx.") from None
