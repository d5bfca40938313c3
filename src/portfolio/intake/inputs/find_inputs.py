"""Which table of a file is which input: by its name, by a name like it, or by its headings; and which are not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from portfolio.intake.columns import (
    BUDGET,
    CAPACITY,
    EPICS,
    SERVING_SHEETS,
    SETTINGS,
    SHEETS,
    Sheet,
    has_written_name,
)
from portfolio.intake.inputs.together import are_together
from portfolio.intake.tables.blocks import AMOUNTS, Block, blocks, holds_amounts
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.fitting import fits, holds_epics, names_epics
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.settings_rows import has_settings
from portfolio.intake.tables.sheet_names import is_named, is_put_away, named_like
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

    def is_marked(self, name: str) -> bool:
        """Whether a sheet has the mark of what this program wrote, whatever it is called."""
        ...

    def is_small(self, name: str) -> bool:
        """Whether a sheet is small enough to look into it only to see what it holds."""
        ...


@dataclass
class Inputs:
    """The table of each input by the input's name; `unread` are others that hold the same, each with what it is like.

    A table is known by the name of its sheet, or by that and a number where a sheet has several.
    """

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
    more_epics: list[str] = field(default_factory=list)
    """Further tables of epics: other epics, or other columns of the same ones."""
    several: tuple[str, ...] = ()
    """The sheets that could be the epics, where it is not clear which one is."""
    guessed: dict[str, Sheet] = field(default_factory=dict)
    """Tables of amounts by period that nothing calls capacity or budget, each with what it was read as."""
    blocks: dict[str, Block] = field(default_factory=dict)
    """The tables of sheets that have several."""

    def grid(self, sheet: Sheet) -> Grid | None:
        """The cells of an input."""
        key = self.named.get(sheet.name)
        return None if key is None else self.cells(key)

    def cells(self, key: str) -> Grid:
        """The cells of a table."""
        return self.blocks[key].grid if key in self.blocks else self.sheets.grid(key)

    def title(self, key: str) -> str:
        """What a table is called: its sheet, or what stands above it."""
        return self.blocks[key].caption if key in self.blocks else key

    def kinds(self, key: str) -> tuple[Sheet, ...]:
        """What the header of a block says that it is."""
        return self.blocks[key].kinds if key in self.blocks else ()


def find_inputs(sheets: Sheets, others: Sequence[str] = (), epics: str | None = None) -> Inputs:
    """Which table is which input; `epics` is the sheet that somebody named for the epics."""
    found = Inputs(sheets, frozenset(others))
    free = [
        key
        for name in sheets.names
        if name not in found.others and _is_of_use(found, name)
        for key in _keys(found, name)
    ]
    for kind in SHEETS:
        own = [key for key in free if is_named(found.title(key), kind) or found.kinds(key) == (kind,)]
        own.sort(
            key=lambda key: [found.title(key).casefold() != name.casefold() for name in (kind.name, *kind.aliases)]
        )
        if own and kind is not EPICS:
            found.named[kind.name] = own[0]
    _find_epics(found, free, epics)
    if found.epics is None and not found.several and EPICS.name not in found.named:
        free += (own := _called_like_results(found))
        _find_epics(found, own, epics)
    for kind in SHEETS:
        if kind is not EPICS and kind.name not in found.named:
            _find_like(found, kind, free)
    for kind in AMOUNTS:
        if kind.name not in found.named:
            _guess_amounts(found, kind, free)
    _note_unread(found, free)
    return found


def _keys(found: Inputs, name: str) -> list[str]:
    """The tables of a sheet; where it has several, the first one goes by the sheet's name unless it has its own."""
    if not found.sheets.is_small(name):
        return [name]
    made = blocks(found.sheets.grid(name))
    if len(made) == 1:
        return [name]
    keys = [name, *(f"{name}, table {number}" for number in range(2, len(made) + 1))]
    for key, block in zip(keys, made, strict=True):
        named = block.caption or (name if key == name else "")
        found.blocks[key] = Block(block.grid, named, block.kinds)
    return keys


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


