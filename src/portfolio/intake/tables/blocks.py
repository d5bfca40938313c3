"""Several tables on one sheet, below or beside each other: each is a block of cells of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.intake.columns import (
    BUDGET,
    CAPACITY,
    DEPENDENCIES,
    EFFORT,
    EPICS,
    GUARDRAILS,
    OUTCOMES,
    SETTINGS,
    STREAMS,
    Sheet,
)
from portfolio.intake.headings.names import matches
from portfolio.intake.tables.find_tables import HEADER_ROWS, known_headings
from portfolio.intake.tables.grid import Grid
from portfolio.intake.tables.period_columns import period_columns
from portfolio.intake.tables.reshaped import is_time, reshaped
from portfolio.intake.tables.settings_rows import setting_named
from portfolio.intake.tables.sheet_names import is_named
from portfolio.intake.values.cell_values import is_blank
from portfolio.intake.values.number_text import figure
from portfolio.intake.values.periods import is_period_label

AMOUNTS = (CAPACITY, BUDGET)
LISTS = (EFFORT, STREAMS, DEPENDENCIES, GUARDRAILS, OUTCOMES, EPICS)
"""Lists that a header can be told for; of two that fit alike the first one counts."""
NEEDED: dict[str, tuple[frozenset[str], ...]] = {
    EFFORT.name: (frozenset({"epic"}), frozenset({"value_stream"}), frozenset({"effort"})),
    STREAMS.name: (frozenset({"id", "name"}), frozenset({"cost_per_unit", "wip_limit", "max_budget_shift"})),
    DEPENDENCIES.name: (frozenset({"predecessor"}), frozenset({"successor"})),
    GUARDRAILS.name: (frozenset({"measure"}), frozenset({"at_least", "at_most"})),
    OUTCOMES.name: (frozenset({"objective"}), frozenset({"key_result"}), frozenset({"baseline", "target"})),
    EPICS.name: (
        frozenset({"id", "title"}),
        frozenset({"user_business_value", "job_size", "benefit_per_week", "effort"}),
    ),
}
"""One heading of each of these is needed for a row to be the header of a list."""
Row = list[object]


@dataclass(frozen=True)
class Block:
    """One table of a sheet: its cells, what is written above it, and the inputs that its header can be of."""

    grid: Grid
    caption: str = ""
    kinds: tuple[Sheet, ...] = ()


def blocks(grid: Grid) -> list[Block]:
    """The tables of a sheet from the top and from the left; one block where there is nothing to divide."""
    found = [block for band in _bands(grid) for block in _stacked(band)]
    return found if len(found) > 1 else [Block(grid)]


def _bands(grid: Grid) -> list[Grid]:
    """The tables that stand beside each other, with an empty column between them."""
    starts, start = [0], _next_gap(grid, 0)
    while start is not None:
        following = _next_gap(grid, start)
        kinds, before = _first_kinds(grid, start, following), _first_kinds(grid, starts[-1], start)
        if kinds and before and (kinds != before or kinds == AMOUNTS):
            starts.append(start)
        start = following
    if len(starts) < 2:
        return [grid]
    ends = [*starts[1:], max(map(len, grid.rows))]
    return [grid.band(start, end) for start, end in zip(starts, ends, strict=True)]


def _next_gap(grid: Grid, start: int) -> int | None:
    """The first filled column behind an empty one, from a column on; None where there is none."""
    width = max(map(len, grid.rows), default=0)
    empty = False
    header = [row for row in grid.rows[:HEADER_ROWS] if any(not is_blank(value) for value in row)]
    for column in range(start + 1, width):
        filled = any(column < len(row) and not is_blank(row[column]) for row in header)
        if filled and empty and _is_empty(grid, column - 1):
            return column
        empty = not filled
    return None


def _is_empty(grid: Grid, column: int) -> bool:
    return all(column >= len(row) or is_blank(row[column]) for row in grid.rows)


def _first_kinds(grid: Grid, start: int, end: int | None) -> tuple[Sheet, ...]:
    """What the first header between two columns is a header of, over one row or two."""
    rows = [row[start:end] for row in grid.rows[: HEADER_ROWS + 1]]
    for number, row in enumerate(rows[:HEADER_ROWS]):
        below = rows[number + 1] if number + 1 < len(rows) else []
        if kinds := _kinds(row, below):
            return kinds
    return ()


def _kinds(row: Row, below: Row) -> tuple[Sheet, ...]:
    """What a row is a header of, alone or with the row below it."""
    if kinds := header_kinds(row) or (EFFORT,) * _is_matrix(row, below) or _is_turned(row, below) * AMOUNTS:
        return kinds
    if not below or any(not isinstance(value, str) for value in below):
        return ()
    return header_kinds([first if is_blank(second) else second for first, second in zip(row, below, strict=True)])


def _is_turned(row: Row, below: Row) -> bool:
    """Whether a row is headed by periods and by value streams: amounts with a row for each period."""
    filled = [index for index, value in enumerate(row) if not is_blank(value)]
    if len(filled) < 2 or not isinstance(row[filled[0]], str) or not is_time(str(row[filled[0]])):
        return False
    label = below[filled[0]] if filled[0] < len(below) else ""
    return not is_blank(label) and (not isinstance(label, str) or is_period_label(label))


def _is_matrix(row: Row, below: Row) -> bool:
    """Whether a row is headed by epics and by other things that figures stand below: effort by value stream."""
    filled = [index for index, value in enumerate(row) if not is_blank(value)]
    if len(filled) < 2 or not all(isinstance(row[index], str) for index in filled):
        return False
    first, *others = (str(row[index]) for index in filled)
    if not any(match.column.field == "epic" for match in matches(first, EFFORT.columns)):
        return False
    figures = [below[index] for index in filled[1:] if index < len(below) and not is_blank(below[index])]
    return (
        bool(figures)
        and all(figure(value) is not None for value in figures)
        and not any(matches(text, EPICS.columns) or is_period_label(text) for text in others)
    )


def _stacked(grid: Grid) -> Iterator[Block]:
    """The tables that stand below each other, with an empty row between them."""
    start, caption, kinds = 0, "", _first_kinds(grid, 0, None)
    own: tuple[Sheet, ...] = ()
    for number, (header, above) in _candidates(grid):
        place = number + (2 if above and _is_blank_row(grid.rows[number + 1]) else bool(above))
        below = grid.rows[place + 1] if place + 1 < len(grid.rows) else []
        found = _kinds(header, below) or _by_caption(header, above)
        if number == start or not found or not kinds:
            continue
        named = tuple(sheet for sheet in found if is_named(above, sheet)) if above else ()
        if found == kinds and (found != AMOUNTS or not named or named == own):
            continue
        yield Block(grid.part(start, number), caption, own or (kinds if start else ()))
        start, caption, kinds, own = number, above, found, named
    yield Block(grid.part(start, len(grid.rows)) if start else grid, caption, own or kinds)


def _by_caption(header: Row, caption: str) -> tuple[Sheet, ...]:
    """The input that a caption names, where the row below it has headings of that."""
    named = next((sheet for sheet in (*LISTS, SETTINGS) if caption and is_named(caption, sheet)), None)
    if named is None:
        return ()
    known = known_headings(list(header), named.columns)
    return (named,) if known > 1 or (named is SETTINGS and known) else ()


def _candidates(grid: Grid) -> Iterator[tuple[int, tuple[Row, str]]]:
    """The rows behind an empty one where a table could begin: its position, its header, and the lone text above that."""
    empty = [number for number, row in enumerate(grid.rows) if not any(row)]
    for number in (blank + 1 for blank in empty):
        if number >= len(grid.rows) or _is_blank_row(grid.rows[number]):
            continue
        filled = [value for value in grid.rows[number] if not is_blank(value)]
        if len(filled) == 1 and isinstance(filled[0], str) and number + 1 < len(grid.rows):
            below = number + 1
            if _is_blank_row(grid.rows[below]) and below + 1 < len(grid.rows):
                below += 1
            yield number, (grid.rows[below], filled[0].strip())
        elif len(filled) > 1:
            yield number, (grid.rows[number], "")


def _is_blank_row(row: Row) -> bool:
    return not any(row) or all(map(is_blank, row))


def header_kinds(row: Row) -> tuple[Sheet, ...]:
    """The inputs that a row can be the header of: one, Capacity and Budget, or none."""
    texts = [value for value in row if isinstance(value, str) and value.strip()]
    if len(texts) < 2:
        return ()
    names = sum(
        any(match.column.field == "value_stream" for match in matches(text, CAPACITY.columns)) for text in texts
    )
    periods = sum(not isinstance(value, str) or is_period_label(value) for value in row if not is_blank(value))
    by_period = names and (periods or (len(texts) > 2 and any(map(is_time, texts))))
    if by_period and not _fits(texts, EPICS):
        return AMOUNTS
    if _is_of_settings(texts):
        return (SETTINGS,)
    fitting = [sheet for sheet in LISTS if _fits(texts, sheet)]
    best = max(fitting, key=lambda sheet: known_headings(list(texts), sheet.columns), default=None)
    return (best,) if best is not None else ()


def _is_of_settings(texts: list[str]) -> bool:
    """Whether a row is headed Setting and Value, or is made of names of settings."""
    named = [text.strip().casefold() for text in texts]
    return named == ["setting", "value"] or (len(texts) > 2 and all(setting_named(text) is not None for text in texts))


def _fits(texts: list[str], sheet: Sheet) -> bool:
    fields = {match.column.field for text in texts for match in matches(text, sheet.columns)}
    return all(names & fields for names in NEEDED[sheet.name])


def holds_amounts(grid: Grid) -> bool:
    """Whether a table has a row for each value stream and a column for each period; beside others also turned."""
    found = period_columns(reshaped(grid) if grid.is_block else grid, CAPACITY)
    return found is not None and any(map(is_period_label, found.periods.values()))
