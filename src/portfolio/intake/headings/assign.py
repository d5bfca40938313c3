"""Gives each column of a table its field: surer headings first, of two equals the one that tells its rows apart."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from portfolio.intake.columns import EPICS, NEVER_READ, Column, plain
from portfolio.intake.headings.heading import take_apart
from portfolio.intake.headings.names import Level, Match, beside, matches
from portfolio.intake.headings.units import Unit

NEARLY = 0.8
SHORTEST_COMPARED = 4
NAMING_FIELDS = ("id", "title")
HALVES = ("risk_reduction", "opportunity_enablement")
"""The two parts of RR/OE, where they stand in columns of their own."""
LEVEL = "level"
"""What is called so says first which rows are epics; where it says nothing of that, it is the field of that name."""

STAND_INS = {"assignee": "owner"}
"""Columns beside the fields that count for a field where it has no column of its own."""

Distinct = Callable[[int], int]
"""How many different entries a column has below its heading."""
Clash = Callable[[int, int], bool]
"""Whether two columns are both filled in some row, so that they cannot be one column in two parts."""


@dataclass
class Assignment:
    """Which column is which field, and what is odd about the headings."""

    columns: dict[Column, int] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    beside: dict[str, list[int]] = field(default_factory=dict)
    more: dict[Column, list[int]] = field(default_factory=dict)
    twice: list[tuple[Column, int]] = field(default_factory=list)
    shadowed: list[tuple[Column, int]] = field(default_factory=list)
    nearly: list[tuple[Column, int]] = field(default_factory=list)


def assign(headings: Sequence[object], columns: tuple[Column, ...], distinct: Distinct, clash: Clash) -> Assignment:
    """The fields of these headings."""
    texts = {index: text for index, text in enumerate(headings) if isinstance(text, str) and text.strip()}
    found = {index: matches(text, columns) for index, text in texts.items()}
    taking = _Taking(Assignment(), texts, distinct, clash)
    if columns == EPICS.columns:
        taking.take_beside(found)
    for level in Level:
        taking.take(level, found)
    if columns == EPICS.columns:
        taking.take_stand_ins()
    taking.note_near_misses(columns)
    return taking.made


@dataclass
class _Taking:
    made: Assignment
    texts: dict[int, str]
    distinct: Distinct
    clash: Clash
    taken: set[int] = field(default_factory=set)

    def take_beside(self, found: dict[int, tuple[Match, ...]]) -> None:
        """Columns that say something besides the fields, and the halves of RR/OE where both stand there."""
        others = {index: match for index, text in self.texts.items() if (match := beside(text)) is not None}
        halves = {match.column.field: index for index, match in others.items() if match.column.field in HALVES}
        for index, match in others.items():
            name = match.column.field
            surest = min((other.level for other in found[index] if other.column.field != LEVEL), default=Level.LAST)
            if name == "cost" and self._alone_names(index, found):
                continue
            if (name in HALVES and len(halves) == len(HALVES)) or surest > Level.OTHER_LANGUAGE:
                self.made.beside.setdefault(name, []).append(index)
                self._note_unit(index, match.unit)
                if name in HALVES or surest > Level.NAMING or name != "parent":
                    self.taken.add(index)

    def take_stand_ins(self) -> None:
        """Whoever an epic is assigned to owns it, where no column says who does."""
        for name, wanted in STAND_INS.items():
            column, places = EPICS.column(wanted), self.made.beside.get(name, [])
            if places and column not in self.made.columns:
                self.made.columns[column] = places[0]

    def _alone_names(self, index: int, found: dict[int, tuple[Match, ...]]) -> bool:
        """Whether nothing but this column could name the epics: the investments, and what each of them costs."""
        naming = [place for place, fits in found.items() if any(fit.column.field in NAMING_FIELDS for fit in fits)]
        return naming == [index]

    def take(self, level: Level, found: dict[int, tuple[Match, ...]]) -> None:
        """Gives out the fields that headings name at this level."""
        here = {
            index: [match for match in fits if match.level == level]
            for index, fits in found.items()
            if index not in self.taken
        }
        if level <= Level.OTHER_LANGUAGE:
            self._take_surely(here, level, found)
        else:
            self._take_loosely({index: fits for index, fits in here.items() if fits})

    def _take_surely(self, here: dict[int, list[Match]], level: Level, found: dict[int, tuple[Match, ...]]) -> None:
        """Every heading means one field; a field that has its column already hides it."""
        before = set(self.made.columns)
        meant_alone = {fits[0].column for fits in here.values() if len(fits) == 1}
        wanted: dict[Column, list[tuple[int, Match]]] = {}
        for index, fits in here.items():
            if not fits:
                continue
            free = [match for match in fits if match.column not in before]
            match = next((match for match in free if match.column not in meant_alone), next(iter(free), None))
            self.taken.add(index)
            if match is None:
                self.made.shadowed.append((fits[0].column, index))
            else:
                wanted.setdefault(match.column, []).append((index, match))
        for column, places in wanted.items():
            if kept := self._without_looser(places, found):
                self._settle(column, kept, level)

    def _without_looser(
        self, places: list[tuple[int, Match]], found: dict[int, tuple[Match, ...]]
    ) -> list[tuple[int, Match]]:
        """Of several headings of one field, those that can loosely mean another one are left for that.

        So is a single one whose entries repeat too often to be titles.
        """
        others = {
            index: any(match.level == Level.LOOSE and match.column not in self.made.columns for match in found[index])
            for index, _ in places
        }
        alone = len(places) == 1 and others[places[0][0]] and self._repeats(places[0][0])
        if not alone and (len(places) < 2 or all(others.values())):
            return places
        self.taken -= {index for index, looser in others.items() if looser}
        return [place for place in places if not others[place[0]]]

    def _take_loosely(self, here: dict[int, list[Match]]) -> None:
        """A heading may mean several fields: each free one takes the column that tells its rows apart best."""
        for column in dict.fromkeys(match.column for fits in here.values() for match in fits):
            places = [
                (index, match)
                for index, fits in here.items()
                for match in fits
                if match.column == column and index not in self.taken
            ]
            if column in self.made.columns or not places:
                continue
            if len(places) > 1:
                places.sort(key=lambda place: -self.distinct(place[0]))
            index, match = places[0]
            if column.field == "title" and self._repeats(index):
                continue
            self.made.columns[column] = index
            self.taken.add(index)
            self._note_unit(index, match.unit)
        self.taken.update(here)

    def _repeats(self, index: int) -> bool:
        """Whether a column cannot be the title of epics whose IDs are there: it is what they are parts of."""
        own = next((place for column, place in self.made.columns.items() if column.field == "id"), None)
        return own is not None and self.distinct(index) * 2 < self.distinct(own)

    def _settle(self, column: Column, places: list[tuple[int, Match]], level: Level) -> None:
        """Of several headings for one field: the column that tells its rows apart, or there are two, which is odd."""
        if len(places) > 1 and len([match for _, match in places if match.whole]) == 1:
            places = sorted(places, key=lambda place: not place[1].whole)
            self.made.shadowed += [(column, index) for index, _ in places[1:]]
        elif len(places) > 1 and column.field in NAMING_FIELDS and level > Level.EXACT:
            places = sorted(places, key=lambda place: -self.distinct(place[0]))
            self.made.shadowed += [(column, index) for index, _ in places[1:]]
        else:
            spelt = plain(self.texts[places[0][0]])
            again = [index for index, _ in places[1:] if plain(self.texts[index]) == spelt]
            same = [index for index in again if not self.clash(places[0][0], index)]
            self.made.more.update({column: same} if same else {})
            self.made.twice += [(column, index) for index, _ in places[1:] if index not in same]
        index, match = places[0]
        self.made.columns[column] = index
        self._note_unit(index, match.unit)

    def _note_unit(self, index: int, unit: Unit | None) -> None:
        if unit is not None:
            self.made.units[index] = unit

    def note_near_misses(self, columns: tuple[Column, ...]) -> None:
        """Headings that are nearly spelt like a field that has no column."""
        spelt = {plain(name): column for column in columns for name in (column.heading, *column.aliases)}
        results = {plain(name) for name in NEVER_READ}
        candidates = [name for name in spelt if len(name) >= SHORTEST_COMPARED and spelt[name] not in self.made.columns]
        for index, text in self.texts.items():
            if index in self.taken:
                continue
            name = min((name for name, _ in take_apart(text).names), key=len, default="")
            if len(name) >= SHORTEST_COMPARED and name not in results:
                near = difflib.get_close_matches(name, candidates, n=1, cutoff=NEARLY)
                if near:
                    self.made.nearly.append((spelt[near[0]], index))
