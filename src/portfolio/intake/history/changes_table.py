"""A table with a row for each change of state, a million of them read as columns in a few seconds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from portfolio.domain import Finding
from portfolio.intake.history.days_column import DaysColumn, read_days
from portfolio.intake.history.history_file import HistoryFile, left_out
from portfolio.measures.transitions import NONE, Transitions

if TYPE_CHECKING:
    import pandas as pd

FIELDS = ("epic", "state", "entered", "value_stream", "type", "parent")
NEEDED = FIELDS[:3]


def read_changes(
    content: bytes, delimiter: str, columns: Mapping[str, int], name: str, zone: tzinfo | None
) -> HistoryFile:
    """The changes of state of a table whose columns are known by their position; no other column is read."""
    table = _table(content, delimiter, sorted(set(columns.values())))
    series = {field: table[place] for field, place in columns.items()}
    days = read_days(series["entered"], zone)
    coded = {field: _codes(series[field]) for field in columns if field != "entered"}
    nothing: tuple[tuple[str, ...], NDArray[np.int64]] = ((), np.full(len(table), NONE, dtype=np.int64))
    epics, epic = coded["epic"]
    states, state = coded["state"]
    streams, stream = coded.get("value_stream", nothing)
    types, kind = coded.get("type", nothing)
    parents, parent = coded.get("parent", nothing)
    epics, parent = _with_parents(epics, parents, parent)
    sound = (epic != NONE) & (state != NONE) & days.known
    rows = Transitions(epics, states, streams, types, epic, state, days.day, days.time, stream, kind, parent)
    findings = tuple(_findings(name, epic, state, days))
    return HistoryFile(name, rows if sound.all() else rows.only(sound), findings, days.offsets_differ)


def _table(content: bytes, delimiter: str, used: list[int]) -> pd.DataFrame:
    """The columns that are used; each different text is held once."""
    import pandas as pd

    return pd.read_csv(  # type: ignore[call-overload,no-any-return,unused-ignore]
        io.BytesIO(content),
        sep=delimiter,
        header=None,
        skiprows=1,
        usecols=used,
        dtype=dict.fromkeys(used, "category"),
        keep_default_na=False,
        skip_blank_lines=True,
    )


def _codes(column: pd.Series) -> tuple[tuple[str, ...], NDArray[np.int64]]:  # type: ignore[type-arg,unused-ignore]
    """The names of a column in the order in which they come up, without regard to case or spaces, and that of each row."""
    import pandas as pd

    folded: dict[str, int] = {}
    names: list[str] = []
    found = column.cat.codes.to_numpy()
    categories = column.cat.categories.to_numpy(dtype=object).tolist()
    number = np.full(len(categories) + 1, NONE, dtype=np.int64)
    for code in pd.unique(found).tolist():
        word = " ".join(str(categories[code]).split()) if code >= 0 else ""
        if word:
            place = folded.setdefault(word.casefold(), len(names))
            if place == len(names):
                names.append(word)
            number[code] = place
    return tuple(names), number[found]


def _with_parents(
    epics: tuple[str, ...], parents: tuple[str, ...], parent: NDArray[np.int64]
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names of epics with those of parents that have no row of their own, and the parent of each row among them."""
    if not parents:
        return epics, parent
    known = {name.casefold(): number for number, name in enumerate(epics)}
    names = list(epics)
    numbers = np.full(len(parents) + 1, NONE, dtype=np.int64)
    for place, name in enumerate(parents):
        if name.casefold() not in known:
            known[name.casefold()] = len(names)
            names.append(name)
        numbers[place] = known[name.casefold()]
    return tuple(names), numbers[parent]


def _findings(name: str, epic: NDArray[np.int64], state: NDArray[np.int64], days: DaysColumn) -> Iterator[Finding]:
    blank = np.flatnonzero((epic == NONE) | (state == NONE) | days.blank)
    if len(blank):
        yield left_out(
            name,
            len(blank),
            "without an epic, a state or a day count for nothing",
            "Fill them in.",
            f"row {blank[0] + 2}",
        )
    unread = np.flatnonzero(~days.known & ~days.blank & ~days.unclear)
    if len(unread):
        fix = "Write days as 2027-01-18."
        yield left_out(
            name, len(unread), "have no day that can be read, and count for nothing", fix, f"row {unread[0] + 2}"
        )
    unclear = np.flatnonzero(days.unclear)
    if len(unclear):
        what = "have a day that can be read in two ways, and no other day in the column decides"
        yield left_out(name, len(unclear), what, "Write days as 2027-01-18.", f"row {unclear[0] + 2}")
