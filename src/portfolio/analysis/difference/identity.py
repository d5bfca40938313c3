"""Matches two portfolios: which epic, value stream and period of one is which of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.domain import Calendar, Dependency, Epic, LimitSpec, Portfolio
from portfolio.domain.references import PERIOD_FIELDS, PeriodSpellings, spellings

Titled = tuple[str, str | None]
"""An ID with the title that people know it by."""


@dataclass(frozen=True)
class Names:
    """What the first portfolio calls a thing, and what the second calls the same; what only one of them has is not there."""

    epics: Mapping[str, str]
    streams: Mapping[str, str]
    periods: Mapping[str, str]

    def place(self, place: Mapping[str, str]) -> dict[str, str]:
        """A guardrail's place in the words of the second portfolio."""
        words = self._words()
        return {dimension: words.get(dimension, {}).get(name, name) for dimension, name in place.items()}

    def epic(self, epic: Epic) -> Epic:
        """An epic in the words of the second portfolio."""
        dates = {field: self.periods.get(label, label) for field in PERIOD_FIELDS if (label := getattr(epic, field))}
        effort = {self.streams.get(stream, stream): units for stream, units in epic.effort.items()}
        return epic.model_copy(update={"id": self.epics.get(epic.id, epic.id), "effort": effort, **dates})

    def link(self, link: Dependency) -> Dependency:
        """A dependency in the words of the second portfolio."""
        ends = (link.predecessor, link.successor)
        before, after = (self.epics.get(name, name) for name in ends)
        return link.model_copy(update={"predecessor": before, "successor": after})

    def limit(self, limit: LimitSpec) -> LimitSpec:
        """A guardrail in the words of the second portfolio."""
        words = self._words()
        where = {
            dimension: tuple(_respelt(name, words.get(dimension, {})) for name in values)
            for dimension, values in limit.where.items()
        }
        return limit.model_copy(update={"where": where})

    def _words(self) -> dict[str, Mapping[str, str]]:
        epics = dict.fromkeys(("epic", "predecessor", "successor"), self.epics)
        return {**epics, "value stream": self.streams, "period": self.periods}


def names_of(before: Portfolio, after: Portfolio) -> Names:
    """Matches two portfolios by ID, whatever the case; an ID that changed is found by its title.

    A title tells only where exactly one epic (or value stream) on each side has it, and both IDs are on one side only.
    """
    return Names(
        _matched([(epic.id, epic.title) for epic in before.epics], [(epic.id, epic.title) for epic in after.epics]),
        _matched(
            [(stream.id, stream.name) for stream in before.value_streams],
            [(stream.id, stream.name) for stream in after.value_streams],
        ),
        _periods(before.calendar, after.calendar),
    )


def _matched(before: Sequence[Titled], after: Sequence[Titled]) -> dict[str, str]:
    known = spellings(name for name, _ in after)
    matched = {name: known[name.casefold()] for name, _ in before if name.casefold() in known}
    there = set(matched.values())
    unique_before, unique_after = _unique_titles(before), _unique_titles(after)
    for title, name in unique_before.items():
        other = unique_after.get(title)
        if other is not None and name not in matched and other not in there:
            matched[name] = other
    return matched


def _unique_titles(records: Iterable[Titled]) -> dict[str, str]:
    titles = [(" ".join(title.casefold().split()), name) for name, title in records if title]
    counts = Counter(title for title, _ in titles)
    return {title: name for title, name in titles if counts[title] == 1}


def _periods(before: Calendar, after: Calendar) -> dict[str, str]:
    matched = {label: label for label in before.periods if label in after.periods}
    known = PeriodSpellings(after.periods)
    for label in before.periods:
        other = None if label in matched else known[label]
        if other is not None and other not in matched.values():
            matched[label] = other
    return matched


def _respelt(name: str, words: Mapping[str, str]) -> str:
    return next((other for known, other in words.items() if known.casefold() == name.strip().casefold()), name)
