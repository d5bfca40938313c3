"""Laying out: from a formulation to the board on which the search plays.

An epic's options stand side by side, most valuable first. Rows are divided by their largest number and values by the
largest value, so that one tolerance serves all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from portfolio.guardrails import Guardrail, Limit
from portfolio.guardrails.once import Once
from portfolio.optimizer.formulation import ColumnKind, Formulation, RowKind
from portfolio.optimizer.search.search_state import (
    ELASTIC,
    ENTRY,
    EPIC,
    FIRST_PRICE,
    LISTS,
    OPTION,
    ROW,
    SHIFT,
    SOFT,
    STREAM,
    SUM,
    UNTOUCHED,
    SearchState,
    assemble,
)
from portfolio.options import Floats, Ints


@dataclass(frozen=True)
class Setting:
    """A board with what leads back to the formulation: the option of each place, and what value 1 stands for."""

    state: SearchState
    option: Ints
    unit: float


def encode(formulation: Formulation, seed: int) -> Setting:
    """The board of a formulation, with an empty plan."""
    lists = _Lists()
    scale = _scale(formulation)
    coefficient = formulation.coefficient / scale[formulation.row]
    rows = _rows(formulation, scale)
    shifts, sums = _shifts(formulation, coefficient, rows, lists)
    worth, table = formulation.objective[: len(formulation.options)], formulation.options
    unit = float(np.max(np.abs(worth), initial=0.0)) or 1.0
    _prices(formulation, coefficient, rows, unit)
    value = worth / unit
    option = np.lexsort((table.finish, -value, table.epic))
    options, entries = _options(formulation, coefficient, value, option)
    epics = _epics(formulation, options, entries, rows, lists)
    streams = _streams(formulation, epics, lists)
    state = assemble((options, entries, rows, epics, shifts, sums, streams), lists.array(), seed)
    return Setting(state._replace(periods=len(table.portfolio.calendar.periods)), option, unit)


class _Lists:
    """Collects lists of whole numbers end to end."""

    def __init__(self) -> None:
        self.parts: list[Sequence[int]] = []
        self.length = 0

    def add(self, items: Iterable[int]) -> tuple[int, int]:
        """Appends a list; returns where it begins and ends."""
        part = list(items)
        self.parts.append(part)
        self.length += len(part)
        return self.length - len(part), self.length

    def array(self) -> Ints:
        return np.fromiter(chain.from_iterable(self.parts), dtype=np.int64, count=self.length)


def _scale(formulation: Formulation) -> Floats:
    """Each row's largest number, limits included."""
    scale = np.zeros(formulation.rows)
    np.maximum.at(scale, formulation.row, np.abs(formulation.coefficient))
    for limit in (formulation.row_lower, formulation.row_upper):
        scale = np.maximum(scale, np.where(np.isfinite(limit), np.abs(limit), 0.0))
    return np.where(scale > 0, scale, 1.0)


def is_elastic(guardrail: Guardrail | None, lower: float) -> bool:
    """Whether the search may break a row on its way: shares of what is selected, and floors of any measure.

    So it may rows that were added to the guardrails', whatever they count. They hold for the plan as a whole; kept at every step, they close the door to most of the plans around.
    """
    if not isinstance(guardrail, Limit) or guardrail.enforce == "soft" or guardrail.whole:
        return False
    return guardrail.of == "selected" or bool(np.isfinite(lower))


def _rows(formulation: Formulation, scale: Floats) -> Any:
    rows = np.zeros(formulation.rows, ROW)
    rows["lower"], rows["upper"] = formulation.row_lower / scale, formulation.row_upper / scale
    rows["shift"], rows["gain"] = -1, 1.0
    for row, (source, lower) in enumerate(zip(formulation.sources, rows["lower"], strict=True)):
        if source.kind == RowKind.ADDED or is_elastic(formulation.guardrail(row), lower):
            rows[row]["kind"], rows[row]["over_price"], rows[row]["under_price"] = ELASTIC, FIRST_PRICE, FIRST_PRICE
    return rows


def _shifts(formulation: Formulation, coefficient: Floats, rows: Any, lists: _Lists) -> tuple[Any, Any]:
    """The budget shifts with the rows that each moves, and the sums that must not grow."""
    column = formulation.columns_of(ColumnKind.BUDGET_SHIFT)
    number = {int(shift): index for index, shift in enumerate(column)}
    shifts = np.zeros(len(column), SHIFT)
    shifts["low"], shifts["high"] = formulation.lower[column], formulation.upper[column]
    shifts["sum"], shifts["trial"] = -1, UNTOUCHED
    total_rows = np.flatnonzero(formulation.row_kind == RowKind.SHIFT_SUM).tolist()
    total = {row: index for index, row in enumerate(total_rows)}
    sums = np.zeros(len(total_rows), SUM)
    sums["limit"] = rows["upper"][total_rows]
    moved: list[list[int]] = [[] for _ in column]
    for entry in np.flatnonzero(formulation.kind[formulation.column] == ColumnKind.BUDGET_SHIFT):
        row, index = int(formulation.row[entry]), number[int(formulation.column[entry])]
        if row in total:
            shifts[index]["sum"], shifts[index]["weight"] = total[row], coefficient[entry]
        else:
            rows[row]["shift"], rows[row]["gain"] = index, -coefficient[entry]
            moved[index].append(row)
    for row in total_rows:
        rows[row]["lower"], rows[row]["upper"] = -np.inf, np.inf
    for index, members in enumerate(moved):
        shifts[index]["first"], shifts[index]["last"] = lists.add(members)
    return shifts, sums


