"""Results for the user's own workbook: they follow its cells, wherever these are and however they are written."""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.files.reading import read_portfolio
from portfolio.files.result_columns import ResultColumns, result_columns
from portfolio.files.workbook.in_place import InPlaceResults, results_in_place
from portfolio.files.workbook.input_areas import PLANNED, RANKED, InputAreas
from portfolio.files.workbook_writer import write_results
from tests.files.answers import COMPLETE_PLAN, answer_of, complete_portfolio
from tests.files.edits import LiveWorkbook, assert_follows, changed, edited
from tests.files.joining import expected, joined, loaded, recomputed, without_dates
from tests.files.messy import Cell, Field, MessyWorkbook
from tests.files.test_write_results import FIRST, differences, some_plan
from tests.random_portfolios import random_portfolio
from tests.recalculate import recalculate_ironcalc, recalculate_libreoffice

OTHER_NAMES = {"Plan": "Plan (portfolio)", "Inputs": "Inputs (portfolio 2)", "Charts": "It's charts"}
NONE: Mapping[str, str] = {}

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@dataclasses.dataclass(frozen=True)
class Written:
    """A user's workbook with the results that belong into it."""

    live: LiveWorkbook
    user: MessyWorkbook
    results: InPlaceResults
    columns: ResultColumns


def write(
    folder: Path,
    raw: dict[str, Any],
    plan: Mapping[str, tuple[int, int]],
    seed: int,
    *,
    ids: bool = True,
    there: Sequence[str] = (),
    add: bool = True,
    names: Mapping[str, str] = NONE,
) -> Written:
    """Writes a messy workbook, takes the plan for its answer, and joins the results to it."""
    user = MessyWorkbook(raw, seed, ids=ids, results=there)
    path = user.save(folder / "user.xlsx")
    read, reading = engine.load(path), read_portfolio(path)
    answer = answer_of(read.ready, read.model, plan)
    columns = result_columns(reading, add=add)
    results = results_in_place(answer, reading, names, columns.columns)
    target = joined(path, results, columns, folder / "joined.xlsx")
    starts = _starts(target, user, answer.portfolio.epics, columns, names)
    live = LiveWorkbook(target, user.cells, starts, answer, names)
    return Written(live, user, results, columns)


def _starts(
    path: Path, user: MessyWorkbook, epics: Sequence[Any], columns: ResultColumns, names: Mapping[str, str]
) -> dict[str, Cell]:
    """Where each epic's start is chosen: beside it where there is a column for that, else on the roadmap."""
    if "Planned start" in columns.columns:
        row_of = {epic.id: _row(user.cells, index) for index, epic in enumerate(epics)}
        return {epic: (columns.sheet, row, columns.columns["Planned start"]) for epic, row in row_of.items()}
    name = names.get("Plan", "Plan")
    sheet = loaded(path)[name]
    rows = range(FIRST, sheet.max_row + 1)
    return {str(sheet.cell(row, 2).value): (name, row, 6) for row in rows if sheet.cell(row, 5).value}


def _row(cells: Mapping[Field, Cell], index: int) -> int:
    return next(cell[1] for field, cell in cells.items() if field[:2] == ("epics", index))


def messy(seed: int, folder: Path) -> Written:
    """A random portfolio, its workbook a different mess for each seed."""
    raw = complete_portfolio() if seed == 0 else random_portfolio(seed)
    for stream in raw["value_streams"]:
        stream.pop("max_budget_shift", None)
    plan = COMPLETE_PLAN if seed == 0 else some_plan(raw, seed)
    return write(
        folder,
        raw,
        plan,
        seed,
        ids=seed % 5 != 4,
        there=((), ("Planned start", "WSJF"), ("Rank",))[seed % 3],
        add=seed % 4 != 0,
        names=OTHER_NAMES if seed % 7 == 3 else NONE,
    )


@pytest.mark.parametrize("seed", range(20))
def test_every_formula_recalculates_to_the_engines_value(seed: int, tmp_path: Path) -> None:
    written = messy(seed, tmp_path)
    values, live = expected(written.results, tmp_path)
    assert sum(len(cells) for cells in live.values()) > 100
    assert differences(values, recalculate_ironcalc(written.live.path), live) == []


