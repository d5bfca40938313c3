"""Reads epics that stand in several tables: other epics in each, or other columns of the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Raw
from portfolio.intake.draft import Draft
from portfolio.intake.epics.links import read_links
from portfolio.intake.epics.read_epics import EpicRows, read_epics, read_rows
from portfolio.intake.tables.table import Table


def read_epic_tables(draft: Draft, tables: Sequence[Table]) -> None:
    """The epics of the first table, with what the others add to them, and the epics that only others have."""
    if len(tables) == 1:
        read_epics(draft, tables[0])
        return
    own = read_rows(draft, tables[0])
    others = [(further, read_rows(further, table)) for table in tables[1:] for further in (draft.further(),)]
    moved = [_add(draft, further, rows) for further, rows in others]
    names = draft.names_of("epics")
    read_links(draft, own.table, own.rows, own.others, own.epics, names)
    for (further, rows), positions in zip(others, moved, strict=True):
        read_links(further, rows.table, rows.rows, rows.others, rows.epics, names)
        _move_notes(draft, further, positions)
        draft.further_tables.append(further)
    _say_so(draft, tables)


def _add(draft: Draft, further: Draft, rows: EpicRows) -> list[int]:
    """Adds the epics of a further table; returns the position of each among all of them."""
    epics = draft.raw["epics"]
    known = {str(epic["id"]).casefold(): index for index, epic in reversed(list(enumerate(epics))) if "id" in epic}
    records, positions = further.places.records["epics"], list[int]()
    for row, epic in zip(records.rows, rows.epics, strict=True):
        index = known.get(str(epic.get("id", "")).casefold(), len(epics))
        positions.append(index)
        before = epics[index] if index < len(epics) else None
        place: Path = ("epics", index)
        if before is None:
            epics.append(epic)
            draft.places.cells[place] = (records.sheet, row, min(records.columns.values()))
        else:
            _fill_in(before, epic)
        for name, column in records.columns.items():
            if before is None or name not in draft.places.records["epics"].columns:
                draft.places.cells[(*place, name)] = (records.sheet, row, column)
    return positions


def _fill_in(epic: Raw, more: Raw) -> None:
    """Takes over what an epic does not have yet; efforts of several tables are those of several value streams."""
    efforts = {**more.get("effort", {}), **epic.get("effort", {})}
    for name, value in more.items():
        epic.setdefault(name, value)
    if efforts:
        epic["effort"] = efforts


def _move_notes(draft: Draft, further: Draft, positions: list[int]) -> None:
    """Takes over the places, problems and links of a further table, with the epics' positions among all of them."""

    def moved(path: Path) -> Path:
        if len(path) > 1 and path[0] == "epics" and isinstance(path[1], int):
            return ("epics", positions[path[1]], *path[2:])
        return path

    for problem in further.problems:
        if problem.path[:1] == ("?",):
            cell = further.places.cells[problem.path]
            draft.note_at(cell, problem.what, problem.rule, problem.fix, problem.severity)
        else:
            draft.problems.append(replace(problem, path=moved(problem.path)))
    draft.places.cells |= {moved(path): cell for path, cell in further.places.cells.items() if path[:1] != ("?",)}
    draft.places.anchors |= further.places.anchors
    draft.links_beside += further.links_beside
    draft.links_to_others += further.links_to_others
    draft.other_levels += further.other_levels
    draft.readings |= further.readings


def _say_so(draft: Draft, tables: Sequence[Table]) -> None:
    """Reading several sheets as one is a decision, which somebody may not have meant."""
    names = list(dict.fromkeys(table.grid.name for table in tables))
    if len(names) > 1:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        draft.note_at(
            (names[0], 0, 0),
            f"The epics were read from the sheets {listed} together.",
            "Each of them has epics of its own, or other columns of the same ones.",
            "If one of them is not meant, call the right one Epics.",
            "warning",
        )
