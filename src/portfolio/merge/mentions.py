"""Names inside a text: what stands between others in a cell, before a lag, or in a sentence, gets its new name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from portfolio.intake.epics.links import LINK_END
from portfolio.intake.references.names import ADDRESS

_BEFORE = r"(?<![\w])(?<!\w[-./])"
_AFTER = rf"(?={LINK_END}(?:[^\w./-]|[./-](?!\w)|$))"
"""A name ends where no word goes on; the type and the lag of a link may follow it at once, as in `E1FS+5 days`."""


def with_new_names(text: str, renamed: Mapping[str, str], known: Collection[str]) -> tuple[str, set[str]]:
    """A text with the new names of what it mentions, and which old names it did mention.

    `known` are all names that there are: `Web` is not renamed inside of `Web shop`, nor inside of an address.
    """
    folded, found = _folded(text), set[str]()
    wanted = {_folded(old): old for old in renamed if _folded(old) in folded}
    if not wanted:
        return text, found

    def replaced(match: re.Match[str]) -> str:
        old = wanted.get(_folded(match["name"] or ""))
        if old is None:
            return match[0]
        found.add(old)
        return renamed[old]

    names = {*wanted.values(), *(name for name in known if _folded(name) in folded)}
    ordered = sorted((name for name in names if name.split()), key=lambda name: (-len(name), name))
    several = "|".join(r"\s*".join(map(re.escape, name.split())) for name in ordered)
    pattern = rf"{ADDRESS.pattern}|https?://\S+|{_BEFORE}(?P<name>{several}){_AFTER}"
    return re.sub(pattern, replaced, text, flags=re.IGNORECASE), found


def _folded(text: str) -> str:
    return "".join(text.casefold().split())
