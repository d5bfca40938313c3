"""Translates exports that are in the language of the person who exports: headings, kinds of rows and states."""

from __future__ import annotations

import re
from collections.abc import Set

from portfolio.intake.languages import ENGLISH, Section, vocabulary

WRAPPED = re.compile(r"\s*(.+?)\s*\((.+)\)\s*")
"""A heading with another one in brackets: `Champs personnalisés (Story Points)`."""


def in_english(heading: str) -> tuple[str, ...]:
    """What an English export of Jira has as this heading; empty where it is no heading of Jira's in another language."""
    if own := _names("jira", heading):
        return own
    found = WRAPPED.fullmatch(heading)
    if found is None:
        return ()
    outer, inner = found.groups()
    if _is_foreign("wrapped", outer):
        return (inner, *(form.format(inner) for form in vocabulary().words("wrapped")["wrapped"]))
    return tuple(form.format(inner) for form in _names("link_columns", outer))


def is_one_of(kind: str, wanted: Set[str]) -> bool:
    """Whether a kind of row in another language is one of these English ones: Épica is Epic."""
    return any(name.casefold() in wanted for name in _names("levels", kind))


def is_over(state: str) -> bool:
    """Whether a state in another language says that an epic is done or stopped."""
    meaning = vocabulary().meaning("states", state)
    return meaning is not None and meaning.language != ENGLISH and meaning.name in ("done", "stopped")


def _names(section: Section, word: str) -> tuple[str, ...]:
    """The English words for a word of another language."""
    meaning = vocabulary().meaning(section, word)
    if meaning is None or meaning.language == ENGLISH:
        return ()
    return vocabulary().words(section)[meaning.name]


def _is_foreign(section: Section, word: str) -> bool:
    meaning = vocabulary().meaning(section, word)
    return meaning is not None and meaning.language != ENGLISH
