"""A column of days and moments as whole days in one time zone, a million at once, in whatever way they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from portfolio.intake.history.written_moments import WrittenMoments, is_iso_moment
from portfolio.measures.days import day_number
from portfolio.measures.transitions import NO_TIME

if TYPE_CHECKING:
    import pandas as pd

LENGTH_OF_A_DAY = 10


@dataclass(frozen=True)
class DaysColumn:
    """For each row its day and time, and whether these are known, blank, or can be read in two ways."""

    day: NDArray[np.int64]
    time: NDArray[np.int64]
    known: NDArray[np.bool_]
    blank: NDArray[np.bool_]
    unclear: NDArray[np.bool_]
    offsets_differ: bool


def read_days(column: pd.Series, zone: tzinfo | None) -> DaysColumn:  # type: ignore[type-arg,unused-ignore]
    """The days of a column of text: each different text is read once; `zone` is where moments become days.

    Which of two numbers is the month is decided once for the whole column, by the days that can be read in one way only.
    """
    codes, texts = _distinct(column)
    words = [str(text).strip() for text in texts]
    count = len(words)
    day, time = np.zeros(count, dtype=np.int64), np.full(count, NO_TIME, dtype=np.int64)
    known, unclear = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    blank = np.array([not word for word in words], dtype=bool)
    is_iso = np.array([is_iso_moment(word) for word in words], dtype=bool)
    places, moments = np.flatnonzero(is_iso).tolist(), [word for word, iso in zip(words, is_iso, strict=True) if iso]
    rest = np.flatnonzero(~is_iso & ~blank).tolist()
    written = WrittenMoments([words[place] for place in rest])
    for place, (days, clock) in zip(rest, written.read(), strict=True):
        unclear[place], known[place] = len(days) > 1, len(days) == 1
        if len(days) == 1 and clock:
            places.append(place)
            moments.append(f"{days[0]}T{clock}")
        elif len(days) == 1:
            day[place] = day_number(date.fromisoformat(days[0]))
    offsets_differ = False
    if places:
        day[places], time[places], known[places], offsets_differ = _moments(moments, zone)
    return DaysColumn(day[codes], time[codes], known[codes], blank[codes], unclear[codes], offsets_differ)


def _distinct(column: pd.Series) -> tuple[NDArray[np.int64], Sequence[object]]:  # type: ignore[type-arg,unused-ignore]
    """The different texts of a column, and which of them each row has; what is missing is a blank one."""
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64), [*column.cat.categories, ""]
    codes, texts = pd.factorize(column)
    return codes.astype(np.int64), [*texts, ""]


def _moments(
    words: list[str], zone: tzinfo | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], bool]:
    """Moments as days, of their own offset where there is no zone, and as microseconds of the world's time."""
    import pandas as pd

    texts = pd.Series(words, dtype="str").str.replace(",", ".", regex=False)
    offset = texts.str.extract(r"(Z|[+-]\d{2}:?\d{2})$", expand=False)
    offset = offset.mask(texts.str.len() <= len("2027-01-01T00:00"))
    aware = offset.notna().to_numpy()
    local = pd.to_datetime(texts.str.slice(0, LENGTH_OF_A_DAY), format="%Y-%m-%d", errors="coerce")
    moment = pd.to_datetime(texts, format="ISO8601", utc=True, errors="coerce")
    if zone is not None:
        plain = pd.to_datetime(texts[~aware], format="ISO8601", errors="coerce")
        placed = plain.dt.tz_localize(zone, ambiguous="NaT", nonexistent="shift_forward").dt.tz_convert(UTC)
        moment = moment.where(pd.Series(aware), placed.reindex(moment.index))
        there = moment.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
        local = there.where(pd.Series(aware), local)
    known = local.notna().to_numpy()
    days = local.fillna(pd.Timestamp(0)).to_numpy().astype("datetime64[D]").astype(np.int64)
    stamp = moment.dt.tz_localize(None).to_numpy().astype("datetime64[us]").astype(np.int64)
    time = np.where(moment.notna().to_numpy(), stamp, NO_TIME)
    differ = zone is None and offset[aware].replace("Z", "+00:00").str.replace(":", "").nunique() > 1
    return days, time, known, bool(differ)
