"""Dependencies that stand beside the epics: Depends on, Blocks, Predecessors, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import shown, suggestion
from portfolio.intake.draft import Draft
from portfolio.intake.references.names import Names, parts_of
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_text, is_blank

End = Literal["predecessor", "successor"]
COLUMNS: dict[str, End] = {"predecessors": "predecessor", "successors": "successor"}
OTHER_ENDS = ("SS", "FF", "SF", "AA", "EE", "AE")
_TYPE, _LAG = r"FS|SS|FF|SF|EA|AA|EE|AE", r"[+-]\s?\d+(?:[.,]\d+)?\s?[^\W\d_]+\.?"
LINK_END = rf"(?:\s?(?:{_TYPE}))?(?:\s?{_LAG})?"
"""What may stand right behind the epic of a link: its type and its lag."""
LINKED = re.compile(rf"(?P<epic>.+?)\s?(?P<type>{_TYPE})?\s?(?P<lag>{_LAG})?")
"""`3FS+5 days`, as Microsoft Project writes a link; in German EA is FS."""
SHARE = 0.5
"""A column with IDs of other epics in this share of its entries holds links, whatever it is called."""


@dataclass
class Beside:
    """The links of one table while they are read."""

    links: list[Raw] = field(default_factory=list)
    unknown: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """For each column, the rows and words that name no epic."""
    others: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """Links of a type that is not between finish and start."""


def read_links(
    draft: Draft, table: Table, rows: Sequence[int], known: set[str], epics: Sequence[Raw], names: Names
) -> None:
    """Adds the links beside the epics to the dependencies; `known` are words that mean rows which are no epics."""
    beside = Beside()
    unread = list(_unread_texts(table, rows))
    if not unread and not any(table.beside.get(name) for name in COLUMNS):
        return
    for name, end in COLUMNS.items():
        for index in table.beside.get(name, ()):
            draft.columns_beside.add(index)
            for row, epic in zip(rows, epics, strict=True):
                cell = table.grid.rows[row][index]
                if not is_blank(cell) and "id" in epic:
                    _read_cell(beside, names, (index, row), cell, (str(epic["id"]), end))
    _note_unknown(draft, table, names, beside, known)
    _note_unread(draft, table, unread, names)
    _add(draft, table, beside)


def _read_cell(beside: Beside, names: Names, place: tuple[int, int], cell: object, own: tuple[str, End]) -> None:
    index, row = place
    found, unknown = names.find_all(cell if not isinstance(cell, float) else as_text(cell))
    for part in unknown:
        linked = LINKED.fullmatch(part)
        epic = names.find(linked["epic"]) if linked is not None else None
        if epic is None or linked is None:
            beside.unknown.setdefault(index, []).append((row, part))
        elif linked["type"] in OTHER_ENDS:
            beside.others.setdefault(index, []).append((row, part))
        else:
            found.append(epic)
    for other in found:
        ends = (other, own[0]) if own[1] == "predecessor" else (own[0], other)
        beside.links.append({"predecessor": ends[0], "successor": ends[1], "row": row, "column": index})


def _note_unknown(draft: Draft, table: Table, names: Names, beside: Beside, known: set[str]) -> None:
    """What a column of links names that is no epic, once for each column."""
    for index, places in beside.unknown.items():
        strange = [(row, part) for row, part in places if part.casefold() not in known]
        draft.links_to_others += len(places) - len(strange)
        if strange:
            row, part = strange[0]
            more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
            both = names.shared(part)
            rule = f"{' and '.join(both)} are called so." if both else "There is no epic with this ID or title."
            fix = "Write the ID." if both else suggestion(part, names.id_words, "Write the ID of an epic, or clear it.")
            draft.note_at(
                draft.cell_at(table, row, index),
                f"{table.headings[index]} names {shown(part)}{more}, so there is no dependency.",
                rule,
                fix,
                "warning",
            )
    for index, places in beside.others.items():
        row, part = places[0]
        draft.note_at(
            draft.cell_at(table, row, index),
            f"{table.headings[index]} has {shown(part)}, a link that is not from finish to start, and it was not read.",
            "A successor starts when its predecessor is finished.",
            "Write the link as finish to start, if that is close enough.",
            "warning",
        )


def _unread_texts(table: Table, rows: Sequence[int]) -> Iterator[tuple[int, list[object]]]:
    """The columns that nothing is read from and that hold text, each with its entries."""
    taken = {*table.columns.values(), *(index for places in table.beside.values() for index in places)}
    for index, heading in enumerate(table.headings):
        if index not in taken and not is_blank(heading):
            entries = [cell for row in rows if not is_blank(cell := table.grid.rows[row][index])]
            if any(isinstance(cell, str) for cell in entries):
                yield index, entries


def _note_unread(draft: Draft, table: Table, unread: Sequence[tuple[int, list[object]]], names: Names) -> None:
    """A column that holds IDs of other epics and is not read plainly carries meaning."""
    ids = {own.casefold() for own in names.ids}
    for index, entries in unread:
        texts = [cell for cell in entries if isinstance(cell, str)]
        linked = [text for text in texts if any(part.casefold() in ids for part in parts_of(text))]
        if linked and len(linked) >= SHARE * len(entries):
            draft.note_at(
                (table.grid.name, table.sheet_row(table.header), table.sheet_column(index)),
                f"Column {table.headings[index]} holds IDs of epics and is not read.",
                "Whether they come before or after the epic is not clear.",
                "Call it Depends on or Blocks, if these are dependencies.",
                "warning",
            )


def _add(draft: Draft, table: Table, beside: Beside) -> None:
    """Keeps the links until the sheet Dependencies was read, whose rows come first."""
    for link in beside.links:
        place = draft.cell_at(table, link["row"], link["column"])
        draft.links_beside.append((link["predecessor"], link["successor"], place))


def add_links(draft: Draft) -> None:
    """Adds the links beside the epics: each once, although it may stand at both of its ends, or on a sheet of its own."""
    if not draft.links_beside:
        return
    links = draft.raw.setdefault("dependencies", [])
    seen = {(str(link.get("predecessor")).casefold(), str(link.get("successor")).casefold()) for link in links}
    for before, after, place in draft.links_beside:
        pair = (before.casefold(), after.casefold())
        if pair in seen:
            continue
        seen.add(pair)
        draft.places.cells["dependencies", len(links)] = place
        for end in ("predecessor", "successor"):
            draft.places.cells["dependencies", len(links), end] = place
        links.append({"predecessor": before, "successor": after})
