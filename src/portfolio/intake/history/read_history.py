"""Reads a file of dated history, whatever of the known shapes it has; who did what is left out while reading."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

from portfolio.domain.spelling import nearest
from portfolio.errors import WrongUseError
from portfolio.intake.history.changelogs import is_changelog, read_changelog
from portfolio.intake.history.changes_table import FIELDS, NEEDED, read_changes
from portfolio.intake.history.history_file import HistoryFile
from portfolio.intake.history.state_columns import FIRST, read_state_columns, state_columns
from portfolio.intake.languages import fold
from portfolio.intake.read_portfolio import read_content
from portfolio.intake.tables.read_csv import HINT, LONGEST_CELL, decode, delimiter_of

HISTORY_NEEDED = "a file of history is needed: CSV, or a changelog in JSON"
ALIASES: Mapping[str, tuple[str, ...]] = {
    "epic": ("Epic", "ID", "Key", "Issue key", "Epic ID", "Work item ID", "Item", "Issue"),
    "state": ("State", "Status", "To", "To state", "To status", "New state", "New status"),
    "entered": ("Entered", "Entered on", "Entered at", "Date", "Day", "Changed", "Changed on", "Changed date", "At", "When", "Timestamp"),
    "value_stream": ("Value stream", "Stream"),
    "type": ("Type", "Issue type", "Work item type", "Item type"),
    "parent": ("Parent", "Parent key", "Parent ID", "Epic link", "Part of"),
}  # fmt: skip
"""What the columns of a table of changes are called; the sheet History has the first of each."""


def read_history(path: Path, zone: tzinfo | None = None) -> HistoryFile:
    """The changes of state of a file; raises WrongUseError where it has none, with what is needed instead."""
    content = read_content(path, HISTORY_NEEDED)
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        return read_changelog(_parsed(content, path.name), path.name, zone)
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise WrongUseError(f"{path.name} is no text table; {HISTORY_NEEDED}. A workbook has the sheet History.")
    return _from_table(content, path.name, zone)


def is_history(path: Path) -> bool:
    """Whether a file is one of history rather than a portfolio: CSV, or a changelog in JSON."""
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return True
    if path.suffix.lower() != ".json":
        return False
    content = read_content(path)
    return b'"changelog"' in content or b'"System.State"' in content or (b'"issues"' in content[:1000])


def _parsed(content: bytes, name: str) -> object:
    try:
        found: object = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as failure:
        raise WrongUseError(f"{name} is no JSON: {failure}; export the changelog again.") from None
    if not is_changelog(found):
        raise WrongUseError(
            f"{name} has no history: neither issues with a changelog (Jira) nor revisions with System.State (Azure DevOps)."
        )
    return found


def _from_table(content: bytes, name: str, zone: tzinfo | None) -> HistoryFile:
    text, _ = decode(content, name)
    text = text.replace("\0", "") if "\0" in text else text
    hint = HINT.match(text)
    delimiter = delimiter_of(text)
    text = (text[hint.end() :] if hint else text).lstrip("\r\n")
    headings = _headings(text, delimiter)
    if tuple(heading.casefold() for heading in headings[:3]) == FIRST:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1:]
        states = state_columns(headings, rows)
        if states is not None:
            return read_state_columns(headings, rows, states, name, zone)
    columns = columns_of(headings)
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        raise WrongUseError(_not_history(name, headings, missing))
    if "\n" not in text.rstrip():
        raise WrongUseError(
            f"{name} has no row below its headings; a change of state needs an epic, a state and a day."
        )
    encoded = text.encode()
    del text
    try:
        return read_changes(encoded, delimiter, columns, name, zone)
    except ValueError as failure:
        raise WrongUseError(f"{name} cannot be read as a table: {failure}; export it again.") from None


def _headings(text: str, delimiter: str) -> list[str]:
    """The cells of the first row."""
    reader = csv.reader(io.StringIO(text[:LONGEST_CELL], newline=""), delimiter=delimiter)
    return [" ".join(cell.split()) for cell in next(reader, [])]


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """The position of each field of a change of state by its heading, the most proper one first."""
    known = {fold(word): (field, turn) for field, words in ALIASES.items() for turn, word in enumerate(words)}
    found: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        field, turn = known.get(fold(heading), ("", 0))
        if field and (field not in found or turn < found[field][0]):
            found[field] = (turn, place)
    return {field: found[field][1] for field in FIELDS if field in found}


def _not_history(name: str, headings: Sequence[str], missing: Sequence[str]) -> str:
    """Why a table is none of history: Jira's own CSV has states and no changes of them."""
    folded = {fold(heading) for heading in headings}
    if {fold("Issue key"), fold("Status")} <= folded:
        return f"{name} has the states of today and no history; export the changelog of the issues as JSON (expand=changelog)."
    words = [ALIASES[field][0] for field in missing]
    near = nearest(words[0], headings)
    advice = f" Is {near} meant?" if near else ""
    return f"{name} has no column {' and no column '.join(words)}; a change of state needs Epic, State and Entered.{advice}"
