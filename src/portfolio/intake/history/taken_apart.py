"""A column of moments taken apart into days and times of day: by position where many are written alike, else one by one."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from portfolio.intake.values.clocks import SECOND, SIXTY, TimeOfDay, is_time_of_day, time_of_day
from portfolio.intake.values.dates import NOTHING, Apart, Order, apart, readings

Texts = NDArray[np.object_]
Numbers = NDArray[np.int64]
Characters = NDArray[np.uint8]
"""A row for each text, a column for each of its characters."""
FEWEST = 200
"""Fewer texts than these are sooner read one by one."""
MOST_WAYS = 64
"""In so many ways of writing one column is taken apart by position; what is written in others is read one by one."""
LONGEST = 48
NUMBER = 8
"""The characters that one number holds."""
LETTER, DIGIT = ord("a"), ord("0")
SHAPE = np.arange(256, dtype=np.uint8)
SHAPE[[*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1)]] = LETTER
SHAPE[ord("0") : ord("9") + 1] = DIGIT
"""What a character is: any digit, any letter, or just this sign."""


class TakenApart:
    """Which day and which time of day each text of a column has; each different one is read once.

    `day` and `clock` are positions among `days` and `clocks`, `rest` is what a time has besides, in microseconds.
    """

    def __init__(self, texts: Texts) -> None:
        self.days: list[dict[Order | None, str]] = []
        self.clocks: list[TimeOfDay | None] = []
        self._days: dict[str, int] = {}
        self._clocks: dict[str, int] = {}
        self.day: Numbers = np.zeros(len(texts), dtype=np.int64)
        self.clock: Numbers = np.zeros(len(texts), dtype=np.int64)
        self.rest: Numbers = np.zeros(len(texts), dtype=np.int64)
        if len(texts) >= FEWEST and any(text != text.strip() for text in texts[:FEWEST]):
            texts = np.array([text.strip() for text in texts], dtype=object)
        others = np.arange(len(texts)) if len(texts) < FEWEST else self._by_position(texts)
        self._one_by_one(texts, others)

    @property
    def is_blank(self) -> NDArray[np.bool_]:
        """Whether nothing stands in a row."""
        blank: NDArray[np.bool_] = self.day == self._days.get("", -1)
        return blank

    def _one_by_one(self, texts: Texts, rows: Numbers) -> None:
        import pandas as pd

        codes, words = pd.factorize(texts[rows])
        places = np.zeros((len(words), 2), dtype=np.int64)
        for place, word in enumerate(words):
            text = " ".join(word.split())
            parts = apart(text)
            places[place] = self._day(text[parts.day]), self._clock(text[parts.clock])
        self.day[rows], self.clock[rows] = places[codes].T

    def _by_position(self, texts: Texts) -> Numbers:
        """Takes apart what is written in the ways of which there are many; the rows that are left over."""
        characters = _characters(texts)
        left = np.flatnonzero(characters[:, 0] > ord(" "))
        others = [np.flatnonzero(characters[:, 0] <= ord(" "))]
        for _ in range(MOST_WAYS):
            if not len(left):
                break
            text = str(texts[left[0]])
            parts = apart(text)
            alike = _alike(characters, left, parts)
            rows, left = left[alike], left[~alike]
            others.append(self._take(characters, rows, text, parts))
        return np.concatenate([*others, left])

    def _take(self, characters: Characters, rows: Numbers, text: str, parts: Apart) -> Numbers:
        """Takes apart the rows that are written as a text with these parts is; those that are no moments after all."""
        if text != " ".join(text.split()) or not text.isascii() or len(text) >= LONGEST:
            return rows
        written = characters[rows]
        seconds = written[:, parts.seconds]
        if not re.fullmatch(r"[:.]\d\d(?:[.,]\d+)?|", text[parts.seconds]):
            seconds = seconds[:, :0]
        clocks = written[:, parts.clock]
        if seconds.shape[1]:
            before, behind = parts.seconds.start - parts.clock.start, parts.seconds.stop - parts.clock.start
            clocks = np.hstack([clocks[:, :before], clocks[:, behind:]])
        (day, days), (clock, times) = _different(written[:, parts.day]), _different(clocks)
        whole, part = _figures(seconds[:, 1:3]), _figures(seconds[:, 4:10])
        part *= 10 ** (6 - min(max(seconds.shape[1] - 4, 0), 6))
        are_days = np.array([apart(word).clock == NOTHING and bool(readings(word)) for word in days], dtype=bool)
        are_times = np.array([not word or is_time_of_day(word) for word in times], dtype=bool)
        sound = are_days[day] & are_times[clock] & (whole < SIXTY)
        kept = rows[sound]
        self.day[kept] = _numbered(self._day, days, day[sound])
        self.clock[kept] = _numbered(self._clock, times, clock[sound])
        self.rest[kept] = (whole * SECOND + part)[sound]
        others: Numbers = rows[~sound]
        return others

    def _day(self, word: str) -> int:
        """The position of a day among the different ones."""
        if word not in self._days:
            self._days[word] = len(self.days)
            self.days.append(readings(word))
        return self._days[word]

    def _clock(self, word: str) -> int:
        """The position of a time of day among the different ones."""
        if word not in self._clocks:
            self._clocks[word] = len(self.clocks)
            self.clocks.append(time_of_day(word))
        return self._clocks[word]


def _characters(texts: Texts) -> Characters:
    """The characters of texts, those beyond the longest cut off; a sign that is none of ASCII's is a question mark."""
    width = max(1, min(LONGEST, max(map(len, texts), default=0)))
    try:
        cut = texts.astype(f"S{width}")
    except UnicodeEncodeError:
        cut = np.array([text[:width].encode("ascii", "replace") for text in texts], dtype=f"S{width}")
    return cut.view(np.uint8).reshape(len(texts), width)


