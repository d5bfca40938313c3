"""The words of people's tables in their languages: one page of YAML a language, and what looks words up in them.

A further language is a further page here, and nothing else.
"""

from __future__ import annotations

from functools import cache

from portfolio.intake.languages.fold import fold
from portfolio.intake.languages.language import Language, Section, StateKind, Words
from portfolio.intake.languages.look_up import ENGLISH, FOLDER, Meaning, Vocabulary

__all__ = [
    "ENGLISH",
    "FOLDER",
    "Language",
    "Meaning",
    "Section",
    "StateKind",
    "Vocabulary",
    "Words",
    "fold",
    "vocabulary",
]


@cache
def vocabulary() -> Vocabulary:
    """The words of every language that comes with the program."""
    return Vocabulary()
