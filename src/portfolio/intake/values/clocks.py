"""The time of day as people and tools write it behind a day: 14:03, 2:03 PM, 14.03 Uhr, kl. 14:03, 14h03, 14:03:09.5Z."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from portfolio.intake.languages import vocabulary

WORD = r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?\.?"
"""A word, which may be cut short with a full stop."""
CLOCK = re.compile(
    rf"(?:(?P<before>{WORD}(?: {WORD})?) ?)?(?P<hour>\d{{1,2}})"
    rf"(?:(?P<hours>[:.\uff1a]| ?{WORD} ?)(?P<minute>\d{{2}})"
    rf"(?P<seconds>(?P<minutes>[:.\uff1a]| ?{WORD} ?)(?P<second>\d{{2}})(?P<fraction>[.,]\d+)?)?)?"
    r" ?(?P<behind>[^\W\d_](?:[^\d+\u2212()\[\]-]|-(?=[^\W\d_]))*?)? ?(?P<offset>[+\u2212-]\d{1,2}(?::?\d{2})?)?"
    r"(?: ?(?:\[[^\]]*\]|\([^)]*\)))?"
)
"""Figures with marks or words between them, words around them, an offset; some tools say the zone once more in brackets."""
ZONE = re.compile("[A-Z]{1,5}")
OFFSET = re.compile(r"(?P<sign>[+\u2212-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")
HOURS, NOON, SIXTY = 24, 12, 60
SECOND = 1_000_000
ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ", "WEST"), 1), **dict.fromkeys(("CEST", "MESZ", "EET"), 2), "EEST": 3,
    "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8,
}  # fmt: skip
"""The hours from the world's time that letters stand for, in Europe and as RFC 5322 has them; others mean different zones."""


class TimeOfDay(NamedTuple):
    """A time of day in microseconds, and how many seconds its time zone is ahead of the world's time, where it says so."""

    microseconds: int
    offset: int | None = None

    @property
    def written(self) -> str:
        """The time as programs write it: 14:03:00+01:00."""
        seconds, part = divmod(self.microseconds, SECOND)
        minutes, second = divmod(seconds, SIXTY)
        clock = f"{minutes // SIXTY:02}:{minutes % SIXTY:02}:{second:02}{f'.{part:06}' if part else ''}"
        if self.offset is None:
            return clock
        ahead = abs(self.offset) // SIXTY
        return f"{clock}{'-' if self.offset < 0 else '+'}{ahead // SIXTY:02}:{ahead % SIXTY:02}"


def time_of_day(text: str) -> TimeOfDay | None:
    """What a text says as a time of day; None where it is none, or one that no day has, such as 25:03."""
    found = CLOCK.fullmatch(text)
    if found is None or not _is_of_a_clock(found):
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0)
    word, zone = _behind(found)
    half = {_meaning(word), _meaning(found["before"] or "")} & {"morning", "afternoon"}
    if half and hour <= NOON:
        hour = hour % NOON + (NOON if "afternoon" in half else 0)
    if hour >= HOURS or minute >= SIXTY or second >= SIXTY:
        return None
    part = int((found["fraction"] or "")[1:7].ljust(6, "0"))
    return TimeOfDay(((hour * SIXTY + minute) * SIXTY + second) * SECOND + part, _offset(found["offset"], zone))


def is_time_of_day(text: str) -> bool:
    """Whether a text is a time of day, be it one that no day has."""
    found = CLOCK.fullmatch(text)
    return found is not None and _is_of_a_clock(found)


def _is_of_a_clock(found: re.Match[str]) -> bool:
    """Whether the words around and among the figures are those of a clock; an hour alone needs one to be known as such."""
    around = {_meaning(word) for word in (found["before"], _behind(found)[0]) if word}
    among = ((found["hours"], "hour"), (found["minutes"], "minute"))
    return (
        None not in around
        and bool(found["minute"] or around & {"hour", "morning", "afternoon"})
        and all(_meaning(mark) == meant for mark, meant in among if mark and mark not in ":.\uff1a")
    )


def _behind(found: re.Match[str]) -> tuple[str, str]:
    """The words behind the figures, and the letters of the time zone behind these."""
    behind = found["behind"] or ""
    words, _, last = behind.rpartition(" ")
    return (words, last) if ZONE.fullmatch(last) and _meaning(behind) is None else (behind, "")


def _meaning(words: str) -> str | None:
    """What a word means on a clock, or the first of several that all mean something: `Uhr`, `p. m.`, `o godz.`."""
    found = vocabulary().meaning("clock", words)
    if found is not None:
        return found.name
    first, _, rest = words.partition(" ")
    return _meaning(first) if rest and _meaning(rest) else None


def _offset(written: str | None, zone: str) -> int | None:
    """The seconds that a time zone is ahead of the world's time; None for letters that mean several zones, or none."""
    if written is not None and (found := OFFSET.fullmatch(written)):
        ahead = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return int(ahead.total_seconds()) * (1 if found["sign"] == "+" else -1)
    return ZONES[zone] * SIXTY * SIXTY if zone in ZONES else None
