"""Which field a heading names: its proper name, what else people call it, other languages, and loose words last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache

from portfolio.intake.columns import EPICS, SETTINGS, SHEETS, Column, plain
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS, VOTES
from portfolio.intake.headings.beside import BESIDE
from portfolio.intake.headings.heading import take_apart
from portfolio.intake.headings.units import Unit
from portfolio.intake.languages import ENGLISH, Section, vocabulary


class Level(IntEnum):
    """How surely a heading is meant for a field; a surer one takes the field first."""

    EXACT = 0
    ALIAS = 1
    OTHER_LANGUAGE = 2
    LOOSE = 3
    NAMING = 4
    LAST = 5


PAID = ("benefit", "cost_of_delay")
"""What is worth the benefit per week, once it is said for which stretch of time."""


@dataclass(frozen=True)
class Match:
    """A field that a heading may mean, and the unit that its figures are then in."""

    column: Column
    level: Level
    unit: Unit | None = None
    whole: bool = True
    """Whether the whole heading is the name, with nothing beside it."""


@dataclass(frozen=True)
class _Spellings:
    exact: dict[str, tuple[Column, ...]]
    alias: dict[str, tuple[Column, ...]]
    loose: dict[str, tuple[Column, ...]]


@cache
def _spellings(columns: tuple[Column, ...]) -> _Spellings:
    exact: dict[str, tuple[Column, ...]] = {}
    alias: dict[str, tuple[Column, ...]] = {}
    loose: dict[str, tuple[Column, ...]] = {}
    for column in columns:
        for names, found in (((column.field, column.heading), exact), (column.aliases, alias), (column.loose, loose)):
            for name in dict.fromkeys(map(plain, names)):
                found[name] = (*found.get(name, ()), column)
    return _Spellings(exact, alias, loose)


@cache
def _sections(columns: tuple[Column, ...]) -> tuple[Section, ...]:
    """The parts of a language that have the headings of these columns."""
    if any(sheet.columns == columns for sheet in EVIDENCE_SHEETS):
        return ("headings.evidence", "headings.epics") if columns == VOTES.columns else ("headings.evidence",)
    sheet = next((sheet for sheet in SHEETS if sheet.columns == columns), None)
    names: dict[str, Section] = {
        "epics": "headings.epics",
        "effort": "headings.effort",
        "value_streams": "headings.value_streams",
        "capacity": "headings.capacity",
        "budget": "headings.budget",
        "dependencies": "headings.dependencies",
        "guardrails": "headings.guardrails",
        "outcomes": "headings.outcomes",
    }
    if sheet is SETTINGS:
        return ("headings.settings",)
    return (names[sheet.field],) if sheet is not None and sheet.field in names else ()


@lru_cache(maxsize=20_000)
def matches(text: str, columns: tuple[Column, ...]) -> tuple[Match, ...]:
    """The fields among these columns that a heading may mean, the surest first."""
    known, found = _spellings(columns), list[Match]()
    names = take_apart(text).names
    for level, spelt in ((Level.EXACT, known.exact), (Level.ALIAS, known.alias)):
        found += [Match(column, level, unit) for name, unit in names for column in spelt.get(name, ())]
    by_field = {column.field.rpartition(".")[2]: column for column in columns}
    for section in _sections(columns):
        for name, unit in names:
            for meaning in vocabulary().meanings(section, name):
                if meaning.name in by_field:
                    found.append(Match(by_field[meaning.name], Level.OTHER_LANGUAGE, unit))
    found += [
        Match(column, _loose(column, name), unit)
        for name, unit in names
        if _names(unit)
        for column in known.loose.get(name, ())
    ]
    found += _of_epics(names) if columns == EPICS.columns else []
    best: dict[str, Match] = {}
    for match in found:
        best.setdefault(match.column.field, match)
    first = names[0][0] if names else ""
    wholly = {match.column.field for name, _ in names[:1] for match in _named(known, name)} if first else set()
    found = [replace(match, whole=match.column.field in wholly) for match in best.values()]
    return tuple(sorted(found, key=lambda match: match.level))


def _named(known: _Spellings, name: str) -> list[Match]:
    return [Match(column, Level.ALIAS) for spelt in (known.exact, known.alias) for column in spelt.get(name, ())]


def _of_epics(names: tuple[tuple[str, Unit | None], ...]) -> list[Match]:
    """What only tables of epics have: columns that name them, and columns beside their fields that say something."""
    found: list[Match] = []
    for name, unit in names:
        if (
            unit is not None
            and unit.rate
            and any(meaning.name in PAID for meaning in vocabulary().meanings("others", name))
        ):
            found.append(Match(EPICS.column("benefit_per_week"), Level.LOOSE, unit))
        if not _names(unit):
            continue
        for meaning in vocabulary().meanings("loose", name):
            if meaning.language != ENGLISH:
                column = EPICS.column(meaning.name)
                found.append(Match(column, _loose(column, name), unit))
        for meaning in vocabulary().meanings("naming", name):
            if meaning.name in ("id", "title"):
                found.append(Match(EPICS.column(meaning.name), Level.NAMING, unit))
            elif meaning.name == "description":
                found.append(Match(EPICS.column("title"), Level.LAST, unit))
    return found


def _names(unit: Unit | None) -> bool:
    """Whether a word may be loose where it has this unit: story points are no stories."""
    return unit is None or not (unit.name or unit.rate)


def _loose(column: Column, name: str) -> Level:
    """A description names an epic only where nothing else could."""
    described = column.field == "title" and any(
        meaning.name == "description" for meaning in vocabulary().meanings("naming", name)
    )
    return Level.LAST if described else Level.LOOSE


@lru_cache(maxsize=10_000)
def beside(text: str) -> Match | None:
    """What a heading on a table of epics says besides the fields of an epic: a level, a link, a part of another score."""
    for name, unit in take_apart(text).names:
        for section in ("others", "naming", "links"):
            for meaning in vocabulary().meanings(section, name):
                if (column := BESIDE.get((section, meaning.name))) is not None:
                    return Match(column, Level.ALIAS, unit)
    return None
