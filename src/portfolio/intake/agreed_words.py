"""The figures that somebody gave for words: `S=2, M=5, L=8`, or the rows of a sheet Words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.errors import WrongUseError
from portfolio.intake.columns import EPICS, WRITTEN, Column, Sheet, plain
from portfolio.intake.languages import fold
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.number_text import figure, number_text

WORDS = "Words"
"""The sheet of a workbook that remembers what its words mean."""
EXAMPLE = '"S=2, M=5, L=8"'
WORD_HEADINGS = {"word", "words", "wort", "mot", "palabra"}
FIGURE_HEADINGS = {"figure", "value", "number", "points", "wert", "zahl"}
WORD_COLUMNS = Sheet(
    WORDS,
    "words",
    (
        Column("Word", "word", "text", "What stands in the table.", "M", aliases=tuple(sorted(WORD_HEADINGS))),
        Column("Figure", "figure", "number", "What it means.", 5, aliases=tuple(sorted(FIGURE_HEADINGS))),
        Column("Column", "column", "text", "The column it counts for; blank means all of them.", "Job size"),
    ),
)
"""The sheet of agreed words as a table, a row for each word."""


@dataclass(frozen=True)
class AgreedWord:
    """One word with its figure; `field` where it counts for one column only."""

    word: str
    figure: float
    field: str = ""

    @property
    def key(self) -> str:
        """What it is looked up by: the folded word, behind the field that it counts for."""
        return f"{self.field}:{fold(self.word)}" if self.field else fold(self.word)

    @property
    def column(self) -> str:
        """The heading of the column that it counts for; empty for all of them."""
        return EPICS.column(self.field).heading if self.field else ""


@dataclass(frozen=True)
class AgreedWords:
    """All words that have a figure; of two for one word the later one counts."""

    entries: tuple[AgreedWord, ...] = ()

    @property
    def figures(self) -> dict[str, float]:
        """The figure of each word, as columns look it up."""
        return {entry.key: entry.figure for entry in self.entries}

    def __bool__(self) -> bool:
        return bool(self.entries)

    def __add__(self, later: AgreedWords) -> AgreedWords:
        return AgreedWords(tuple({entry.key: entry for entry in (*self.entries, *later.entries)}.values()))

    def beyond(self, others: AgreedWords) -> AgreedWords:
        """Those that the others do not have with the same figure."""
        known = others.figures
        return AgreedWords(tuple(entry for entry in self.entries if known.get(entry.key) != entry.figure))


NO_WORDS = AgreedWords()


def agreed_words(text: str) -> AgreedWords:
    """The figure of each word of a text; `Job size: M=5` counts for that column only.

    Raises WrongUseError where a part is no word with a figure.
    """
    found: list[AgreedWord] = []
    field = ""
    for part in re.split(r"[,;\n]", text):
        if not part.strip():
            continue
        before, colon, rest = part.rpartition(":")
        if colon:
            field = _field_of(before.strip())
        word, equals, amount = (rest if colon else part).rpartition("=")
        number = _figure(amount.strip())
        if not equals or not fold(word) or number is None:
            raise WrongUseError(f"{part.strip()} gives no figure for a word; write `words` like {EXAMPLE}.", "words")
        found.append(AgreedWord(word.strip(), number, field))
    return AgreedWords() + AgreedWords(tuple(found))


def _field_of(heading: str) -> str:
    if (field := _known_field(heading)) is None:
        raise WrongUseError(f"No column is called {heading}; write `words` like {EXAMPLE}.", "words")
    return field


def _known_field(heading: str) -> str | None:
    name = plain(heading)
    for column in EPICS.columns:
        if name in {plain(known) for known in (column.field, column.heading, *column.aliases)}:
            return column.field
    return None


def _figure(text: str) -> float | None:
    """The number, 80% as 0.8."""
    read = number_text(text)
    number = None if read is None else read.value(".")
    percent = read is not None and read.unit is not None and read.unit.name == "percent"
    return number / 100 if percent and number is not None else number


def words_on_sheet(grid: Grid) -> AgreedWords:
    """What a sheet Words says: the words in one column, their figures in the next, and in a third one the column they are for."""
    found: list[AgreedWord] = []
    for row in grid.rows:
        filled = [value for value in row if not is_blank(value)]
        if len(filled) < 2 or plain(filled[0]) in WORD_HEADINGS or plain(filled[1]) in FIGURE_HEADINGS:
            continue
        number = figure(filled[1]) if not isinstance(filled[1], str) else _figure(filled[1])
        field = (_known_field(as_text(filled[2])) or "") if len(filled) > 2 else ""
        if number is not None and fold(as_text(filled[0])):
            found.append(AgreedWord(as_text(filled[0]), number, field))
    return AgreedWords() + AgreedWords(tuple(found))


def words_sheets(names: Iterable[str]) -> list[str]:
    """The sheets that hold agreed words: people's own first, then what this program wrote beside it."""
    own = [name for name in names if plain(name) == plain(WORDS)]
    written = [name for name in names if name.casefold().startswith(f"{WORDS.casefold()} {WRITTEN}")]
    return [*own, *written]
