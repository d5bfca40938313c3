"""Shows values as findings quote them, and guesses which known word a misspelt one was meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from functools import cached_property

LONGEST_SHOWN = 40
MOST_COMPARED = 20_000
"""Words that one list compares in all: then only spelling variants are found, so that long lists take no minutes."""


def plain(text: object) -> str:
    """A word without case, spaces and punctuation."""
    return "".join(letter for letter in str(text).casefold() if letter.isalnum())


class KnownWords:
    """Known words, made ready at the first search, in which the one that a misspelt word was meant to be is looked for again and again."""

    def __init__(self, words: Iterable[str]) -> None:
        self._given = words
        self._left = MOST_COMPARED

    @cached_property
    def _words(self) -> dict[str, str]:
        return {plain(word): word for word in reversed(list(self._given))}

    @cached_property
    def _by_number(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._words:
            found.setdefault(_digits(word), []).append(word)
        return found

    def nearest(self, word: object) -> str | None:
        """The known word that was probably meant; PAY-9 is not PAY-5 misspelt, so a number has to be the same."""
        wanted = plain(word)
        if wanted in self._words:
            return self._words[wanted]
        number = _digits(wanted)
        candidates = self._by_number.get(number, []) if number else list(self._words)
        if len(candidates) > self._left:
            return None
        self._left -= len(candidates)
        found = difflib.get_close_matches(wanted, candidates, n=1, cutoff=0.6)
        return self._words[found[0]] if found else None


def nearest(word: object, known: Iterable[str] | KnownWords) -> str | None:
    """The known word that was probably meant, if any."""
    return (known if isinstance(known, KnownWords) else KnownWords(known)).nearest(word)


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word)).lstrip("0")


def suggestion(word: object, known: Iterable[str] | KnownWords, otherwise: str) -> str:
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
