"""Which sheet of a file is which input: by its name, by a name like it, or by its headings; and which are not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from portfolio.intake.columns import BUDGET, CAPACITY, EPICS, SETTINGS, SHEETS, Sheet, has_written_name
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.fitting import fits, holds_epics, names_epics
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.settings_rows import has_settings
from portfolio.intake.tables.sheet_names import is_named, named_like
from portfolio.intake.tables.table import Table


class Sheets(Protocol):
    """The sheets of a file: of a workbook, or the one of a text table."""

    @property
    def names(self) -> Sequence[str]:
        """Their names, in order."""
        ...

    def grid(self, name: str) -> Grid:
        """The cells of one sheet."""
        ...

    def is_written(self, grid: Grid) -> bool:
        """Whether a sheet was written by this program beside the user's own."""
        ...

    def is_small(self, name: str) -> bool:
        """Whether a sheet is small enough to look into it only to see what it holds."""
        ...


@dataclass
class Inputs:
    """The sheet of each input by the input's name; `unread` are others that hold the same, each with what it is like."""

    sheets: Sheets
    others: frozenset[str] = frozenset()
    """Names of sheets that are read for something else."""
    named: dict[str, str] = field(default_factory=dict)
    unread: list[tuple[str, Sheet]] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    """Sheets that this program wrote."""
    large: list[str] = field(default_factory=list)
    """Sheets that were not looked into, since they are large and named like no input."""
    epics: Table | None = None
    several: tuple[str, ...] = ()
    """The sheets that could be the epics, where it is not clear which one is."""

    def grid(self, sheet: Sheet) -> Grid | None:
        """The cells of an input, where a merged value counts in each of its rows."""
        name = self.named.get(sheet.name)
        return None if name is None else self.sheets.grid(name)


def find_inputs(sheets: Sheets, others: Sequence[str] = (), epics: str | None = None) -> Inputs:
    """Which sheet is which input; `epics` is the sheet that somebody named for the epics."""
    found = Inputs(sheets, frozenset(others))
    free = [name for name in sheets.names if name not in found.others and _is_of_use(found, name)]
    for kind in SHEETS:
        own = [name for name in free if is_named(name, kind)]
        own.sort(key=lambda name: [name.casefold() != known.casefold() for known in (kind.name, *kind.aliases)])
        if own and kind is not EPICS:
            found.named[kind.name] = own[0]
    _find_epics(found, free, epics)
    for kind in SHEETS:
        if kind is not EPICS and kind.name not in found.named:
            _find_like(found, kind, free)
    _note_unread(found, free)
    return found


def _is_of_use(found: Inputs, name: str) -> bool:
    """Whether a sheet may be an input: it was not written by us, and is not large and named like no input."""
    sheets = found.sheets
    if has_written_name(name, ""):
        found.results.append(name)
        return False
    if not named_like(name) and not sheets.is_small(name) and any(is_named(other, EPICS) for other in sheets.names):
        found.large.append(name)
        return False
    own_name = any(is_named(name, kind) for kind in SHEETS)
    if not own_name and sheets.is_written(sheets.grid(name)):
        found.results.append(name)
        return False
    return True


def _find_epics(found: Inputs, free: Sequence[str], chosen: str | None) -> None:
    """The sheet of that name if it holds a table, else the one sheet that looks like it."""
    own = chosen or next((name for name in free if is_named(name, EPICS)), None)
    table = find_table(found.sheets.grid(own), EPICS) if own is not None else None
    if table is not None and names_epics(table):
        found.epics, found.named[EPICS.name] = table, table.grid.name
        return
    taken = {name for kind, name in found.named.items() if kind != SETTINGS.name}
    tables = [find_table(found.sheets.grid(name), EPICS) for name in free if name != own and name not in taken]
    likely = [table for table in tables if table is not None and holds_epics(table)]
    if own is not None:
        found.named[EPICS.name] = own
    elif len(likely) == 1:
        found.epics, found.named[EPICS.name] = likely[0], likely[0].grid.name
    else:
        found.several = tuple(table.grid.name for table in likely)


def _find_like(found: Inputs, kind: Sheet, free: Sequence[str]) -> None:
    """A sheet with a name like an input's that holds what the input has, or one whose headings only that input has."""
    claimed = set(found.named.values())
    open_names = [name for name in free if name not in claimed]
    like = [name for name in open_names if kind in named_like(name) and fits(found.sheets.grid(name), kind)]
    if not like and kind not in (CAPACITY, BUDGET):
        like = [name for name in open_names if not named_like(name) and fits(found.sheets.grid(name), kind)]
    if like:
        found.named[kind.name] = like[0]


def _note_unread(found: Inputs, free: Sequence[str]) -> None:
    """Sheets that hold what an input has, and are not read, because another sheet is."""
    claimed = set(found.named.values()) | set(found.several)
    for name in free:
        if name in claimed:
            continue
        kinds = [kind for kind in SHEETS if is_named(name, kind)] or [*named_like(name)]
        grid = found.sheets.grid(name)
        like = next((kind for kind in kinds if _holds(grid, kind)), None)
        if like is None and not kinds:
            like = next((kind for kind in SHEETS if kind not in (CAPACITY, BUDGET) and fits(grid, kind)), None)
        if like is not None and like.name in found.named:
            found.unread.append((name, like))


def _holds(grid: Grid, kind: Sheet) -> bool:
    return has_settings(grid) if kind is SETTINGS else fits(grid, kind) or _is_like(grid, kind)


def _is_like(grid: Grid, kind: Sheet) -> bool:
    if kind in (CAPACITY, BUDGET):
        return False
    table = find_table(grid, kind)
    return table is not None and (kind is not EPICS or names_epics(table))