def _alike(characters: Characters, rows: Numbers, parts: Apart) -> NDArray[np.bool_]:
    """The rows that are written as the first of them: digits and letters at its places, the same between day and time."""
    first = characters[rows[0]]
    exactly = np.ones(len(first), dtype=bool)
    exactly[parts.day] = exactly[parts.clock] = False
    found = np.ones(len(rows), dtype=bool)
    for place, sign in enumerate(first.tolist()):
        column = characters[rows, place]
        found &= column == sign if exactly[place] else SHAPE[column] == SHAPE[sign]
    return found


def _different(characters: Characters) -> tuple[Numbers, list[str]]:
    """The different texts among rows of characters, and which of them each row is."""
    import pandas as pd

    count, width = characters.shape
    if not width:
        return np.zeros(count, dtype=np.int64), [""]
    padded = np.zeros((count, -(-width // NUMBER) * NUMBER), dtype=np.uint8)
    padded[:, :width] = characters
    codes: Numbers = np.zeros(count, dtype=np.int64)
    for column in padded.view(np.int64).T:
        part, different = pd.factorize(column)
        codes, _ = pd.factorize(codes * len(different) + part)
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(count)[::-1]
    return codes, [characters[row].tobytes().rstrip(b"\0").decode("ascii") for row in first]


def _numbered(number: Callable[[str], int], words: list[str], which: Numbers) -> Numbers:
    """The number of the word that each row has; words that no row has get none, so that they count for nothing."""
    numbers: Numbers = np.zeros(len(words), dtype=np.int64)
    for place in np.flatnonzero(np.bincount(which, minlength=len(words))).tolist():
        numbers[place] = number(words[place])
    return numbers[which]


def _figures(digits: Characters) -> Numbers:
    """The numbers that rows of digits are."""
    found: Numbers = np.zeros(len(digits), dtype=np.int64)
    for column in digits.T:
        found = found * 10 + (column - DIGIT)
    return found
