"""A look at a workbook's package before any reader opens it, so that no hostile file takes the machine down.

Measured reasons: python-calamine ends the whole process on a lone far cell and takes 2 GB on a 2 MB file of blanks.
The look is a bounded stream over every part; it builds no tree.
"""

from __future__ import annotations

import copy
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from portfolio.errors import WrongUseError
from portfolio.files.cell_names import column_number

MAX_FILE_BYTES = 100_000_000
MAX_PARTS = 10_000
MAX_PART_BYTES = 200_000_000
MAX_PACKAGE_BYTES = 400_000_000
MAX_RATIO = 100
RATIO_FLOOR_BYTES = 10_000_000
"""Small parts may be packed as tightly as they like: honest ones are."""
MAX_CELLS = 2_000_000
MAX_ROWS = 200_000
MAX_AREA = 5_000_000
"""Cells between A1 and the last used cell, summed over the sheets: what a reader has to hold in memory."""
MAX_MERGES = 20_000
MAX_MERGED_AREA = 5_000_000
MAX_STYLES = 100_000
MAX_TEXTS = 1_000_000
MAX_TAG_BYTES = 8_000_000
CHUNK_BYTES = 1_000_000
MOST_NOTED = 10_000
"""Error cells and uncalculated formulas remembered for each sheet."""

RARE_CELL = re.compile(rb"<c[\t\r\n/>]")
PREFIXED_CELL = re.compile(rb"<[^\s<>/:]+:c[\s/>]")
USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
ODD_REFERENCE = re.compile(rb"""\sr\s*=\s*["'](?![A-Za-z]{0,3}\d{1,7}["'])""")
MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']"""
)
WORKSHEET = re.compile(rb"<(?:\w+:)?worksheet[\s/>]")
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
SPECIAL_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>((?:(?!</(?:\w+:)?c>).)*)</(?:\w+:)?c>", re.DOTALL)
OWN_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3}\d{1,7})["']""")
CACHED = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)</")
NEVER_CALCULATED = "a formula that was never calculated"


@dataclass
class _Sums:
    """What has been counted so far, over all parts."""

    cells: int = 0
    area: int = 0
    merges: int = 0
    merged_area: int = 0
    styles: int = 0
    texts: int = 0


@dataclass
class Package:
    """What the look found: for each sheet, cells that a reader would take for empty but are not."""

    odd_cells: dict[str, dict[str, str]] = field(default_factory=dict)


def inspect(content: bytes, name: str) -> Package:
    """Looks through a workbook's package; raises WrongUseError with the limit if it cannot be opened safely."""
    if len(content) > MAX_FILE_BYTES:
        raise _refuse(
            name, f"it has {len(content) / 1e6:,.0f} MB", f"at most {MAX_FILE_BYTES // 1_000_000} MB are read"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive.infolist(), name)
            package, sums = Package(), _Sums()
            for part in archive.infolist():
                _look_at(archive, part, sums, package, name)
            package.odd_cells = _by_sheet(archive, package.odd_cells)
            return package
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        raise WrongUseError(
            f"{name} is damaged or cut off; open it in Excel, let Excel repair it, and save it as .xlsx."
        ) from None


