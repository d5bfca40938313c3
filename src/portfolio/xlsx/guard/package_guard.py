"""Checks a workbook's package before any reader opens it, so that no hostile file takes the machine down.

Measured reasons: python-calamine ends the whole process on a lone far cell and takes 2 GB on a 2 MB file of blanks.
The look is a bounded stream over every part. A reader is then given only the parts that were looked at, packed anew, so
that it cannot find others than those. A first look only bounds what there is; where a bound is not enough, all is counted.
"""

from __future__ import annotations

import copy
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from portfolio.errors import WrongUseError
from portfolio.xlsx.guard.contents import Contents, contents_of, plain_name
from portfolio.xlsx.guard.limits import MAX_FILE_BYTES, MAX_PART_BYTES, MAX_READ_BYTES, MAX_TAG_BYTES, refusal
from portfolio.xlsx.guard.package_contents import sheet_parts
from portfolio.xlsx.guard.shared_texts import refuse_long_texts
from portfolio.xlsx.guard.worksheet_scan import Level, ScanTotals, UnsureError, WorksheetScan, check_totals
from portfolio.xlsx.guard.zip_directory import open_package, refuse_signed

__all__ = ["Package", "inspect", "refuse_signed"]

FIRST_BYTES, CHUNK_BYTES = 64_000, 1_000_000
SHEET_DATA, SHEET_NAME = b"sheetData", "sheet"
FORMULA = re.compile(rb"<f(?:\s[^<>]*)?>[^<]*</f>")
"""Formulas are not handed on: a reader of cells needs their results alone."""
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
PREFIXED_STYLE = re.compile(rb"<[^\s<>/:!?]+:(?:xf|numFmt)[\s/>]")
PREFIXED_TEXT = re.compile(rb"<[^\s<>/:!?]+:si[\s/>]")
ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
UTF_8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
"""Encodings that are UTF-8 or a part of it."""
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ElementTree.ParseError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    LookupError,
    OSError,
)
"""What opening a damaged package can raise."""


@dataclass
class Package:
    """What the look found, and the parts that a reader of cells needs, packed anew without compression.

    `odd_cells` are, for each sheet, cells that a reader would take for empty but are not.
    """

    odd_cells: dict[str, dict[str, str]] = field(default_factory=dict)
    sums: dict[str, set[str]] = field(default_factory=dict)
    """For each sheet, cells whose formula sums up, counts or averages cells above them."""
    parts: dict[str, str] = field(default_factory=dict)
    """The part of each sheet."""
    areas: dict[str, int] = field(default_factory=dict)
    """For each sheet, how many cells there are at most."""
    styles: str = ""
    """The part with the formats of cells, as `readable` names it."""
    readable: io.BytesIO = field(default_factory=io.BytesIO)


def inspect(content: bytes, name: str) -> Package:
    """Looks through a workbook's package; raises WrongUseError with the limit if it cannot be opened safely."""
    if len(content) > MAX_FILE_BYTES:
        limit = f"at most {MAX_FILE_BYTES // 1_000_000} MB are read"
        raise refusal(name, f"it has {len(content) / 1e6:,.0f} MB", limit)
    try:
        with open_package(content, name) as archive:
            level = Level.BOUND
            while True:
                try:
                    return _look_through(archive, ScanTotals(level), name)
                except UnsureError as unsure:
                    level = unsure.level
    except DAMAGES:
        raise WrongUseError(
            f"{name} is damaged or cut off; open it in Excel, let Excel repair it, and save it as .xlsx."
        ) from None


def _look_through(archive: zipfile.ZipFile, sums: ScanTotals, name: str) -> Package:
    contents = contents_of(archive)
    package, by_part = Package(styles=contents.styles), dict[str, WorksheetScan]()
    with zipfile.ZipFile(package.readable, "w", zipfile.ZIP_STORED) as readable:
        for part in archive.infolist():
            kept: list[bytes] = []
            sheet = _look_at(archive, part, contents, sums, kept, name)
            if sheet is not None:
                by_part[plain_name(part.filename)] = sheet
            if kept:
                sums.read_bytes += sum(map(len, kept))
                if sums.read_bytes > MAX_READ_BYTES:
                    limit = f"at most {MAX_READ_BYTES // 1_000_000} MB are read"
                    raise refusal(name, "its sheets, texts and formats are too large", limit)
                _keep(readable, contents.expected.get(plain_name(part.filename), part.filename), kept)
    refuse_long_texts(package.readable, contents.texts, name)
    package.readable.seek(0)
    package.parts = sheet_parts(archive, contents, name)
    scans = {sheet: by_part.get(part) for sheet, part in package.parts.items()}
    package.odd_cells = {sheet: scan.odd_cells if scan else {} for sheet, scan in scans.items()}
    package.areas = {sheet: scan.area for sheet, scan in scans.items() if scan}
    package.sums = {sheet: scan.sums for sheet, scan in scans.items() if scan}
    return package


