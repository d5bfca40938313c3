"""A table with a column per state, as ActionableAgile has it: a row for each epic, the day it entered each state in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from portfolio.intake.history.days_column import DaysColumn, read_days
from portfolio.intake.history.history_file import HistoryFile, left_out

if TYPE_CHECKING:
    from portfolio.domain import Finding

FIRST = ("id", "link", "name")
TYPES = ("type", "item type", "issue type", "work item type")
STREAMS = ("value stream", "value_stream")


def state_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> range | None:
    """The columns of states: those after Name up to the last that holds days and blanks only; None where it is no such table."""
    folded = [" ".join(heading.casefold().split()) for heading in headings]
    if tuple(folded[: len(FIRST)]) != FIRST:
        return None
    last = len(FIRST)
    for column in range(len(FIRST), len(headings)):
        cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
        if cells and bool(_days(cells, None).known.all()):
            last = column + 1
    return range(len(FIRST), last) if last > len(FIRST) else None


def _days(cells: Sequence[str], zone: tzinfo | None) -> DaysColumn:
    import pandas as pd

    return read_days(pd.Series(list(cells), dtype="str"), zone)


def read_state_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], states: range, name: str, zone: tzinfo | None
) -> HistoryFile:
    """The changes of state of such a table; a blank cell is a state that was skipped, in the order of the columns."""
    import numpy as np

    from portfolio.measures.transitions import Names, Transitions

    folded = [" ".join(heading.casefold().split()) for heading in headings]
    type_at = next((place for place, word in enumerate(folded) if word in TYPES and place not in states), None)
    stream_at = next((place for place, word in enumerate(folded) if word in STREAMS and place not in states), None)
    epics, kinds, streams = Names(), Names(), Names()
    found: list[tuple[int, int, int, int]] = []
    cells: list[str] = []
    nameless = 0
    for row in rows:
        said = [row[column].strip() if column < len(row) else "" for column in range(len(headings))]
        if not said[0]:
            nameless += any(said)
            continue
        epic = epics.number(said[0])
        kind = kinds.number(None if type_at is None else said[type_at])
        stream = streams.number(None if stream_at is None else said[stream_at])
        for column in states:
            if said[column]:
                found.append((epic, column - states.start, stream, kind))
                cells.append(said[column])
    table = np.array(found, dtype=np.int64).reshape(-1, 4)
    days = _days(cells, zone)
    transitions = Transitions(
        tuple(epics.names), tuple(headings[column] for column in states), tuple(streams.names), tuple(kinds.names),
        table[:, 0], table[:, 1], days.day, days.time, table[:, 2], table[:, 3],
        np.full(len(table), -1, dtype=np.int64),
    )  # fmt: skip
    findings: list[Finding] = []
    if nameless:
        findings.append(left_out(name, nameless, "without an ID count for nothing", "Fill in the ID."))
    unread = int((~days.known).sum())
    if unread:
        findings.append(left_out(name, unread, "have no day that can be read", "Write days as 2027-01-18."))
        transitions = transitions.only(days.known)
    return HistoryFile(name, transitions, tuple(findings), days.offsets_differ)