def _called_like_results(found: Inputs) -> list[str]:
    """The tables of people's own sheet of epics that is called like one of results, where they have no other.

    Results of ours that lost their mark are several, or stand beside the epics that they were made of.
    """
    sheets = found.sheets
    unmarked = [
        name
        for name in found.results
        if has_written_name(name, "") and name not in SERVING_SHEETS and not sheets.is_marked(name)
    ]
    if len(unmarked) != 1 or not sheets.is_small(unmarked[0]):
        return []
    table = find_table(sheets.grid(unmarked[0]), EPICS)
    if table is None or not holds_epics(table):
        return []
    found.results.remove(unmarked[0])
    return _keys(found, unmarked[0])


def _find_epics(found: Inputs, free: Sequence[str], chosen: str | None) -> None:
    """The table of that name if it holds epics, else the one that looks like it, or several that go together."""
    own = chosen or next((key for key in free if is_named(found.title(key), EPICS)), None)
    table = find_table(found.cells(own), EPICS) if own is not None else None
    taken = {name for kind, name in found.named.items() if kind != SETTINGS.name}
    others = {key: find_table(found.cells(key), EPICS) for key in free if key != own and key not in taken}
    likely = {key: other for key, other in others.items() if other is not None and holds_epics(other)}
    if table is not None and own is not None and names_epics(table):
        found.epics, found.named[EPICS.name] = table, own
        if chosen is None:
            found.more_epics = [key for key, other in likely.items() if are_together([table, other], same_epics=True)]
        return
    likely = {key: other for key, other in likely.items() if not is_put_away(found.title(key))} or likely
    if own is not None:
        found.named[EPICS.name] = own
    elif len(likely) == 1 or (likely and are_together(list(likely.values()))):
        first, *found.more_epics = likely
        found.epics, found.named[EPICS.name] = likely[first], first
    else:
        found.several = tuple(likely)


def _find_like(found: Inputs, kind: Sheet, free: Sequence[str]) -> None:
    """A table with a name like an input's that holds what the input has, or one whose headings only that input has."""
    claimed = {*found.named.values(), *found.more_epics}
    open_keys = [key for key in free if key not in claimed]
    like = [key for key in open_keys if kind in named_like(found.title(key)) and fits(found.cells(key), kind)]
    if not like and kind not in AMOUNTS:
        like = [key for key in open_keys if not named_like(found.title(key)) and fits(found.cells(key), kind)]
    if like:
        found.named[kind.name] = like[0]


def _guess_amounts(found: Inputs, kind: Sheet, free: Sequence[str]) -> None:
    """The only table of amounts that is called nothing is the capacity, or on a sheet with capacity the budget."""
    claimed = {*found.named.values(), *found.more_epics}
    unnamed = [key for key in free if key not in claimed and not named_like(found.title(key))]
    open_keys = [key for key in unnamed if holds_amounts(found.cells(key))]
    beside = [key for key in open_keys if key in found.blocks]
    wanted = open_keys if kind is CAPACITY else beside
    if wanted and (kind is BUDGET or len(wanted) == 1 or beside):
        found.named[kind.name] = wanted[0]
        found.guessed[wanted[0]] = kind


def _note_unread(found: Inputs, free: Sequence[str]) -> None:
    """Tables that hold what an input has, and are not read, because another one is."""
    claimed = {*found.named.values(), *found.several, *found.more_epics}
    for key in free:
        if key in claimed:
            continue
        kinds = [kind for kind in SHEETS if is_named(found.title(key), kind)] or [*named_like(found.title(key))]
        grid = found.cells(key)
        like = next((kind for kind in kinds if _holds(grid, kind)), None)
        if like is None and not kinds:
            like = next((kind for kind in SHEETS if kind not in AMOUNTS and fits(grid, kind)), None)
        if like is None and not kinds and holds_amounts(grid):
            like = BUDGET if BUDGET.name in found.named else CAPACITY
        if like is not None and like.name in found.named:
            found.unread.append((key, like))


def _holds(grid: Grid, kind: Sheet) -> bool:
    return has_settings(grid) if kind is SETTINGS else fits(grid, kind) or _is_like(grid, kind)


def _is_like(grid: Grid, kind: Sheet) -> bool:
    if kind in AMOUNTS:
        return False
    table = find_table(grid, kind)
    return table is not None and (kind is not EPICS or names_epics(table))
