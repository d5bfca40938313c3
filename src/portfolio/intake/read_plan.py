"""Reads an earlier plan: an answer in JSON, or a workbook that a plan was written into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Booking, Plan, Portfolio
from portfolio.domain.references import PeriodSpellings
from portfolio.errors import WrongUseError
from portfolio.intake.columns import EPICS, RESULT_COLUMNS, WRITTEN, plain
from portfolio.intake.read_portfolio import ZIP, read_content
from portfolio.intake.tables.find_tables import HEADER_ROWS
from portfolio.intake.values.cell_values import as_text
from portfolio.results.epic_decisions import PLANNED
from portfolio.storage import portfolio_json

if TYPE_CHECKING:
    from portfolio.intake.tables.workbook_sheets import WorkbookSheets

Row = tuple[str, str, str]
"""An epic's ID and the labels of its first and last period."""

ROADMAP = "Plan"
ROADMAP_HEADINGS = ("id", "start", "finish")
NEEDED = "a workbook that a plan was written into, or an answer in JSON, is needed"


@dataclass(frozen=True)
class PlanRows:
    """A plan as its file says it: each epic with the labels of its first and last period, blank where it waits.

    `periods` are the labels of the plan's periods in order, as far as the file itself says them.
    """

    rows: tuple[Row, ...]
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class EarlierPlan:
    """An earlier plan as far as a portfolio still has its epics and periods, and what of it is gone, and why."""

    plan: Plan
    left_out: Mapping[str, str]


def read_plan(path: Path, portfolio: Portfolio) -> Plan:
    """The bookings of an earlier plan that this portfolio's epics and periods still have.

    Raises WrongUseError if the file is no plan, or none of it belongs to this portfolio.
    """
    return read_earlier_plan(path, portfolio).plan


def read_earlier_plan(path: Path, portfolio: Portfolio, argument: str = "start", *, empty: bool = False) -> EarlierPlan:
    """The same, with what the plan starts and this portfolio cannot; `argument` is how the file was given.

    `empty` takes a plan that starts nothing at all, too.
    """
    earlier = earlier_plan(read_plan_rows(path).rows, portfolio)
    if not earlier.plan.bookings and (earlier.left_out or not empty):
        raise WrongUseError(
            f"{path.name} starts no epic of this portfolio in a period that it has; "
            f"give `{argument}` a plan of this portfolio.",
            argument,
        )
    return earlier


def read_plan_rows(path: Path) -> PlanRows:
    """What a file says of every epic of its plan; raises WrongUseError if it is no plan."""
    content = read_content(path)
    return _from_workbook(content, path.name) if content.startswith(ZIP) else _from_json(content, path.name)


def earlier_plan(rows: Iterable[Row], portfolio: Portfolio) -> EarlierPlan:
    """A plan that says when epics start and finish, as far as a portfolio still has its epics and periods."""
    periods = portfolio.calendar.periods
    known_period = PeriodSpellings(periods)
    known = {epic.id.casefold(): epic.id for epic in portfolio.epics}
    bookings: dict[str, Booking] = {}
    left_out: dict[str, str] = {}
    for epic, start, finish in rows:
        if not epic or not start:
            continue
        first, last = known_period[start], known_period[finish]
        if epic.casefold() not in known:
            left_out[epic] = "it is no longer in the portfolio"
            continue
        if first is not None and not finish:
            last = _soonest(portfolio, known[epic.casefold()], periods.index(first))
        if first is None or last is None:
            gone = [label for label in (start, finish) if known_period[label] is None]
            left_out[known[epic.casefold()]] = f"there is no {' and no '.join(dict.fromkeys(gone))}"
        elif periods.index(first) > periods.index(last):
            left_out[known[epic.casefold()]] = f"it would finish in {last}, before it starts in {first}"
        else:
            booking = Booking(periods.index(first), periods.index(last) - periods.index(first) + 1)
            bookings[known[epic.casefold()]] = booking
    return EarlierPlan(Plan(bookings), left_out)


def _soonest(portfolio: Portfolio, epic: str, first: int) -> str:
    """The period in which an epic is done at the soonest: a finish that no program has calculated yet."""
    periods, shortest = portfolio.calendar.periods, portfolio.epics[portfolio.epic_index[epic]].shortest
    return periods[min(first + shortest, len(periods)) - 1]


def holds_portfolio(path: Path) -> bool:
    """Whether a file holds a portfolio besides a plan: a workbook does, an answer in JSON does not."""
    return read_content(path).startswith(ZIP)


def _from_json(content: bytes, name: str) -> PlanRows:
    raw, _ = portfolio_json.parse(content, name)
    lines = raw.get("epics")
    if "outcome" not in raw or not isinstance(lines, list):
        raise WrongUseError(f"{name} is not a plan; {NEEDED}.")
    epics = [line for line in lines if isinstance(line, dict)]
    planned = [line.get("decision") in PLANNED for line in epics]
    rows = [
        (_text(line, "id"), _text(line, "start") if starts else "", _text(line, "finish") if starts else "")
        for line, starts in zip(epics, planned, strict=True)
    ]
    streams = raw.get("value_streams")
    there = [line for line in streams if isinstance(line, dict)] if isinstance(streams, list) else []
    return PlanRows(tuple(rows), tuple(dict.fromkeys(_text(line, "period") for line in there)))


def _text(line: Mapping[str, object], field: str) -> str:
    value = line.get(field)
    return "" if value is None else as_text(value)


def _from_workbook(content: bytes, name: str) -> PlanRows:
    """Planned starts beside the epics, wherever they stand, else those of the sheet Plan."""
    from portfolio.intake.tables.workbook_sheets import WorkbookSheets

    sheets = WorkbookSheets(content, name)
    tables = [_beside_the_epics(sheets), _roadmap(sheets)]
    found = [rows for rows in tables if rows is not None]
    if not found:
        raise WrongUseError(f"{name} has no planned starts, beside its epics or on a sheet {ROADMAP}; {NEEDED}.")
    return PlanRows(tuple(next((rows for rows in found if any(start for _, start, _ in rows)), found[0])))


def _beside_the_epics(sheets: WorkbookSheets) -> list[Row] | None:
    """The result columns of the table of epics; None where there is none, or it has no such columns."""
    from portfolio.intake.read_workbook import epics_table

    table = epics_table(sheets)
    if table is None:
        return None
    named = next(
        (table.columns[column] for column in map(EPICS.column, ("id", "title")) if column in table.columns), -1
    )
    headings = [plain(heading) for heading in table.headings]
    wanted = [plain(heading) for heading in RESULT_COLUMNS[-2:]]
    if named < 0 or any(heading not in headings for heading in wanted):
        return None
    return _rows(table.grid.rows[table.header + 1 :], [named, *map(headings.index, wanted)])


def _roadmap(sheets: WorkbookSheets) -> list[Row] | None:
    """The roadmap that was written as a sheet of its own; None where there is none."""
    for sheet in sheets.names:
        if plain(sheet.casefold().partition(WRITTEN)[0]) != plain(ROADMAP):
            continue
        rows = sheets.grid(sheet).rows
        for number, row in enumerate(rows[:HEADER_ROWS]):
            headings = [plain(cell) for cell in row]
            if all(heading in headings for heading in ROADMAP_HEADINGS):
                return _rows(rows[number + 1 :], [headings.index(heading) for heading in ROADMAP_HEADINGS])
    return None


def _rows(rows: Sequence[Sequence[object]], columns: Sequence[int]) -> list[Row]:
    epic, start, finish = columns
    return [(as_text(row[epic]), as_text(row[start]), as_text(row[finish])) for row in rows]
