"""The mark of a workbook that is wholly this program's: it is there, and nobody has saved the file since.

The mark is a document property with a digest of all other parts, so it survives a copy and stops fitting as soon as any
program saves the workbook again. A workbook that people keep, and that results were written into, has none.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib

from portfolio.xlsx.patch.markup import elements, insert_child, prefix_of, root
from portfolio.xlsx.patch.parts import Parts

PROPERTY = "Written by portfolio"
_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NAMESPACE = b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_DIGEST = re.compile(rb"[0-9a-f]{64}")


def mark_file(parts: Parts) -> None:
    """Marks a workbook that is finished but for this; people's own document properties stay."""
    if _PART not in parts:
        parts.relate("", _RELATION, _PART)
        parts.set_type(_PART, _TYPE)
        empty = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="' + _NAMESPACE + b'"/>'
        parts.write(_PART, empty)
    xml = _without_mark(parts.read(_PART))
    prefix = prefix_of(xml, root(xml).tag)
    used = [int(each.tag.attributes.get("pid", "1")) for each in elements(xml, "property", 0, len(xml))]
    held = {name: zlib.crc32(parts.read(name)) for name in parts if name != _PART}
    line = (
        f'<{prefix}property fmtid="{_FORMAT}" pid="{max(used, default=1) + 1}" name="{PROPERTY}">'
        f'<vt:lpwstr xmlns:vt="{_VALUES}">{_digest(held)}</vt:lpwstr></{prefix}property>'
    )
    parts.write(_PART, insert_child(xml, "Properties", line.encode(), "property", ("property",)))


def marked(content: bytes) -> bytes:
    """The bytes of a finished workbook with the mark."""
    parts = Parts(content)
    mark_file(parts)
    return parts.packed()


def is_unchanged(content: bytes) -> bool:
    """Whether this program wrote a workbook and nobody saved it since."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = archive.read(_PART)
            held = {entry.filename: entry.CRC for entry in archive.infolist() if entry.filename != _PART}
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, EOFError, RuntimeError):
        return False
    return _digest(held).encode() in _DIGEST.findall(xml)


def _without_mark(xml: bytes) -> bytes:
    own = [each for each in elements(xml, "property", 0, len(xml)) if each.tag.attributes.get("name") == PROPERTY]
    for each in reversed(own):
        xml = xml[: each.start] + xml[each.end :]
    return xml


def _digest(held: dict[str, int]) -> str:
    """What tells these parts, by name with their checksums, from any others."""
    return hashlib.sha256(repr(sorted(held.items())).encode()).hexdigest()
