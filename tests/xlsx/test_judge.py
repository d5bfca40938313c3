"""The judge itself: it is silent where nothing happened, and finds every damage that is planted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from tests.xlsx.cases import CASES, content_of
from tests.xlsx.consistency import new_problems
from tests.xlsx.fidelity import differences

SHEET = "xl/worksheets/sheet1.xml"
Damage = Callable[[dict[str, bytes]], None]


def repacked(content: bytes, damage: Damage, stored: str = "", reverse: bool = False) -> bytes:
    """The workbook packed again after something was done to its parts; everything else as it was."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        parts = {name: archive.read(name) for name in entries}
    damage(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in reversed(parts) if reverse else parts:
            like = entries.get(name, zipfile.ZipInfo(name))
            entry = zipfile.ZipInfo(name, like.date_time)
            archive.writestr(entry, parts[name], zipfile.ZIP_STORED if name == stored else like.compress_type)
    return stream.getvalue()


def exchange(part: str, old: str, new: str) -> Damage:
    """Exchanges a text in a part; fails if it is not there, so that no damage is planted in vain."""

    def damage(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return damage


def drop(part: str) -> Damage:
    """Takes a part out."""
    return lambda parts: parts.__delitem__(part)


def add(part: str) -> Damage:
    """Puts a part in."""
    return lambda parts: parts.update({part: b"<x/>"})


def test_silent_where_nothing_happened() -> None:
    """No file differs from itself, nor from itself packed again; cells that were meant may still be as they were."""
    for case in CASES:
        content = content_of(case)
        assert differences(content, repacked(content, lambda _: None)) == []
        assert new_problems(content, content) == []


STYLED = '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
DAMAGES: list[tuple[str, Damage, str]] = [
    ("slicer", drop("xl/slicers/slicer1.xml"), "lost"),
    ("slicer", drop("xl/worksheets/_rels/sheet1.xml.rels"), "lost"),
    ("slicer", add("xl/other.xml"), "no new sheet needs it"),
    ("slicer", exchange("xl/tables/table1.xml", 'name="Size"', 'name="size"'), "table1.xml"),
    ("shapes", exchange("xl/drawings/drawing1.xml", "Read me", "Read mE"), "drawing1.xml"),
    ("macros", exchange("xl/vbaProject.bin", "\0\0", "\0\1"), "vbaProject.bin"),
    ("slicer", exchange("xl/workbook.xml", "<extLst>", "<extLst><!-- -->"), "workbook.xml"),
    ("slicer", exchange("xl/workbook.xml", "#N/A", "#REF!"), "workbook.xml"),
    ("slicer", exchange("xl/workbook.xml", 'sheetId="7"', 'sheetId="8"'), "workbook.xml"),
    ("slicer", exchange("xl/workbook.xml", 'name="Data"', 'name="Date"'), "sheets"),
    ("calculated_by_hand", exchange("xl/workbook.xml", ' calcMode="manual"', ""), "calcPr"),
    ("calculated_by_hand", exchange("xl/workbook.xml", ' iterate="1"', ""), "calcPr"),
    ("calculated_by_hand", exchange("xl/workbook.xml", "$C$3", "$C$4"), "workbook.xml"),
    ("slicer", exchange("xl/_rels/workbook.xml.rels", "rId3", "rId9"), "rels"),
    ("slicer", exchange("[Content_Types].xml", "slicerCache+xml", "slicer+xml"), "Content_Types"),
    ("slicer", exchange("[Content_Types].xml", 'Extension="xml"', 'Extension="xmL2"'), "Content_Types"),
    ("slicer", exchange("xl/styles.xml", STYLED, STYLED.replace("164", "2")), "cellXfs 1"),
    ("slicer", exchange("xl/styles.xml", STYLED, ""), "cellXfs 1"),
    ("slicer", exchange("xl/styles.xml", "0.0&quot; pts", "0.00&quot; pts"), "numFmts 0"),
    ("slicer", exchange("xl/styles.xml", STYLED, f"{STYLED}<xf/>"), "says 2 entries and has 3"),
    ("slicer", exchange("xl/styles.xml", "<cellStyles", "<cellStyle"), "no XML"),
    ("slicer", exchange(SHEET, ' ht="21"', ""), "row 2"),
    ("slicer", exchange(SHEET, ' hidden="1"', ""), "row 3"),
    ("slicer", exchange(SHEET, "<v>13</v>", "<v>14</v>"), "cell B3"),
    ("slicer", exchange(SHEET, '<c r="B3" s="1">', '<c r="B3">'), "cell B3"),
    ("slicer", exchange(SHEET, "<f>B3*2</f>", ""), "cell C3"),
    ("slicer", exchange(SHEET, '<c r="C3">', '<c r="D3">'), "cell C3: lost"),
    ("slicer", exchange(SHEET, "<t>two</t>", "<t>Two</t>"), "cell A3"),
    ("slicer", exchange(SHEET, "<t>two</t>", '<t xml:space="preserve">two</t>'), "cell A3"),
    ("slicer", exchange(SHEET, "</sheetData>", '<row r="9"/></sheetData>'), "row 9"),
    ("slicer", exchange(SHEET, '<row r="3"', '<row r="2"'), "rows"),
    ("slicer", exchange(SHEET, 'ref="A1:C3"', 'ref="A1:C2"'), "shrank"),
    ("slicer", exchange(SHEET, '<dimension ref="A1:C3"/>', ""), "worksheet"),
    ("slicer", exchange(SHEET, 'x14:slicer r:id="rId2"', 'x15:slicer r:id="rId2"'), "slicer"),
    ("sparklines", exchange(SHEET, "<xm:sqref>D2</xm:sqref>", "<xm:sqref>D3</xm:sqref>"), "sqref"),
    ("protected_sheet", exchange(SHEET, ' formatCells="0"', ""), "sheetProtection"),
    ("merged_cells", exchange(SHEET, '<mergeCell ref="B2:B3"/>', ""), "mergeCells"),
    ("array_formulas", exchange(SHEET, ' cm="1"', ""), "cell A10"),
    ("prefixed", exchange(SHEET, "<x:v>13</x:v>", "<v>13</v>"), "cell B3"),
    ("no_positions", exchange(SHEET, "<c s", "<c/><c s"), "cell C2"),
    ("shared_texts", exchange("xl/sharedStrings.xml", "bold", "Bold"), "sharedStrings"),
    ("pretty_printed", exchange(SHEET, "<!-- by hand -->", ""), "comment"),
    ("pretty_printed", exchange(SHEET, "<?xml version='1.0' encoding='UTF-8'?>", ""), "declaration"),
]


@pytest.mark.parametrize(("case", "damage", "word"), DAMAGES)
def test_planted_damage_is_found(case: str, damage: Damage, word: str) -> None:
    """One damage beside a cell that was meant: the judge names its place."""
    before = content_of(case)
    found = differences(before, repacked(before, damage), {"Data": ["B2"]})
    assert any(word in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="A2" t="inlineStr"><is><t>one</t></is></c><c r="B2" s="1"><v>8</v></c>',) * 2,
        ('<c r="A2" t="inlineStr"><is><t>one</t></is></c>', ""),
    ],
)
def test_cells_keep_their_order(old: str, new: str) -> None:
    """Cells that change places are found, also when one of them was meant."""
    before = content_of("slicer")
    first, _, second = old.partition("</c>")
    turned = exchange(SHEET, old, new if new != old else f"{second}{first}</c>")
    assert differences(before, repacked(before, turned), {"Data": ["B2"]}) != []


def test_how_parts_are_packed_matters() -> None:
    """Another order of entries, or another compression, of a part that nobody touched."""
    before = content_of("shapes")
    assert "order" in str(differences(before, repacked(before, lambda _: None, reverse=True)))
    assert "packed" in str(differences(before, repacked(before, lambda _: None, stored="xl/drawings/drawing1.xml")))


ALLOWED: list[tuple[str, Damage]] = [
    ("shared_formulas", drop("xl/calcChain.xml")),
    ("slicer", exchange(SHEET, '<c r="B2" s="1"><v>8</v></c>', '<c r="B2"><f>1+1</f><v>2</v></c>')),
    ("slicer", exchange(SHEET, ' spans="1:4"', "")),
    ("slicer", exchange(SHEET, 'ref="A1:C3"', 'ref="A1:F9"')),
    ("slicer", exchange("xl/workbook.xml", "</definedNames>", '</definedNames><calcPr fullCalcOnLoad="1"/>')),
]


@pytest.mark.parametrize(("case", "change"), ALLOWED)
def test_what_may_change_is_no_damage(case: str, change: Damage) -> None:
    """A cell that was meant, spans, a larger extent, the wish to calculate."""
    before = content_of(case)
    assert differences(before, repacked(before, change), {"Data": ["B2"]}) == []


INCONSISTENT: list[tuple[str, Damage, str]] = [
    ("slicer", drop("xl/tables/table1.xml"), "leads to"),
    ("slicer", exchange("[Content_Types].xml", 'Extension="rels"', 'Extension="rel"'), "no content type"),
    ("slicer", exchange("[Content_Types].xml", "/xl/tables/table1.xml", "/xl/tables/table2.xml"), "not there"),
    ("slicer", exchange("xl/_rels/workbook.xml.rels", "rId3", "rId2"), "given twice"),
    (
        "slicer",
        exchange("xl/workbook.xml", "</sheets>", '<sheet name="data" sheetId="7" r:id="rId1"/></sheets>'),
        "twice",
    ),
    ("slicer", exchange("xl/workbook.xml", "<sheets>", "<calcPr/><sheets>"), "not in order"),
    ("calculated_by_hand", exchange("xl/workbook.xml", 'localSheetId="0"', 'localSheetId="1"'), "of sheet 1"),
    ("slicer", exchange(SHEET, '<c r="B3" s="1">', '<c r="B3" s="2">'), "B3 has format 2"),
    ("shared_texts", exchange(SHEET, "<v>1</v>", "<v>2</v>"), "B6 has text 2"),
    ("slicer", exchange(SHEET, '<c r="C3">', '<c r="A3">'), "misplaced"),
    ("slicer", exchange(SHEET, 'r:id="rId2"', 'r:id="rId3"'), "rId3"),
    ("shared_formulas", exchange(SHEET, '<f t="shared" si="0"/>', ""), "no formula"),
    ("slicer", exchange("xl/workbook.xml", "<definedNames>", "<q:definedNames>"), "prefix"),
    ("slicer", exchange("xl/workbook.xml", "<bookViews>", "<bookViews><x:x:y/>"), "workbook.xml"),
]


@pytest.mark.parametrize(("case", "damage", "word"), INCONSISTENT)
def test_what_does_not_hold_together_is_found(case: str, damage: Damage, word: str) -> None:
    """What Excel would repair or refuse."""
    before = content_of(case)
    found = new_problems(before, repacked(before, damage))
    assert any(word in one for one in found), found
