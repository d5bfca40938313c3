"""Makes a workbook ready to be sent out: epics without an ID get hidden keys, and the base snapshot goes along."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from portfolio.intake.agreed_words import WORDS
from portfolio.merge.hidden_keys import add_keys
from portfolio.merge.read_contents import SNAPSHOT_SHEET, read_contents
from portfolio.merge.result_record import Written, cells_of, record_of, with_theirs, written_now
from portfolio.merge.snapshot import TamperedError, snapshot_book, unpack
from portfolio.merge.workbook_contents import Contents
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.markup import replaced, tags, with_attribute

INPUTS = (WORDS,)
"""Sheets that are written with results, and that are read again."""
SERVING = ("Inputs", "Work", "Value", "As planned")
"""Sheets that only serve formulas; they are large, and nobody writes on them."""


def add_base(editing: PackageEditor, written: Written | None = None) -> None:
    """Puts what a later merge needs into a workbook that is about to be written; again and again makes no difference.

    `written` is what was written onto result sheets just now; without it, what is known of them stays as it is.
    """
    written = known_record(editing) if written is None else written
    if SNAPSHOT_SHEET in editing.sheets and SNAPSHOT_SHEET not in editing.own_sheets.values():
        editing.remove_sheet(SNAPSHOT_SHEET)
    contents = read_contents(editing.without_own_sheets(INPUTS), editing.name)
    if add_keys(editing, contents):
        contents = read_contents(editing.without_own_sheets(INPUTS), editing.name)
    contents.written = with_theirs(written, editing, (SNAPSHOT_SHEET, *INPUTS, *SERVING, *_hidden(editing)))
    editing.bring(snapshot_book(contents))
    _hide(editing)


def known_record(editing: PackageEditor) -> Written:
    """What a workbook remembers of what was written onto its result sheets; nothing where it does not."""
    contents = known_contents(editing)
    return Written() if contents is None else contents.written


def known_contents(editing: PackageEditor) -> Contents | None:
    """What a workbook held when this program wrote into it last; None where nothing is known, or it was changed since."""
    sheet = editing.own_sheets.get(SNAPSHOT_SHEET, SNAPSHOT_SHEET)
    if sheet not in editing.sheets:
        return None
    texts = {cell: said.lstrip("'") for cell, said in cells_of(editing, sheet).items()}
    try:
        return _unpacked(
            tuple(texts[row, 2] for row in sorted(row for row, column in texts if column == 2 and row > 1))
        )
    except TamperedError:
        return None


@lru_cache(maxsize=1)
def _unpacked(cells: tuple[str, ...]) -> Contents:
    """The same snapshot is asked for several times while a workbook is written."""
    return unpack(list(cells))


def _hidden(editing: PackageEditor) -> list[str]:
    """The sheets of ours that nobody sees; they only serve formulas."""
    hidden = {sheet.name for sheet in editing.workbook.sheets if sheet.state != "visible"}
    return [canonical for canonical, name in editing.own_sheets.items() if name in hidden]


def _hide(editing: PackageEditor) -> None:
    """Hides the snapshot's sheet so that no menu of Excel shows it; nobody reads it, and nobody should edit it."""
    xml = editing.workbook.xml
    for tag in tags(xml, "sheet"):
        if tag.attributes.get("name") == SNAPSHOT_SHEET and tag.attributes.get("state") != "veryHidden":
            hidden = with_attribute(xml[tag.start : tag.end], "state", "veryHidden")
            editing.parts.write(editing.workbook.name, replaced(xml, [(tag.start, tag.end, hidden)]))
            return


def with_base(content: bytes, name: str, own: Iterable[str] = (), serving: Collection[str] = ()) -> bytes:
    """A finished workbook's bytes with what a later merge needs.

    `own` are sheets that only results are written to; those that are `serving` formulas only are not looked at.
    """
    editing = PackageEditor(content, name)
    editing.mark_own(own)
    add_base(editing, record_of(editing, written_now(editing, serving)))
    return editing.content()
