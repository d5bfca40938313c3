"""Which input sheet a sheet's name means, as people name them: `Budget 2027`, `Copy of Epics (2)`, `Kapazität`."""

from __future__ import annotations

import re
from functools import lru_cache

from portfolio.intake.columns import SETTINGS, SHEETS, Sheet, plain
from portfolio.intake.languages import fold, vocabulary

WORD = re.compile(r"[^\W\d_]+")
NOISE = frozenset(
    {"copy", "of", "the", "final", "draft", "new", "old", "list", "sheet", "data", "table", "plan", "fy", "cy", "q", "h",
     "pi", "v", "version", "and", "for", "our", "kopie", "von", "neu", "alt", "tabelle"}
)  # fmt: skip
"""Words, letters before numbers among them, that say nothing about what a sheet holds."""


PUT_AWAY = frozenset(
    {"archive", "archived", "archiv", "archivo", "archief", "old", "alt", "backup", "template", "example", "vorlage",
     "beispiel", "done", "closed", "rejected", "obsolete", "ancien", "modele"}
)  # fmt: skip
"""Words in the names of sheets that are kept and not used any more, or never were."""


def is_put_away(name: str) -> bool:
    """Whether a sheet's name says that it is no longer, or not yet, in use."""
    return any(fold(word) in PUT_AWAY for word in WORD.findall(name))


def is_named(name: str, sheet: Sheet) -> bool:
    """Whether a sheet has just the name of an input sheet, in whatever language."""
    return plain(name) in {plain(known) for known in (sheet.name, *sheet.aliases)} or _means(name) is sheet


def _means(text: str) -> Sheet | None:
    found = vocabulary().meaning("sheets", text) if fold(text) else None
    return None if found is None else _by_field(found.name)


def _by_field(name: str) -> Sheet:
    return next(sheet for sheet in SHEETS if (sheet.field or "settings") == name)


@lru_cache(maxsize=2_000)
def named_like(name: str) -> tuple[Sheet, ...]:
    """The input sheets that a name could mean with words or numbers besides, the likeliest first."""
    words = WORD.findall(name)
    telling = [word for word in words if fold(word) not in NOISE]
    found: dict[str, Sheet] = {}
    for length in range(len(telling), 0, -1):
        for start in range(len(telling) - length + 1):
            sheet = _means(" ".join(telling[start : start + length]))
            if sheet is not None and (sheet is not SETTINGS or length == len(telling)):
                found.setdefault(sheet.name, sheet)
    return tuple(found.values())
