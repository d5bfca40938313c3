"""Makes a workbook ready to be sent out: epics without an ID get hidden keys, and the base snapshot goes along."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.merge.hidden_keys import add_keys
from portfolio.merge.read_contents import SNAPSHOT_SHEET, read_contents
from portfolio.merge.snapshot import snapshot_book
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.markup import replaced, tags, with_attribute


def add_base(editing: PackageEditor) -> None:
    """Puts what a later merge needs into a workbook that is about to be written; again and again makes no difference."""
    if SNAPSHOT_SHEET in editing.sheets and SNAPSHOT_SHEET not in editing.own_sheets.values():
        editing.remove_sheet(SNAPSHOT_SHEET)
    contents = read_contents(editing.content(), editing.name)
    if add_keys(editing, contents):
        contents = read_contents(editing.content(), editing.name)
    editing.bring(snapshot_book(contents))
    _hide(editing)


def _hide(editing: PackageEditor) -> None:
    """Hides the snapshot's sheet so that no menu of Excel shows it; nobody reads it, and nobody should edit it."""
    xml = editing.workbook.xml
    for tag in tags(xml, "sheet"):
        if tag.attributes.get("name") == SNAPSHOT_SHEET and tag.attributes.get("state") != "veryHidden":
            hidden = with_attribute(xml[tag.start : tag.end], "state", "veryHidden")
            editing.parts.write(editing.workbook.name, replaced(xml, [(tag.start, tag.end, hidden)]))
            return


def with_base(content: bytes, name: str, own: Iterable[str] = ()) -> bytes:
    """A finished workbook's bytes with what a later merge needs; `own` are sheets that only results are written to."""
    editing = PackageEditor(content, name)
    editing.mark_own(own)
    add_base(editing)
    return editing.content()
