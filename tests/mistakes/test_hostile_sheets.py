"""Worksheets, texts and formats that are written with intent: refused in one sentence, or read as they are meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.xlsx.guard.limits import MAX_AREA
from portfolio.xlsx.guard.package_guard import inspect
from portfolio.xlsx.guard.worksheet_scan import Level, ScanTotals, UnsureError, WorksheetScan
from tests.mistakes.hostile import CLOSING, EPICS, OPENING, after_sheet, into_sheet, repack, rows, said_of

Changes = dict[str, bytes | Callable[[bytes], bytes]]


def cell(name: str, inside: str = "<v>1</v>", more: str = "") -> Changes:
    """One cell more, in a row of its own below the others."""
    return into_sheet(f'<row><c r="{name}"{more}>{inside}</c></row>'.encode())


def before_sheet(text: bytes) -> Changes:
    return {EPICS: lambda sheet: sheet.replace(b"<sheetData>", text + b"<sheetData>")}


def in_styles(format_code: bytes, count: int) -> Changes:
    formats = b"".join(b'<numFmt numFmtId="%d" formatCode="%s"/>' % (200 + turn, format_code) for turn in range(count))
    return {"xl/styles.xml": b"<styleSheet><numFmts>" + formats + b"</numFmts><cellXfs><xf/></cellXfs></styleSheet>"}


WIDE_ROW = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"
FORMULA = "<f>" + "(" * 100_000 + "1" + ")" * 100_000 + "</f><v>1</v>"
SHARED = '<f t="shared" ref="A1:XFD1048576" si="4000000000">A1</f><v>1</v>'
RANGES = b" ".join(b"A%d:B%d" % (number, number) for number in range(1, 400_000))
NAMES = b"".join(b'<definedName name="n%d">Epics!$A$1</definedName>' % number for number in range(150_000))
FAR_ROWS = "has rows up to"
ODD_NAME = "cells are named like B12 and rows like 12"

HOSTILE: dict[str, tuple[Changes, str]] = {
    "far row with unnamed cells": (into_sheet(b'<row r="1048576">' + WIDE_ROW[5:]), FAR_ROWS),
    "far row with a prefix": (
        {EPICS: OPENING.replace(b"<s", b"<x:s").replace(b"xmlns", b"xmlns:x").replace(b"<w", b"<x:w")
         + b'<x:row r="1048576"><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'}, FAR_ROWS),
    "no root": ({EPICS: b'<a><sheetData><row><c r="XFD1048576"><v>1</v></c></row></sheetData></a>'}, FAR_ROWS),
    "row end in a comment": (into_sheet((b"<c/>" * 100 + b"<!-- </row> -->") * 10_000), "at most 3,000,000 cells"),
    "row end in an attribute": (into_sheet(b"<row>" + b'<c><v x="</row>"/></c>' * 1000), "is damaged or cut off"),
    "name after an attribute": (into_sheet(b"<row><c x='<' r='XFD1048576'/></row>"), "is damaged or cut off"),
    "two names": (into_sheet(b'<row><c r="A9" r="XFD1048576"><v>1</v></c></row>'), "is damaged or cut off"),
    "two names far apart": (into_sheet(b'<row><c r="A9" s="1"\n\tr\n=\n\'XFD1048576\'><v>1</v></c></row>'), "is damaged or cut off"),
    "row 0": (cell("A0"), ODD_NAME),
    "row below 0": (cell("A-1"), ODD_NAME),
    "row of ten digits": (cell("A9999999999"), ODD_NAME),
    "row of ten digits without cells": (into_sheet(b'<row r="9999999999"><c><v>1</v></c></row>'), ODD_NAME),
    "four letters": (cell("AAAA1"), ODD_NAME),
    "no letters": (cell("12"), ODD_NAME),
    "no number": (cell("AB"), ODD_NAME),
    "empty name": (cell(""), ODD_NAME),
    "cell above the others": (cell("B1"), "read"),
    "same cell twice": (into_sheet(b'<row r="9"><c r="A9"/><c r="A9"/></row>'), "read 1"),
    "shared text that is not there": (cell("Z3", "<v>4000000000</v>", ' t="s"'), "read"),
    "shared text below 0": (cell("Z3", "<v>-1</v>", ' t="s"'), "cannot be read"),
    "format that is not there": (cell("Z9", more=' s="4000000000"'), "read"),
    "kind that is not there": (cell("Z9", more=' t="zzz"'), "cannot be read"),
    "error that is not there": (cell("Z9", "<v>#HACK!</v>", ' t="e"'), "cannot be read"),
    "infinite number": (cell("Z9", "<v>1e999</v>"), "read"),
    "date beyond time": (cell("Z9", "<v>1e300</v>", ' t="d"'), "read"),
    "lying extent": (before_sheet(b'<dimension ref="A1:XFD1048576"/>'), "read 1"),
    "extent from end to start": (before_sheet(b'<dimension ref="XFD1048576:A1"/>'), "read 1"),
    "extent that is none": (before_sheet(b'<dimension ref="A1:B2:C3"/>'), "cannot be read"),
    "many column widths": (before_sheet(b"<cols>" + b'<col min="1" max="16384"/>' * 300_000 + b"</cols>"), "read 1"),
    "gigantic attribute": (before_sheet(b'<cols x="' + b"a" * 9_000_000 + b'"/>'), "a single tag or text of more than 8 MB"),
    "gigantic number": (cell("Z9", "<v>" + "9" * 9_000_000 + "</v>"), "a single tag or text of more than 8 MB"),
    "deep nesting": (after_sheet(b"<a>" * 1_000_000 + b"</a>" * 1_000_000), "read 1"),
    "deep nesting in a cell": (cell("Z9", "<a>" * 500_000 + "</a>" * 500_000), "read"),
    "shared formula over the sheet": (cell("Z9", SHARED), "read"),
    "nested brackets": (cell("Z9", FORMULA), "read"),
    "conditions on many ranges": (after_sheet(b'<conditionalFormatting sqref="' + RANGES + b'"/>'), "read 1"),
    "many names": ({"xl/workbook.xml": lambda text: text.replace(b"<definedNames/>", b"<definedNames>" + NAMES + b"</definedNames>")}, "read 1"),
    "many number formats": (in_styles(b"0", 200_000), "it has more than 100,000 cell formats; no more are read"),
    "long number format": (in_styles(b"[" * 3_000_000, 1), "read"),
    "texts that count too many": ({"xl/sharedStrings.xml": lambda text: text.replace(b"<sst ", b'<sst count="4294967295" uniqueCount="4294967295" ', 1)}, "read"),
    "texts cut off": ({"xl/sharedStrings.xml": b"<sst><si><t>"}, "cannot be read"),
    "UTF-7": ({EPICS: lambda sheet: sheet.replace(b'encoding="utf-8"', b'encoding="UTF-7"') if b"encoding" in sheet else b'<?xml version="1.0" encoding="UTF-7"?>' + sheet}, "is not written in UTF-8; only UTF-8 is read"),
    "UTF-32": ({EPICS: lambda sheet: sheet.decode().encode("utf-32")}, "is not written in UTF-8; only UTF-8 is read"),
    "entity in the list of sheets": ({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY e "e">]><workbook>&e;</workbook>'}, "a workbook never does"),
    "part that is no XML": ({EPICS: b"\x00\x01\x02" * 1000}, "sheet Epics, cannot be read (its cells are missing); save it again in Excel."),
    "no sheet data": ({EPICS: b"<worksheet/>"}, "cannot be read"),
    "a chart instead of a sheet": ({EPICS: b"<chartsheet/>"}, "cannot be read"),
}  # fmt: skip


CELLS = b"".join(b'<c r="%s#"><v>1</v></c>' % column.encode() for column in "ABCDEFGHIJ")


@pytest.mark.parametrize(
    ("far", "sentence"),
    [
        (b'<c r="XFD30000"/>', "and column 16,384"),
        (b'<c r="K300000"/>', "rows up to 300,000"),
        (b"<c r='ZZZ9'/>", "and column 18,278"),
        (b'<c t="n" r="K300000"/>', "rows up to 300,000"),
        (b'<x:c r="XFD30000"/>', "and column 16,384"),
    ],
)
def test_a_far_cell_among_many_near_ones_is_found(far: bytes, sentence: str, tmp_path: Path) -> None:
    """The quick look goes by bounds; a cell beyond them is noticed wherever it stands and however it is written."""
    names = OPENING.replace(
        b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    )
    far_row = b"<row>" + far + b"</row>"
    repack(
        tmp_path / "far.xlsx", {EPICS: names + rows(30_000, CELLS) + far_row + rows(30_000, CELLS, 30_100) + CLOSING}
    )
    with pytest.raises(WrongUseError, match=sentence):
        inspect((tmp_path / "far.xlsx").read_bytes(), "far.xlsx")


def test_limits_are_exact_and_not_those_of_the_bounds(tmp_path: Path) -> None:
    """Sheets whose bounds are beyond a limit are counted, and read where they keep it."""
    for last, said in ((b"O", "read"), (b"P", "and column 16; at most 3,000,000 cells")):
        body = rows(190_000, b'<c r="A#"/><c r="%s#"/>' % last, 1)
        repack(tmp_path / "long.xlsx", {EPICS: OPENING + body + CLOSING})
        content = (tmp_path / "long.xlsx").read_bytes()
        if said == "read":
            assert inspect(content, "long.xlsx").odd_cells
        else:
            with pytest.raises(WrongUseError, match=said):
                inspect(content, "long.xlsx")


def test_the_bounds_of_other_sheets_refuse_no_small_one() -> None:
    """Many sheets of a few rows each were taken for a large workbook when the last of them was small enough to be measured."""
    sums = ScanTotals(Level.BOUND, area=MAX_AREA - 3)
    with pytest.raises(UnsureError):
        WorksheetScan("sheet2.xml", "many.xlsx").look(b'<row r="2"><c r="C2"/></row>', sums)


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (rb"<(/?)(\w)", rb"<\1x:\2"),
        (rb'<c r="(\w+)"( t="\w+")?', rb"<c\2 r='\1'"),
        (rb'<row r="\d+"', rb"<row"),
        (rb'<c r="(\w+)"', rb'<c\n\tr = "\1"'),
    ],
)
def test_unusual_spellings_of_a_sound_sheet_are_read_alike(pattern: bytes, replacement: bytes, tmp_path: Path) -> None:
    """Other programs write prefixes, other quotes, other orders and no row numbers: all mean the same."""

    def respelt(sheet: bytes) -> bytes:
        return re.sub(pattern, replacement, sheet).replace(
            b"xmlns=", b"xmlns:x=" if b"x:" in replacement else b"xmlns="
        )

    repack(tmp_path / "as_usual.xlsx", {})
    repack(tmp_path / "respelt.xlsx", {EPICS: respelt})
    said = [
        [str(finding).partition(",")[2] for finding in read_portfolio(path).findings] for path in tmp_path.iterdir()
    ]
    assert len(said) == 2
    assert said[0] == said[1]
    assert said[0]


@pytest.mark.parametrize("case", HOSTILE)
def test_is_refused_or_read(case: str, tmp_path: Path) -> None:
    changes, sentence = HOSTILE[case]
    repack(tmp_path / "hostile.xlsx", changes)
    said = said_of(tmp_path / "hostile.xlsx")
    assert said.startswith(("hostile.xlsx", "read"))
    assert sentence in said
