"""The figures that somebody gave for words: `S=2, M=5, L=8`, or the rows of a sheet Words."""

from __future__ import annotations

import re

from portfolio.errors import WrongUseError
from portfolio.intake.columns import EPICS, plain
from portfolio.intake.languages import fold
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.number_text import figure, number_text

WORDS = "Words"
"""The sheet of a workbook that remembers what its words mean."""
EXAMPLE = '"S=2, M=5, L=8"'
WORD_HEADINGS = {"word", "words", "wort", "mot", "palabra"}
FIGURE_HEADINGS = {"figure", "value", "number", "points", "wert", "zahl"}


def agreed_words(text: str) -> dict[str, float]:
    """The figure of each word, by the folded word; `Job size: M=5` counts for that column only.

    Raises WrongUseError where a part is no word with a figure.
    """
    found: dict[str, float] = {}
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
        found[f"{field}:{fold(word)}" if field else fold(word)] = number
    return found


def _field_of(heading: str) -> str:
    name = plain(heading)
    for column in EPICS.columns:
        if name in {plain(known) for known in (column.field, column.heading, *column.aliases)}:
            return column.field
    raise WrongUseError(f"No column is called {heading}; write `words` like {EXAMPLE}.", "words")


def _figure(text: str) -> float | None:
    """The number, 80% as 0.8."""
    read = number_text(text)
    number = None if read is None else read.value(".")
    percent = read is not None and read.unit is not None and read.unit.name == "percent"
    return number / 100 if percent and number is not None else number


def words_on_sheet(grid: Grid) -> dict[str, float]:
    """The figures that a sheet Words gives: the words in one column, their figures in the next one."""
    found: dict[str, float] = {}
    for row in grid.rows:
        filled = [value for value in row if not is_blank(value)]
        if len(filled) < 2 or plain(filled[0]) in WORD_HEADINGS or plain(filled[1]) in FIGURE_HEADINGS:
            continue
        number = figure(filled[1]) if not isinstance(filled[1], str) else _figure(filled[1])
        if number is not None and fold(as_text(filled[0])):
            found[fold(as_text(filled[0]))] = number
    return found
