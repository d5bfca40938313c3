"""The knapsacks in a formulation: what fits into one value stream in successive periods, by capacity and WIP limit.

The linear relaxation splits epics to fill a capacity to the brim; whole epics leave room. Capacities and WIP limits of a
value stream in a window of periods are a knapsack in which an epic is an item, whichever of its options puts it there
with the same effort in each period.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.guardrails import Limit
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.options import Floats, Ints


@dataclass(frozen=True)
class Knapsack:
    """One value stream in a window of periods: items with their epic and effort, and the columns that put each in.

    `effort` has a row per item and a column per period. In each period, at most `count` items of different epics, whose
    effort is at most `capacity` + `stretch` * shift, where the budget shift in column `shift` (-1 for none) goes from
    `low` to `high`.
    """

    columns: Ints
    item: Ints
    epic: Ints
    effort: Floats
    capacity: Floats
    count: Ints
    shift: int
    stretch: float
    low: float
    high: float

    @cached_property
    def item_of(self) -> Mapping[int, int]:
        """The item of each column, by the column."""
        return dict(zip(self.columns.tolist(), self.item.tolist(), strict=True))


def knapsacks(formulation: Formulation, periods: int) -> list[Knapsack]:
    """Every knapsack of so many periods, in the order of the capacity rows; a window has a single budget shift."""
    limits = {
        index: guardrail.of
        for index, guardrail in enumerate(formulation.guardrails)
        if isinstance(guardrail, Limit) and guardrail.whole
    }
    most: dict[tuple[str, ...], float] = {}
    rows: dict[str, list[int]] = {}
    for row, source in enumerate(formulation.sources):
        kind = limits.get(source.guardrail)
        if kind == "wip limit":
            most[tuple(source.place.values())] = float(formulation.row_upper[row])
        elif kind == "capacity":
            rows.setdefault(source.place["value stream"], []).append(row)
    windows = [
        members[first : first + periods] for members in rows.values() for first in range(len(members) - periods + 1)
    ]
    counts = [
        [most.get(tuple(formulation.sources[row].place.values()), np.inf) for row in window] for window in windows
    ]
    made = (_knapsack(formulation, window, count) for window, count in zip(windows, counts, strict=True))
    return [knapsack for knapsack in made if knapsack is not None]


def _knapsack(formulation: Formulation, rows: Sequence[int], most: Sequence[float]) -> Knapsack | None:
    """The knapsack of some capacity rows; None where their budget shifts are not the same."""
    efforts: dict[int, list[float]] = {}
    shifts: set[tuple[int, float]] = set()
    for place, row in enumerate(rows):
        moved = (-1, 0.0)
        for entry in range(formulation.first[row], formulation.first[row + 1]):
            column, amount = int(formulation.column[entry]), float(formulation.coefficient[entry])
            if formulation.kind[column] != ColumnKind.OPTION:
                moved = column, -amount
            else:
                efforts.setdefault(column, [0.0] * len(rows))[place] = amount
        shifts.add(moved)
    if len(shifts) > 1:
        return None
    ways = [(int(formulation.options.epic[column]), *effort) for column, effort in efforts.items()]
    items = sorted(set(ways))
    number = {way: index for index, way in enumerate(items)}
    shift, stretch = shifts.pop()
    return Knapsack(
        columns=np.fromiter(efforts, dtype=np.int64, count=len(efforts)),
        item=np.array([number[way] for way in ways], dtype=np.int64),
        epic=np.array([item[0] for item in items], dtype=np.int64),
        effort=np.array([item[1:] for item in items], dtype=np.float64).reshape(len(items), len(rows)),
        capacity=formulation.row_upper[list(rows)],
        count=np.minimum(np.array(most) + 1e-6, len(items)).astype(np.int64),
        shift=shift,
        stretch=stretch,
        low=float(formulation.lower[shift]) if shift >= 0 else 0.0,
        high=float(formulation.upper[shift]) if shift >= 0 else 0.0,
    )