def _by_sheet(archive: zipfile.ZipFile, odd_cells: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The same cells by the sheet's name instead of the part's; the parts were looked at before, so parsing is safe."""
    if not any(odd_cells.values()):
        return {}
    parts = {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}
    relations = parts.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        return {}
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/").lower()
        for relation in ElementTree.fromstring(archive.read(relations))
    }
    by_part = {part.lower(): cells for part, cells in odd_cells.items()}
    found: dict[str, dict[str, str]] = {}
    for element in ElementTree.fromstring(archive.read(parts["xl/workbook.xml"])).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            relation = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "id"), None)
            found[element.get("name", "")] = by_part.get(targets.get(relation, ""), {})
    return found


def _refuse(name: str, what: str, limit: str) -> WrongUseError:
    return WrongUseError(f"{name} was not opened: {what}; {limit}.")


def _check_directory(parts: list[zipfile.ZipInfo], name: str) -> None:
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    if "xl/workbook.bin" in names:
        raise WrongUseError(f"{name} is a binary workbook (.xlsb); save it as .xlsx.")
    if "xl/workbook.xml" not in names:
        raise WrongUseError(f"{name} is a package without a workbook in it; an Excel workbook (.xlsx) is needed.")
    if len(parts) > MAX_PARTS:
        raise _refuse(name, f"it has {len(parts):,} parts", f"at most {MAX_PARTS:,} are read")
    if len(set(names)) < len(names):
        raise _refuse(name, "two of its parts have the same name", "every part needs a name of its own")
    if any(part.flag_bits & 1 for part in parts):
        raise WrongUseError(f"{name} is protected by a password; save it without one.")
    for part in parts:
        _check_size(part, name)
    total = sum(part.file_size for part in parts)
    if total > MAX_PACKAGE_BYTES:
        raise _refuse(
            name, f"it unpacks to {total / 1e6:,.0f} MB", f"at most {MAX_PACKAGE_BYTES // 1_000_000} MB are read"
        )


def _check_size(part: zipfile.ZipInfo, name: str) -> None:
    if part.file_size > MAX_PART_BYTES:
        limit = f"at most {MAX_PART_BYTES // 1_000_000} MB are read"
        raise _refuse(name, f"{part.filename} unpacks to {part.file_size / 1e6:,.0f} MB", limit)
    if part.file_size > RATIO_FLOOR_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1):
        what = f"{part.filename} unpacks to {part.file_size // max(part.compress_size, 1)} times its size"
        raise _refuse(name, what, f"at most {MAX_RATIO} times is read")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """A part's bytes to their real end, whatever size the directory declares: other readers go that far too."""
    beyond = copy.copy(part)
    beyond.file_size = MAX_PART_BYTES + 1
    size = 0
    with archive.open(beyond) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > part.file_size:
                raise _refuse(name, f"{part.filename} is larger than it declares", "sizes have to be true")
            yield chunk


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
            raise _refuse(name, what, "no honest workbook has one")
        yield buffer[:cut]
    yield rest


def _look_at(archive: zipfile.ZipFile, part: zipfile.ZipInfo, sums: _Sums, package: Package, name: str) -> None:
    """Reads a part to its end, which also proves its declared size, and counts what is in it if it is XML."""
    xml = part.filename.lower().endswith((".xml", ".rels"))
    if not xml:
        for chunk in _unpacked(archive, part, name):
            xml = xml or WORKSHEET.search(chunk) is not None
        if not xml:
            return
    sheet: _SheetLook | None = None
    for number, piece in enumerate(_pieces(archive, part, name)):
        if number == 0 and (b"\x00" in piece[:4] or piece[:2] in (b"\xff\xfe", b"\xfe\xff")):
            raise _refuse(name, f"{part.filename} is not written in UTF-8", "only UTF-8 is read")
        if DECLARATION.search(piece):
            raise _refuse(name, f"{part.filename} declares a document type or entities", "a workbook never does")
        sums.styles += piece.count(b"<xf") + piece.count(b":xf ")
        sums.texts += piece.count(b"<si") + piece.count(b":si>")
        if sheet is None and WORKSHEET.search(piece):
            sheet = _SheetLook(part.filename, name)
        if sheet is not None:
            sheet.look(piece, sums)
        _check_sums(sums, name)
    if sheet is not None:
        package.odd_cells[part.filename] = sheet.odd_cells


def _check_sums(sums: _Sums, name: str) -> None:
    for count, limit, noun in (
        (sums.cells, MAX_CELLS, "cells"),
        (sums.styles, MAX_STYLES, "cell formats"),
        (sums.texts, MAX_TEXTS, "texts"),
        (sums.merges, MAX_MERGES, "merged ranges"),
        (sums.merged_area, MAX_MERGED_AREA, "merged cells"),
    ):
        if count > limit:
            raise _refuse(name, f"it has more than {limit:,} {noun}", "no more are read")


def _count_cells(piece: bytes) -> int:
    """How many cells begin in a piece; those without a name follow each other from the first column on."""
    prefixed = len(PREFIXED_CELL.findall(piece)) if b":c" in piece else 0
    return piece.count(b"<c ") + len(RARE_CELL.findall(piece)) + prefixed


class _SheetLook:
    """What has been seen of one worksheet."""

    def __init__(self, part: str, name: str) -> None:
        self.part, self.name = part, name
        self.rows = self.last_row = self.last_column = self.unnamed = self.area = 0
        self.odd_cells: dict[str, str] = {}

    def look(self, piece: bytes, sums: _Sums) -> None:
        """Counts one piece of the worksheet and stops at the first limit that it breaks."""
        self.rows += piece.count(b"<row") + piece.count(b":row")
        cells = _count_cells(piece)
        sums.cells += cells
        if names := self._names(piece, cells):
            columns, rows = zip(*names, strict=True)
            self.last_row = max(self.last_row, *map(int, set(rows)))
            self.last_column = max(self.last_column, *(column_number(letters.decode()) for letters in set(columns)))
        self.unnamed += max(0, cells - len(names))
        self.last_column = max(self.last_column, self.unnamed)
        self._measure(sums)
        for left, top, right, bottom in MERGE.findall(piece) if b"mergeCell" in piece else ():
            sums.merges += 1
            width = column_number(right.decode()) - column_number(left.decode()) + 1
            sums.merged_area += abs(width * (int(bottom) - int(top) + 1))
        if b'"e"' in piece or b"<f" in piece or b":f" in piece:
            self._note_odd_cells(piece)

    def _names(self, piece: bytes, cells: int) -> list[tuple[bytes, bytes]]:
        """The names of all cells, however their attributes are spaced."""
        usual = USUAL_CELL.findall(piece)
        if len(usual) == cells:
            return usual
        if ODD_REFERENCE.search(piece):
            what = f"{self.part} names a cell in a way that no workbook does"
            raise _refuse(self.name, what, "cells are named like B12")
        return [name for name in REFERENCE.findall(piece) if name[0]]

    def _measure(self, sums: _Sums) -> None:
        last_row = max(self.last_row, self.rows)
        if last_row > MAX_ROWS:
            what = f"{self.part} has rows up to {last_row:,}, many perhaps empty but formatted"
            raise _refuse(self.name, what, f"at most {MAX_ROWS:,} rows are read; delete the rows below the last epic")
        sums.area += last_row * self.last_column - self.area
        self.area = last_row * self.last_column
        if sums.area > MAX_AREA:
            what = f"{self.part} has cells as far as row {last_row:,} and column {self.last_column:,}"
            raise _refuse(
                self.name,
                what,
                f"at most {MAX_AREA:,} cells between the first and the last one are read; delete the far ones",
            )

    def _note_odd_cells(self, piece: bytes) -> None:
        for attributes, inside in SPECIAL_CELL.findall(piece):
            is_error = b't="e"' in attributes
            if not is_error and b"<f" not in inside and b":f" not in inside:
                continue
            reference, cached = OWN_REFERENCE.search(attributes), CACHED.search(inside)
            if reference is None or len(self.odd_cells) >= MOST_NOTED:
                continue
            where = reference[1].decode().upper()
            if is_error:
                self.odd_cells[where] = cached[1].decode(errors="replace") if cached else "an error"
            elif (cached is None or not cached[1]) and b't="str"' not in attributes:
                self.odd_cells[where] = NEVER_CALCULATED
