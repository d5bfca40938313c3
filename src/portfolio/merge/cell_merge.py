"""Merges one cell: what the returned copies agree on is taken, the rest is left to choose."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.merge.cell_content import Content, content_of, number_in, same
from portfolio.merge.copy_differences import Differences
from portfolio.merge.merged import CellChange, Conflict, ConflictKind, Option
from portfolio.merge.workbook_contents import LINK_KIND, CellKey, ColumnAt, Table

PLANNED_START = "=plannedstart"
"""People move epics by writing over it, whatever wrote it."""
TEXT_KINDS = ("text", "word", LINK_KIND)
Opinion = tuple[Differences, Content | None, Content | None, str]
"""Who says it, what it was before and after, and in which of two columns where the column is there twice."""


def cell_changes(changed: Sequence[Differences]) -> dict[CellKey, list[Opinion]]:
    """Every cell that a copy changed, with all that is said about it."""
    found: dict[CellKey, list[Opinion]] = {}
    for diff in changed:
        twice = set(diff.now.ambiguous.values())
        for key, (old, new) in diff.cells.items():
            found.setdefault(key, []).append((diff, old, new, "first column" if key[1] in twice else ""))
        for key, new in diff.second.items():
            found.setdefault(key, []).append((diff, diff.before.cells.get(key), new, "second column"))
    return found


def settle_cell(
    base: Table, key: CellKey, opinions: Sequence[Opinion], label: str, heading: str
) -> CellChange | Conflict:
    """The change that all agree on, or the conflict."""
    now = base.cells.get(key)
    _, before, after, _ = opinions[0]
    place = (base.name, *key, label, heading)
    files = tuple(dict.fromkeys(diff.copy.file for diff, *_ in opinions))
    kind: ConflictKind = "changed_id" if key[1] == "id" else "value"
    if all(same(after, other) for _, _, other, _ in opinions):
        if same(after, now):
            return CellChange(*place, before, after, files, "already there")
        special = _special(base, key, opinions)
        if special is None and all(same(old, now) for _, old, _, _ in opinions):
            return CellChange(*place, before, _as_number(base.columns.get(key[1]), before, after), files, "applied")
        kind = special or kind
    elif any(twice for *_, twice in opinions):
        kind = "header_ambiguous"
    options = tuple(Option(_who(diff, column), diff.copy.author, content=new) for diff, _, new, column in opinions)
    return Conflict(kind, *place, before, now, options)


def _special(base: Table, key: CellKey, opinions: Sequence[Opinion]) -> ConflictKind | None:
    """What is asked about even if everybody agrees, because it often is a slip."""
    _, before, after, _ = opinions[0]
    if any(twice for *_, twice in opinions):
        return "header_ambiguous"
    is_formula = before is not None and before.kind == "formula"
    if is_formula and (after is None or after.kind != "formula") and key[1] != PLANNED_START:
        return "formula_overwritten"
    column = base.columns.get(key[1])
    is_text = column is not None and column.kind in TEXT_KINDS
    if before is None or before.kind != "number" or after is None or after.kind != "text" or is_text:
        return None
    return "type" if number_in(after) is None else None


def _as_number(column: ColumnAt | None, before: Content | None, after: Content | None) -> Content | None:
    """A number that was typed as text over a number, as the number: formulas do not count text."""
    digits = number_in(after)
    is_text = column is not None and column.kind in TEXT_KINDS
    if before is None or before.kind != "number" or after is None or after.kind != "text" or digits is None or is_text:
        return after
    return content_of(float(digits))


def _who(diff: Differences, column: str) -> str:
    return f"{diff.copy.file}, {column}" if column else diff.copy.file
