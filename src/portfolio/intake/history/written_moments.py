"""Days and moments as people and tools write them: 18.01.2027 14:03, 18/Jan/27 3:04 PM, 01/18/2027, as 2027-01-18 and 14:03:00."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from portfolio.intake.values.dates import Order, order_of, readings

ISO_DAY = r"\d{4}-\d{2}-\d{2}"
ISO_MOMENT = re.compile(rf"{ISO_DAY}[T ]\d{{2}}:\d{{2}}(:\d{{2}}([.,]\d+)?)?\s*(Z|[+-]\d{{2}}:?\d{{2}})?")
LENGTH_OF_A_DAY = 10
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*"
    r"(?P<half>[AaPp]\.?\s?[Mm]\.?)?\s*(?P<offset>Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?"
)
TIMED = re.compile(rf"(?P<day>.+?)(?:[ ,T]|\u00e0|um)+(?P<clock>{re.sub(r'[?]P<[a-z]+>', '?:', CLOCK.pattern)})")
NOON = 12
WORLD = ("Z", "UTC", "GMT")
"""The time zone of the world; other letters are not known well enough to count."""


def is_iso_moment(word: str) -> bool:
    """Whether a text is a moment as ISO 8601 writes it, of which a million are read at once."""
    return len(word) > LENGTH_OF_A_DAY and ISO_MOMENT.fullmatch(word) is not None


class WrittenMoments:
    """The different texts of one column; each different day and each different time of day in them is read once."""

    def __init__(self, words: Sequence[str]) -> None:
        self._clocks: dict[str, str | None] = {"": ""}
        self._parts = [self._split(word) for word in words]

    def read(self) -> Iterator[tuple[list[str], str]]:
        """For each text what day it can be, and its time of day with its offset, blank where it has none."""
        different = dict.fromkeys(day for day, _ in self._parts)
        order = order_of(day for day in different if not day[:5].endswith("-"))
        days = {day: _days(day, order) for day in different}
        for day, clock in self._parts:
            yield days[day], clock

    def _split(self, word: str) -> tuple[str, str]:
        """The day and the time of day of a text."""
        day, _, rest = word.partition(" ")
        clock = self._clock(rest)
        if clock is not None:
            return day, clock
        found = TIMED.fullmatch(word)
        return (word, "") if found is None else (found["day"].strip(" ,"), self._clock(found["clock"]) or "")

    def _clock(self, text: str) -> str | None:
        if text not in self._clocks:
            self._clocks[text] = _time_of_day(text)
        return self._clocks[text]


def _time_of_day(text: str) -> str | None:
    """A time of day as 15:04:00+01:00; None where a text is none."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, half = int(found["hour"]), found["half"]
    if half:
        hour = hour % NOON + (NOON if half.casefold().startswith("p") else 0)
    offset = found["offset"] or ""
    if offset.isalpha():
        offset = "Z" if offset in WORLD else ""
    return f"{hour:02}:{found['minute']}:{found['second'] or '00'}{offset}"


def _days(text: str, order: Order | None) -> list[str]:
    """What a text can mean as a day; one where the order of day and month is decided."""
    found = readings(text)
    days = list(dict.fromkeys(found.values()))
    return [found[order]] if len(days) > 1 and order in found else days
