"""Which column of an export means what, by a mapping; and which mapping an export was made for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass

from portfolio.domain.wording import first_of
from portfolio.errors import WrongUseError
from portfolio.intake.columns import EPICS, plain
from portfolio.intake.exports import other_languages
from portfolio.intake.exports.export_table import HEADER_ROWS, ExportTable
from portfolio.intake.exports.mapping import Link, Mapping, names, read_mapping
from portfolio.intake.headings.heading import take_apart
from portfolio.intake.headings.names import Level, matches
from portfolio.intake.languages import ENGLISH, vocabulary

FEWEST_HEADINGS = 2
"""A table of epics is taken for one if this many of its headings are known."""
MOST_SHOWN = 12
OWN_FIGURES = frozenset(
    {"user_business_value", "time_criticality", "rr_oe", "job_size", "benefit_per_week", "confidence", "horizon",
     "external_cost", "capex_share", "penalty", "life_weeks", "peak_loss", "mvp_cost", "mvp_periods", "min_periods",
     "max_periods"}
)  # fmt: skip
"""Fields that no tool has columns of its own for: whoever adds such a column means what it means in a workbook."""


@dataclass(frozen=True)
class Columns:
    """The positions of the columns that are read, for everything a mapping asks for."""

    headings: tuple[str, ...]
    spellings: tuple[tuple[str, ...], ...]
    """What each heading is called: as it is, without what a tool wraps around it, in English."""
    fields: dict[str, tuple[int, ...]]
    types: tuple[int, ...]
    leave_out: tuple[tuple[int, frozenset[str]], ...]
    parts: tuple[tuple[int, str], ...]
    blank: tuple[tuple[int, str], ...]
    parents: tuple[int, ...]
    parent_ids: tuple[int, ...]
    links: tuple[tuple[Link, tuple[int, ...]], ...]

    @property
    def beside_fields(self) -> frozenset[int]:
        """The columns that say which rows are epics and how they hang together."""
        linked = [position for _, positions in self.links for position in positions]
        left_out = [position for position, _ in self.leave_out]
        kinds = [position for position, _ in (*self.parts, *self.blank)]
        return frozenset([*self.types, *left_out, *kinds, *self.parents, *self.parent_ids, *linked])

    @property
    def known(self) -> int:
        """How many columns mean something."""
        return len(self.beside_fields.union(*self.fields.values()))


@dataclass(frozen=True)
class Recognised:
    """The mapping that fits an export, the position of its header row, and its columns."""

    mapping: Mapping
    header: int
    columns: Columns


class _Headings:
    """The positions of each heading by its spelling, with and without what a tool wraps around it."""

    def __init__(self, headings: Sequence[str], mapping: Mapping) -> None:
        forms = [re.escape(form).replace(r"\{\}", "(.+)") for form in mapping.wrapped]
        patterns = [re.compile(form, re.IGNORECASE) for form in forms]
        self.spellings: list[tuple[str, ...]] = []
        """What each heading is called, the heading itself first."""
        self._positions: dict[str, list[int]] = {}
        self._with_units: dict[str, list[int]] = {}
        """The same without the unit that a heading names: `Job size (1-20)`."""
        for position, heading in enumerate(headings):
            inner = [found[1] for pattern in patterns if (found := pattern.fullmatch(heading.strip()))]
            english = other_languages.in_english(heading) if mapping.other_languages else ()
            self.spellings.append((heading, *inner, *english))
            for name in dict.fromkeys(plain(text) for text in self.spellings[-1]):
                if name:
                    self._positions.setdefault(name, []).append(position)
            for text in self.spellings[-1]:
                for name, unit in take_apart(text).names:
                    if unit is not None:
                        self._with_units.setdefault(name, []).append(position)

    def find(self, names: Iterable[str]) -> tuple[int, ...]:
        """The columns with these names, those of the first name first."""
        spelt = list(map(plain, names))
        found = dict.fromkeys(position for name in spelt for position in self._positions.get(name, ()))
        return tuple(found or dict.fromkeys(place for name in spelt for place in self._with_units.get(name, ())))


def recognise(table: ExportTable, mapping: Mapping | None = None) -> Recognised:
    """The mapping that an export was made for, or the given one, at its header row.

    Raises WrongUseError where no row has headings that it knows.
    """
    found = [
        (_fitting(entry) if mapping is None else 1, entry.columns.known, entry)
        for candidate in ([mapping] if mapping is not None else map(read_mapping, names()))
        for position, row in table.filled(0, HEADER_ROWS)
        if (entry := Recognised(candidate, position, columns_of(_texts(row), candidate))).columns.known
    ]
    fits, _, best = max(found, key=lambda entry: entry[:2], default=(0, 0, None))
    if best is None or not fits:
        raise WrongUseError(nothing_known(table, mapping), "mapping")
    _refuse_without_needs(best, table.name)
    return best


def _texts(row: Sequence[object]) -> list[str]:
    return [str(cell) for cell in row]


def _fitting(entry: Recognised) -> int:
    """How surely a row is the header of a tool's export: by the longest line of headings that it has all of, 0 if none.

    A table with the headings of a workbook comes after every tool.
    """
    mapping, columns = entry.mapping, entry.columns
    if mapping.workbook_names:
        return int(sum(1 for positions in columns.fields.values() if positions) >= FEWEST_HEADINGS)
    if mapping.other_languages and _has_another_title(columns):
        return 0
    there = {plain(name) for names in columns.spellings for name in names}
    return max((1 + len(line) for line in mapping.recognise if all(plain(name) in there for name in line)), default=0)


def _has_another_title(columns: Columns) -> bool:
    """Whether a table in another language has a title besides what Jira heads its summary: `Название` beside `Тема`."""
    own = columns.fields.get("title", ())
    if not own or vocabulary().meaning("jira", columns.headings[own[0]]) in (None, ("summary", ENGLISH)):
        return False
    meant = (
        vocabulary().meaning("headings.epics", heading)
        for position, heading in enumerate(columns.headings)
        if position not in own
    )
    return any(meaning is not None and meaning.name == "title" for meaning in meant)


def columns_of(headings: Sequence[str], mapping: Mapping) -> Columns:
    """The columns among these headings that a mapping asks for."""
    known = _Headings(headings, mapping)
    fields = {name: known.find(source.columns) for name, source in mapping.sources.items()}
    fields = _with_workbook_fields(known, fields, mapping.workbook_fields)
    if mapping.workbook_names:
        fields = _with_workbook_names(known, fields)
    if mapping.parent.levels and "title" in fields:
        fields["title"] = tuple(sorted(fields["title"]))
    return Columns(
        headings=tuple(" ".join(heading.split()) for heading in headings),
        spellings=tuple(known.spellings),
        fields={name: positions for name, positions in fields.items() if positions},
        types=known.find(mapping.rows.columns),
        leave_out=tuple(
            (position, frozenset(word.casefold() for word in words))
            for name, words in mapping.rows.leave_out.items()
            for position in known.find([name])
        ),
        parents=known.find(mapping.parent.columns),
        parent_ids=known.find(mapping.parent.ids) if mapping.parent.columns else (),
        parts=tuple((place, word) for name, word in mapping.rows.parts.items() for place in known.find([name])),
        blank=tuple((place, word) for name, word in mapping.rows.blank.items() for place in known.find([name])),
        links=tuple((link, known.find(link.columns)) for link in mapping.links),
    )


def _with_workbook_fields(
    known: _Headings, fields: Names[str, tuple[int, ...]], wanted: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """Adds the headings that a workbook's sheet Epics has, in any language: for `wanted` fields, and for those not found yet.

    What a tool has columns of its own for is left to its mapping.
    """
    found = dict(fields)
    own = {name for name, positions in fields.items() if positions}
    missing = OWN_FIGURES - own if own else frozenset[str]()
    taken = {position for positions in fields.values() for position in positions}
    for position, spellings in enumerate(known.spellings):
        name = next((name for text in spellings if (name := _field_of(text))), "")
        free = name in missing and position not in taken
        if (free or name in wanted) and position not in found.get(name, ()):
            found[name] = (*found.get(name, ()), position)
    return found


def _field_of(heading: str) -> str:
    """The field that a workbook's reader would take a heading for, where it is sure of it."""
    sure = (match for match in matches(heading, EPICS.columns) if match.level <= Level.OTHER_LANGUAGE)
    return next((match.column.field for match in sure), "")