def _keep(readable: zipfile.ZipFile, part: str, pieces: list[bytes]) -> None:
    """Packs the pieces of a part, and lets go of each."""
    with readable.open(part, "w", force_zip64=True) as stream:
        pieces.reverse()
        while pieces:
            stream.write(pieces.pop())


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """A part's bytes to their real end, whatever size the directory declares: other readers go that far too."""
    beyond = copy.copy(part)
    beyond.file_size = MAX_PART_BYTES + 1
    size = 0
    with archive.open(beyond) as stream:
        while chunk := stream.read(CHUNK_BYTES if size else FIRST_BYTES):
            size += len(chunk)
            if size > part.file_size:
                raise refusal(name, f"{part.filename} is larger than it declares", "sizes have to be true")
            yield chunk
    if size < part.file_size:
        raise zipfile.BadZipFile


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """A part in pieces that end between two tags, between two rows where there are any."""
    rest = b""
    for chunk in _unpacked(archive, part, name):
        buffer = rest + chunk
        cut = buffer.rfind(b"</row>") + len(b"</row>")
        cut = cut if cut >= len(b"</row>") else max(buffer.rfind(b"<"), 0)
        rest = buffer[cut:]
        if len(rest) > MAX_TAG_BYTES:
            what = f"{part.filename} has a single tag or text of more than {MAX_TAG_BYTES // 1_000_000} MB"
            raise refusal(name, what, "no honest workbook has one")
        yield buffer[:cut]
    yield rest


def _look_at(
    archive: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    contents: Contents,
    sums: ScanTotals,
    kept: list[bytes],
    name: str,
) -> WorksheetScan | None:
    """Reads a part to its end, which also proves its declared size, and counts what is in it if it is XML.

    `kept` takes its pieces if a reader of cells needs them.
    """
    short = plain_name(part.filename)
    is_listed = short in contents.expected or short in contents.parts or SHEET_NAME in short
    if not is_listed and not _holds_a_sheet(archive, part, contents, name):
        return None
    sheet: WorksheetScan | None = None
    for number, piece in enumerate(_pieces(archive, part, name)):
        if number == 0 and (short.startswith(contents.folder) or short in contents.parts):
            _check_encoding(piece, part, name)
        if b"!" in piece and DECLARATION.search(piece):
            raise _declares(part, name)
        if sheet is None and SHEET_DATA in piece:
            sheet = WorksheetScan(part.filename, name)
            for earlier in kept:
                sheet.look(earlier, sums)
        if sheet is not None:
            sheet.look(piece, sums)
        if sheet is None or short in contents.expected:
            _count_shared(piece, sums)
        check_totals(sums, name)
        kept.append(FORMULA.sub(b"", piece) if sheet is not None and b"</f>" in piece else piece)
    if sheet is None and short not in contents.expected and short not in contents.parts:
        kept.clear()
    return sheet


def _count_shared(piece: bytes, sums: ScanTotals) -> None:
    """Adds the formats and texts in a piece, with and without a prefix before their names, to the totals."""
    sums.styles += piece.count(b"<xf") + piece.count(b"<numFmt")
    sums.texts += piece.count(b"<si")
    if b":xf" in piece or b":numFmt" in piece or b":si" in piece:
        sums.styles += len(PREFIXED_STYLE.findall(piece))
        sums.texts += len(PREFIXED_TEXT.findall(piece))


def _check_encoding(start: bytes, part: zipfile.ZipInfo, name: str) -> None:
    declared = ENCODING.search(start[:1000].removeprefix(b"\xef\xbb\xbf"))
    wide = b"\x00" in start[:4] or start[:2] in (b"\xff\xfe", b"\xfe\xff")
    if wide or (declared and declared[1].lower() not in UTF_8):
        raise refusal(name, f"{part.filename} is not written in UTF-8", "only UTF-8 is read")


def _holds_a_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, contents: Contents, name: str) -> bool:
    """Whether a part that is not called a sheet could be read as one all the same; nothing of it is kept."""
    short = plain_name(part.filename)
    is_xml = short.endswith((".xml", ".rels"))
    held, before = False, b""
    for chunk in _unpacked(archive, part, name):
        if not before and is_xml and short.startswith(contents.folder):
            _check_encoding(chunk, part, name)
        whole = before + chunk
        held = held or SHEET_DATA in whole
        if is_xml and b"!" in whole and DECLARATION.search(whole):
            raise _declares(part, name)
        before = chunk[-len(SHEET_DATA) :]
    return held


def _declares(part: zipfile.ZipInfo, name: str) -> WrongUseError:
    return refusal(name, f"{part.filename} declares a document type or entities", "a workbook never does")
