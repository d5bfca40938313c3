"""Drop-down lists added to those that a sheet has."""

from __future__ import annotations

from dataclasses import replace

from portfolio.xlsx.patch.cell import cell_text
from portfolio.xlsx.patch.markup import (
    Element,
    children,
    element,
    insert_child,
    prefix_of,
    prefixed,
    replaced,
    root,
    with_attribute,
)
from portfolio.xlsx.patch.ranges import Range
from portfolio.xlsx.patch.sheet_order import SHEET_ORDER


def with_list(xml: bytes, place: Range, source: str) -> bytes:
    """The worksheet with a list on some cells, which suggests words and refuses no other."""
    rule = (
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" sqref="{place.name}">'
        f"<formula1>{cell_text(source)}</formula1></dataValidation>"
    )
    top = root(xml)
    prefix = prefix_of(xml, top.tag)
    made = prefixed(rule.encode(), prefix)
    listed = _lists(xml, top)
    if listed is not None and listed.tag.alone:
        xml, listed = xml[: listed.start] + xml[listed.end :], None
    if listed is None:
        whole = f'<{prefix}dataValidations count="1">'.encode() + made + f"</{prefix}dataValidations>".encode()
        return insert_child(xml, "worksheet", whole, "dataValidations", SHEET_ORDER)
    opened = with_attribute(xml[listed.start : listed.inside], "count", str(len(children(xml, listed)) + 1))
    return replaced(xml, [(listed.start, listed.inside, opened), (listed.inside_end, listed.inside_end, made)])


def _lists(xml: bytes, top: Element) -> Element | None:
    """The sheet's own lists; those of later Excel versions, deeper in the sheet, are called the same."""
    data = element(xml, "sheetData", top.inside)
    below = top if data is None else replace(top, inside=data.end)
    return next((child for child in children(xml, below) if child.tag.name == "dataValidations"), None)
