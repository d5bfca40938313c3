"""Drop-down lists added to those that a sheet has."""

from __future__ import annotations

from portfolio.files.package.cell import cell_text
from portfolio.files.package.markup import element, insert_child, prefix_of, prefixed, root, with_attribute
from portfolio.files.package.ranges import Range
from portfolio.files.package.sheet_order import SHEET_ORDER


def with_list(xml: bytes, place: Range, source: str) -> bytes:
    """The worksheet with a list on some cells, which suggests words and refuses no other."""
    rule = (
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" sqref="{place.name}">'
        f"<formula1>{cell_text(source)}</formula1></dataValidation>"
    )
    top = root(xml)
    listed = element(xml, "dataValidations", top.inside)
    made = prefixed(rule.encode(), prefix_of(xml, top.tag))
    if listed is not None and listed.tag.alone:
        xml, listed = xml[: listed.start] + xml[listed.end :], None
    if listed is None:
        whole = prefixed(b'<dataValidations count="1">', prefix_of(xml, top.tag)) + made
        whole += f"</{prefix_of(xml, top.tag)}dataValidations>".encode()
        return insert_child(xml, "worksheet", whole, "dataValidations", SHEET_ORDER)
    count = int(listed.tag.attributes.get("count") or 0) + 1
    opened = with_attribute(xml[listed.start : listed.inside], "count", str(count))
    return xml[: listed.start] + opened + xml[listed.inside : listed.inside_end] + made + xml[listed.inside_end :]
