"""Which headings are periods: counted ones, quarters, months, years, dates; and which say something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from portfolio.intake.languages import fold, vocabulary
from portfolio.intake.values.cell_values import as_text

PARTS = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
YEAR = re.compile(r"(?:19|20|21)\d\d")
COUNTED = ("period", "week", "month", "quarter", "half_year", "year", "fiscal_year")
PLACED = ("begin", "middle", "end")
MOST_LETTERS = 12
NO_PERIODS = frozenset(
    {"notes", "note", "comment", "comments", "remark", "remarks", "unit", "units", "name", "title", "valuestreamname"}
)
"""Headings beside the amounts that say nothing about them."""
FIGURES = frozenset(
    {"velocity", "focusfactor", "headcount", "staff", "wiplimit", "wip", "costperunit", "rate", "unitcost", "maxbudgetshift",
     "utilisation", "utilization", "availability", "factor", "capacity", "budget", "share", "percent", "used", "left",
     "reserve", "buffer", "baseline", "actual", "average", "avg", "plan", "planned"}
)  # fmt: skip
"""Headings of figures about a value stream that are no amount of a period."""


@lru_cache(maxsize=5_000)
def is_period_label(text: str) -> bool:
    """Whether a label names a stretch of time by itself: `PI 1`, `Q3 2027`, `Jan 27`, `FY28`, `2027-04`, `KW 12`."""
    parts = PARTS.findall(text)
    if not parts or re.search(r"[+&%=]", text):
        return False
    numbers = [part for part in parts if part.isdecimal()]
    words = [part for part in parts if not part.isdecimal()]
    if not words:
        return bool(YEAR.match(numbers[0]) or (len(numbers) > 1 and YEAR.match(numbers[-1])))
    joined = " ".join(words)
    if vocabulary().month(words[0]) and all(vocabulary().month(word) for word in words):
        return True
    if not numbers:
        return False
    meanings = {_time(joined), *map(_time, words)}
    return (
        len({_time(word) or _is_month(word) for word in words} - {""}) >= 1
        and all(_time(word) or _is_month(word) or _time(joined) for word in words)
        and bool(meanings - {""} or any(map(_is_month, words)))
    )


def _time(word: str) -> str:
    found = vocabulary().meaning("times", word)
    return found.name if found is not None and found.name in (*COUNTED, *PLACED) else ""


def _is_month(word: str) -> str:
    return "month" if vocabulary().month(word) else ""


def says_other(text: str) -> bool:
    """Whether a heading plainly is no period: a note, a total, people, a rate."""
    folded = fold(text)
    return (
        folded in NO_PERIODS | FIGURES
        or vocabulary().meaning("totals", text) is not None
        or vocabulary().meaning("others", text) is not None
        or vocabulary().meaning("headings.value_streams", text) is not None
    )


def says_nothing(text: str) -> bool:
    """Whether a heading of figures needs no word that it is not read: totals and means follow from the amounts."""
    return vocabulary().meaning("totals", text) is not None or fold(text) in NO_PERIODS


def period_headings(headings: Mapping[int, object], named: frozenset[str] = frozenset()) -> tuple[list[int], list[int]]:
    """The columns whose headings are periods, and the others; `named` are labels that the settings list.

    Where a heading is known to be a period, the others have to look like one, too; where none is, as in `Now, Next,
    Later`, all count that do not say something else.
    """
    labels = {column: as_text(heading) for column, heading in headings.items()}
    sure = {
        column
        for column, label in labels.items()
        if isinstance(headings[column], date) or fold(label) in named or is_period_label(label)
    }
    stems = Counter(map(_stem, labels.values()))
    if sure:
        like = {_stem(labels[column]) for column in sure}
        periods = [column for column, label in labels.items() if column in sure or _stem(label) in like]
    else:
        counted = [column for column, label in labels.items() if "#" in _stem(label) and stems[_stem(label)] > 1]
        periods = counted or [column for column, label in labels.items() if not says_other(label)]
    return periods, [column for column in labels if column not in periods]


def _stem(label: str) -> str:
    """A label without its numbers, so that those that only count up are the same."""
    stem = re.sub(r"\d+", "#", " ".join(label.casefold().split()))
    return stem if "#" in stem and len(re.sub(r"[^\w]", "", stem)) <= MOST_LETTERS else label
