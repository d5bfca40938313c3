"""The state of the search: a formulation's records as the search uses them, and the plan it stands at.

Options, epics, rows and budget shifts are records, so that what is needed together lies together. What belongs to a
record (an epic's value streams, its predecessors, ...) is a range of the array `lists`. Each record is declared once, as
a class; the numpy type that the compiled functions work with is derived from it.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol, TypeVar, cast, overload

import numpy as np
from numpy.typing import NDArray

from portfolio.options import Floats, Ints

HARD, SOFT, ELASTIC = 0, 1, 2
"""Kinds of rows: never broken further; broken at the user's price; broken on the way at the search's own price."""
FIRST_PRICE = 0.1
"""What an elastic row costs at first, in largest values for one largest coefficient."""
UNTOUCHED = -2.0
"""Marks a budget shift that the move under trial does not need; shifts go from -1 to 1."""

Column = NDArray[Any]
"""One field of many records: whole numbers or others."""
Random = NDArray[np.uint64]
"""The one number from which the next random one is made."""


class OptionRecord:
    """An epic done in one way: its entries, its value, when it begins and is done."""

    first: int
    last: int
    epic: int
    start: int
    finish: int
    value: float


class EntryRecord:
    """By how much an option uses up a row."""

    row: int
    coefficient: float


class RowRecord:
    """A row with its limits, what breaking it costs, the budget shift that moves it, and what the plan uses of it."""

    lower: float
    upper: float
    over_price: float
    under_price: float
    gain: float
    activity: float
    saved: float
    kind: int
    shift: int
    stamp: int


class EpicRecord:
    """An epic: its options, the one that the plan has chosen (-1 for none), and ranges of `lists` for those it goes with."""

    first: int
    last: int
    chosen: int
    saved: int
    best: int
    stamp: int
    listed: int
    streams: int
    streams_end: int
    needs: int
    needs_end: int
    needed: int
    needed_end: int
    mates: int
    mates_end: int
    density: float
    worth: float


class ShiftRecord:
    """A budget shift: its limits, how much of it the plan needs, the rows that it moves and the sum it belongs to."""

    low: float
    high: float
    weight: float
    need: float
    saved: float
    trial: float
    first: int
    last: int
    sum: int
    stamp: int


class SumRecord:
    """The sum of the budget shifts of a budget period."""

    limit: float
    total: float
    saved: float
    stamp: int


class StreamRecord:
    """A value stream: the range of `lists` with the epics that need it."""

    first: int
    last: int


class ScoreRecord:
    """A plan's value less its prices, how far hard rows are broken, and how far elastic ones are."""

    value: float
    broken: float
    stretched: float


class LogRecord:
    """The number of the move under way, and how many records of each kind it has changed."""

    stamp: int
    rows: int
    epics: int
    shifts: int
    sums: int


Record = TypeVar("Record", covariant=True)


class Records(Protocol[Record]):
    """An array of records: by number it gives a record, by name a field of all of them."""

    def __len__(self) -> int:
        """How many records there are."""
        ...

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: str) -> Column: ...
    def __setitem__(self, field: str, values: object) -> None:
        """Sets a field of every record."""
        ...


def empty_records(record: type[Record], count: int = 0) -> Records[Record]:
    """So many records of a class above, all zero."""
    formats = {"int": "i8", "float": "f8"}
    layout = np.dtype([(name, formats[kind]) for name, kind in record.__annotations__.items()])
    return cast("Records[Record]", np.zeros(count, layout))


class SearchState(NamedTuple):
    """Arrays of records, most of them fixed; the plan and what it uses change with every move."""

    options: Records[OptionRecord]
    entries: Records[EntryRecord]
    rows: Records[RowRecord]
    epics: Records[EpicRecord]
    shifts: Records[ShiftRecord]
    sums: Records[SumRecord]
    streams: Records[StreamRecord]
    lists: Ints
    score: Records[ScoreRecord]
    random: Random
    logs: Records[LogRecord]
    log: Ints
    work: Ints
    key: Floats
    periods: int


def assemble(
    *,
    options: Records[OptionRecord],
    entries: Records[EntryRecord],
    rows: Records[RowRecord],
    epics: Records[EpicRecord],
    shifts: Records[ShiftRecord],
    sums: Records[SumRecord],
    streams: Records[StreamRecord],
    lists: Ints,
    periods: int = 1,
    seed: int = 0,
) -> SearchState:
    """The state made of the records of every kind, with an empty plan and room to work in."""
    most = max(len(rows), len(epics), len(shifts), len(sums)) + 1
    return SearchState(
        options=options,
        entries=entries,
        rows=rows,
        epics=epics,
        shifts=shifts,
        sums=sums,
        streams=streams,
        lists=lists,
        score=empty_records(ScoreRecord, 1),
        random=np.array([0x9E3779B97F4A7C15 ^ (seed * 0xBF58476D1CE4E5B9 + 1) % 2**64], dtype=np.uint64),
        logs=empty_records(LogRecord, 1),
        log=np.zeros((4, most), dtype=np.int64),
        work=np.zeros((3, len(lists) + 4 * len(epics) + 64), dtype=np.int64),
        key=np.zeros(len(epics) + 64),
        periods=periods,
    )


def empty_state() -> SearchState:
    """A state without a single record: what the compiler needs to know, and no more."""
    return assemble(
        options=empty_records(OptionRecord),
        entries=empty_records(EntryRecord),
        rows=empty_records(RowRecord),
        epics=empty_records(EpicRecord),
        shifts=empty_records(ShiftRecord),
        sums=empty_records(SumRecord),
        streams=empty_records(StreamRecord),
        lists=np.zeros(0, dtype=np.int64),
    )
