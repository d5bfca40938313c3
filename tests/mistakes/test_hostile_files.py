"""Hostile workbooks are refused within a bounded time and memory, with the limit named."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.xlsx.guard.package_guard import inspect
from tests.mistakes.hostile import CLOSING, EPICS, OPENING, after_sheet, into_sheet, repack, rows, said_of
from tests.mistakes.make import FILES


def lone_far_cell(path: Path) -> None:
    repack(path, into_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def lone_far_column(path: Path) -> None:
    repack(path, into_sheet(b'<row r="9000"><c r="XFD9000"><v>1</v></c></row>'))


def far_cell_in_single_quotes(path: Path) -> None:
    repack(path, into_sheet(b"<row><c\n r = 'XFD1048576'><v>1</v></c></row>"))


def far_cell_behind_an_entity(path: Path) -> None:
    repack(path, into_sheet(b'<row><c r="&#88;FD1048576"><v>1</v></c></row>'))


def far_cell_with_a_prefix(path: Path) -> None:
    opening = b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
    body = b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
    repack(path, {EPICS: opening + body + b"</x:sheetData></x:worksheet>"})


def cells_without_names(path: Path) -> None:
    wide = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"
    repack(path, {EPICS: OPENING + wide + b"<row><c><v>1</v></c></row>" * 100_000 + CLOSING})


def million_formatted_rows(path: Path) -> None:
    repack(path, into_sheet(rows(1_000_000, b'<c r="A#" s="1"/>')))


def twenty_million_cells(path: Path) -> None:
    repack(path, {EPICS: OPENING + (b"<row>" + b"<c><v>1</v></c>" * 10 + b"</row>") * 1_000_000 + CLOSING})


def whitespace_bomb(path: Path) -> None:
    repack(path, into_sheet(b" " * 90_000_000))


def many_texts(path: Path) -> None:
    repack(path, {"xl/sharedStrings.xml": lambda _: b"<sst>" + b"<si/>" * 1_900_000 + b"</sst>"})


def many_styles(path: Path) -> None:
    repack(path, {"xl/styles.xml": lambda text: text.replace(b"</cellXfs>", b"<xf/>" * 1_500_000 + b"</cellXfs>")})


def merge_over_the_whole_sheet(path: Path) -> None:
    repack(path, after_sheet(b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'))


def many_merges(path: Path) -> None:
    merges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (number, number) for number in range(1, 60_000))
    repack(path, after_sheet(b"<mergeCells>" + merges + b"</mergeCells>"))


def billion_laughs(path: Path) -> None:
    declarations = b"".join(b'<!ENTITY l%d "%s">' % (step + 1, b"&l%d;" % step * 10) for step in range(9))
    document = b'<!DOCTYPE worksheet [<!ENTITY l0 "ha">' + declarations + b"]>"
    repack(path, {EPICS: lambda sheet: document + sheet.replace(b"</sheetData>", b"&l9;</sheetData>")})


def outside_entity(path: Path) -> None:
    document = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    repack(path, {EPICS: lambda sheet: document + sheet})


def other_encoding(path: Path) -> None:
    repack(path, {EPICS: lambda sheet: sheet.decode().encode("utf-16")})


def cells_that_never_end(path: Path) -> None:
    """A pattern that looked for the end of each cell would take hours."""
    repack(path, into_sheet(b'<row r="9">' + b'<c r="A9" t="e"><f>' * 100_000 + b"</row>"))


def merges_that_never_end(path: Path) -> None:
    repack(path, after_sheet(b"<mergeCell " * 100_000))


def endless_list_of_sheets(path: Path) -> None:
    repack(path, {"xl/workbook.xml": lambda text: text.replace(b"</sheets>", b"<sheet/>" * 1_500_000 + b"</sheets>")})


def same_part_twice(path: Path) -> None:
    repack(path, {}, twice=EPICS)


def many_parts(path: Path) -> None:
    repack(path, {f"xl/media/{number}.txt": b"" for number in range(10_001)})


def declared_too_small(path: Path) -> None:
    """The directory says 100 bytes, the part unpacks to 150 MB; the checksum is that of the first 100 bytes."""
    sheet = OPENING + b" " * 150_000_000 + CLOSING
    repack(path, {EPICS: sheet})
    content = bytearray(path.read_bytes())
    crc = struct.pack("<I", zlib.crc32(sheet[:100]))
    central = content.index(b"PK\x01\x02", content.rindex(EPICS.encode()) - 60)
    content[central + 16 : central + 20] = crc
    content[central + 24 : central + 28] = struct.pack("<I", 100)
    path.write_bytes(content)


def zip64_size(path: Path) -> None:
    repack(path, {})
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[central + 24 : central + 28] = struct.pack("<I", 0xFFFFFFFE)
    path.write_bytes(content)


HOSTILE = (
    (lone_far_cell, "has rows up to 1,048,576, many perhaps empty but formatted; at most 200,000 rows are read"),
    (lone_far_column, "as far as row 9,000 and column 16,384; at most 3,000,000 cells"),
    (
        far_cell_in_single_quotes,
        "has rows up to 1,048,576, many perhaps empty but formatted; at most 200,000 rows are read",
    ),
    (
        far_cell_behind_an_entity,
        "has rows up to 1,048,576, many perhaps empty but formatted; at most 200,000 rows are read",
    ),
    (
        far_cell_with_a_prefix,
        "has rows up to 1,048,576, many perhaps empty but formatted; at most 200,000 rows are read",
    ),
    (cells_without_names, "at most 3,000,000 cells between the first and the last one are read"),
    (million_formatted_rows, "and column 20; at most 3,000,000 cells"),
    (twenty_million_cells, "unpacks to 161 MB; at most 100 MB are read"),
    (whitespace_bomb, "at most 100 times is read"),
    (many_texts, "no more are read"),
    (many_styles, "no more are read"),
    (merge_over_the_whole_sheet, "it has more than 3,000,000 merged cells; no more are read"),
    (many_merges, "it has more than 20,000 merged ranges; no more are read"),
    (billion_laughs, "declares a document type or entities; a workbook never does"),
    (outside_entity, "declares a document type or entities; a workbook never does"),
    (other_encoding, "is not written in UTF-8; only UTF-8 is read"),
    (cells_that_never_end, "cannot be read"),
    (merges_that_never_end, "read 1"),
    (endless_list_of_sheets, "at most 10 MB are read"),
    (same_part_twice, "two of its parts have the same name"),
    (many_parts, "at most 10,000 are read"),
    (declared_too_small, "sizes have to be true"),
    (zip64_size, "at most 100 MB are read"),
)


@pytest.mark.parametrize(("make", "sentence"), HOSTILE, ids=[hostile[0].__name__ for hostile in HOSTILE])
def test_refuses_with_the_limit_named(make: Callable[[Path], None], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    make(path)
    said = said_of(path)
    assert said.startswith(("hostile.xlsx", "read 1"))
    assert sentence in said


def test_a_large_honest_workbook_is_read() -> None:
    """The limits leave room: nothing is refused that a portfolio could need."""
    cells = b"".join(b'<c r="%s#"><v>1</v></c>' % column.encode() for column in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    packed = io.BytesIO()
    with zipfile.ZipFile(FILES / "no_size.xlsx") as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, OPENING + rows(20_000, cells) + CLOSING if part == EPICS else old.read(part))
    inspect(packed.getvalue(), "large.xlsx")
