"""The board: a formulation's records as the search uses them, and the plan that stands on it.

Options, epics, rows and budget shifts are records, so that what is needed together lies together. What belongs to a
record (an epic's value streams, its predecessors, ...) is a range of the array `lists`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from portfolio.options import Ints

HARD, SOFT, ELASTIC = 0, 1, 2
"""Kinds of rows: never broken further; broken at the user's price; broken on the way at the search's own price."""
FIRST_PRICE = 0.1
"""What an elastic row costs at first, in largest values for one largest coefficient."""
UNTOUCHED = -2.0
"""Marks a budget shift that the move under trial does not need; shifts go from -1 to 1."""

OPTION = np.dtype([(name, "i8") for name in ("first", "last", "epic", "start", "finish")] + [("value", "f8")])
ENTRY = np.dtype([("row", "i8"), ("coefficient", "f8")])
ROW = np.dtype(
    [(name, "f8") for name in ("lower", "upper", "over_price", "under_price", "gain", "activity", "saved")]
    + [(name, "i8") for name in ("kind", "shift", "stamp")]
)
LISTS = ("streams", "needs", "needed", "mates")
EPIC = np.dtype(
    [(name, "i8") for name in ("first", "last", "chosen", "saved", "best", "stamp", "listed")]
    + [(name + end, "i8") for name in LISTS for end in ("", "_end")]
    + [("density", "f8"), ("worth", "f8")]
)
SHIFT = np.dtype(
    [(name, "f8") for name in ("low", "high", "weight", "need", "saved", "trial")]
    + [(name, "i8") for name in ("first", "last", "sum", "stamp")]
)
SUM = np.dtype([("limit", "f8"), ("total", "f8"), ("saved", "f8"), ("stamp", "i8")])
STREAM = np.dtype([("first", "i8"), ("last", "i8")])
SCORE = np.dtype([("value", "f8"), ("broken", "f8"), ("stretched", "f8")])
"""A plan's value less its prices, how far hard rows are broken, and how far elastic ones are."""
LOGS = np.dtype([(name, "i8") for name in ("stamp", "rows", "epics", "shifts", "sums")])
"""The number of the move under way, and how many records of each kind it has changed."""


class SearchState(NamedTuple):
    """Arrays of records, most of them fixed; the plan and what it uses change with every move."""

    options: Any
    entries: Any
    rows: Any
    epics: Any
    shifts: Any
    sums: Any
    streams: Any
    lists: Any
    score: Any
    random: Any
    logs: Any
    log: Any
    work: Any
    key: Any
    periods: int


def assemble(records: Sequence[Any], lists: Ints, seed: int) -> SearchState:
    """A board of options, entries, rows, epics, shifts, sums and streams, with an empty plan and room to work in."""
    options, entries, rows, epics, shifts, sums, streams = records
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
        score=np.zeros(1, SCORE),
        random=np.array([0x9E3779B97F4A7C15 ^ (seed * 0xBF58476D1CE4E5B9 + 1) % 2**64], dtype=np.uint64),
        logs=np.zeros(1, LOGS),
        log=np.zeros((4, most), dtype=np.int64),
        work=np.zeros((3, len(lists) + 4 * len(epics) + 64), dtype=np.int64),
        key=np.zeros(len(epics) + 64),
        periods=1,
    )


def empty_state() -> SearchState:
    """A board on which nothing stands: what the compiler needs to know, and no more."""
    kinds = (OPTION, ENTRY, ROW, EPIC, SHIFT, SUM, STREAM)
    return assemble([np.zeros(0, kind) for kind in kinds], np.zeros(0, dtype=np.int64), 0)
