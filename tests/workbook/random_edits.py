"""Changes that people make to a workbook with live results, at random, and what the engine says of the result."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.results.answer import Answer
from portfolio.scoring import Ranking
from tests.intake.messy import Cell, Field
from tests.random_portfolios import SCALE
from tests.recalculate import Sheets
from tests.workbook.answers import answer_of
from tests.workbook.joining import loaded, recomputed
from tests.workbook.test_write_results import FIRST, assert_same_status, table

SCORES = ("user_business_value", "time_criticality", "rr_oe", "job_size")


@dataclass(frozen=True)
class LiveWorkbook:
    """A workbook with live results: where its inputs and the planned starts stand, and the answer it was written for."""

    path: Path
    cells: Mapping[Field, Cell]
    starts: Mapping[str, Cell]
    answer: Answer
    names: Mapping[str, str]

    def sheet(self, name: str) -> str:
        """What a result sheet is called."""
        return self.names.get(name, name)


def changed(live: LiveWorkbook, rng: random.Random, count: int) -> tuple[dict[Cell, Any], dict[str, tuple[int, int]]]:
    """Some random changes by cell, and the plan that they leave."""
    portfolio, plan = live.answer.portfolio, live.answer.plan
    assert plan is not None
    periods = portfolio.calendar.periods
    bookings = {epic: (booking.start, booking.periods) for epic, booking in plan.bookings.items()}
    changes: dict[Cell, Any] = {}
    for field, value in rng.sample(_values(live, rng), count):
        changes[live.cells[field]] = str(value) if rng.random() < 0.2 else value
    for epic in rng.sample(portfolio.epics, min(2, len(portfolio.epics))):
        length = bookings[epic.id][1] if epic.id in bookings else epic.shortest
        if sum(epic.effort.values()) <= 0 or length > len(periods) or epic.id not in live.starts:
            continue
        start = rng.choice([None, *range(len(periods) - length + 1)])
        changes[live.starts[epic.id]] = None if start is None else periods[start]
        if start is None:
            bookings.pop(epic.id, None)
        else:
            bookings[epic.id] = (start, length)
    return changes, bookings


def _values(live: LiveWorkbook, rng: random.Random) -> list[tuple[Field, float]]:
    """A new value for each number that a change may be made to."""
    portfolio = live.answer.portfolio
    found: list[tuple[Field, float]] = []
    for index, epic in enumerate(portfolio.epics):
        found += [(("epics", index, name), rng.choice(SCALE)) for name in SCORES if getattr(epic, name) is not None]
    for index, stream in enumerate(portfolio.value_streams):
        found += [
            (("value_streams", index, "capacity", turn), round(amount * rng.choice((0.3, 0.7, 1.5)), 2))
            for turn, amount in enumerate(stream.capacity)
        ]
        if stream.wip_limit is not None:
            found.append((("value_streams", index, "wip_limit"), rng.randrange(4)))
    for index, limit in enumerate(portfolio.guardrails):
        if limit.at_most is not None:
            found.append(
                (("guardrails", index, "at_most"), round(limit.at_most * rng.choice((0.6, 1.2, 1.5)) + 0.01, 3))
            )
        if limit.at_least is not None:
            found.append((("guardrails", index, "at_least"), round(limit.at_least * rng.choice((0.1, 0.5, 0.9)), 3)))
    if portfolio.portfolio_wip_limit is not None:
        found.append((("portfolio_wip_limit",), rng.randrange(5)))
    return found


def edited(live: LiveWorkbook, changes: Mapping[Cell, Any], target: Path) -> Path:
    """A copy of the workbook with some cells changed."""
    if not changes:
        return Path(shutil.copy(live.path, target))
    book = loaded(live.path)
    for (sheet, row, column), value in changes.items():
        if value is None:
            book[sheet]._cells.pop((row, column), None)
        else:
            book[sheet].cell(row, column).value = value
    book.save(target)
    book.close()
    return target


def assert_follows(live: LiveWorkbook, path: Path, bookings: Mapping[str, tuple[int, int]]) -> Answer:
    """Scores, ranks, capacity, shares and guardrails on the sheets are what the engine says of the edited workbook."""
    read = engine.load(path)
    portfolio = read.ready
    answer = answer_of(portfolio, read.model, bookings)
    sheets = recomputed(path)
    errors = errors_of(sheets, live)
    assert errors == [], errors[:5]
    usual = dict(sheets)
    for name, actual in live.names.items():
        usual[name] = sheets[actual]
    assert_ranks(usual, answer.ranking)
    assert_same_status(usual, answer)
    by_place = {(line.id, line.period): line for line in answer.value_streams}
    for row in table(usual["Allocation"], FIRST - 1):
        line = by_place[row["Value stream"], row["Period"]]
        found = (row["Capacity"], row["Effort"], row["WIP"], row["Spend"])
        assert found == pytest.approx((line.capacity, line.effort, line.wip, line.spend), rel=1e-9, abs=1e-9)
    return answer


def errors_of(sheets: Sheets, live: LiveWorkbook) -> list[str]:
    """Cells that show an error; charts leave out points by one."""
    return [
        f"{sheet}!{cell} is {value}"
        for sheet, cells in sheets.items()
        for cell, value in cells.items()
        if _is_error(value) and sheet != live.sheet("Charts")
    ]


def _is_error(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("#") and value.rstrip("!?").upper() in {
        "#VALUE", "#N/A", "#REF", "#DIV/0", "#NAME", "#NUM", "#NULL", "#ERROR"
    }  # fmt: skip


def assert_ranks(sheets: Sheets, ranking: Ranking) -> None:
    """The sheet Ranking says what the engine says."""
    for row in table(sheets["Ranking"], FIRST - 1):
        line = ranking.by_id[row["ID"]]
        assert (row["Rank"] or None) == line.rank, (row, line)
        for heading, value in (("WSJF", line.wsjf), ("CD3", line.cd3)):
            if heading in row:
                assert (row[heading] == "") == (value is None), row
                assert value is None or row[heading] == pytest.approx(value, rel=1e-12)
