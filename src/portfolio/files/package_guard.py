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
from portfolio.files.limits import (
    MAX_CONTENTS_BYTES,
    MAX_FILE_BYTES,
    MAX_PACKAGE_BYTES,
    MAX_PART_BYTES,
    MAX_PARTS,
    MAX_RATIO,
    MAX_TAG_BYTES,
    RATIO_FLOOR_BYTES,
    refusal,
)
from portfolio.files.worksheet_look import Sums, WorksheetLook, check_sums

CHUNK_BYTES = 1_000_000
CONTENTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
WORKSHEET = re.compile(rb"<(?:\w+:)?worksheet[\s/>]")
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


@dataclass
class Package:
    """What the look found: for each sheet, cells that a reader would take for empty but are not."""

    odd_cells: dict[str, dict[str, str]] = field(default_factory=dict)


def inspect(content: bytes, name: str) -> Package:
    """Looks through a workbook's package; raises WrongUseError with the limit if it cannot be opened safely."""
    if len(content) > MAX_FILE_BYTES:
        raise refusal(
            name, f"it has {len(content) / 1e6:,.0f} MB", f"at most {MAX_FILE_BYTES // 1_000_000} MB are read"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive.infolist(), name)
            package, sums = Package(), Sums()
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


def _check_directory(parts: list[zipfile.ZipInfo], name: str) -> None:
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    if "xl/workbook.bin" in names:
        raise WrongUseError(f"{name} is a binary workbook (.xlsb); save it as .xlsx.")
    if "xl/workbook.xml" not in names:
        raise WrongUseError(f"{name} is a package without a workbook in it; an Excel workbook (.xlsx) is needed.")
    if len(parts) > MAX_PARTS:
        raise refusal(name, f"it has {len(parts):,} parts", f"at most {MAX_PARTS:,} are read")
    if len(set(names)) < len(names):
        raise refusal(name, "two of its parts have the same name", "every part needs a name of its own")
    if any(part.flag_bits & 1 for part in parts):
        raise WrongUseError(f"{name} is protected by a password; save it without one.")
    for part in parts:
        _check_size(part, name)
    total = sum(part.file_size for part in parts)
    if total > MAX_PACKAGE_BYTES:
        raise refusal(
            name, f"it unpacks to {total / 1e6:,.0f} MB", f"at most {MAX_PACKAGE_BYTES // 1_000_000} MB are read"
        )


def _check_size(part: zipfile.ZipInfo, name: str) -> None:
    if part.file_size > MAX_PART_BYTES:
        limit = f"at most {MAX_PART_BYTES // 1_000_000} MB are read"
        raise refusal(name, f"{part.filename} unpacks to {part.file_size / 1e6:,.0f} MB", limit)
    if part.filename.lower() in CONTENTS and part.file_size > MAX_CONTENTS_BYTES:
        limit = f"at most {MAX_CONTENTS_BYTES // 1_000_000} MB are read"
        raise refusal(name, f"{part.filename} unpacks to {part.file_size / 1e6:,.0f} MB", limit)
    if part.file_size > RATIO_FLOOR_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1):
        what = f"{part.filename} unpacks to {part.file_size // max(part.compress_size, 1)} times its size"
        raise refusal(name, what, f"at most {MAX_RATIO} times is read")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """A part's bytes to their real end, whatever size the directory declares: other readers go that far too."""
    beyond = copy.copy(part)
    beyond.file_size = MAX_PART_BYTES + 1
    size = 0
    with archive.open(beyond) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > part.file_size:
                raise refusal(name, f"{part.filename} is larger than it declares", "sizes have to be true")
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
            raise refusal(name, what, "no honest workbook has one")
        yield buffer[:cut]
    yield rest


def _look_at(archive: zipfile.ZipFile, part: zipfile.ZipInfo, sums: Sums, package: Package, name: str) -> None:
    """Reads a part to its end, which also proves its declared size, and counts what is in it if it is XML."""
    xml = part.filename.lower().endswith((".xml", ".rels"))
    if not xml:
        for chunk in _unpacked(archive, part, name):
            xml = xml or WORKSHEET.search(chunk) is not None
        if not xml:
            return
    sheet: WorksheetLook | None = None
    for number, piece in enumerate(_pieces(archive, part, name)):
        if number == 0 and (b"\x00" in piece[:4] or piece[:2] in (b"\xff\xfe", b"\xfe\xff")):
            raise refusal(name, f"{part.filename} is not written in UTF-8", "only UTF-8 is read")
        if DECLARATION.search(piece):
            raise refusal(name, f"{part.filename} declares a document type or entities", "a workbook never does")
        sums.styles += piece.count(b"<xf") + piece.count(b":xf ")
        sums.texts += piece.count(b"<si") + piece.count(b":si>")
        if sheet is None and WORKSHEET.search(piece):
            sheet = WorksheetLook(part.filename, name)
        if sheet is not None:
            sheet.look(piece, sums)
        check_sums(sums, name)
    if sheet is not None:
        package.odd_cells[part.filename] = sheet.odd_cells
