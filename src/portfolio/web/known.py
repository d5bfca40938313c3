"""What the server and the process that solves both have: files and figures, each sent once and named by a number afterwards."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from portfolio.domain.finding import Path as FieldPath
    from portfolio.domain.json_form import Json, Raw
    from portfolio.engine.edit import Edited, Opened

KEPT = 6
"""So many files and figures either side keeps, those that were named last."""
Thing = TypeVar("Thing")


class Known(OrderedDict[int, Thing]):
    """Things by their numbers; both sides hear of them in the same order, so that both forget the same ones."""

    def keep(self, number: int, thing: Thing) -> None:
        """Keeps a thing that is new here, and forgets the one that was named longest ago."""
        self[number] = thing
        if len(self) > KEPT:
            self.popitem(last=False)

    def named(self, number: int) -> Thing | None:
        """A thing that is named; None where it is not known, or not any more."""
        if number not in self:
            return None
        self.move_to_end(number)
        return self[number]

    def number(self, thing: Thing) -> int | None:
        """The number of a thing, which is named by it; None where it is not known, or not any more."""
        number = next((number for number, one in self.items() if one is thing), None)
        if number is not None:
            self.move_to_end(number)
        return number


class Made(Generic[Thing]):
    """A thing that is made when it is needed first, once for all threads."""

    def __init__(self, make: Callable[[], Thing]) -> None:
        self._make = make
        self._found: list[Thing] = []
        self._lock = threading.Lock()

    def __call__(self) -> Thing:
        """The thing; raises what making it raised."""
        with self._lock:
            if not self._found:
                self._found.append(self._make())
            return self._found[0]


@dataclass(frozen=True)
class File:
    """A file that is open: all that is needed to read it the same way."""

    path: Path
    model: str | None
    words: str | None
    content: bytes

    @classmethod
    def of(cls, opened: Opened) -> File:
        """The file of what is open here."""
        assert opened.reading.path is not None
        return cls(opened.reading.path, opened.model, opened.words, opened.content)

    def opened(self) -> Opened:
        """The file, read there as it was read here."""
        from portfolio.engine.edit import open_for_edits

        return open_for_edits(self.path, self.model, self.words, self.content)


@dataclass(frozen=True)
class Records:
    """A list in which some records are otherwise than in the file, each by its place; new ones stand at the end."""

    count: int
    news: Mapping[int, Json]


@dataclass(frozen=True)
class Figures:
    """The figures that questions are about: of which file, and what is otherwise than there."""

    file: int
    gone: frozenset[str]
    news: Mapping[str, Json | Records]
    changed: frozenset[FieldPath]

    @classmethod
    def of(cls, now: Edited, file: int) -> Figures:
        """The figures of now, without what the file holds as well."""
        base = now.opened.raw
        news = {name: _news(base.get(name), value) for name, value in now.raw.items() if base.get(name) is not value}
        return cls(file, frozenset(base.keys() - now.raw.keys()), news, now.changed)

    def edited(self, opened: Opened) -> Edited:
        """The portfolio by these figures."""
        from portfolio.engine.edit import edited

        kept = {name: value for name, value in opened.raw.items() if name not in self.gone}
        news = {name: _with_news(kept.get(name), value) for name, value in self.news.items()}
        raw: Raw = {**kept, **news}
        return edited(opened, raw, self.changed)


def _news(before: Json, after: Json) -> Json | Records:
    """What is otherwise in a part of a portfolio: of a list that lost nothing, its records that are not the same ones."""
    if not isinstance(before, list) or not isinstance(after, list) or len(after) < len(before):
        return after
    same = len(before)
    return Records(
        len(after), {place: one for place, one in enumerate(after) if place >= same or one is not before[place]}
    )


def _with_news(before: Json, news: Json | Records) -> Json:
    if not isinstance(news, Records):
        return news
    assert isinstance(before, list)
    return [news.news[place] if place in news.news else before[place] for place in range(news.count)]
