"""A table with a row for each change of state, a million of them read as columns in a few seconds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from portfolio.domain import Finding
from portfolio.errors import WrongUseError
from portfolio.intake.history.days_column import DaysColumn, read_days
from portfolio.intake.history.history_columns import CHANGED_FIELD, is_about_states
from portfolio.intake.history.history_file import WRITE_DAYS, HistoryFile, left_out
from portfolio.intake.tables.csv_formula_guard import restored
from portfolio.measures.transitions import NONE, Transitions

if TYPE_CHECKING:
    import pandas as pd

FEWEST_EPICS = 5
"""So many epics with one row each are a list of where they stand rather than a history."""


def table_of(content: bytes, delimiter: str, columns: Mapping[str, int]) -> dict[str, pd.Series]:  # type: ignore[type-arg,unused-ignore]
    """The columns of the rows below a header, known by their position; no other column is read.

    Of all but the moments, which are mostly different, each different text is held once.
    """
    import pandas as pd

    used = sorted(set(columns.values()))
    table = pd.read_csv(  # type: ignore[call-overload,unused-ignore]
        io.BytesIO(content),
        sep=delimiter,
        header=None,
        usecols=used,
        dtype={**dict.fromkeys(used, "category"), columns["entered"]: "str"},
        keep_default_na=False,
        skip_blank_lines=False,
    )
    return {field: table[place] for field, place in columns.items()}


def changes_of(series: Mapping[str, pd.Series], name: str, zone: tzinfo | None, first: int = 2) -> HistoryFile:  # type: ignore[type-arg,unused-ignore]
    """The changes of state that columns of text hold; where they hold changes of everything, those of states count.

    The first of the rows is row `first` of the file.
    """
    series, first_rows = _of_states(series, name)
    days = read_days(series["entered"], zone)
    coded = {field: _codes(column) for field, column in series.items() if field != "entered"}
    nothing: tuple[tuple[str, ...], NDArray[np.int64]] = ((), np.full(len(days.day), NONE, dtype=np.int64))
    epics, epic = coded["epic"]
    states, state = coded["state"]
    streams, stream = coded.get("value_stream", nothing)
    types, kind = coded.get("type", nothing)
    parents, parent = coded.get("parent", nothing)
    epics, parent = _with_parents(epics, parents, parent)
    sound = (epic != NONE) & (state != NONE) & days.known
    rows = Transitions(epics, states, streams, types, epic, state, days.day, days.time, stream, kind, parent)
    findings = tuple(_findings(name, epic, state, days, first_rows + first))
    rows = rows if sound.all() else rows.only(sound)
    if len(rows) == len(epics) >= FEWEST_EPICS and not parents and len(np.unique(rows.epic)) == len(rows):
        findings = (*findings, _one_row_each(name))
    return HistoryFile(name, rows, findings, days.offsets_differ)


def _of_states(
    series: Mapping[str, pd.Series],  # type: ignore[type-arg,unused-ignore]
    name: str,
) -> tuple[dict[str, pd.Series], NDArray[np.int64]]:  # type: ignore[type-arg,unused-ignore]
    """The rows that say a change of state, and the position of each."""
    columns = {field: column for field, column in series.items() if field != CHANGED_FIELD}
    rows = np.arange(len(columns["entered"]))
    changed = series.get(CHANGED_FIELD)
    if changed is None:
        return columns, rows
    categories = [is_about_states(word) for word in changed.cat.categories]
    kept = np.array([*categories, False])[changed.cat.codes.to_numpy()]
    if not kept.any():
        raise WrongUseError(
            f"{name} has changes of {', '.join(map(str, changed.cat.categories[:5]))} and none of a state."
        )
    return {field: column[kept].reset_index(drop=True) for field, column in columns.items()}, rows[kept]


def _one_row_each(name: str) -> Finding:
    return Finding(
        "warning",
        name,
        "Every epic has one row: the state it is in, and nothing of those before.",
        "A lead time needs the day of the commitment and that of the end.",
        "Export every change of state; the list of where epics stand today is no history.",
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
        word = " ".join(restored(str(categories[code])).split()) if code >= 0 else ""
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


def _findings(
    name: str, epic: NDArray[np.int64], state: NDArray[np.int64], days: DaysColumn, rows: NDArray[np.int64]
) -> Iterator[Finding]:
    """What counts for nothing; of rows where nothing stands at all nothing is said."""
    empty = (epic == NONE) & (state == NONE) & days.blank
    lacking = ((epic == NONE) | (state == NONE) | days.blank) & ~empty
    unclear = "{have} a day that can be read in two ways, and no other day in the column decides"
    for wrong, what, fix in (
        (lacking, "without an epic, a state or a day {count} for nothing", "Fill them in."),
        (
            ~days.known & ~days.blank & ~days.unclear,
            "{have} no day that can be read, and {count} for nothing",
            WRITE_DAYS,
        ),
        (days.unclear, unclear, WRITE_DAYS),
    ):
        places = np.flatnonzero(wrong)
        if len(places):
            yield left_out(name, len(places), what, fix, f"row {rows[places[0]]}")
