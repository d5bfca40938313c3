"""Amounts by period in other shapes: turned, with a column for each value stream, or with a row for each amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portfolio.intake.columns import CAPACITY
from portfolio.intake.languages import vocabulary
from portfolio.intake.tables.find_tables import HEADER_ROWS
from portfolio.intake.tables.grid import Cell, Grid
from portfolio.intake.tables.period_columns import names_column
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.number_text import figure
from portfolio.intake.values.periods import is_period_label

NAMES = CAPACITY.columns[0].heading
"""How the column of the value streams is headed."""
FEWEST_PERIODS = 2


def reshaped(grid: Grid) -> Grid:
    """The amounts with a row for each value stream and a column for each period; the same grid where they stand so."""
    return _from_rows(grid) or _turned(grid) or grid


def _turned(grid: Grid) -> Grid | None:
    """A table whose first column has the periods and whose other columns are value streams."""
    for number, row in enumerate(grid.rows[:HEADER_ROWS]):
        filled = [index for index, value in enumerate(row) if not is_blank(value)]
        first = _first_column(grid, number)
        streams = [index for index in filled if first is not None and index > first]
        if first is None or not streams or any(not isinstance(row[index], str) for index in streams):
            continue
        if not is_blank(row[first]) and not is_time(as_text(row[first])):
            continue
        periods = _labels(grid, number + 1, first)
        if len(periods) < FEWEST_PERIODS or any(is_period_label(as_text(row[index])) for index in streams):
            continue
        rows: list[list[object]] = [[NAMES, *(grid.rows[place][first] for place in periods)]]
        cells = [[grid.cell(number, first), *(grid.cell(place, first) for place in periods)]]
        for index in streams:
            rows.append([row[index], *(grid.rows[place][index] for place in periods)])
            cells.append([grid.cell(number, index), *(grid.cell(place, index) for place in periods)])
        return _made(grid, rows, cells)
    return None


def _first_column(grid: Grid, header: int) -> int | None:
    """The first column that is filled below a header."""
    below = grid.rows[header + 1] if header + 1 < len(grid.rows) else []
    return next((index for index, value in enumerate(below) if not is_blank(value)), None)


def _labels(grid: Grid, start: int, column: int) -> list[int]:
    """The rows that are labelled with a period, from a row on; what follows below another label is a total or a note."""
    found: list[int] = []
    for number in range(start, len(grid.rows)):
        value = grid.rows[number][column]
        if is_blank(value):
            continue
        if (isinstance(value, str) and not is_period_label(value)) or isinstance(value, float):
            break
        found.append(number)
    return found


def _from_rows(grid: Grid) -> Grid | None:
    """A table with a row for each amount: its value stream, its period, and the amount."""
    for number, row in enumerate(grid.rows[:HEADER_ROWS]):
        texts = {index: value for index, value in enumerate(row) if isinstance(value, str) and value.strip()}
        names = names_column(row, CAPACITY)
        period = next((index for index, text in texts.items() if index != names and is_time(text)), None)
        if names is None or period is None:
            continue
        below = range(number + 1, len(grid.rows))
        records = [
            place for place in below if not is_blank(grid.rows[place][names]) and not is_blank(grid.rows[place][period])
        ]
        amounts = [index for index in texts if index not in (names, period) and _has_figures(grid, records, index)]
        labels = list(dict.fromkeys(as_text(grid.rows[place][period]) for place in records))
        if len(amounts) == 1 and len(labels) >= FEWEST_PERIODS and all(map(is_period_label, labels)):
            return _gathered(grid, (names, period, amounts[0]), records, labels)
    return None


def _gathered(grid: Grid, columns: tuple[int, int, int], records: Sequence[int], labels: list[str]) -> Grid:
    """One row for each value stream; a second amount of a period goes into a second row of it."""
    names, period, amount = columns
    rows: list[list[object]] = [[NAMES, *labels]]
    first = {label: next(row for row in records if as_text(grid.rows[row][period]) == label) for label in labels}
    cells = [[grid.cell(records[0], names), *(grid.cell(first[label], period) for label in labels)]]
    open_rows: dict[str, list[int]] = {}
    for record in records:
        name, place = grid.rows[record][names], 1 + labels.index(as_text(grid.rows[record][period]))
        own = open_rows.setdefault(as_text(name), [])
        row = next((row for row in own if is_blank(rows[row][place])), None)
        if row is None:
            row = len(rows)
            own.append(row)
            rows.append([name, *[""] * len(labels)])
            cells.append([grid.cell(record, names)] * (1 + len(labels)))
        rows[row][place] = grid.rows[record][amount]
        cells[row][place] = grid.cell(record, amount)
    for row in (row for own in open_rows.values() for row in own[1:]):
        rows[row] = [0 if value == "" else value for value in rows[row]]
    return _made(grid, rows, cells)


def _made(grid: Grid, rows: list[list[object]], cells: list[list[Cell]]) -> Grid:
    where = {(row, column): cell for row, line in enumerate(cells) for column, cell in enumerate(line)}
    return replace(grid, rows=rows, merged=(), sums=frozenset(), where=where, is_block=True)


def is_time(text: str) -> bool:
    """Whether a heading is a word for a stretch of time, such as Period or Quarter."""
    found = vocabulary().meaning("times", text) or vocabulary().meaning("units", text)
    return found is not None and found.name in ("period", "periods", "quarter", "quarters", "month", "months", "sprints", "year", "week", "fiscal_year", "half_year")  # fmt: skip


def _has_figures(grid: Grid, rows: Sequence[int], column: int) -> bool:
    return any(figure(grid.rows[row][column]) is not None for row in rows)
