"""The base snapshot: what a workbook held when it was sent out, kept inside it on a hidden sheet.

So a copy that comes back can be compared with what its author had before their eyes, even after the base has moved on. The
sheet holds a version, an ID of the workbook that follows from its contents, a SHA-256, and the contents themselves, packed
small. If anything of it was changed, the hash says so and the snapshot is not used.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from portfolio.domain.json_form import Raw
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.merge.cell_content import Content, from_json, to_json
from portfolio.merge.read_contents import SNAPSHOT_SHEET
from portfolio.merge.result_record import record_from_json, record_to_json
from portfolio.merge.workbook_contents import ColumnAt, Comment, Contents, RowAt, Table

VERSION = 1
CHUNK = 32_000
"""Characters for each cell; a cell holds 32,767."""
MOST_BYTES = 100_000_000
ID_DIGITS = 16
LABELS = ("Portfolio base snapshot", "Version", "Workbook", "SHA-256")
NOTE = "What this workbook held when it was sent out; `portfolio merge` needs it. Please leave it as it is."
_Cell = tuple[int, int]
Held = TypeVar("Held")


class TamperedError(ValueError):
    """A snapshot is there, but it is not what was written; the text says why."""


def pack(contents: Contents) -> list[str]:
    """A workbook's contents as the cells of one column: version, ID, hash, then the packed text."""
    saved = json.dumps(_saved(contents), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    digest = hashlib.sha256(saved).hexdigest()
    packed = base64.b64encode(zlib.compress(saved, 6)).decode()
    chunks = [packed[start : start + CHUNK] for start in range(0, len(packed), CHUNK)]
    return [str(VERSION), digest[:ID_DIGITS], digest, *chunks]


def unpack(cells: list[str]) -> Contents:
    """The contents that `pack` packed; raises TamperedError where they were changed."""
    if len(cells) < len(LABELS):
        raise TamperedError("a part of it is missing")
    version, workbook, digest, *chunks = cells
    if version != str(VERSION):
        raise TamperedError(f"it has version {version}, and this program reads version {VERSION}")
    try:
        unpacking = zlib.decompressobj()
        saved = unpacking.decompress(base64.b64decode("".join(chunks), validate=True), MOST_BYTES)
        if unpacking.unconsumed_tail or hashlib.sha256(saved).hexdigest() != digest or workbook != digest[:ID_DIGITS]:
            raise TamperedError("its hash does not fit")
        return _loaded(json.loads(saved))
    except (
        binascii.Error,
        zlib.error,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as problem:
        raise problem if isinstance(problem, TamperedError) else TamperedError("it cannot be unpacked") from None


def snapshot_book(contents: Contents) -> bytes:
    """A workbook with nothing but the sheet of the snapshot."""
    import xlsxwriter

    from portfolio.xlsx.write.book import CREATED

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet(SNAPSHOT_SHEET)
    sheet.write_string(0, 0, LABELS[0])
    sheet.write_string(0, 1, NOTE)
    for row, (label, text) in enumerate(_labelled(pack(contents)), 1):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, text)
    book.close()
    return target.getvalue()


def _labelled(cells: Iterable[str]) -> list[tuple[str, str]]:
    """What stands beside each cell of the snapshot."""
    return [(LABELS[row + 1] if row + 1 < len(LABELS) else f"Part {row - 2}", text) for row, text in enumerate(cells)]


def read_snapshot(content: bytes, name: str) -> Contents | None:
    """The snapshot in a workbook, None where there is none; raises TamperedError where it was changed."""
    sheets = WorkbookSheets(content, name)
    if SNAPSHOT_SHEET not in sheets.names:
        return None
    rows = sheets.grid(SNAPSHOT_SHEET).rows
    return unpack([str(row[1]).strip() for row in rows[1:] if len(row) > 1 and row[1] != ""])


def _saved(contents: Contents) -> dict[str, object]:
    return {
        "author": contents.author,
        "tables": [_saved_table(table) for table in contents.tables.values()],
        "outside": {title: _by_place(cells, to_json) for title, cells in contents.outside.items()},
        "comments": {title: _by_place(cells, _saved_comments) for title, cells in contents.outside_comments.items()},
        **({"written": record_to_json(contents.written)} if contents.written.sheets else {}),
    }


def _by_place(cells: Mapping[_Cell, Held], save: Callable[[Held], object]) -> list[list[object]]:
    return [[row, column, save(held)] for (row, column), held in sorted(cells.items())]


def _saved_comments(comments: Iterable[Comment]) -> list[list[str]]:
    return [[comment.author, comment.text] for comment in comments]


def _saved_table(table: Table) -> dict[str, object]:
    """Column by column, since neighbours below each other are alike and pack well."""
    return {
        "name": table.name,
        "title": table.title,
        "header": table.header,
        "columns": [
            [identity, column.heading, column.number, column.kind] for identity, column in table.columns.items()
        ],
        "rows": [[identity, row.number, row.name, row.title, row.key] for identity, row in table.rows.items()],
        "ambiguous": table.ambiguous,
        "cells": [
            [None if (held := table.cells.get((row, column))) is None else to_json(held) for row in table.rows]
            for column in table.columns
        ],
        "comments": [[*key, _saved_comments(said)] for key, said in sorted(table.comments.items())],
    }


def _loaded(saved: Raw) -> Contents:
    tables = [_loaded_table(table) for table in saved["tables"]]
    return Contents(
        {table.name: table for table in tables},
        {
            title: {(row, column): _held(held) for row, column, held in cells}
            for title, cells in saved["outside"].items()
        },
        {
            title: {(int(row), int(column)): _loaded_comments(said) for row, column, said in cells}
            for title, cells in saved["comments"].items()
        },
        str(saved["author"]),
        record_from_json(saved.get("written", {})),
    )


def _held(saved: object) -> Content:
    held = from_json(saved)
    if held is None:
        raise ValueError("an empty cell is not saved")
    return held


def _loaded_comments(saved: list[list[str]]) -> tuple[Comment, ...]:
    return tuple(Comment(str(author), str(text)) for author, text in saved)


def _loaded_table(saved: Raw) -> Table:
    table = Table(str(saved["name"]), str(saved["title"]), int(saved["header"]))
    for identity, heading, number, kind in saved["columns"]:
        table.columns[str(identity)] = ColumnAt(str(heading), int(number), str(kind))
    for identity, number, name, title, key in saved["rows"]:
        table.rows[str(identity)] = RowAt(int(number), str(name), str(title), str(key))
    table.ambiguous = {
        extra: first for extra, first in saved["ambiguous"].items() if {extra, first} <= {*table.columns}
    }
    for column, cells in zip(table.columns, saved["cells"], strict=True):
        for row, held in zip(table.rows, cells, strict=True):
            if held is not None:
                table.cells[row, column] = _held(held)
    table.comments = {(row, column): _loaded_comments(said) for row, column, said in saved["comments"]}
    return table
