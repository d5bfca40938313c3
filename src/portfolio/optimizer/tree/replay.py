"""Goes through the parts of a recorded proof under another program: prices of rows bound each part without solving anything.

Any prices of the right sign bound any program: what the limits of the rows are worth, and what is left of the objective
in each column, taken at whichever limit is worth more (Lagrangian duality). So a record of one program closes most parts
of one that differs a little, and where it does not, nothing false is concluded. Compiled, since it is done for each price.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from portfolio.optimizer.execution.compilation import compiled
from portfolio.optimizer.tree.propagation import Rows, conclude, conclude_since, no_rows
from portfolio.options import Flags, Floats, Ints

NONE = -1
TINY = 1e-6
"""What is left of a column without a limit counts for nothing if it is less than this, in HiGHS's unit of the objective."""
MOST_TURNS = 6
"""Prices and conclusions take turns in a part so often at most."""


class Parts(NamedTuple):
    """Parts, each before its own: the parts below (no, yes; -1 for none), the choice, and its prices from `first` on.

    The answers to choice c take out `taken_out[side, first_out[side, c]:first_out[side, c + 1]]`, and put in the column
    `put_in[side, c]`, if it is not -1.
    """

    below: Ints
    choice: Ints
    first: Ints
    first_out: Ints
    taken_out: Ints
    put_in: Ints


class Prices(NamedTuple):
    """What each set of prices makes of a program: what the limits of the rows are worth, and what is left of each column."""

    limits: Floats
    left: Floats


class Open(NamedTuple):
    """The parts that stay open, with a bound of each, and the limits of its columns."""

    part: Ints
    bound: Floats
    lower: Floats
    upper: Floats


@compiled
def priced(
    prices: Floats, first: Ints, column: Ints, coefficient: Floats, lower: Floats, upper: Floats, objective: Floats
) -> Prices:
    """What each set of prices makes of a program; a price whose limit is not there counts for nothing."""
    limits, left = np.zeros(len(prices)), np.empty((len(prices), len(objective)))
    for number in range(len(prices)):
        left[number] = objective
        for row in range(len(lower)):
            price = prices[number, row]
            limit = upper[row] if price > 0 else lower[row]
            if price == 0.0 or not np.isfinite(limit):
                continue
            limits[number] += price * limit
            for entry in range(first[row], first[row + 1]):
                left[number, column[entry]] -= price * coefficient[entry]
    return Prices(limits, left)


@compiled
def bound_of(limits: float, left: Floats, lower: Floats, upper: Floats, tiny: float) -> float:
    """The bound that prices give where columns have these limits; what is left of one without a limit may be tiny."""
    bound = limits
    for column in range(len(left)):
        worth = left[column]
        limit = upper[column] if worth > 0 else lower[column]
        if worth == 0.0 or (abs(worth) <= tiny and not np.isfinite(limit)):
            continue
        bound += worth * limit
    return bound


@compiled
def fix(left: Floats, room: float, whole: Flags, lower: Floats, upper: Floats) -> int:
    """Fixes the columns that cost more than there is room for if they leave the limit they count at; returns how many."""
    found = 0
    for column in range(len(left)):
        if not whole[column] or lower[column] >= upper[column]:
            continue
        if left[column] < -room:
            upper[column] = lower[column]
            found += 1
        elif left[column] > room:
            lower[column] = upper[column]
            found += 1
    return found


