"""A reading of fewer epics and dependencies than the file holds, with every one that is left at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from portfolio.domain.finding import Path
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.source_map import Records, SourceMap

Kept = Mapping[str, Sequence[int]]
"""For a list of the portfolio, the positions of the records that are left."""


def of_records(reading: Reading, kept: Kept) -> Reading:
    """The reading in which records count only among those that are left; the portfolio stays as it was read."""
    whole = reading.place

    def place(path: Path) -> str:
        return whole(_in_file(path, kept))

    places = None if reading.places is None else _places(reading.places, kept)
    return replace(reading, place=place, places=places)


def _in_file(path: Path, kept: Kept) -> Path:
    """A path among the records that are left, as the path in the file."""
    if len(path) > 1 and path[0] in kept and isinstance(path[1], int) and path[1] < len(kept[str(path[0])]):
        return (path[0], kept[str(path[0])][path[1]], *path[2:])
    return path


def _places(places: SourceMap, kept: Kept) -> SourceMap:
    position = {section: {before: now for now, before in enumerate(indexes)} for section, indexes in kept.items()}
    cells = {}
    for path, cell in places.cells.items():
        section = position.get(str(path[0])) if len(path) > 1 else None
        if section is None or not isinstance(path[1], int):
            cells[path] = cell
        elif path[1] in section:
            cells[(path[0], section[path[1]], *path[2:])] = cell
    records = {name: _records(found, kept.get(name)) for name, found in places.records.items()}
    return replace(places, cells=cells, records=records)


def _records(records: Records, indexes: Sequence[int] | None) -> Records:
    if indexes is None:
        return records
    return replace(records, rows=[records.rows[index] for index in indexes if index < len(records.rows)])
