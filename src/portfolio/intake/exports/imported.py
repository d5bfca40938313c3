"""What an import made of a file: a portfolio, and an account of everything in the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portfolio.domain import Finding, Portfolio
from portfolio.intake.agreed_words import NO_WORDS, AgreedWords
from portfolio.intake.exports.mapping import Mapping


@dataclass(frozen=True)
class Imported:
    """A portfolio made of an export, and an account of everything in the file.

    `columns` are the headings that each field was read from, `unused` the headings that hold something in the rows
    of epics and were not read, `others` and `done` the rows that were not taken, by type and by state. `read` and
    `dependencies` count those of the export, `kept` names those that were only in the portfolio that was updated.
    """

    path: Path
    mapping: Mapping
    written: str
    portfolio: Portfolio
    read: int
    dependencies: int
    kept: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    unused: tuple[str, ...]
    others: dict[str, int]
    done: dict[str, int]
    links_to_others: int
    streams_without_effort: int
    findings: tuple[Finding, ...]
    words: AgreedWords = NO_WORDS
    """The figures that words stand for, which the new workbook remembers."""
