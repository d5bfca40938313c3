"""The filter of a worksheet, which grows with the rows that are added below it."""

from __future__ import annotations

from portfolio.xlsx.patch.markup import tags, with_attribute
from portfolio.xlsx.patch.ranges import Range, read_range


def longer_filter(xml: bytes, row: int, count: int) -> tuple[bytes, int] | None:
    """The sheet with a filter that ends just above a row so many rows longer, and its last row; None where none does."""
    end = xml.find(b"</sheetData>")
    tag = next((tag for tag in tags(xml, "autoFilter", start=max(end, 0)) if not tag.closes), None)
    extent = read_range(tag.attributes.get("ref", "")) if tag is not None else None
    if tag is None or extent is None or extent.bottom != row - 1:
        return None
    longer = Range(extent.top, extent.left, extent.bottom + count, extent.right)
    text = with_attribute(xml[tag.start : tag.end], "ref", longer.name)
    return xml[: tag.start] + text + xml[tag.end :], longer.bottom
