"""Packages that are put together with intent: what is odd about them is said before any reader opens them."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.xlsx.guard.package_guard import inspect, refuse_signed
from tests.mistakes.hostile import EPICS, repack, said_of
from tests.mistakes.make import FILES

WHOLE = (FILES / "no_size.xlsx").read_bytes()
DAMAGED = "is damaged or cut off; open it in Excel, let Excel repair it, and save it as .xlsx."
RELATIONS = "xl/_rels/workbook.xml.rels"
CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"


def changed(path: Path, offset: int, value: bytes, part: str = EPICS) -> None:
    """The sound workbook with some bytes of one part's entry in the directory replaced."""
    content = bytearray(WHOLE)
    entry = content.rindex(part.encode()) - 46
    assert content[entry : entry + 4] == CENTRAL
    content[entry + offset : entry + offset + len(value)] = value
    path.write_bytes(content)


def added(path: Path, part: str, content: bytes = b"", mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> None:
    """The sound workbook with one part more."""
    path.write_bytes(WHOLE)
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo(part)
        entry.external_attr, entry.compress_type = mode << 16, method
        archive.writestr(entry, content)


def overlapping_parts(path: Path) -> None:
    """Many entries of the directory lead to one part, so that a small file unpacks to a large one."""
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        kernel = archive.getinfo(EPICS)
        others = [part for part in archive.namelist() if part.startswith("xl/worksheets/sheet") and part != EPICS]
    content = bytearray(WHOLE)
    for part in others:
        entry = content.rindex(part.encode()) - 46
        sizes = struct.pack("<LLL", kernel.CRC, kernel.compress_size, kernel.file_size)
        content[entry + 16 : entry + 28] = sizes
        content[entry + 42 : entry + 46] = struct.pack("<L", kernel.header_offset)
    path.write_bytes(content)


def something_before_the_package(path: Path) -> None:
    path.write_bytes(b"PK and a program that unpacks itself" + WHOLE)


def two_names_for_one_part(path: Path) -> None:
    content = bytearray(WHOLE)
    at = content.index(EPICS.encode())
    content[at : at + len(EPICS)] = EPICS.replace("2", "9").encode()
    path.write_bytes(content)


def wrong_checksum(path: Path) -> None:
    changed(path, 16, b"\x00\x00\x00\x01")


def part_beyond_the_end(path: Path) -> None:
    changed(path, 42, struct.pack("<L", 0x7FFFFFFF))


def packed_size_beyond_the_end(path: Path) -> None:
    changed(path, 20, struct.pack("<L", 0x7FFFFFFF))


def sixty_four_bit_sizes(path: Path) -> None:
    """Sizes of 2^63, which make other readers count below zero."""
    content = WHOLE
    entry = content.rindex(EPICS.encode()) - 46
    end = entry + 46 + len(EPICS)
    extra = struct.pack("<HHQQ", 1, 16, 2**63, 2**63)
    header = bytearray(content[entry:end])
    header[20:28] = b"\xff" * 8
    header[30:32] = struct.pack("<H", len(extra))
    tail = bytearray(content[end:])
    at = tail.rindex(b"PK\x05\x06")
    (size,) = struct.unpack_from("<L", tail, at + 12)
    tail[at + 12 : at + 16] = struct.pack("<L", size + len(extra))
    path.write_bytes(content[:entry] + bytes(header) + extra + bytes(tail))


def millions_of_entries(path: Path) -> None:
    """A directory that alone takes a gigabyte once it is read."""
    entry = bytearray(WHOLE[WHOLE.index(CENTRAL) :][:46])
    entry[28:34] = struct.pack("<HHH", 0, 0, 0)
    path.write_bytes(WHOLE[: WHOLE.index(CENTRAL)] + bytes(entry) * 1_500_000 + WHOLE[WHOLE.rindex(b"PK\x05\x06") :])


def packed_in_another_way(path: Path) -> None:
    added(path, "xl/media/a.xml", bytes(1000), method=zipfile.ZIP_BZIP2)


def flag_of_a_password(path: Path) -> None:
    changed(path, 8, b"\x01\x00")


def no_list_of_contents(path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            if part != "[Content_Types].xml":
                new.writestr(part, old.read(part))


def workbook_that_is_a_letter(path: Path) -> None:
    kinds = b"application/vnd.openxmlformats-officedocument."
    letter = kinds + b"wordprocessingml.document.main+xml"
    repack(path, {"[Content_Types].xml": lambda text: text.replace(kinds + b"spreadsheetml.sheet.main+xml", letter)})


def workbook_elsewhere(path: Path) -> None:
    repack(path, {"_rels/.rels": lambda text: text.replace(b"xl/workbook.xml", b"xl/hidden.xml")})


def sheet_outside_the_file(path: Path) -> None:
    outside = b'Target="http://127.0.0.1:9/sheet.xml" TargetMode="External"'
    repack(path, {RELATIONS: lambda text: text.replace(b'Target="/xl/worksheets/sheet2.xml"', outside)})


def sheet_above_the_package(path: Path) -> None:
    repack(path, {RELATIONS: lambda text: text.replace(b"/xl/worksheets/sheet2.xml", b"../../../../etc/passwd")})


def sheets_that_are_one_part(path: Path) -> None:
    repack(path, {RELATIONS: lambda text: text.replace(b"sheet3.xml", b"sheet2.xml")})


def many_sheets(path: Path) -> None:
    sheets = b"".join(b'<sheet name="n%d" sheetId="%d"/>' % (number, number) for number in range(9, 2_000))
    repack(path, {"xl/workbook.xml": lambda text: text.replace(b"</sheets>", sheets + b"</sheets>")})


def list_of_sheets_nested_deeply(path: Path) -> None:
    deep = b"<a>" * 1_000_000 + b"</a>" * 1_000_000
    repack(path, {"xl/workbook.xml": lambda text: text.replace(b"</sheets>", b"</sheets>" + deep)})


HOSTILE = (
    (overlapping_parts, "hostile.xlsx was not opened: xl/worksheets/sheet"),
    (something_before_the_package, "something stands before the package in it; a workbook is nothing but a package."),
    (two_names_for_one_part, DAMAGED),
    (wrong_checksum, DAMAGED),
    (part_beyond_the_end, DAMAGED),
    (packed_size_beyond_the_end, DAMAGED),
    (sixty_four_bit_sizes, "at most 100 MB are read."),
    (millions_of_entries, "it has more than 10,000 parts; at most 10,000 are read."),
    (packed_in_another_way, "xl/media/a.xml is packed in a way that no workbook is; only deflate is read."),
    (flag_of_a_password, "hostile.xlsx is protected by a password; save it without one."),
    (no_list_of_contents, "hostile.xlsx is damaged, its list of contents is missing; open it in Excel,"),
    (workbook_that_is_a_letter, "its list of contents does not call its workbook a workbook; open it in Excel"),
    (workbook_elsewhere, "its workbook is said to be xl/hidden.xml; it is read from xl/workbook.xml."),
    (sheet_outside_the_file, "its sheet Epics lies outside the file; only what is inside is read."),
    (sheet_above_the_package, "cannot be read"),
    (sheets_that_are_one_part, "2 of its sheets are the same part, xl/worksheets/sheet2.xml; every sheet has a part"),
    (many_sheets, "it has 1,999 sheets; at most 200 are read."),
    (list_of_sheets_nested_deeply, "read 1"),
)


@pytest.mark.parametrize(("make", "sentence"), HOSTILE, ids=[hostile[0].__name__ for hostile in HOSTILE])
def test_refuses_in_one_sentence(make: Callable[[Path], None], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    make(path)
    assert sentence in said_of(path)


@pytest.mark.parametrize(
    "part",
    ["../../evil.xml", "/etc/passwd", "xl/../../evil.xml", "..\\evil.xml", "C:\\evil.xml", "\\\\server\\evil.xml"],
)
def test_refuses_names_that_lead_outside(part: str, tmp_path: Path) -> None:
    added(tmp_path / "slip.xlsx", part)
    with pytest.raises(WrongUseError, match=r"a part of it is called .*; parts lie inside the package\.$"):
        read_portfolio(tmp_path / "slip.xlsx")


def test_refuses_links_to_other_files(tmp_path: Path) -> None:
    added(tmp_path / "link.xlsx", "xl/media/link.png", b"/etc/passwd", stat.S_IFLNK | 0o777)
    with pytest.raises(WrongUseError, match=r"xl/media/link.png is a link to another file; parts lie inside"):
        read_portfolio(tmp_path / "link.xlsx")


@pytest.mark.parametrize("offset", range(46))
@pytest.mark.parametrize("value", [b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x01\x00\x00\x80"])
def test_any_directory_entry_ends_in_a_sentence_or_is_read(offset: int, value: bytes) -> None:
    """Whatever the directory says about a part, it is refused or read, never a traceback."""
    content = bytearray(WHOLE)
    entry = content.rindex(EPICS.encode()) - 46
    content[entry + offset : entry + offset + 4] = value
    assert said_by_the_look(bytes(content)).startswith("odd.xlsx ")


def said_by_the_look(content: bytes) -> str:
    """The refusal of a package, or how much of it would be read."""
    try:
        found = inspect(content, "odd.xlsx")
    except WrongUseError as refusal:
        return str(refusal)
    return f"odd.xlsx has {len(found.readable.getvalue())} bytes to read"


def test_other_tools_packages_are_read(tmp_path: Path) -> None:
    """Backslashes in names, sizes that follow a part, folders as parts and gaps are unusual and harmless."""

    class Unseekable(io.RawIOBase):
        """A stream whose sizes can only be written behind each part."""

        def __init__(self) -> None:
            self.content = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece: bytes) -> int:
            self.content += piece
            return len(piece)

    stream = Unseekable()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/", b"")
        for part in old.namelist():
            new.writestr(part.replace("/", "\\") if "theme" in part else part, old.read(part))
    (tmp_path / "other.xlsx").write_bytes(stream.content)
    assert said_of(tmp_path / "other.xlsx") == "read 1"


def test_what_no_reader_of_cells_reads_may_be_written_as_it_likes(tmp_path: Path) -> None:
    """Other programs leave notes of their own in UTF-16 beside the workbook's parts."""
    note = '<?xml version="1.0" encoding="utf-16"?><note/>'.encode("utf-16")
    repack(tmp_path / "noted.xlsx", {"customXml/item1.xml": note, "docProps/thumbnail.jpeg": b"\xff\xfe<!DOCTYPE"})
    assert said_of(tmp_path / "noted.xlsx") == "read 1"


def test_links_to_other_workbooks_are_read_and_never_followed(tmp_path: Path) -> None:
    """Many honest workbooks refer to others; nothing is fetched."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    link = b'<Relationship Id="rId99" Type="%s" Target="externalLinks/externalLink1.xml"/></Relationships>' % kind
    path = b'<Relationships><Relationship Id="rId1" Type="%sPath" Target="http://127.0.0.1:9/a.xlsx" TargetMode="External"/></Relationships>'
    repack(
        tmp_path / "linked.xlsx",
        {
            RELATIONS: lambda text: text.replace(b"</Relationships>", link),
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": path % kind,
        },
    )
    assert said_of(tmp_path / "linked.xlsx") == "read 1"


def test_refuses_to_write_into_a_signed_workbook(tmp_path: Path) -> None:
    added(tmp_path / "signed.xlsx", "_xmlsignatures/origin.sigs")
    content = (tmp_path / "signed.xlsx").read_bytes()
    with pytest.raises(WrongUseError) as refusal:
        refuse_signed(content, "signed.xlsx")
    assert str(refusal.value) == (
        "signed.xlsx is signed; writing into it would break the signature; save an unsigned copy."
    )
    refuse_signed(WHOLE, "unsigned.xlsx")
    assert inspect(content, "signed.xlsx").odd_cells
