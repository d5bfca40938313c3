"""Every cell that differs between base and copy is merged, in conflict or listed, on every sheet, theirs and ours."""

from __future__ import annotations

import io
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
from portfolio.merge.base_sheet import with_base
from tests.cases.reading import case

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
EDITS = 7


def sent_out(folder: Path, *, in_place: bool) -> Path:
    """A workbook with inputs and results: people's own with results written into it, or one that `plan -o` wrote.

    It has links beside the epics, scenarios and agreed words, a remark beside the plan and minutes of their own.
    """
    path = folder / "base.xlsx"
    shutil.copyfile(case("effort-changed-in-own-workbook") / "depot.xlsx", path)
    book = openpyxl.load_workbook(path)
    epics: Any = book["Epics"]
    for row, value in enumerate(("Depends on", None, epics["A2"].value), 1):
        epics.cell(row, epics.max_column + (row == 1), value)
    for title, rows in (
        ("Our minutes", [("Agreed", None), (None, "on Monday")]),
        ("Words", [("Word", "Figure", "Column"), ("M", 5, None), ("L", 8, "Job size")]),
        (
            "Scenarios",
            [("Scenario", "Change", "What", "Value"), ("Less", "scale", "capacity", 0.5), ("", "ban", "W-2", None)],
        ),
    ):
        sheet = book.create_sheet(title)
        for cells in rows:
            sheet.append(cells)
    book.save(path)
    if not in_place:
        engine.write(engine.plan(engine.load(path), gap=0), out := folder / "out.xlsx")
        path = out
    else:
        loaded = engine.load(path)
        engine.write_plan(engine.plan(loaded, gap=0), loaded, add_columns=True)
    book = openpyxl.load_workbook(path)
    plan: Any = book["Plan"]
    plan.cell(5, plan.max_column + 2, "ask the board")
    book.save(path)
    path.write_bytes(with_base(path.read_bytes(), path.name))
    return path


@pytest.fixture(scope="module", params=[True, False], ids=["in place", "new workbook"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook that goes out; copies of it come back."""
    return sent_out(tmp_path_factory.mktemp("base"), in_place=request.param)


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


@pytest.mark.parametrize("seed", range(14))
def test_every_cell_that_differs(seed: int, base: Path, tmp_path: Path) -> None:
    """What was typed is found by its value; what was emptied by its place, or by what stood there."""
    copied = Path(shutil.copyfile(base, tmp_path / "returned.xlsx"))
    said = typed_anywhere(copied, random.Random(seed))
    result = merge(base, [copied])
    everything = json.dumps(merge_json(result), ensure_ascii=False)
    old = openpyxl.load_workbook(base)
    new = openpyxl.load_workbook(io.BytesIO(result.content))

    def is_said(place: str, value: str | None) -> bool:
        if value is not None:
            return value in everything
        sheet, _, cell = place.partition("!")
        before = str(old[sheet][cell].value)
        row, column = old[sheet][cell].row, old[sheet][cell].column
        named = [
            f"{old[sheet].cell(row, 1).value} {old[sheet].cell(row, 2).value}",
            str(old[sheet].cell(1, column).value),
        ]
        is_result = "Emptied: the results" in everything and all(name in everything for name in named)
        return cell in everything or before in everything or new[sheet][cell].value is None or is_result

    assert {place: value for place, value in said.items() if not is_said(place, value)} == {}


def test_nothing_differs_in_a_copy_that_another_program_saved(base: Path, tmp_path: Path) -> None:
    """Saving without an edit is no difference, whatever a program makes of formulas."""
    copied = tmp_path / "returned.xlsx"
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
