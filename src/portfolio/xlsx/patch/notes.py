"""Notes on cells, added to those that a sheet has."""

from __future__ import annotations

import re

from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.patch.cell import cell_text, escape
from portfolio.xlsx.patch.cell_contents import read_text
from portfolio.xlsx.patch.markup import (
    Element,
    element,
    elements,
    insert_child,
    prefix_of,
    prefixed,
    root,
    tags,
    unescape,
)
from portfolio.xlsx.patch.parts import Parts
from portfolio.xlsx.patch.sheet_order import SHEET_ORDER

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
    'width:160pt;height:80pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 10, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def add_note(parts: Parts, sheet: str, row: int, column: int, author: str, text: str, types: str) -> None:
    """Adds a note to a cell of a sheet's part; where the cell has one, the text is added to it, once.

    `types` is what the types of the package's relations begin with.
    """
    name = f"{column_letters(column)}{row}"
    part = _notes_part(parts, sheet, types)
    xml = parts.read(part)
    there = next((each for each in elements(xml, "comment") if each.tag.attributes.get("ref") == name), None)
    if there is not None:
        parts.write(part, _longer(xml, there, text))
        return
    xml, number = _with_author(xml, author)
    listed = element(xml, "commentList")
    if listed is None:
        raise ValueError("no commentList")
    prefix = prefix_of(xml, listed.tag)
    note = f'<comment ref="{name}" authorId="{number}"><text>{_run(text)}</text></comment>'
    made = prefixed(note.encode(), prefix)
    if listed.tag.alone:
        opened = xml[listed.start : listed.end - 2].rstrip() + b">"
        xml = xml[: listed.start] + opened + made + f"</{prefix}commentList>".encode() + xml[listed.end :]
    else:
        xml = xml[: listed.inside_end] + made + xml[listed.inside_end :]
    parts.write(part, xml)
    _add_shape(parts, sheet, row, column, types)


def _run(text: str) -> str:
    return f'<r><t xml:space="preserve">{cell_text(text)}</t></r>'


def _longer(xml: bytes, note: Element, text: str) -> bytes:
    """The notes with a text added to one that does not hold it yet."""
    held = element(xml, "text", note.inside, note.inside_end)
    if held is None or text in read_text(xml[note.start : note.end], "comment"):
        return xml
    run = prefixed(_run(f"\n{text}").encode(), prefix_of(xml, held.tag))
    return xml[: held.inside_end] + run + xml[held.inside_end :]


def _with_author(xml: bytes, author: str) -> tuple[bytes, int]:
    authors = list(elements(xml, "author"))
    names = [unescape(xml[each.inside : each.inside_end].decode()) for each in authors]
    if author in names:
        return xml, names.index(author)
    listed = element(xml, "authors")
    if listed is None:
        made = prefixed(f"<authors><author>{escape(author)}</author></authors>".encode(), _prefix(xml))
        return insert_child(xml, "comments", made, "authors", ("authors", "commentList", "extLst")), 0
    made = prefixed(f"<author>{escape(author)}</author>".encode(), prefix_of(xml, listed.tag))
    if listed.tag.alone:
        opened = xml[listed.start : listed.end - 2].rstrip() + b">"
        return xml[: listed.start] + opened + made + f"</{_prefix(xml)}authors>".encode() + xml[listed.end :], 0
    return xml[: listed.inside_end] + made + xml[listed.inside_end :], len(authors)


def _prefix(xml: bytes) -> str:
    return prefix_of(xml, root(xml).tag)


def _notes_part(parts: Parts, sheet: str, types: str) -> str:
    """The part with the sheet's notes, made where there is none."""
    found = next((each.target for each in parts.relations(sheet) if each.kind == "comments"), None)
    if found is not None and found in parts:
        return found
    part = parts.free_name("xl/comments{}.xml")
    namespace = _MAIN if types.startswith("http://schemas") else "http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts.write(part, _HEAD + f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode())
    parts.relate(sheet, f"{types}/comments", part)
    parts.set_type(part, _TYPE)
    return part


def _add_shape(parts: Parts, sheet: str, row: int, column: int, types: str) -> None:
    """The box that a note is shown in."""
    part = _shapes_part(parts, sheet, types)
    xml = parts.read(part)
    used = [int(number) for number in re.findall(rb"_x0000_s(\d+)", xml)]
    place = {"left": column, "top": max(row - 2, 0), "right": column + 3, "bottom": row + 3}
    shape = _SHAPE.format(number=max(used, default=1024) + 1, row=row - 1, column=column - 1, **place)
    end = xml.rindex(b"</")
    parts.write(part, xml[:end] + shape.encode() + xml[end:])


def _shapes_part(parts: Parts, sheet: str, types: str) -> str:
    xml = parts.read(sheet)
    linked = next((tag.attributes for tag in tags(xml, "legacyDrawing") if not tag.closes), {})
    relation = next((value for name, value in linked.items() if name.rpartition(":")[2] == "id"), None)
    found = next((each.target for each in parts.relations(sheet) if each.id == relation), None)
    if found is not None and found in parts:
        return found
    part = parts.free_name("xl/drawings/vmlDrawing{}.vml")
    parts.write(part, _SHAPES.encode())
    parts.set_type(part, _DRAWING_TYPE)
    number = parts.relate(sheet, f"{types}/vmlDrawing", part)
    link = f'<{_prefix(xml)}legacyDrawing xmlns:own="{types}" own:id="{number}"/>'.encode()
    parts.write(sheet, insert_child(xml, "worksheet", link, "legacyDrawing", SHEET_ORDER))
    return part
