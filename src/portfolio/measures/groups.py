"""The parts that figures are shown for: the whole first, then each part in the order of the workbook, never by a measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portfolio.measures.days import Flags
from portfolio.measures.lives import Lives
from portfolio.measures.transitions import NONE, Codes


@dataclass(frozen=True)
class Grouping:
    """What epics are grouped by: the word for it, the labels in their order, and that of each epic as a position."""

    by: str
    labels: tuple[str, ...]
    codes: Codes

    @property
    def key(self) -> str:
        """What the group is called in JSON."""
        return self.by.replace(" ", "_")

    def parts(self) -> list[tuple[str | None, Flags]]:
        """Everything, then each part that has epics."""
        everything: list[tuple[str | None, Flags]] = [(None, np.ones(len(self.codes), dtype=bool))]
        return everything + [
            (label, rows) for number, label in enumerate(self.labels) if (rows := self.codes == number).any()
        ]

    def label(self, place: int) -> str | None:
        """The part that an epic belongs to."""
        return None if self.codes[place] == NONE else self.labels[self.codes[place]]


def by_value_stream(lives: Lives) -> Grouping:
    """Each epic in its largest value stream, so that value streams add up to the portfolio."""
    return Grouping("value stream", lives.streams, lives.value_stream)


def by_type(lives: Lives) -> Grouping:
    """Each epic by its type, as its history says."""
    return Grouping("type", lives.transitions.types, lives.type)


def by_words(lives: Lives, by: str, words: dict[str, str], otherwise: Grouping | None = None) -> Grouping:
    """Each epic by a word that the portfolio has for it (by the epic's name in small letters), else as `otherwise` says."""
    labels = list(dict.fromkeys([*words.values(), *(() if otherwise is None else otherwise.labels)]))
    numbers = {label: number for number, label in enumerate(labels)}
    codes = np.full(len(lives), NONE, dtype=np.int64)
    if otherwise is not None and otherwise.labels:
        codes = np.append([numbers[label] for label in otherwise.labels], NONE)[otherwise.codes]
    if words:
        for place, name in enumerate(lives.names):
            word = words.get(name.casefold())
            if word is not None:
                codes[place] = numbers[word]
    return Grouping(by, tuple(labels), codes)
