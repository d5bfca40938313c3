"""Reads a file of dated history, whatever of the known shapes it has; who did what is left out while reading."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Sequence
from datetime import tzinfo
from itertools import islice
from pathlib import Path

from portfolio.errors import WrongUseError
from portfolio.intake.history.changelogs import read_changelog
from portfolio.intake.history.changes_table import changes_of, table_of
from portfolio.intake.history.history_columns import history_columns, not_history
from portfolio.intake.history.history_file import HistoryFile, no_rows
from portfolio.intake.history.history_sheets import has_only_history, read_history_sheets
from portfolio.intake.history.state_columns import FIRST, read_state_columns, state_columns
from portfolio.intake.read_portfolio import OLE, read_content, refuse_other_formats
from portfolio.intake.tables.read_csv import FIRST_ROWS, HINT, decode, delimiter_of

LONG_BEGINNING = 1 << 20
"""The first rows of a table are among so many characters."""
HISTORY_NEEDED = "a file of history is needed: CSV, a workbook, or a changelog in JSON"


def read_history(path: Path, zone: tzinfo | None = None) -> HistoryFile:
    """The changes of state of a file; raises WrongUseError where it has none, with what is needed instead."""
    content = read_content(path, HISTORY_NEEDED)
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        return read_changelog(_parsed(content, path.name), path.name, zone)
    if content.startswith(b"PK"):
        return read_history_sheets(content, path.name, zone)
    if content.startswith(OLE):
        refuse_other_formats(content, path)
    return _from_text(content, path.name, zone)


def is_history(path: Path) -> bool:
    """Whether a file is one of history rather than a portfolio: CSV, a changelog in JSON, a workbook of changes without epics."""
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return True
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return has_only_history(read_content(path), path.name)
    if path.suffix.lower() not in (".json", ".jsonl", ".ndjson"):
        return False
    content = read_content(path)
    return b'"changelog"' in content or b'"System.State"' in content or (b'"issues"' in content[:1000])


def _parsed(content: bytes, name: str) -> object:
    """JSON, or a line of it for each issue, revision or page, as scripts write them."""
    try:
        text = content.decode("utf-8-sig")
        try:
            found: object = json.loads(text)
        except json.JSONDecodeError as failure:
            lines = text.splitlines()
            if not failure.msg.startswith("Extra data") or len(lines) < 2:
                raise
            found = [json.loads(line) for line in lines if line.strip()]
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as failure:
        raise WrongUseError(f"{name} is no JSON: {failure}; export the changelog again.") from None
    return found


def _from_text(content: bytes, name: str, zone: tzinfo | None) -> HistoryFile:
    """The changes of a text table; only its beginning is looked at row by row."""
    text, _ = decode(content, name)
    text = text.replace("\0", "") if "\0" in text else text
    hint = HINT.match(text)
    delimiter = delimiter_of(text)
    text = text[hint.end() :] if hint else text
    rows, ends = _beginning(text, delimiter)
    columns = history_columns(rows)
    if columns.missing or _is_classic(rows):
        states = state_columns(rows)
        if states is not None:
            every = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
            return read_state_columns(every, state_columns(every) or states, name, zone)
    if columns.missing:
        raise WrongUseError(not_history(name, rows, columns.missing))
    below, places = text[ends[columns.header] :], columns.places
    del text
    if not below or below.isspace():
        raise WrongUseError(no_rows(name))
    try:
        table = table_of(below.encode(), delimiter, places)
    except ValueError as failure:
        raise WrongUseError(f"{name} cannot be read as a table: {failure}; export it again.") from None
    del below
    return changes_of(table, name, zone, columns.header + 2 + bool(hint))


def _beginning(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows of a table, and where each of them ends."""
    stream = io.StringIO(text[:LONG_BEGINNING], newline="")
    rows, ends = list[list[str]](), list[int]()
    with contextlib.suppress(csv.Error):
        for row in islice(csv.reader(stream, delimiter=delimiter), FIRST_ROWS):
            rows.append([" ".join(cell.split()) for cell in row])
            ends.append(stream.tell())
    return rows, ends


def _is_classic(rows: Sequence[Sequence[str]]) -> bool:
    first = next((row for row in rows if any(row)), [])
    return tuple(cell.casefold() for cell in first[: len(FIRST)]) == FIRST