def _prices(formulation: Formulation, coefficient: Floats, rows: Any, unit: float) -> None:
    """What soft rows cost, in values for one largest coefficient."""
    for entry in np.flatnonzero(formulation.kind[formulation.column] == ColumnKind.BREACH):
        row, size = int(formulation.row[entry]), float(coefficient[entry])
        price = -formulation.objective[formulation.column[entry]] / unit / abs(size)
        rows[row]["kind"] = SOFT
        rows[row]["under_price" if size > 0 else "over_price"] = price


def _options(formulation: Formulation, coefficient: Floats, value: Floats, option: Ints) -> tuple[Any, Any]:
    """Options in the board's order with their entries; that an epic starts once needs no row here."""
    place = np.empty(len(option), dtype=np.int64)
    place[option] = np.arange(len(option))
    once = np.array([isinstance(formulation.guardrail(row), Once) for row in range(formulation.rows)], dtype=bool)
    kept = np.flatnonzero(formulation.of_option & ~once[formulation.row])
    owner = place[formulation.column[kept]]
    order = np.lexsort((formulation.row[kept], owner))
    entries = np.zeros(len(kept), ENTRY)
    entries["row"], entries["coefficient"] = formulation.row[kept][order], coefficient[kept][order]
    options = np.zeros(len(option), OPTION)
    first = np.searchsorted(owner[order], np.arange(len(option) + 1))
    options["first"], options["last"] = first[:-1], first[1:]
    table = formulation.options
    options["epic"], options["value"] = table.epic[option], value[option]
    options["start"], options["finish"] = table.start[option], table.finish[option]
    return options, entries


def _epics(formulation: Formulation, options: Any, entries: Any, rows: Any, lists: _Lists) -> Any:
    portfolio = formulation.options.portfolio
    epics = np.zeros(len(portfolio.epics), EPIC)
    first = np.searchsorted(options["epic"], np.arange(len(epics) + 1))
    epics["first"], epics["last"], epics["chosen"], epics["best"] = first[:-1], first[1:], -1, -1
    np.maximum.at(epics["worth"], options["epic"], options["value"])
    np.maximum.at(epics["density"], options["epic"], _density(options, entries, rows))
    for name, members in zip(LISTS, _links(formulation), strict=True):
        for epic, items in enumerate(members):
            epics[epic][name], epics[epic][name + "_end"] = lists.add(items)
    return epics


def _density(options: Any, entries: Any, rows: Any) -> Floats:
    """Each option's value per share of the limits that it uses up."""
    owner = np.repeat(np.arange(len(options)), options["last"] - options["first"])
    upper = rows["upper"][entries["row"]]
    room = np.where(np.isfinite(upper) & (upper > 0), upper, np.inf)
    used = np.bincount(owner, weights=np.maximum(entries["coefficient"], 0.0) / room, minlength=len(options))
    density: Floats = options["value"] / np.maximum(used, 1e-12)
    return density


def _links(formulation: Formulation) -> Iterable[list[list[int]]]:
    """For each epic: its value streams, its predecessors, its successors, the others of its together group."""
    table, portfolio = formulation.options, formulation.options.portfolio
    streams: list[list[int]] = [[] for _ in portfolio.epics]
    for epic, stream in sorted(
        set(zip(table.epic[table.work.option].tolist(), table.work.stream.tolist(), strict=True))
    ):
        streams[epic].append(stream)
    needs: list[list[int]] = [[] for _ in portfolio.epics]
    needed: list[list[int]] = [[] for _ in portfolio.epics]
    for link in portfolio.dependencies:
        predecessor, successor = portfolio.epic_index[link.predecessor], portfolio.epic_index[link.successor]
        needs[successor].append(predecessor)
        needed[predecessor].append(successor)
    groups: dict[str, list[int]] = {}
    for index, epic in enumerate(portfolio.epics):
        if epic.together_group:
            groups.setdefault(epic.together_group, []).append(index)
    mates = [
        [other for other in groups.get(epic.together_group or "", []) if other != index]
        for index, epic in enumerate(portfolio.epics)
    ]
    return streams, needs, needed, mates


def _streams(formulation: Formulation, epics: Any, lists: _Lists) -> Any:
    """The epics that need each value stream."""
    streams = np.zeros(len(formulation.options.portfolio.value_streams), STREAM)
    members: list[list[int]] = [[] for _ in streams]
    every = lists.array()
    for epic, record in enumerate(epics):
        for stream in every[record["streams"] : record["streams_end"]]:
            members[stream].append(epic)
    for stream, items in enumerate(members):
        streams[stream]["first"], streams[stream]["last"] = lists.add(items)
    return streams
