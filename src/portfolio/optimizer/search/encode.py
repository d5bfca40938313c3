"""Encodes a formulation as the records that the search works on.

An epic's options stand side by side, most valuable first. Rows are divided by their largest number and values by the
largest value, so that one tolerance serves all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from portfolio.guardrails import Guardrail, Limit
from portfolio.guardrails.once import Once
from portfolio.optimizer.formulation import ColumnKind, Formulation, RowKind
from portfolio.optimizer.search.search_state import (
    ELASTIC,
    FIRST_PRICE,
    SOFT,
    UNTOUCHED,
    EntryRecord,
    EpicRecord,
    OptionRecord,
    Records,
    RowRecord,
    SearchState,
    ShiftRecord,
    StreamRecord,
    SumRecord,
    assemble,
    empty_records,
)
from portfolio.options import Floats, Ints


@dataclass(frozen=True)
class Encoding:
    """A search state with what leads back to the formulation: the option of each record, and what value 1 stands for."""

    state: SearchState
    option: Ints
    unit: float


def encode(formulation: Formulation, seed: int) -> Encoding:
    """The search state of a formulation, with an empty plan."""
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
    state = assemble(
        options=options,
        entries=entries,
        rows=rows,
        epics=epics,
        shifts=shifts,
        sums=sums,
        streams=streams,
        lists=lists.array(),
        periods=len(table.portfolio.calendar.periods),
        seed=seed,
    )
    return Encoding(state, option, unit)


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

    They hold for the plan as a whole; kept at every step, they would close the door to most of the plans around. The same
    goes for rows that were added to the guardrails', whatever they count.
    """
    if not isinstance(guardrail, Limit) or guardrail.enforce == "soft" or guardrail.whole:
        return False
    return guardrail.of == "selected" or bool(np.isfinite(lower))


def _rows(formulation: Formulation, scale: Floats) -> Records[RowRecord]:
    rows = empty_records(RowRecord, formulation.rows)
    rows["lower"], rows["upper"] = formulation.row_lower / scale, formulation.row_upper / scale
    rows["shift"], rows["gain"] = -1, 1.0
    for row, (source, lower) in enumerate(zip(formulation.sources, rows["lower"], strict=True)):
        if source.kind == RowKind.ADDED or is_elastic(formulation.guardrail(row), lower):
            rows["kind"][row], rows["over_price"][row], rows["under_price"][row] = ELASTIC, FIRST_PRICE, FIRST_PRICE
    return rows


def _shifts(
    formulation: Formulation, coefficient: Floats, rows: Records[RowRecord], lists: _Lists
) -> tuple[Records[ShiftRecord], Records[SumRecord]]:
    """The budget shifts with the rows that each moves, and the sums that must not grow."""
    column = formulation.columns_of(ColumnKind.BUDGET_SHIFT)
    number = {int(shift): index for index, shift in enumerate(column)}
    shifts = empty_records(ShiftRecord, len(column))
    shifts["low"], shifts["high"] = formulation.lower[column], formulation.upper[column]
    shifts["sum"], shifts["trial"] = -1, UNTOUCHED
    total_rows = np.flatnonzero(formulation.row_kind == RowKind.SHIFT_SUM).tolist()
    total = {row: index for index, row in enumerate(total_rows)}
    sums = empty_records(SumRecord, len(total_rows))
    sums["limit"] = rows["upper"][total_rows]
    moved: list[list[int]] = [[] for _ in column]
    for entry in np.flatnonzero(formulation.kind[formulation.column] == ColumnKind.BUDGET_SHIFT):
        row, index = int(formulation.row[entry]), number[int(formulation.column[entry])]
        if row in total:
            shifts["sum"][index], shifts["weight"][index] = total[row], coefficient[entry]
        else:
            rows["shift"][row], rows["gain"][row] = index, -coefficient[entry]
            moved[index].append(row)
    for row in total_rows:
        rows["lower"][row], rows["upper"][row] = -np.inf, np.inf
    for index, members in enumerate(moved):
        shifts["first"][index], shifts["last"][index] = lists.add(members)
    return shifts, sums


