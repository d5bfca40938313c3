"""The header of a sheet of amounts: the column of the value streams, and the columns of the periods beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.intake.columns import Sheet
from portfolio.intake.headings.heading import BRACKETS
from portfolio.intake.headings.names import Level, matches
from portfolio.intake.headings.units import Unit, unit_of
from portfolio.intake.languages import fold
from portfolio.intake.tables.find_tables import HEADER_ROWS
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.number_text import figure
from portfolio.intake.values.periods import NO_PERIODS, period_headings


@dataclass(frozen=True)
class PeriodColumns:
    """Where the amounts of a sheet stand: its header row, the value streams' column, and the label of each period.

    `others` are columns of figures that are no period.
    """

    header: int
    names: int
    periods: dict[int, str]
    others: dict[int, str]
    units: dict[int, Unit]


def period_columns(grid: Grid, sheet: Sheet, named: frozenset[str] = frozenset()) -> PeriodColumns | None:
    """The columns of a Capacity or Budget sheet; None where no column names the value streams.

    `named` are the labels of periods and budget periods that the settings list.
    """
    for number, row in enumerate(grid.rows[:HEADER_ROWS]):
        names = names_column(row, sheet)
        if names is not None:
            return _columns(grid, number, names, named)
    return None


def names_column(row: Sequence[object], sheet: Sheet) -> int | None:
    """The column of a header that names the value streams; of several, such as Team and Value stream, the surest."""
    levels = {
        index: match.level
        for index, value in enumerate(row)
        if isinstance(value, str) and value
        for match in matches(value, sheet.columns)[:1]
        if match.level <= Level.OTHER_LANGUAGE
    }
    return min(levels, key=lambda index: (levels[index], index), default=None)


def _columns(grid: Grid, header: int, names: int, named: frozenset[str]) -> PeriodColumns:
    headings = dict(enumerate(grid.rows[header]))
    if header + 1 < len(grid.rows) and _is_second_header(grid, header, names):
        headings = _joined(grid, header)
        header += 1
    headings = {
        column: heading
        for column, heading in headings.items()
        if column > names and not is_blank(heading) and fold(heading) not in NO_PERIODS and _used(grid, header, column)
    }
    units = {column: unit for column, heading in headings.items() if (unit := _unit_in(heading)) is not None}
    headings = {column: _bare(heading) if column in units else heading for column, heading in headings.items()}
    periods, others = period_headings(headings, named)
    labels = {column: as_text(heading) for column, heading in headings.items()}
    return PeriodColumns(
        header,
        names,
        {column: labels[column] for column in periods},
        {column: labels[column] for column in others if _has_figures(grid, header, column)},
        units,
    )


def _unit_in(heading: object) -> Unit | None:
    """The unit in brackets behind a period: `PI 1 (hours)`, `FY27 (kEUR)`."""
    parts = BRACKETS.findall(heading) if isinstance(heading, str) else []
    units = (unit_of(part) for found in parts for part in found if part.strip())
    return next((unit for unit in units if unit is not None and unit.scale is None), None)


def _bare(heading: object) -> str:
    return " ".join(BRACKETS.sub(" ", as_text(heading)).split())


def _is_second_header(grid: Grid, header: int, names: int) -> bool:
    """Whether the row below goes on with the header: years above, quarters below."""
    below = grid.rows[header + 1]
    filled = {column: value for column, value in enumerate(below) if column > names and not is_blank(value)}
    same_name = is_blank(below[names]) or below[names] == grid.rows[header][names]
    periods, _ = period_headings(filled) if filled else ([], [])
    texts = all(isinstance(value, str) for value in filled.values())
    return bool(same_name and texts and len(periods) > 1 and len(periods) == len(filled))


def _joined(grid: Grid, header: int) -> dict[int, object]:
    """The labels of two rows: those of the lower one, with the upper one before them where they repeat."""
    above, below = grid.rows[header], grid.rows[header + 1]
    lower = [as_text(value) for value in below if not is_blank(value)]
    repeats, joined, group = len(set(lower)) < len(lower), dict[int, object](), ""
    for column, (first, second) in enumerate(zip(above, below, strict=True)):
        group = group if is_blank(first) else as_text(first)
        joined[column] = first if is_blank(second) else f"{group} {as_text(second)}" if repeats and group else second
    return joined


def _used(grid: Grid, header: int, column: int) -> bool:
    odd = any(cell_column == grid.left + column for _, cell_column in grid.odd_cells)
    return odd or any(not is_blank(row[column]) for row in grid.rows[header + 1 :])


def _has_figures(grid: Grid, header: int, column: int) -> bool:
    return any(figure(row[column]) is not None for row in grid.rows[header + 1 :])
