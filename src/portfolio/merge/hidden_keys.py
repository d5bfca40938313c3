"""Hidden keys for epics without an ID: what tells them apart when their titles change."""

from __future__ import annotations

import hashlib

from portfolio.merge.workbook_contents import KEY, KEY_HEADING, Contents, Table
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.markup import children, element, insert_child, prefix_of, replaced, root, with_attribute

KEY_DIGITS = 10
LAST_COLUMN = 16_384


def add_keys(editing: PackageEditor, contents: Contents) -> bool:
    """Gives every epic without ID and key a key in a hidden column; whether anything was written."""
    table = contents.tables.get("Epics")
    if table is None or "id" in table.columns or not table.rows:
        return False
    known = {row.key for row in table.rows.values()}
    edits, used = [], known - {""}
    column = _column(table, contents)
    for identity, row in table.rows.items():
        if not row.key:
            key = _key(identity, used)
            used.add(key)
            edits.append(CellEdit(row.number, column, key))
    if not edits:
        return False
    if KEY not in table.columns:
        edits.insert(0, CellEdit(table.header, column, KEY_HEADING))
        _hide(editing, table.title, column)
    editing.edit(table.title, edits)
    return True


def _column(table: Table, contents: Contents) -> int:
    """The key's column: one after everything on the sheet, so that it is no part of anybody's table."""
    if KEY in table.columns:
        return table.columns[KEY].number
    right = max((column for _, column in contents.outside.get(table.title, {})), default=0)
    return max(table.width, right + 1) + 1


def _key(identity: str, used: set[str]) -> str:
    """A key that says nothing of the epic and is the same every time."""
    number = 0
    while (key := hashlib.sha256(f"{number} {identity}".encode()).hexdigest()[:KEY_DIGITS]) in used or key.isdecimal():
        number += 1
    return key


def _hide(editing: PackageEditor, title: str, column: int) -> None:
    """Hides one column; what the sheet says of the columns beside it stays."""
    part = next(sheet.part for sheet in editing.workbook.sheets if sheet.name == title)
    xml = editing.parts.read(part)
    prefix = prefix_of(xml, root(xml).tag)
    own = f'<{prefix}col min="{column}" max="{column}" width="12" hidden="1" customWidth="1"/>'.encode()
    listed = element(xml, "cols")
    if listed is None:
        whole = f"<{prefix}cols>".encode() + own + f"</{prefix}cols>".encode()
        editing.parts.write(part, insert_child(xml, "worksheet", whole, "cols", ("cols", "sheetData")))
        return
    changes, place = [], listed.inside_end
    for col in children(xml, listed):
        given = col.tag.attributes
        first, last = int(given.get("min", 1)), int(given.get("max", LAST_COLUMN))
        tag = xml[col.start : col.end]
        if first > column:
            place = min(place, col.start)
        elif last >= column:
            left = with_attribute(tag, "max", str(column - 1)) if first < column else b""
            right = with_attribute(tag, "min", str(column + 1)) if last > column else b""
            changes.append((col.start, col.end, left + own + right))
    editing.parts.write(part, replaced(xml, changes or [(place, place, own)]))