def _prices(formulation: Formulation, coefficient: Floats, rows: Records[RowRecord], unit: float) -> None:
    """What soft rows cost, in values for one largest coefficient."""
    for entry in np.flatnonzero(formulation.kind[formulation.column] == ColumnKind.BREACH):
        row, size = int(formulation.row[entry]), float(coefficient[entry])
        price = -formulation.objective[formulation.column[entry]] / unit / abs(size)
        rows["kind"][row] = SOFT
        rows["under_price" if size > 0 else "over_price"][row] = price


def _options(
    formulation: Formulation, coefficient: Floats, value: Floats, option: Ints
) -> tuple[Records[OptionRecord], Records[EntryRecord]]:
    """Options in this order with their entries; that an epic starts once needs no row here."""
    place = np.empty(len(option), dtype=np.int64)
    place[option] = np.arange(len(option))
    once = np.array([isinstance(formulation.guardrail(row), Once) for row in range(formulation.rows)], dtype=bool)
    placed = np.flatnonzero(formulation.of_option & ~once[formulation.row])
    owner = place[formulation.column[placed]]
    order = np.lexsort((formulation.row[placed], owner))
    entries = empty_records(EntryRecord, len(placed))
    entries["row"], entries["coefficient"] = formulation.row[placed][order], coefficient[placed][order]
    options = empty_records(OptionRecord, len(option))
    first = np.searchsorted(owner[order], np.arange(len(option) + 1))
    options["first"], options["last"] = first[:-1], first[1:]
    table = formulation.options
    options["epic"], options["value"] = table.epic[option], value[option]
    options["start"], options["finish"] = table.start[option], table.finish[option]
    return options, entries


def _epics(
    formulation: Formulation,
    options: Records[OptionRecord],
    entries: Records[EntryRecord],
    rows: Records[RowRecord],
    lists: _Lists,
) -> Records[EpicRecord]:
    portfolio = formulation.options.portfolio
    epics = empty_records(EpicRecord, len(portfolio.epics))
    first = np.searchsorted(options["epic"], np.arange(len(epics) + 1))
    epics["first"], epics["last"], epics["chosen"], epics["best"] = first[:-1], first[1:], -1, -1
    np.maximum.at(epics["worth"], options["epic"], options["value"])
    np.maximum.at(epics["density"], options["epic"], _density(options, entries, rows))
    for name, members in _links(formulation).items():
        for epic, items in enumerate(members):
            epics[name][epic], epics[name + "_end"][epic] = lists.add(items)
    return epics


def _density(options: Records[OptionRecord], entries: Records[EntryRecord], rows: Records[RowRecord]) -> Floats:
    """Each option's value per share of the limits that it uses up."""
    owner = np.repeat(np.arange(len(options)), options["last"] - options["first"])
    upper = rows["upper"][entries["row"]]
    room = np.where(np.isfinite(upper) & (upper > 0), upper, np.inf)
    used = np.bincount(owner, weights=np.maximum(entries["coefficient"], 0.0) / room, minlength=len(options))
    density: Floats = options["value"] / np.maximum(used, 1e-12)
    return density


def _links(formulation: Formulation) -> dict[str, list[list[int]]]:
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
    return {"streams": streams, "needs": needs, "needed": needed, "mates": mates}


def _streams(formulation: Formulation, epics: Records[EpicRecord], lists: _Lists) -> Records[StreamRecord]:
    """The epics that need each value stream."""
    streams = empty_records(StreamRecord, len(formulation.options.portfolio.value_streams))
    members: list[list[int]] = [[] for _ in formulation.options.portfolio.value_streams]
    every = lists.array()
    for epic, (first, last) in enumerate(zip(epics["streams"], epics["streams_end"], strict=True)):
        for stream in every[first:last]:
            members[stream].append(epic)
    for stream, items in enumerate(members):
        streams["first"][stream], streams["last"][stream] = lists.add(items)
    return streams
