"""Checks a package's directory before anything is unpacked: names, declared sizes, zip bombs, overlapping parts."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

from portfolio.errors import WrongUseError
from portfolio.xlsx.guard.contents import Contents, contents_of, plain_name
from portfolio.xlsx.guard.limits import (
    MAX_CONTENTS_BYTES,
    MAX_PACKAGE_BYTES,
    MAX_PART_BYTES,
    MAX_PARTS,
    MAX_RATIO,
    RATIO_FLOOR_BYTES,
    refusal,
)

DIRECTORY_ENTRY, LOCAL_HEADER = b"PK\x01\x02", struct.Struct("<4s22xHH")
ENCRYPTED = 0x1 | 0x40 | 0x2000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
OTHER_DOCUMENTS = {"word/": "a Word document", "ppt/": "a presentation", "visio/": "a Visio drawing"}


def open_package(content: bytes, name: str) -> zipfile.ZipFile:
    """Opens a workbook's package; raises WrongUseError if its directory alone shows that it cannot be read safely."""
    if content.count(DIRECTORY_ENTRY) > MAX_PARTS:
        raise refusal(name, f"it has more than {MAX_PARTS:,} parts", f"at most {MAX_PARTS:,} are read")
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    contents = contents_of(archive)
    _check_kind(archive, [plain_name(part.filename) for part in parts], contents, name)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise WrongUseError(f"{name} is protected by a password; save it without one.")
    for part in parts:
        _check_name(part, name)
        _check_size(part, contents, name)
    total = sum(part.file_size for part in parts)
    if total > MAX_PACKAGE_BYTES:
        limit = f"at most {MAX_PACKAGE_BYTES // 1_000_000} MB are read"
        raise refusal(name, f"it unpacks to {total / 1e6:,.0f} MB", limit)
    _check_places(content, archive, name)
    return archive


def _check_kind(archive: zipfile.ZipFile, names: list[str], contents: Contents, name: str) -> None:
    if "xl/workbook.bin" in names:
        raise WrongUseError(f"{name} is a binary workbook (.xlsb); save it as .xlsx.")
    if contents.workbook not in names:
        for folder, what in OTHER_DOCUMENTS.items():
            if "[content_types].xml" in names and any(part.startswith(folder) for part in names):
                raise WrongUseError(f"{name} is {what}; an Excel workbook (.xlsx) is needed.")
        if "mimetype" in names and archive.getinfo(archive.namelist()[names.index("mimetype")]).file_size < 1000:
            raise WrongUseError(f"{name} is an OpenDocument file (.ods); save it as .xlsx.")
        raise WrongUseError(f"{name} is a package without a workbook in it; an Excel workbook (.xlsx) is needed.")
    if len(set(names)) < len(names):
        raise refusal(name, "two of its parts have the same name", "every part needs a name of its own")


def _check_name(part: zipfile.ZipInfo, name: str) -> None:
    steps = part.filename.replace("\\", "/").split("/")
    if ".." in steps or not steps[0] or ":" in steps[0]:
        shown = part.filename[:80].encode("ascii", "replace").decode()
        raise refusal(name, f"a part of it is called {shown}", "parts lie inside the package")
    if stat.S_ISLNK(part.external_attr >> 16):
        raise refusal(name, f"{part.filename} is a link to another file", "parts lie inside the package")
    if part.compress_type not in METHODS:
        raise refusal(name, f"{part.filename} is packed in a way that no workbook is", "only deflate is read")


def _check_size(part: zipfile.ZipInfo, contents: Contents, name: str) -> None:
    limit = MAX_CONTENTS_BYTES if plain_name(part.filename) in contents.parts else MAX_PART_BYTES
    if part.file_size > limit:
        what = f"{part.filename} unpacks to {part.file_size / 1e6:,.0f} MB"
        raise refusal(name, what, f"at most {limit // 1_000_000} MB are read")
    if part.file_size > RATIO_FLOOR_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1):
        what = f"{part.filename} unpacks to {part.file_size // max(part.compress_size, 1)} times its size"
        raise refusal(name, what, f"at most {MAX_RATIO} times is read")


def _check_places(content: bytes, archive: zipfile.ZipFile, name: str) -> None:
    """Parts lie one after the other from the first byte on; those that overlap unpack the same bytes many times."""
    end = 0
    for part in sorted(archive.infolist(), key=lambda part: part.header_offset):
        if end == 0 and part.header_offset != 0:
            raise refusal(name, "something stands before the package in it", "a workbook is nothing but a package")
        if part.header_offset < end:
            raise refusal(name, f"{part.filename} overlaps another part", "every part has bytes of its own")
        if part.header_offset + LOCAL_HEADER.size > archive.start_dir:
            raise zipfile.BadZipFile
        signature, name_length, extra_length = LOCAL_HEADER.unpack_from(content, part.header_offset)
        end = part.header_offset + LOCAL_HEADER.size + name_length + extra_length + part.compress_size
        if signature != b"PK\x03\x04" or end > archive.start_dir:
            raise zipfile.BadZipFile


def refuse_signed(content: bytes, name: str) -> None:
    """Raises WrongUseError for a workbook that somebody signed, because writing into it would break the signature."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(plain_name(part).startswith("_xmlsignatures/") for part in archive.namelist()):
            raise WrongUseError(f"{name} is signed; writing into it would break the signature; save an unsigned copy.")
