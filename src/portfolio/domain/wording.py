"""Words for figures and places, as people say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from portfolio.domain.calendar import Calendar

EXACT = 1e15
"""Figures below this have all the digits that spreadsheets have."""


def figure(number: float) -> str:
    """A figure without needless digits: whole above a hundred, three digits below."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:,.3g}"


def rounded(number: float, digits: int = 0) -> str:
    """A figure as tables show it: whole above a hundred or if it is whole, else one digit; or so many digits."""
    return _shown(number, digits if digits or abs(number) >= 100 or number == int(number) else 1)


def _shown(number: float, digits: int) -> str:
    """A figure with so many digits, a half away from 0 as spreadsheets show it: 1.625 is 1.63 there and here."""
    if not abs(number) < EXACT:
        return f"{number:,.{digits}f}"
    step = Decimal(1).scaleb(-digits)
    return f"{Decimal(f'{number:.15g}').quantize(step, ROUND_HALF_UP):,f}"


def signed(number: float) -> str:
    """A difference with its sign."""
    shown = rounded(round(number, 6))
    return shown if shown == "0" or shown.startswith("-") else f"+{shown}"


def amount(number: float, unit: str) -> str:
    """A figure with its unit."""
    return f"{figure(number)} {unit}"


def moment_words(moment: date | float, calendar: Calendar) -> str:
    """A moment as people say it: the last day in time wherever the plan has a start, else a week counted from there."""
    day = moment if isinstance(moment, date) else calendar.last_day(moment)
    return f"week {figure(calendar.week_of(moment))}" if day is None else str(day)


def labelled(name: str, title: str | None) -> str:
    """An ID with its title, as people say it."""
    return f"{name} {title}" if title and title != name else name


def counted(number: int, word: str) -> str:
    """How many there are of something: `no errors`, `1 epic`, `3 dependencies`."""
    plural = f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeou" else f"{word}s"
    return f"{number or 'no'} {word if number == 1 else plural}"


def first_of(words: Sequence[str], most: int, separator: str = ", ") -> str:
    """The first of some words, and how many more there are: `E1, E2 and 3 more`."""
    more = len(words) - most
    return separator.join(words[:most]) + (f" and {more} more" if more > 0 else "")


def span_words(start: str | None, finish: str | None) -> str:
    """When an epic is done, or that it waits."""
    if start is None or finish is None:
        return "waits" if start is None else start
    return start if start == finish else f"{start} to {finish}"


def place_words(name: str, place: Mapping[str, str]) -> str:
    """A guardrail with its place: `Capacity of PAY in PI 2`, `Dependency of E3 on E6`, `Must E1`."""
    if "predecessor" in place:
        return f"{name} of {place['successor']} on {place['predecessor']}"
    words = [name]
    for dimension, label in place.items():
        if dimension in {"period", "budget period"}:
            words.append(f"in {label}")
        elif dimension == "value stream":
            words.append(f"of {label}")
        else:
            words.append(label if dimension in {"epic", "exclusive group", "together group"} else f"for {label}")
    return " ".join(words)
