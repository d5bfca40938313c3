"""A table with a column per state, as ActionableAgile has it: a row for each epic, the day it entered each state in the cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from portfolio.intake.headings.names import matches
from portfolio.intake.history.days_column import DaysColumn, read_days
from portfolio.intake.history.history_columns import HISTORY, holds_days, is_other_day
from portfolio.intake.history.history_file import WRITE_DAYS, HistoryFile, left_out
from portfolio.intake.languages import vocabulary

if TYPE_CHECKING:
    from portfolio.domain import Finding

FIRST = ("id", "link", "name")
HEADER_ROWS = 20
FEWEST = 2
"""A table of states has at least so many of them."""


@dataclass(frozen=True)
class StateColumns:
    """Where a table has what: its header, counted from 0, the column of the epics, and those of the states in their order."""

    header: int
    epic: int
    states: tuple[int, ...]
    type: int | None
    value_stream: int | None


def state_columns(rows: Sequence[Sequence[str]]) -> StateColumns | None:
    """The columns of such a table; None where it is none.

    In a table headed ID, Link, Name the states are the columns after Name up to the last that holds days and blanks only, but none from
    the first one on that holds something else and is called so: `Type`, `Status`. In others they are the columns of days, where at least one is called like a state in whatever language; days of something else
    (created, due) are left out.
    """
    for header, row in enumerate(rows[:HEADER_ROWS]):
        headings = [" ".join(cell.split()) for cell in row]
        is_classic = tuple(heading.casefold() for heading in headings[: len(FIRST)]) == FIRST
        if not is_classic and not any(vocabulary().state(heading) for heading in headings if heading):
            continue
        days = [place for place in range(len(headings)) if holds_days(rows[header + 1 :], place)]
        epic, states = (
            (0, _classic(headings, days, rows[header + 1 :]))
            if is_classic
            else (_of_epic(headings, days), _named(headings, days))
        )
        if epic is not None and states:
            return StateColumns(
                header, epic, states, _field("type", headings, states), _field("value_stream", headings, states)
            )
    return None


def _classic(headings: Sequence[str], days: Sequence[int], below: Sequence[Sequence[str]]) -> tuple[int, ...]:
    def is_another(place: int) -> bool:
        has_words = place not in days and any(place < len(row) and row[place].strip() for row in below)
        return has_words and is_other_day(headings[place])

    last = max((place for place in days if place >= len(FIRST)), default=0)
    between = range(len(FIRST), last + 1)
    return tuple(between[: next((turn for turn, place in enumerate(between) if is_another(place)), None)])


def _named(headings: Sequence[str], days: Iterable[int]) -> tuple[int, ...]:
    states = tuple(place for place in days if headings[place] and not is_other_day(headings[place]))
    is_known = any(vocabulary().state(headings[place]) for place in states)
    return states if is_known and len(states) >= FEWEST else ()


def _of_epic(headings: Sequence[str], days: Sequence[int]) -> int | None:
    """The column that says which epic a row is: its ID, else what it is called."""
    others = [place for place in range(len(headings)) if place not in days]
    own = (place for place in others if _is("epic", headings[place]) or _names("id", headings[place]))
    return next(own, next((place for place in others if _names("title", headings[place])), None))


def _names(name: str, heading: str) -> bool:
    return any(meaning.name == name for meaning in vocabulary().meanings("naming", heading))


def _is(field: str, heading: str) -> bool:
    found = matches(heading, HISTORY.columns)
    return bool(found) and found[0].column.field == field


def _field(name: str, headings: Sequence[str], states: Sequence[int]) -> int | None:
    return next((place for place, word in enumerate(headings) if place not in states and _is(name, word)), None)


def _days(cells: Sequence[str], zone: tzinfo | None) -> DaysColumn:
    import pandas as pd

    return read_days(pd.Series(list(cells), dtype="str"), zone)


def read_state_columns(
    rows: Sequence[Sequence[str]], columns: StateColumns, name: str, zone: tzinfo | None
) -> HistoryFile:
    """The changes of state of such a table; a blank cell is a state that was skipped, in the order of the columns."""
    import numpy as np

    from portfolio.measures.transitions import Names, Transitions

    headings = [" ".join(cell.split()) for cell in rows[columns.header]]
    epics, kinds, streams = Names(), Names(), Names()
    found: list[tuple[int, int, int, int]] = []
    cells: list[str] = []
    nameless = 0
    for row in rows[columns.header + 1 :]:
        said = [row[column].strip() if column < len(row) else "" for column in range(len(headings))]
        if not said[columns.epic]:
            nameless += any(said)
            continue
        epic = epics.number(said[columns.epic])
        kind = kinds.number(None if columns.type is None else said[columns.type])
        stream = streams.number(None if columns.value_stream is None else said[columns.value_stream])
        for state, column in enumerate(columns.states):
            if said[column]:
                found.append((epic, state, stream, kind))
                cells.append(said[column])
    table = np.array(found, dtype=np.int64).reshape(-1, 4)
    days = _days(cells, zone)
    transitions = Transitions(
        tuple(epics.names), tuple(headings[column] for column in columns.states), tuple(streams.names),
        tuple(kinds.names), table[:, 0], table[:, 1], days.day, days.time, table[:, 2], table[:, 3],
        np.full(len(table), -1, dtype=np.int64),
    )  # fmt: skip
    findings: list[Finding] = []
    if nameless:
        what = f"without {'an ID' if headings[columns.epic].casefold() == 'id' else 'an epic'} {{count}} for nothing"
        findings.append(left_out(name, nameless, what, f"Fill in {headings[columns.epic]}."))
    unclear = int(days.unclear.sum())
    if unclear:
        what = "{have} a day that can be read in two ways, and no other day decides"
        findings.append(left_out(name, unclear, what, WRITE_DAYS))
    unread = int((~days.known & ~days.unclear).sum())
    if unread:
        findings.append(left_out(name, unread, "{have} no day that can be read, and {count} for nothing", WRITE_DAYS))
    return HistoryFile(
        name, transitions if days.known.all() else transitions.only(days.known), tuple(findings), days.offsets_differ
    )