@compiled
def replay(
    rows: Rows, parts: Parts, prices: Prices, lower: Floats, upper: Floats, low: float, tiny: float, deepest: int
) -> Open:
    """The parts that may hold a plan worth more than `low`."""
    leaves = 0
    for part in range(len(parts.choice)):
        leaves += parts.choice[part] == NONE
    columns = len(lower)
    found = Open(
        np.empty(leaves, dtype=np.int64), np.empty(leaves), np.empty((leaves, columns)), np.empty((leaves, columns))
    )
    lowers, uppers = np.empty((deepest + 1, columns)), np.empty((deepest + 1, columns))
    lowers[0], uppers[0] = lower, upper
    if not conclude(rows, lowers[0], uppers[0]):
        return Open(found.part[:0], found.bound[:0], found.lower[:0], found.upper[:0])
    bounds, last = np.full(deepest + 1, np.inf), np.full(deepest + 1, NONE)
    # part, how deep it lies, the choice that led to it, and its answer
    ahead = np.empty((deepest + 2, 4), dtype=np.int64)
    ahead[0] = np.array([0, 0, NONE, 0])
    waiting, count = 1, 0
    while waiting:
        waiting -= 1
        part, depth, choice, side = ahead[waiting]
        above = max(0, depth - 1)
        if choice != NONE:
            lowers[depth], uppers[depth] = lowers[above], uppers[above]
            bounds[depth], last[depth] = bounds[above], last[above]
            answer(parts, choice, side, lowers[depth], uppers[depth])
        before = (lowers[above].copy(), uppers[above].copy())
        if not look(rows, parts, prices, part, lowers[depth], uppers[depth], *before, bounds, last, depth, low, tiny):
            continue
        if parts.choice[part] == NONE:
            found.part[count], found.bound[count] = part, bounds[depth]
            found.lower[count], found.upper[count] = lowers[depth], uppers[depth]
            count += 1
            continue
        for answered in range(2):
            ahead[waiting] = np.array([parts.below[part, answered], depth + 1, parts.choice[part], answered])
            waiting += 1
    return Open(found.part[:count], found.bound[:count], found.lower[:count], found.upper[:count])


@compiled
def answer(parts: Parts, choice: int, side: int, lower: Floats, upper: Floats) -> None:
    """Makes the limits of the columns those that an answer to a choice leaves."""
    for place in range(parts.first_out[side, choice], parts.first_out[side, choice + 1]):
        upper[parts.taken_out[place]] = 0.0
    if parts.put_in[side, choice] != NONE:
        lower[parts.put_in[side, choice]] = 1.0


@compiled
def look(
    rows: Rows,
    parts: Parts,
    prices: Prices,
    part: int,
    lower: Floats,
    upper: Floats,
    before_lower: Floats,
    before_upper: Floats,
    bounds: Floats,
    last: Ints,
    depth: int,
    low: float,
    tiny: float,
) -> bool:
    """Narrows a part by all that is recorded of it, or by the last prices above it; says whether it stays open.

    Prices and conclusions take turns, since each lets the other say more; what the part was divided from has been concluded.
    """
    first, ends = parts.first[part], parts.first[part + 1]
    if first == ends and last[depth] != NONE:
        first, ends = last[depth], last[depth] + 1
    last[depth] = ends - 1 if first < ends else NONE
    for turn in range(MOST_TURNS):
        found = 0
        for number in range(first, ends):
            bound = bound_of(prices.limits[number], prices.left[number], lower, upper, tiny)
            bounds[depth] = min(bounds[depth], bound)
            if bound <= low:
                return False
            found += fix(prices.left[number], bound - low, rows.whole, lower, upper)
        if turn > 0 and found == 0:
            return True
        if not conclude_since(rows, lower, upper, before_lower, before_upper):
            return False
        before_lower, before_upper = lower.copy(), upper.copy()
    return True


def prepare() -> None:
    """Compiles what goes through a record, some seconds on a machine's first run and hardly any time later."""
    nothing, none, start = np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    one, two = np.full(1, NONE, dtype=np.int64), np.zeros((2, 1), dtype=np.int64)
    parts = Parts(np.full((1, 2), NONE, dtype=np.int64), one, np.zeros(2, dtype=np.int64), two, none, two)
    prices = priced(np.zeros((0, 0)), start, none, nothing, nothing, nothing, nothing)
    replay(no_rows(), parts, prices, nothing, nothing, 0.0, 0.0, 0)
