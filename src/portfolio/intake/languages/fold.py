"""Folds words, so that case, spaces, accents, punctuation and full-width letters make no difference."""

from __future__ import annotations

import re
import unicodedata

LETTERS = {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "№": "no"}
"""Letters whose stroke or ligature Unicode does not take apart."""
WITHOUT = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
"""What people write who do not have these letters."""
MARKS = re.compile("[\u0300-\u036f]+")
"""Accents, once they are taken from their letters; the marks of Japanese letters are none."""
KEY = re.compile(r'^ *"?\w+"?:(?= *(?:[\[{]|$))', re.MULTILINE)
SEPARATORS = re.compile(r"[,\[\]]|^ *- ", re.MULTILINE)
UNFOLDED = re.compile(r"[^\w,]+|_")


def fold(word: object) -> str:
    """A word without case, spaces, accents and punctuation: `Job size *`, `job_size` and a full-width `JOB SIZE` are the same.

    Of a word that has no letters and digits, such as `%`, the signs are left.
    """
    text = _without_accents(str(word))
    return "".join(filter(str.isalnum, text)) or "".join(text.split())


def spellings(word: str) -> tuple[str, ...]:
    """A word folded, and folded as people write it who do not have its letters: `grosse` and `groesse` for `Größe`."""
    return tuple(dict.fromkeys((fold(word), fold(_replaced(word.casefold(), WITHOUT)))))


def spellings_on(page: str) -> frozenset[str]:
    """All that stands in the lists of a page, folded: every word of it, and some more.

    It takes a fraction of the time of parsing the page.
    """
    lists = SEPARATORS.sub(",", KEY.sub("", page)).casefold()
    return frozenset(
        word
        for text in dict.fromkeys((lists, _replaced(lists, WITHOUT)))
        for word in UNFOLDED.sub("", _without_accents(text)).split(",")
    )


def _without_accents(text: str) -> str:
    text = text.casefold()
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", _replaced(text, LETTERS)).casefold()
    return unicodedata.normalize("NFC", MARKS.sub("", parts))


def _replaced(text: str, letters: dict[str, str]) -> str:
    for letter, instead in letters.items():
        text = text.replace(letter, instead)
    return text
