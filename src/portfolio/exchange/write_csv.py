"""Writes tables as CSV that a spreadsheet opens as it is: epics, a ranking, a plan; no cell of it runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from portfolio.domain import Epic, Portfolio
from portfolio.intake.columns import EPICS
from portfolio.intake.tables.csv_formula_guard import neutralised
from portfolio.results import epic_decisions
from portfolio.results.answer import Answer
from portfolio.scoring import Ranking
from portfolio.storage.atomic_write import write_whole
from portfolio.workbook.inputs.input_values import epic_entry, figure

Cell = str | float | bool | date | None
PLAN = {
    "rank": epic_decisions.HEADINGS["rank"],
    "id": epic_decisions.HEADINGS["id"],
    "title": "Title",
    **{field: heading for field, heading in epic_decisions.HEADINGS.items() if field not in {"rank", "id"}},
    "start": "Planned start",
    "finish": "Planned finish",
}
"""Headings of a plan by the field of each epic's line; times are called as beside the epics of a workbook."""


def write_epics_table(portfolio: Portfolio, path: Path) -> None:
    """Writes every epic with the columns of a workbook's sheet Epics; `portfolio import` reads it back."""
    criteria = dict.fromkeys(name for epic in portfolio.epics for name in epic.criteria)
    headings = {column.field: column.heading for column in EPICS.columns} | {name: name for name in criteria}
    rows = [[_epic_cell(epic, field) for field in headings] for epic in portfolio.epics]
    write_table([*headings.values()], rows, path)


def _epic_cell(epic: Epic, field: str) -> Cell:
    """A cell of the table; an epic of several value streams has them all in one cell: `PAY: 10; DATA: 30`."""
    if field == "effort" and len(epic.effort) > 1:
        return "; ".join(f"{stream}: {figure(units)}" for stream, units in epic.effort.items())
    value: Cell = epic_entry(epic, field)
    return value


def write_ranking_table(ranking: Ranking, path: Path) -> None:
    """Writes a ranking, best first; a cell is empty where a figure cannot be computed, never 0."""
    rows = [[getattr(line, field) for field in ranking.headings] for line in ranking.epics]
    write_table(list(ranking.headings.values()), rows, path)


def write_plan_table(answer: Answer, path: Path) -> None:
    """Writes a plan: what is decided about each epic, and why."""
    titles = {epic.id: epic.title for epic in answer.portfolio.epics}
    rows = [[titles[line.id] if field == "title" else getattr(line, field) for field in PLAN] for line in answer.epics]
    write_table(list(PLAN.values()), rows, path)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[Cell]], path: Path) -> None:
    """Writes a CSV whole or not at all."""
    write_whole(path, lambda beside: write_rows(headings, rows, beside))


def write_rows(headings: Sequence[str], rows: Iterable[Sequence[Cell]], path: Path) -> None:
    """Writes a CSV in UTF-8 with its mark, text in quotes, lines ended as RFC 4180 says."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow([neutralised(heading) for heading in headings])
        writer.writerows([_written(cell) for cell in row] for row in rows)


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return int(cell) if float(cell).is_integer() and abs(cell) < 1e15 else cell
    return cell.isoformat() if isinstance(cell, date) else neutralised(cell)
