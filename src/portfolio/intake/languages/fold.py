"""Words without the ways of writing them: case, spaces, accents, punctuation, full-width letters."""

from __future__ import annotations

import unicodedata

LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "№": "no"})
"""Letters whose stroke or ligature Unicode does not take apart."""
WITHOUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
"""What people write who do not have these letters."""
VOICED = "\u3099\u309a"
"""Marks that make another letter of a Japanese one; they are no accents."""


def fold(word: object) -> str:
    """A word without case, spaces, accents and punctuation: `Job size *`, `job_size` and a full-width `JOB SIZE` are the same.

    Of a word that has no letters and digits, such as `%`, the signs are left.
    """
    text = str(word).casefold()
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.translate(LETTERS)).casefold()
        bare = (sign for sign in parts if sign in VOICED or not unicodedata.combining(sign))
        text = unicodedata.normalize("NFC", "".join(bare))
    return "".join(filter(str.isalnum, text)) or "".join(text.split())


def spellings(word: str) -> tuple[str, ...]:
    """A word folded, and folded as people write it who do not have its letters: `grosse` and `groesse` for `Größe`."""
    return tuple(dict.fromkeys((fold(word), fold(word.casefold().translate(WITHOUT)))))
