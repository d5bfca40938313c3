"""Real workbooks and every feature: what is written arrives, and nothing else changes."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import to_excel

from portfolio.errors import WrongUseError
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor
from tests.xlsx.cases import CASES, CORPUS, REAL, SHARED, content_of
from tests.xlsx.consistency import new_problems, problems
from tests.xlsx.features import FEATURES, REFUSED
from tests.xlsx.fidelity import differences
from tests.xlsx.opening import open_many_in_libreoffice, opens_in_openpyxl
from tests.xlsx.three_edits import NUMBER, SHEET, TEXT, choose_edits, write_all, write_cells

STRICT = {"poi-SimpleStrict.xlsx", "strict"}
"""openpyxl opens these and sees no sheet in them."""
UNREAD = TEXT.replace("_x000D_", "_x005F_x000D_")
"""openpyxl does not read the codes of texts that stand in their cells; LibreOffice does."""


def plain_number(cell: Any) -> float:
    """A cell's number, also where its look makes a date of it."""
    value = cell.value
    return float(to_excel(value, cell.parent.parent.epoch) if isinstance(value, datetime) else value)


@pytest.mark.parametrize("case", CASES)
def test_only_the_cells_that_were_meant_change(case: str) -> None:
    """Three edits: all other parts are the same byte for byte, and so is everything else on the sheet."""
    before = content_of(case)
    three = choose_edits(before)
    after = write_cells(before, three)
    assert differences(before, after, {three.sheet: three.names}) == []
    assert new_problems(before, after) == []


@pytest.mark.parametrize("case", CASES)
def test_a_sheet_comes_in(case: str) -> None:
    """A sheet with formats of its own is added behind the others, and nothing but lists and formats grows."""
    before = content_of(case)
    three = choose_edits(before)
    after = write_all(before, three)
    assert differences(before, after, {three.sheet: three.names}, added=[SHEET]) == []
    assert new_problems(before, after) == []


@pytest.mark.parametrize("case", CASES)
def test_the_same_again_changes_nothing(case: str) -> None:
    """Writing what is there already gives the same file."""
    before = content_of(case)
    three = choose_edits(before)
    cells, everything = write_cells(before, three), write_all(before, three)
    assert write_cells(cells, three) == cells
    assert write_all(everything, three) == everything


@pytest.mark.parametrize("case", [case for case in CASES if case not in STRICT])
def test_openpyxl_sees_what_was_written(case: str) -> None:
    """Values, the formula and its value, in the look that the number's cell had; the new sheet with its formats."""
    before = content_of(case)
    three = choose_edits(before)
    after = write_all(before, three)
    number, text, formula = three.names
    sheet, was = opens_in_openpyxl(after)[three.sheet], opens_in_openpyxl(before)[three.sheet]
    assert (plain_number(sheet[number]), sheet[text].value) == (NUMBER, UNREAD)
    assert sheet[formula].value == f"={number}*2"
    assert sheet[number].number_format == was[number].number_format
    shown = opens_in_openpyxl(after, values=True)
    assert shown[three.sheet][formula].value == NUMBER * 2
    assert [shown[SHEET]["A2"].value, shown[SHEET]["B3"].value, shown[SHEET]["C4"].value] == ["=E1", 3.0, 9.0]
    assert shown[SHEET]["B3"].number_format == '#,##0.00 "€"'
    assert shown[SHEET]["A1"].font.b


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_everything(tmp_path: Path) -> None:
    """Recalculated by LibreOffice, every workbook has the values that were written."""
    paths, places = [], {}
    for place, case in enumerate(CASES):
        before = content_of(case)
        places[case] = choose_edits(before)
        paths.append(tmp_path / f"book{place}.xlsx")
        paths[-1].write_bytes(write_all(before, places[case]))
    opened = open_many_in_libreoffice(paths, tmp_path)
    wrong = {}
    for path, case in zip(paths, CASES, strict=True):
        book = opens_in_openpyxl(opened[path].read_bytes(), values=True)
        sheet = book[places[case].sheet]
        number, *others = (sheet[name] for name in places[case].names)
        written = [plain_number(number), *(cell.value for cell in others)]
        new = [book[SHEET]["A2"].value, book[SHEET]["C4"].value]
        if [*written, *new] != [NUMBER, TEXT, NUMBER * 2, "=E1", 9]:
            wrong[case] = [*written, *new]
    assert wrong == {}


@pytest.mark.parametrize("case", REFUSED)
def test_some_are_not_changed_at_all(case: str) -> None:
    """A signature would break; a sheet that is not UTF-8 is not read."""
    with pytest.raises(WrongUseError, match=r"book\.xlsx"):
        PackageEditor(REFUSED[case]().content(), "book.xlsx")


def test_a_shared_workbook_is_not_changed() -> None:
    """It logs every change, and a sheet that its log does not know would not fit."""
    with pytest.raises(WrongUseError, match=r"book\.xlsx is a shared workbook.*stop sharing it"):
        PackageEditor(content_of(SHARED), "book.xlsx")


@pytest.mark.parametrize(
    ("case", "place"),
    [("array_formulas", (7, 2)), ("array_formulas", (8, 1)), ("pivot_table", (2, 6)), ("merged_cells", (3, 2))],
)
def test_parts_of_a_whole_are_not_changed(case: str, place: tuple[int, int]) -> None:
    """A cell of an array formula, a data table, a pivot table or a merge cannot change on its own, and nothing else does."""
    content = content_of(case)
    editing = PackageEditor(content, "book.xlsx")
    with pytest.raises(WrongUseError, match="Data!"):
        editing.edit("Data", [CellEdit(20, 1, 1.0), CellEdit(*place, 1.0)])
    assert differences(content, editing.content()) == []


def test_the_corpus_is_small_and_listed() -> None:
    """Every file is in the README with its origin, and all that was made by hand holds together."""
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert [name for name in REAL if f"`{name}`" not in readme] == []
    assert len(REAL) >= 20
    assert max(path.stat().st_size for path in REAL.values()) < 60_000
    assert sum(path.stat().st_size for path in REAL.values()) < 600_000
    assert {name: problems(feature().content()) for name, feature in FEATURES.items()} == {
        name: [] for name in FEATURES
    }
