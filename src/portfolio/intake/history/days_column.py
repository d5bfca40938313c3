"""A column of days and moments as whole days in one time zone, a million at once, in whatever way they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from portfolio.intake.history.taken_apart import Numbers, TakenApart
from portfolio.intake.values.clocks import SECOND, TimeOfDay
from portfolio.intake.values.dates import meant, order_among
from portfolio.measures.days import Flags, day_number
from portfolio.measures.transitions import NO_TIME

if TYPE_CHECKING:
    import pandas as pd

NO_OFFSET = 1 << 30
A_DAY = 24 * 60 * 60 * SECOND


@dataclass(frozen=True)
class DaysColumn:
    """For each row its day and time, and whether these are known, blank, or can be read in two ways."""

    day: Numbers
    time: Numbers
    known: Flags
    blank: Flags
    unclear: Flags
    offsets_differ: bool

    def at(self, rows: Numbers) -> DaysColumn:
        """The same for these rows, each as often as it is named."""
        parts = (self.day[rows], self.time[rows], self.known[rows], self.blank[rows], self.unclear[rows])
        return DaysColumn(*parts, self.offsets_differ)


def read_days(column: pd.Series, zone: tzinfo | None) -> DaysColumn:  # type: ignore[type-arg,unused-ignore]
    """The days of a column of text: each different text is read once; `zone` is where moments become days.

    Which of two numbers is the month is decided once for the whole column, by the days that can be read in one way only.
    """
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        texts = np.array([*column.cat.categories, ""], dtype=object)
        return _read(texts, zone).at(column.cat.codes.to_numpy().astype(np.int64))
    return _read(column.fillna("").to_numpy(dtype=object), zone)


def _read(texts: NDArray[np.object_], zone: tzinfo | None) -> DaysColumn:
    """Reads texts that are mostly different."""
    parts = TakenApart(texts)
    order = order_among(parts.days)
    different = [[day_number(date.fromisoformat(day)) for day in meant(found, order)] for found in parts.days]
    ways = np.array([len(days) for days in different], dtype=np.int64)[parts.day]
    number = np.array([days[0] if len(days) == 1 else 0 for days in different], dtype=np.int64)[parts.day]
    clocks = [TimeOfDay(NO_TIME) if clock is None else clock for clock in parts.clocks]
    since = np.array([clock.microseconds for clock in clocks], dtype=np.int64)[parts.clock]
    offset = np.array([NO_OFFSET if clock.offset is None else clock.offset for clock in clocks], dtype=np.int64)
    known = ways == 1
    timed = np.flatnonzero(known & (since != NO_TIME))
    time = np.full(len(texts), NO_TIME, dtype=np.int64)
    local = number[timed] * A_DAY + since[timed] + parts.rest[timed]
    number[timed], time[timed], differ = _placed(local, offset[parts.clock[timed]], zone)
    return DaysColumn(number, time, known, parts.is_blank, ways > 1, differ)


def _placed(local: Numbers, offset: Numbers, zone: tzinfo | None) -> tuple[Numbers, Numbers, bool]:
    """Moments as days in a time zone, of their own offset where there is none, and as microseconds of the world's time.

    The hour that comes twice when summer time ends is no moment unless its offset is said; that which is left out when it
    begins is the one after it.
    """
    import pandas as pd

    aware = offset != NO_OFFSET
    day, time = local // A_DAY, np.where(aware, local - offset * SECOND, local)
    if zone is None:
        return day, time, len(np.unique(offset[aware])) > 1
    there = pd.DatetimeIndex(time[aware].astype("datetime64[us]")).tz_localize(UTC).tz_convert(zone).tz_localize(None)
    day[aware] = _microseconds(there) // A_DAY
    plain = pd.DatetimeIndex(local[~aware].astype("datetime64[us]"))
    placed = plain.tz_localize(zone, ambiguous="NaT", nonexistent="shift_forward").tz_convert(None)
    time[~aware] = np.where(placed.isna(), NO_TIME, _microseconds(placed))
    return day, time, False


def _microseconds(moments: pd.DatetimeIndex) -> Numbers:
    return moments.to_numpy().astype("datetime64[us]").astype(np.int64)
