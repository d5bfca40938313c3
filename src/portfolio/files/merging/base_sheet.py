"""Makes a workbook ready to be sent out: epics without an ID get hidden keys, and the base snapshot goes along."""

from __future__ import annotations

from portfolio.files.merging.keys import add_keys
from portfolio.files.merging.read_contents import SNAPSHOT_SHEET, read_contents
from portfolio.files.merging.snapshot import snapshot_book
from portfolio.files.package.editing import Editing


def add_base(editing: Editing) -> None:
    """Puts what a later merge needs into a workbook that is about to be written; again and again makes no difference."""
    if SNAPSHOT_SHEET in editing.sheets and SNAPSHOT_SHEET not in editing.own_sheets.values():
        editing.remove_sheet(SNAPSHOT_SHEET)
    contents = read_contents(editing.content(), editing.name)
    if add_keys(editing, contents):
        contents = read_contents(editing.content(), editing.name)
    editing.bring(snapshot_book(contents))


def with_base(content: bytes, name: str) -> bytes:
    """A finished workbook's bytes with what a later merge needs."""
    editing = Editing(content, name)
    add_base(editing)
    return editing.content()
