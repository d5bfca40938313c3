"""Messy workbooks with their results beside and behind what people wrote."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from portfolio import engine
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.workbook.in_place.result_book import InPlaceResults, results_in_place
from portfolio.workbook.in_place.result_columns import ResultColumns, result_columns
from tests.intake.messy import Cell, Field, MessyWorkbook
from tests.random_portfolios import random_portfolio
from tests.workbook.answers import COMPLETE_PLAN, answer_of, complete_portfolio
from tests.workbook.joining import joined, loaded
from tests.workbook.random_edits import LiveWorkbook
from tests.workbook.test_write_results import FIRST, some_plan

OTHER_NAMES = {"Plan": "Plan (portfolio)", "Inputs": "Inputs (portfolio 2)", "Charts": "It's charts"}
NONE: Mapping[str, str] = {}


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
        rows_of = {epic.id: row_of(user.cells, index) for index, epic in enumerate(epics)}
        return {epic: (columns.sheet, row, columns.columns["Planned start"]) for epic, row in rows_of.items()}
    name = names.get("Plan", "Plan")
    sheet = loaded(path)[name]
    rows = range(FIRST, sheet.max_row + 1)
    return {str(sheet.cell(row, 2).value): (name, row, 6) for row in rows if sheet.cell(row, 5).value}


def row_of(cells: Mapping[Field, Cell], index: int) -> int:
    """The row of an epic on its sheet."""
    return next(cell[1] for field, cell in cells.items() if field[:2] == ("epics", index))


def case(seed: int) -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    """A portfolio with a plan; a budget shift is a decision of the engine that no edit follows, so there is none."""
    raw = complete_portfolio() if seed == 0 else random_portfolio(seed)
    for stream in raw["value_streams"]:
        stream.pop("max_budget_shift", None)
    return raw, COMPLETE_PLAN if seed == 0 else some_plan(raw, seed)


def messy(seed: int, folder: Path) -> Written:
    """Such a portfolio in a workbook, its workbook a different mess for each seed."""
    raw, plan = case(seed)
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
