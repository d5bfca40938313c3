"""Dated history in a workbook: a sheet of changes, or one with a column per state, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, tzinfo

from portfolio.errors import WrongUseError
from portfolio.intake.columns import SHEETS, plain
from portfolio.intake.evidence.find_evidence import evidence_called
from portfolio.intake.history.changes_table import changes_of
from portfolio.intake.history.history_columns import HISTORY, NEEDED, history_columns, not_history
from portfolio.intake.history.history_file import HistoryFile, no_rows
from portfolio.intake.history.state_columns import read_state_columns, state_columns
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.read_csv import FIRST_ROWS
from portfolio.intake.tables.workbook_sheets import WorkbookSheets


def read_history_sheets(content: bytes, name: str, zone: tzinfo | None) -> HistoryFile:
    """The changes of state of a workbook's sheet called History, else of the first one that has them."""
    sheets = WorkbookSheets(content, name)
    first: list[list[str]] = []
    for grid in _in_turn(sheets):
        rows = list(map(_row, grid.rows))
        found = _read(rows, grid, f"{name}, {grid.name}", zone)
        if found is not None:
            return found
        first = first or rows
    raise WrongUseError(not_history(name, first[:FIRST_ROWS], history_columns(first[:FIRST_ROWS]).missing or NEEDED))


def has_only_history(content: bytes, name: str) -> bool:
    """Whether a workbook is one of history rather than a portfolio: it has changes of state, and no sheet of epics beside it."""
    if not content.startswith(b"PK"):
        return False
    sheets = WorkbookSheets(content, name)
    known = {plain(word) for sheet in SHEETS for word in (sheet.name, *sheet.aliases)}
    if any(plain(title) in known for title in sheets.names):
        return False
    return any(_is_history(list(map(_row, grid.rows[:FIRST_ROWS]))) for grid in _in_turn(sheets))


def _is_history(rows: Sequence[Sequence[str]]) -> bool:
    return not history_columns(rows).missing or state_columns(rows) is not None


def _row(row: Sequence[object]) -> list[str]:
    return list(map(_text, row))


def _in_turn(sheets: WorkbookSheets) -> Iterator[Grid]:
    """The sheets that may hold history, one called so first; those that this program wrote are none."""

    def is_called_so(title: str) -> bool:
        return evidence_called(title) is HISTORY

    for title in sorted(sheets.names, key=lambda title: not is_called_so(title)):
        if is_called_so(title) or sheets.is_small(title):
            grid = sheets.grid(title)
            if grid.rows and not sheets.is_written(grid):
                yield grid


def _read(rows: list[list[str]], grid: Grid, name: str, zone: tzinfo | None) -> HistoryFile | None:
    import pandas as pd

    columns = history_columns(rows[:FIRST_ROWS])
    if not columns.missing:
        below = rows[columns.header + 1 :]
        if not below:
            raise WrongUseError(no_rows(name))
        series = {
            field: pd.Series([row[place] for row in below], dtype="category") for field, place in columns.places.items()
        }
        return changes_of(series, name, zone, grid.top + columns.header + 1)
    states = state_columns(rows)
    return None if states is None else read_state_columns(rows, states, name, zone)


def _text(value: object) -> str:
    """What a cell says, as a text table would have it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
