"""Reads the table of epics: one epic for each row of its level, with everything that stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import shown
from portfolio.intake.columns import EPICS
from portfolio.intake.draft import Draft
from portfolio.intake.epics.criteria import nest_criteria, take_criteria_columns
from portfolio.intake.epics.effort import read_own_effort
from portfolio.intake.epics.effort_by_period import read_by_period
from portfolio.intake.epics.links import read_links
from portfolio.intake.epics.salvaged_rows import salvaged_rows
from portfolio.intake.epics.scores import read_scores, take_size
from portfolio.intake.epics.shapes import prepare_shape, take_cost
from portfolio.intake.epics.windows import place_windows
from portfolio.intake.rows.kinds import row_kinds
from portfolio.intake.rows.levels import Levels, levels
from portfolio.intake.rows.row_kinds import RowKinds
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank

LINK_ENDS = ("predecessor", "successor")
ASIDE = {"value_stream": "effort", "effort": "effort"}


@dataclass(frozen=True)
class EpicRows:
    """The rows of one table that are epics, their records, and what rows of other levels are called."""

    table: Table
    rows: list[int]
    epics: list[Raw]
    others: set[str]


def read_epics(draft: Draft, table: Table) -> None:
    """One epic for each row; where there is no ID column the title is the ID."""
    found = read_rows(draft, table)
    read_links(draft, table, found.rows, found.others, found.epics, draft.names_of("epics"))


def read_rows(draft: Draft, table: Table) -> EpicRows:
    """The epics of one table without their links, which may lead to epics of another one."""
    kinds = row_kinds(table, [table.columns[column] for column in table.columns if column.field in ("id", "title")])
    _note_doubtful(draft, table, kinds)
    _note_lone(draft, table, kinds)
    chosen = _chosen(draft, table, kinds)
    if draft.salvage is not None:
        chosen.taken = salvaged_rows(draft, table, chosen, draft.salvage)
    take_criteria_columns(draft, table)
    prepare_shape(draft, table, chosen.taken)
    rows, own = draft.read_records(table, "epics", RowKinds(chosen.taken, kinds.sections, kinds.others), ASIDE)
    epics = draft.raw["epics"]
    nest_criteria(draft, epics)
    _name(draft, table, epics)
    _set_theme(table, kinds, rows, epics)
    place_windows(draft, table, epics)
    read_scores(draft, table, rows, epics)
    take_cost(draft, table, rows, epics)
    streams, efforts = own.get("value_stream"), own.get("effort")
    if efforts is None and streams is not None:
        efforts = read_by_period(draft, table, rows)
    has_streams = streams is not None or bool(draft.raw.get("value_streams"))
    sized = not has_streams and take_size(draft, table, rows, epics, efforts)
    read_own_effort(draft, table, rows, streams, None if sized else efforts)
    if draft.salvage is not None and streams is not None:
        given = zip(streams, epics, strict=True)
        draft.salvage.without_effort = sum(stream is not None and not epic.get("effort") for stream, epic in given)
    return EpicRows(table, rows, list(epics), _other_names(table, chosen))


def _note_doubtful(draft: Draft, table: Table, kinds: RowKinds) -> None:
    """A row whose figures are just the sums of those above may be a total in a language that nobody here knows."""
    title = table.column_of("title") or 0
    for row in kinds.doubtful:
        draft.note_at(
            draft.cell_at(table, row, title),
            f"The figures of {table.grid.rows[row][title]} are the sums of those above it.",
            "It was read as an epic.",
            "If it is a total, call it Total.",
            "warning",
        )


def _note_lone(draft: Draft, table: Table, kinds: RowKinds) -> None:
    """Titles that stand alone in their rows were read as sections; they could be ideas without scores."""
    title = table.column_of("title") or 0
    names = [as_text(table.grid.rows[row][title]) for row in kinds.lone]
    if names:
        draft.note_at(
            draft.cell_at(table, kinds.lone[0], title),
            f"{', '.join(names)} {'stand' if len(names) > 1 else 'stands'} alone above other rows.",
            "They were read as names of sections, not as epics.",
            "If they are epics, give them scores or an ID.",
            "warning",
        )


def _chosen(draft: Draft, table: Table, kinds: RowKinds) -> Levels:
    """The rows of epics among all records, by the column that says what each row is."""
    rows = kinds.records
    column = EPICS.column("type")
    places = [*table.beside.get("level", ()), *([table.columns[column]] if column in table.columns else ())]
    for index in places:
        words = [table.grid.rows[row][index] for row in rows]
        found = levels(rows, words, draft.types)
        if not found.says_levels:
            if index in table.beside.get("level", ()):
                table.columns.setdefault(EPICS.column("level"), index)
            continue
        if found.unknown:
            listed = ", ".join(found.unknown[:8])
            draft.note_at(
                (table.grid.name, table.sheet_row(table.header), table.sheet_column(index)),
                f"{table.headings[index]} says that the rows are {listed}, and none of them is an epic.",
                "Only one level of work is ranked.",
                f"Choose what an epic is, for example with `types` {shown(found.unknown[0])}, or take out the other rows.",
                "warning",
            )
            return Levels(list(rows))
        if table.columns.get(column) == index:
            del table.columns[column]
        draft.other_levels = found.others
        draft.columns_beside.add(index)
        return found
    return Levels(list(rows))


def _name(draft: Draft, table: Table, epics: list[Raw]) -> None:
    """Titles are IDs where there is no column of IDs."""
    if EPICS.column("id") in table.columns:
        return
    for epic in epics:
        if "title" in epic:
            epic["id"] = epic["title"]
    records = draft.places.records["epics"]
    if "title" in records.columns:
        records.columns["id"] = records.columns["title"]


def _set_theme(table: Table, kinds: RowKinds, rows: list[int], epics: list[Raw]) -> None:
    """The section that an epic stands in is its theme, where no column says one."""
    if not kinds.sections or EPICS.column("theme") in table.columns:
        return
    for row, epic in zip(rows, epics, strict=True):
        if row in kinds.sections:
            epic["theme"] = kinds.sections[row]


def _other_names(table: Table, chosen: Levels) -> set[str]:
    """What rows of other levels are called: a link to them leads to no epic."""
    places = [index for column, index in table.columns.items() if column.field in ("id", "title")]
    cells = (table.grid.rows[row][index] for row in chosen.left_out for index in places)
    return {as_text(cell).casefold() for cell in cells if not is_blank(cell)}


def check_id_column(draft: Draft, table: Table) -> None:
    """Where titles stand in for IDs and others refer to IDs, that is said once."""
    if EPICS.column("id") in table.columns:
        return
    known = {str(epic.get("id")).casefold() for epic in draft.raw["epics"]}
    ends = {str(link[end]) for link in draft.raw.get("dependencies", ()) for end in LINK_ENDS if end in link}
    unknown = sorted(draft.unknown_epics | {end for end in ends if end.casefold() not in known})
    if unknown:
        draft.note_at(
            (table.grid.name, table.sheet_row(table.header), table.left_column),
            "No column ID was found.",
            f"Titles stand in for IDs, but other sheets refer to {shown(unknown[0])}, which is not a title.",
            "Give the column that holds the IDs the heading ID.",
            "warning",
        )


def find_parents(draft: Draft) -> None:
    """Parents are IDs, also where people write titles; what leads nowhere stays as it is written."""
    epics = draft.raw.get("epics", ())
    if any("parent" in epic for epic in epics):
        names = draft.names_of("epics", exactly=True)
        for epic in epics:
            if "parent" in epic:
                epic["parent"] = names.find(str(epic["parent"])) or str(epic["parent"])