@pytest.mark.parametrize("seed", range(20))
def test_random_edits_of_a_messy_workbook_are_followed(seed: int, tmp_path: Path) -> None:
    written = messy(seed, tmp_path)
    rng = random.Random(seed)
    for turn in range(3):
        changes, bookings = changed(written.live, rng, count=4)
        path = edited(written.live, changes, tmp_path / f"edited {turn}.xlsx")
        answer = assert_follows(written.live, path, bookings)
        _assert_beside(written, path, answer)


def _assert_beside(written: Written, path: Path, answer: Any) -> None:
    """The result columns beside the epics say what the engine says."""
    cells = recomputed(path)[written.columns.sheet]
    for index, epic in enumerate(answer.epics):
        row = _row(written.user.cells, index)
        ranked = answer.ranking.by_id[epic.id]
        for heading, value in (
            ("WSJF", ranked.wsjf),
            ("Rank", ranked.rank),
            ("Decision", epic.decision),
            ("Planned finish", epic.finish),
        ):
            if heading in written.columns.columns:
                name = f"{openpyxl.utils.get_column_letter(written.columns.columns[heading])}{row}"
                assert (cells.get(name) or None) == (pytest.approx(value) if heading == "WSJF" and value else value)


@pytest.mark.parametrize("seed", range(12))
def test_random_edits_of_a_new_workbook_are_followed(seed: int, tmp_path: Path) -> None:
    """What `plan -o` writes follows the same changes."""
    raw = complete_portfolio() if seed == 0 else random_portfolio(seed)
    for stream in raw["value_streams"]:
        stream.pop("max_budget_shift", None)
    path = tmp_path / "results.xlsx"
    first = engine.load(_canonical(raw, tmp_path / "raw.json"))
    answer = answer_of(first.ready, first.model, COMPLETE_PLAN if seed == 0 else some_plan(raw, seed))
    write_results(answer, path)
    live = _live(path, answer)
    rng = random.Random(seed)
    for turn in range(3):
        changes, bookings = changed(live, rng, count=4)
        changes = {cell: float(v) if isinstance(v, str) and _is_number(v) else v for cell, v in changes.items()}
        assert_follows(live, edited(live, changes, tmp_path / f"edited {turn}.xlsx"), bookings)


def _canonical(raw: dict[str, Any], path: Path) -> Path:
    import json

    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _live(path: Path, answer: Any) -> LiveWorkbook:
    """A workbook that was written as a whole: where its inputs stand."""
    areas = InputAreas(answer.portfolio, (*RANKED, *PLANNED))
    cells: dict[Field, Cell] = {
        (section, index, field): (area.sheet, area.first + index + 1, column + 1)
        for section, area in (
            ("epics", areas.epics),
            ("value_streams", areas.streams),
            ("guardrails", areas.guardrails),
        )
        for index in range(area.count)
        for field, column in area.columns.items()
    }
    for index in range(areas.capacity.count):
        for turn in range(len(answer.portfolio.calendar.periods)):
            column = areas.capacity.columns[f"period {turn + 1}"] + 1
            cells["value_streams", index, "capacity", turn] = ("Capacity", areas.capacity.first + index + 1, column)
    reference = areas.setting("portfolio_wip_limit").rpartition("$")[2]
    cells[("portfolio_wip_limit",)] = ("Portfolio", int(reference), 2)
    starts = {epic.id: cells["epics", index, "planned_start"] for index, epic in enumerate(answer.portfolio.epics)}
    return LiveWorkbook(path, cells, starts, answer, {})


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("seed", [0, 9])
def test_libreoffice_agrees(seed: int, tmp_path: Path) -> None:
    """The arbiter computes the same; the joined workbook has no cached values that it could show instead."""
    written = messy(seed, tmp_path)
    values, live = expected(written.results, tmp_path)
    found = without_dates(recalculate_libreoffice(written.live.path, tmp_path))
    assert differences(values, found, live) == []
