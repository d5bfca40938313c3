"""Shows values as findings quote them, and guesses which known word a misspelt one was meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date

LONGEST_SHOWN = 40
MOST_COMPARED = 500
"""Above this many known words only spelling variants are found: comparing each with each would take too long."""


def plain(text: object) -> str:
    """A word without case, spaces and punctuation."""
    return "".join(letter for letter in str(text).casefold() if letter.isalnum())


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; PAY-9 is not PAY-5 misspelt, so a number has to be the same."""
    words = {plain(candidate): candidate for candidate in reversed(list(known))}
    wanted = plain(word)
    if wanted in words:
        return words[wanted]
    if number := _digits(wanted):
        words = {word: candidate for word, candidate in words.items() if _digits(word) == number}
    if len(words) > MOST_COMPARED:
        return None
    found = difflib.get_close_matches(wanted, list(words), n=1, cutoff=0.6)
    return words[found[0]] if found else None


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word)).lstrip("0")


def suggestion(word: object, known: Iterable[str], otherwise: str) -> str:
    """`Write deadline.` where a known word was probably meant, else the given advice."""
    found = nearest(word, known)
    return f"Write {found}." if found is not None else otherwise


def shown(value: object) -> str:
    """A value as a finding quotes it: text in quotes and not too long, numbers as people write them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, int) and abs(value) >= 10**15:
        return "a huge number"
    if isinstance(value, int | date):
        return str(value)
    if not isinstance(value, str):
        return "an object" if isinstance(value, dict) else "a list" if isinstance(value, list | tuple) else str(value)
    text = " ".join(value.split())
    return f'"{text}"' if len(text) <= LONGEST_SHOWN else f'"{text[: LONGEST_SHOWN - 1]}…"'
