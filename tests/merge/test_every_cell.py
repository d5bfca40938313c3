"""Every cell that differs between base and copy is merged, in conflict or listed, on every sheet, theirs and ours."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.engine.merge import merge, merge_json
from tests.cases.reading import case

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
EDITS = 7


def sent_out(folder: Path, *, in_place: bool) -> Path:
    """A workbook with inputs and results: people's own with results written into it, or one that `plan -o` wrote."""
    own = case("effort-changed-in-own-workbook") / "depot.xlsx"
    path = folder / "base.xlsx"
    if not in_place:
        engine.write(engine.plan(engine.load(own), gap=0), path)
        return path
    shutil.copyfile(own, path)
    book = openpyxl.load_workbook(path)
    minutes = book.create_sheet("Our minutes")
    minutes["A1"], minutes["B7"] = "Agreed", "on Monday"
    book.save(path)
    loaded = engine.load(path)
    engine.write_plan(engine.plan(loaded, gap=0), loaded, add_columns=True)
    return path


def typed_anywhere(path: Path, draw: random.Random) -> dict[str, str | None]:
    """Somebody types into, overwrites or empties cells of any sheet: what each holds now."""
    book = openpyxl.load_workbook(path)
    sheets = [sheet for sheet in book if not sheet.title.startswith("_")]
    said: dict[str, str | None] = {}
    for number in range(EDITS):
        sheet: Any = draw.choice(sheets)
        filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        if filled and draw.random() < 0.7:
            cell = draw.choice(filled)
        else:
            cell = sheet.cell(draw.randint(1, sheet.max_row + 3), draw.randint(1, sheet.max_column + 3))
        if isinstance(cell, openpyxl.cell.MergedCell) or f"{sheet.title}!{cell.coordinate}" in said:
            continue
        before = cell.value
        value: str | None = draw.choice([f"word {number}", f"{910_000 + number}", f"={number}+910000", None])
        if value == before or (value is None and before == ""):
            continue
        cell.value = int(value) if value is not None and value.isdigit() else value
        said[f"{sheet.title}!{cell.coordinate}"] = value
    book.save(path)
    return said


@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "new workbook"])
@pytest.mark.parametrize("seed", range(14))
def test_every_cell_that_differs(seed: int, in_place: bool, tmp_path: Path) -> None:
    base = sent_out(tmp_path, in_place=in_place)
    copied = Path(shutil.copyfile(base, tmp_path / "returned.xlsx"))
    said = typed_anywhere(copied, random.Random(seed))
    found = merge_json(merge(base, [copied]))
    everything = json.dumps(found, ensure_ascii=False)
    gone = ['"after": null', "no longer", "any more", *(["removed"] if found["removed"] else [])]
    lost = {
        place: value
        for place, value in said.items()
        if (value is not None and value not in everything)
        or (value is None and not any(word in everything for word in (place.partition("!")[2], *gone)))
    }
    assert lost == {}


def test_nothing_differs_in_a_copy_that_another_program_saved(tmp_path: Path) -> None:
    """Saving without an edit is no difference, whatever a program makes of formulas."""
    for in_place in (True, False):
        folder = tmp_path / str(in_place)
        folder.mkdir()
        base, copied = sent_out(folder, in_place=in_place), folder / "returned.xlsx"
        openpyxl.load_workbook(base).save(copied)
        found = merge_json(merge(base, [copied]))
        assert (found["changes"], found["conflicts"], found["findings"]) == ([], [], [])


def test_added_rows_join_table_and_filter(tmp_path: Path) -> None:
    """A filter ends where the list ends, so that what was added is filtered, too."""
    base = Path(shutil.copyfile(case("effort-changed-in-own-workbook") / "depot.xlsx", tmp_path / "base.xlsx"))
    book = openpyxl.load_workbook(base)
    last = max(row for row in range(1, 20) if book["Epics"].cell(row, 1).value)
    book["Epics"].auto_filter.ref = f"A1:H{last}"
    book.save(base)
    book["Epics"].cell(last + 1, 1).value, book["Epics"].cell(last + 1, 2).value = "NEW-1", "A new gate"
    book.save(tmp_path / "returned.xlsx")
    result = merge(base, [tmp_path / "returned.xlsx"])
    out = tmp_path / "merged.xlsx"
    out.write_bytes(result.content)
    assert openpyxl.load_workbook(out)["Epics"].auto_filter.ref == f"A1:H{last + 1}"
    with zipfile.ZipFile(out) as package:
        named = package.read("xl/workbook.xml").decode()
    assert f"$H${last + 1}</definedName>" in named


def test_nothing_differs_in_a_copy_that_libreoffice_saved(tmp_path: Path) -> None:
    base = sent_out(tmp_path, in_place=True)
    options = [f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    command = ["soffice", *options, "--outdir", str(tmp_path / "out"), str(base)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    copied = (tmp_path / "out" / "base.xlsx").rename(tmp_path / "returned.xlsx")
    found = merge_json(merge(base, [copied]))
    assert (found["changes"], found["conflicts"]) == ([], [])
    assert not any("result sheet" in json.dumps(finding) for finding in found["findings"])
    loaded = engine.load(copied)
    assert engine.write_plan(engine.plan(loaded, gap=0), loaded).findings == ()
