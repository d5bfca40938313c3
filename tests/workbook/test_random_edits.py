"""Random edits: scores, ranks, capacity, shares and guardrails on the sheets are what the engine says of the new cells."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.workbook.inputs.input_areas import PLANNED, RANKED, InputAreas
from portfolio.workbook.write_workbook import write_results
from tests.intake.messy import Cell, Field
from tests.workbook.answers import answer_of
from tests.workbook.in_place.in_place import Written, case, messy, row_of
from tests.workbook.joining import recomputed
from tests.workbook.random_edits import LiveWorkbook, assert_follows, changed, edited

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.mark.parametrize("seed", range(12))
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
        row = row_of(written.user.cells, index)
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
    (raw, plan), path = case(seed), tmp_path / "results.xlsx"
    first = engine.load(_as_json(raw, tmp_path / "raw.json"))
    answer = answer_of(first.ready, first.model, plan)
    write_results(answer, path)
    live = _live(path, answer)
    rng = random.Random(seed)
    for turn in range(3):
        changes, bookings = changed(live, rng, count=4)
        changes = {cell: float(v) if isinstance(v, str) and _is_number(v) else v for cell, v in changes.items()}
        assert_follows(live, edited(live, changes, tmp_path / f"edited {turn}.xlsx"), bookings)


def _as_json(raw: dict[str, Any], path: Path) -> Path:
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
