"""How a file is read where it leaves something open: what words mean, and whether near names are taken."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.intake.agreed_words import NO_WORDS, AgreedWords


@dataclass(frozen=True)
class ReadingOptions:
    """What somebody said about a file: the figures of words, and whether suggested names may be used."""

    words: AgreedWords = NO_WORDS
    accept_suggestions: bool = False


AS_IT_IS = ReadingOptions()
