"""Finds what a cell refers to: by ID, by a title or name that only one thing has, or by both written one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from portfolio.domain.spelling import KnownWords

JOINTS = re.compile(
    r"\s*[;\n]\s*|\s*,\s*|\s+(?:and|und|et|y|e|en|i|oraz|\u0438)\s+|\s+[&+/]\s+|\s*[\u3001\uff0c]\s*", re.IGNORECASE
)
"""What stands between several references in one cell."""
ADDRESS = re.compile(r"\s*\(https?://[^)\s]*\)")
MOST_JOINED = 5
"""Parts of a cell that may be one name together."""
SEPARATED = re.compile(r"[\s:,;()\[\].\u2013\u2014-]+")


Guess = Callable[[str, str], None]
"""Hears which text was taken for which ID although it is spelt otherwise."""


class Names:
    """The records of one kind by ID and by name; a name that several have refers to none of them."""

    def __init__(self, records: Iterable[Mapping[str, object]], name: str, guess: Guess | None = None) -> None:
        self._guess = guess
        self._found: dict[object, str | None] = {}
        self._records, self._name = records, name

    @cached_property
    def _index(self) -> tuple[dict[str, str], dict[str, list[str]]]:
        """The records by ID and by name, made at the first search: most tables refer to nothing."""
        by_id: dict[str, str] = {}
        by_name: dict[str, list[str]] = {}
        for record in self._records:
            if (own := str(record.get("id", ""))) != "":
                if (folded := _folded(own)) in by_id:
                    continue  # which of two things with one ID is meant, nobody knows
                by_id[folded] = own
                if record.get(self._name) is not None:
                    by_name.setdefault(_folded(record[self._name]), []).append(own)
        return by_id, by_name

    @property
    def _by_id(self) -> dict[str, str]:
        return self._index[0]

    @property
    def _by_name(self) -> dict[str, list[str]]:
        return self._index[1]

    def __bool__(self) -> bool:
        return bool(self._by_id)

    @cached_property
    def words(self) -> KnownWords:
        """IDs and names, to find the one that a misspelt text was meant to be."""
        return KnownWords([*self._by_id, *self._by_name])

    @cached_property
    def id_words(self) -> KnownWords:
        """The IDs alone, to suggest the one that a misspelt text was meant to be."""
        return KnownWords(self._by_id.values())

    @property
    def ids(self) -> list[str]:
        """Every ID."""
        return list(self._by_id.values())

    def find(self, text: object) -> str | None:
        """The ID of what a text refers to; None where it is nothing, or several things."""
        if text not in self._found:
            self._found[text] = self._look_up(text)
        return self._found[text]

    def _look_up(self, text: object) -> str | None:
        folded = _folded(text)
        if folded in self._by_id:
            return self._by_id[folded]
        named = self._by_name.get(folded, [])
        found = named[0] if len(named) == 1 else self._with_name(folded)
        return found if found is not None or self._guess is None or len(named) > 1 else self._near(str(text))

    def _near(self, text: str) -> str | None:
        """What a misspelt name was probably meant for, where somebody accepts that; it is said."""
        meant = self.words.nearest(text)
        if meant is None or self._guess is None:
            return None
        named = self._by_name.get(meant, [])
        found = self._by_id.get(meant) or (named[0] if len(named) == 1 else None)
        if found is not None:
            self._guess(text, found)
        return found

    def shared(self, text: object) -> list[str]:
        """The IDs of several things that have this name."""
        named = self._by_name.get(_folded(text), [])
        return named if len(named) > 1 and _folded(text) not in self._by_id else []

    def _with_name(self, folded: str) -> str | None:
        """`E1 Cards` and `E1: Cards` are E1, if that is what E1 is called."""
        before = (folded[: between.start()] for between in SEPARATED.finditer(folded))
        for own in (*before, folded.rpartition("(")[2].rstrip(")")):
            known = self._by_id.get(own)
            rest = SEPARATED.sub(" ", folded.replace(own, "", 1)).strip()
            if known is not None and any(
                known in ids and SEPARATED.sub(" ", name).strip() == rest for name, ids in self._by_name.items()
            ):
                return known
        return None

    def find_all(self, text: object) -> tuple[list[str], list[str]]:
        """The IDs of what a cell refers to, and the parts of it that are nothing known.

        A name may hold what stands between others, as `Crew app; ground staff` does: the longest one counts.
        """
        if (whole := self.find(text)) is not None:
            return [whole], []
        said = ADDRESS.sub("", str(text))
        parts = _spans(said)
        found: list[str] = []
        unknown: list[str] = []
        start = 0
        while start < len(parts):
            ends = range(min(len(parts), start + MOST_JOINED), start, -1)
            named = ((end, self._exactly(said[parts[start][0] : parts[end - 1][1]])) for end in ends)
            end, known = next(((end, known) for end, known in named if known is not None), (start + 1, None))
            known = known or self.find(said[parts[start][0] : parts[start][1]])
            if known is not None:
                found.append(known)
            else:
                unknown.append(said[parts[start][0] : parts[start][1]])
            start = end
        return list(dict.fromkeys(found)), unknown

    def _exactly(self, text: str) -> str | None:
        """The ID of what a text names without any doubt."""
        folded = _folded(text)
        named = self._by_name.get(folded, [])
        return self._by_id.get(folded) or (named[0] if len(named) == 1 else None)


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each part between the joints of a cell begins and ends."""
    spans, start = list[tuple[int, int]](), 0
    for joint in JOINTS.finditer(text):
        spans.append((start, joint.start()))
        start = joint.end()
    spans.append((start, len(text)))
    return [(begin, end) for begin, end in spans if text[begin:end].strip()]


def parts_of(text: str) -> list[str]:
    """What stands between the joints of a cell, without the addresses that tools write behind names."""
    return [part.strip() for part in JOINTS.split(ADDRESS.sub("", text)) if part.strip()]


def _folded(text: object) -> str:
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    return " ".join(str(text).split()).casefold()
