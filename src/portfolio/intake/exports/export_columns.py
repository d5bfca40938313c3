"""Which column of an export means what, by a mapping; and which mapping an export was made for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass
from typing import Any

from portfolio.errors import WrongUseError
from portfolio.intake.columns import EPICS, plain
from portfolio.intake.exports.export_table import HEADER_ROWS, ExportTable
from portfolio.intake.exports.mapping import ORDER, Link, Mapping, read_mapping

FEWEST_HEADINGS = 2
"""A table of epics is taken for one if this many of its headings are known."""
MOST_SHOWN = 12


@dataclass(frozen=True)
class Columns:
    """The positions of the columns that are read, for everything a mapping asks for."""

    headings: tuple[str, ...]
    fields: dict[str, tuple[int, ...]]
    types: tuple[int, ...]
    leave_out: tuple[tuple[int, frozenset[str]], ...]
    parents: tuple[int, ...]
    parent_ids: tuple[int, ...]
    links: tuple[tuple[Link, tuple[int, ...]], ...]

    @property
    def beside_fields(self) -> frozenset[int]:
        """The columns that say which rows are epics and how they hang together."""
        linked = [position for _, positions in self.links for position in positions]
        left_out = [position for position, _ in self.leave_out]
        return frozenset([*self.types, *left_out, *self.parents, *self.parent_ids, *linked])

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

    def __init__(self, headings: Sequence[str], wrapped: Iterable[str]) -> None:
        self.headings = headings
        patterns = [re.compile(re.escape(form).replace(r"\{\}", "(.+)"), re.IGNORECASE) for form in wrapped]
        self._positions: dict[str, list[int]] = {}
        for position, heading in enumerate(headings):
            inner = [found[1] for pattern in patterns if (found := pattern.fullmatch(heading.strip()))]
            for name in dict.fromkeys(plain(text) for text in (heading, *inner)):
                if name:
                    self._positions.setdefault(name, []).append(position)

    def find(self, names: Iterable[str]) -> tuple[int, ...]:
        """The columns with these names, those of the first name first."""
        return tuple(dict.fromkeys(position for name in names for position in self._positions.get(plain(name), ())))


def recognise(table: ExportTable, mapping: Mapping | None = None) -> Recognised:
    """The mapping that an export was made for, or the given one, at its header row.

    Raises WrongUseError where no row has headings that it knows.
    """
    candidates = [mapping] if mapping is not None else [read_mapping(name) for name in ORDER]
    for candidate in candidates:
        found = [
            Recognised(candidate, position, columns_of(_texts(row), candidate))
            for position, row in table.filled(0, HEADER_ROWS)
        ]
        fitting = [entry for entry in found if mapping is not None or _fits(entry)]
        best = max(fitting, key=lambda entry: entry.columns.known, default=None)
        if best is not None and best.columns.known:
            _refuse_without_needs(best, table.name)
            return best
    raise WrongUseError(_nothing_known(table, mapping), "mapping")


def _texts(row: Sequence[Any]) -> list[str]:
    return [str(cell) for cell in row]


def _fits(entry: Recognised) -> bool:
    """Whether a row has all the headings of one line that a mapping is recognised by."""
    mapping, columns = entry.mapping, entry.columns
    there = {plain(heading) for heading in columns.headings}
    if mapping.workbook_names:
        return sum(1 for positions in columns.fields.values() if positions) >= FEWEST_HEADINGS
    return any(all(plain(name) in there for name in names) for names in mapping.recognise)


def columns_of(headings: Sequence[str], mapping: Mapping) -> Columns:
    """The columns among these headings that a mapping asks for."""
    known = _Headings(headings, mapping.wrapped)
    fields = {name: known.find(source.columns) for name, source in mapping.sources.items()}
    if mapping.workbook_names:
        fields = _with_workbook_names(known, fields)
    if mapping.parent.levels and "title" in fields:
        fields["title"] = tuple(sorted(fields["title"]))
    return Columns(
        headings=tuple(" ".join(heading.split()) for heading in headings),
        fields={name: positions for name, positions in fields.items() if positions},
        types=known.find(mapping.rows.columns),
        leave_out=tuple(
            (position, frozenset(word.casefold() for word in words))
            for name, words in mapping.rows.leave_out.items()
            for position in known.find([name])
        ),
        parents=known.find(mapping.parent.columns),
        parent_ids=known.find(mapping.parent.ids) if mapping.parent.columns else (),
        links=tuple((link, known.find(link.columns)) for link in mapping.links),
    )


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


def _nothing_known(table: ExportTable, mapping: Mapping | None) -> str:
    headings = next(([text for text in _texts(row) if text.strip()] for _, row in table.filled(0)), [])
    shown = ", ".join(" ".join(text.split())[:40] for text in headings[:MOST_SHOWN])
    more = f" and {len(headings) - MOST_SHOWN} more" if len(headings) > MOST_SHOWN else ""
    known = f"the column mapping {mapping.name}" if mapping is not None else "any column mapping"
    return (
        f"{table.name} has no headings of {known}; its first row is: {shown}{more}. "
        "Write a mapping of your own, beginning with portfolio import --show-mapping csv, and give it with `mapping`."
    )
