"""Which rows are epics where a column says of each what it is: epics, and not the features, stories and bugs below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portfolio.intake.languages import fold, vocabulary
from portfolio.intake.values.cell_values import as_text, is_blank

EPIC = "epic"
MOST_LEVELS = 40
"""A column with more different words says something else than levels."""
HIGHEST = ("theme", "initiative", "project", "epic", "capability", "feature", "story", "task", "subtask")
"""Levels from the highest."""


@dataclass
class Levels:
    """The rows that are taken, and how many of each other word were not; `unknown` are levels none of which is an epic's."""

    taken: list[int] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    left_out: list[int] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    says_levels: bool = False


def level_of(word: object) -> str:
    """What a word says about the level of a row, in whatever language; empty where it says nothing."""
    found = vocabulary().meaning("levels", word) if not is_blank(word) else None
    return "" if found is None else found.name


def levels(rows: Sequence[int], words: Sequence[object], types: Iterable[str] = ()) -> Levels:
    """The rows of epics; `types` are the words that somebody chose for them."""
    wanted = {fold(word) for word in types}
    different = {as_text(word) for word in set(words) if not is_blank(word)}
    meant = {word: level_of(word) for word in different} if len(different) <= MOST_LEVELS else {}
    if not wanted and not _says_levels(meant):
        return Levels(list(rows))
    made = Levels(says_levels=True)
    if not wanted:
        known = set(meant.values()) - {""}
        if EPIC in known:
            wanted = {fold(word) for word, level in meant.items() if level == EPIC}
        elif len(known) == 1 and "" not in meant.values():
            wanted = {fold(word) for word in meant}
        else:
            made.unknown = tuple(meant)
            made.taken = list(rows)
            return made
    for row, word in zip(rows, words, strict=True):
        if fold(as_text(word)) in wanted:
            made.taken.append(row)
        else:
            made.left_out.append(row)
            made.others[as_text(word) or "(blank)"] += 1
    return made


def _says_levels(meant: dict[str, str]) -> bool:
    """Whether the words of a column are levels of work: most of them, or one of them is that of an epic among others."""
    known = [level for level in meant.values() if level]
    if not known:
        return False
    return len(known) * 2 > len(meant) or (EPIC in known and len(known) > 1)