def _with_workbook_names(known: _Headings, fields: Names[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Adds the headings of a workbook's sheet Epics; a loose one counts where nothing better stands in the table."""
    found = dict(fields)
    for column in EPICS.columns:
        names = (column.heading, column.field, *column.aliases)
        found[column.field] = found.get(column.field, ()) + known.find(names)
    taken = {position for positions in found.values() for position in positions}
    for column in EPICS.columns:
        if not found[column.field]:
            loose = [position for position in known.find(column.loose) if position not in taken]
            found[column.field] = tuple(loose[:1])
            taken.update(loose[:1])
    return found


def _refuse_without_needs(found: Recognised, name: str) -> None:
    for need in found.mapping.needs:
        if need not in found.columns.fields:
            names = ", ".join(found.mapping.sources[need].columns[:3])
            raise WrongUseError(
                f"{name} is an export of {found.mapping.title} without a column for {EPICS.column(need).heading}; "
                f"export it again with one of these columns: {names}."
            )


def nothing_known(table: ExportTable, mapping: Mapping | None) -> str:
    """Why a file was not read: none of its rows has headings that a mapping knows."""
    rows = [[text for text in _texts(row) if text.strip()] for _, row in table.filled(0, HEADER_ROWS)]
    headings = max(rows, key=len, default=[])
    shown = first_of([" ".join(text.split())[:40] for text in headings], MOST_SHOWN)
    known = f"the column mapping {mapping.name}" if mapping is not None else "any column mapping"
    return (
        f"{table.name} has no headings of {known}; its headings are: {shown}. "
        "Write a mapping of your own, beginning with portfolio import --show-mapping csv, and give it with `mapping`."
    )
