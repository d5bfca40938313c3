"""How a file is read where it leaves something open: what words mean, and whether near names are taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portfolio.intake.agreed_words import NO_WORDS, AgreedWords
from portfolio.operating_model.criteria import Criterion


@dataclass(frozen=True)
class ReadingOptions:
    """What somebody said about a file: the figures of words, and whether suggested names may be used."""

    words: AgreedWords = NO_WORDS
    accept_suggestions: bool = False
    criteria: tuple[Criterion, ...] = ()
    """The criteria of a model that was asked for instead of the one that the file names."""
    beside: Path | None = None
    """The file, beside which a model of one's own is looked for."""


AS_IT_IS = ReadingOptions()
