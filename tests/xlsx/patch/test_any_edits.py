"""Any content in any cell of any workbook: refused, or exactly that cell changes; and sheets of ours go as they came."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import CellEdit, Formula
from portfolio.xlsx.patch.editing import PackageEditor
from tests.xlsx.cases import CASES, content_of
from tests.xlsx.consistency import new_problems
from tests.xlsx.fidelity import differences
from tests.xlsx.hand_made import ROWS, HandMade
from tests.xlsx.opening import opens_in_openpyxl
from tests.xlsx.package_parts import PackageParts
from tests.xlsx.three_edits import SHEET, new_sheet

CONTENTS = (
    *(1.5, -3.0, 1e300, True, False, None, "", "x", "=1+1", "  a\r\nb\t ", "_x0041_", "€\U0001f600\x01<&>"),
    *(date(2027, 1, 4), Formula("1+1", 2.0), Formula('"a"&"<"', "a<"), Formula("1=1", True), Formula("B2", None)),
)
OF_SHARED = re.compile(r'not meant: /c/<f t="shared".*> became <f >')
"""A formula shared by many cells is written out in each when one of them changes; nothing else of a cell may change."""


def some_edits(content: bytes, case: str, sheet: str) -> list[CellEdit]:
    """Edits at random places that are not refused on their own."""
    chance, edits = random.Random(case + sheet), []
    for _ in range(8):
        place = chance.randint(1, 30), chance.choice([chance.randint(1, 8), chance.randint(1, 40), 16_384])
        edit = CellEdit(*place, chance.choice(CONTENTS))
        try:
            PackageEditor(content, case).edit(sheet, [edit])
        except WrongUseError:
            continue
        edits.append(edit)
    return list({edit.name: edit for edit in edits}.values())


@pytest.mark.parametrize("case", CASES)
def test_only_the_cells_named_change(case: str) -> None:
    """On every sheet, with every kind of content; once more changes nothing; one by one gives the same file."""
    before = content_of(case)
    parts = PackageParts(before)
    for sheet in (name for name in parts.sheets if parts.is_worksheet(name)):
        edits = some_edits(before, case, sheet)
        together, one_by_one = PackageEditor(before, case), PackageEditor(before, case)
        together.edit(sheet, edits)
        for edit in edits:
            one_by_one.edit(sheet, [edit])
        after = together.content()
        found = differences(before, after, {sheet: [edit.name for edit in edits]})
        assert [one for one in found if not OF_SHARED.search(one)] == []
        assert new_problems(before, after) == []
        assert one_by_one.content() == after
        again = PackageEditor(after, case)
        again.edit(sheet, edits)
        assert again.content() == after


@pytest.mark.parametrize("case", CASES)
def test_a_sheet_of_ours_goes_without_trace(case: str) -> None:
    """A sheet brought, and taken out by a later run: nothing of it stays but formats, and nothing else went with it."""
    before = content_of(case)
    editing = PackageEditor(before, case)
    editing.bring(new_sheet())
    editing = PackageEditor(editing.content(), case)
    editing.remove_sheet(SHEET)
    after = editing.content()
    assert [one for one in differences(before, after) if "packed otherwise" not in one] == []
    assert new_problems(before, after) == []


def test_a_shared_formula_keeps_its_lines() -> None:
    """A formula in two lines, in a file with the line ends of Windows, is written out with a plain line end."""
    rows = ROWS.replace("<f>B2*2</f>", '<f t="shared" ref="C2:C3" si="0">B2\r\n*2</f>').replace(
        "<f>B3*2</f>", '<f t="shared" si="0"/>'
    )
    editing = PackageEditor(HandMade(rows).content(), "book.xlsx")
    editing.edit("Data", [CellEdit(2, 3, 1.0)])
    written = str(opens_in_openpyxl(editing.content())["Data"]["C3"].value)
    assert "".join(written.split()) == "=B3*2"
