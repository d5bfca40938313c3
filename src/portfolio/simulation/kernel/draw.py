"""Draws futures: the factors of effort, benefit and cost of each epic, its hypothesis, and what people deliver. Compiled."""

from __future__ import annotations

import math
from typing import NamedTuple, cast

import numpy as np

from portfolio.optimizer.execution.compilation import built_in, compiled_lean
from portfolio.options import Flags, Floats, Ints
from portfolio.simulation.kernel.random_numbers import Spare, normals, spare_for, uniforms

RANGE, CASES, PAST = 0, 1, 2
"""How a factor is drawn: around a value, from cases, as past epics went."""
LEVEL, TOGETHER, ALONE = 0, 1, 2
"""How what a value stream delivers is drawn: one level for the whole draw; as past periods of all; as its own past periods."""
BLOCK = 128
"""Draws that are made at a time: few enough to lie in the processor's nearest memory."""
_HYPOTHESIS, _CAPACITY, _MEAN, _SPREAD, _LEVEL_KIND = cast("tuple[int, ...]", tuple(map(np.int64, (4, 5, 8, 9, 10))))
_ONLY = cast("int", np.int64(0))
"""The index of what has no other; as the kinds it is no literal, for each of which numba would compile everything anew."""


class Unknowns(NamedTuple):
    """What is uncertain, as arrays: factors by epic and kind, classes of past epics, hypotheses, value streams.

    Names are two words each, a row of `*_words`. `column` is an epic's place in what is drawn.
    """

    portfolio_words: Ints
    stream_words: Ints
    drawn: Flags
    kind: Ints
    column: Ints
    words: Ints
    stream: Ints
    shape: Ints
    down: Floats
    up: Floats
    first: Ints
    last: Ints
    reached: Floats
    amount: Floats
    class_words: Ints
    class_count: Ints
    class_mean: Floats
    class_spread: Floats
    hypothesis_column: Ints
    hypothesis_words: Ints
    confidence: Floats
    capacity_stream: Ints
    capacity_shape: Ints
    capacity_down: Floats
    capacity_up: Floats
    capacity_first: Ints
    capacity_last: Ints
    delivered: Floats
    by_portfolio: float
    by_stream: float


class Room(NamedTuple):
    """Room for a block of draws: what epics have in common, classes of past epics, past periods, and numbers to work on."""

    common: Floats
    by_stream: Floats
    mean: Floats
    spread: Floats
    taken: Ints
    together: Ints
    numbers: Floats
    other: Floats
    spare: Spare


def new_room(unknowns: Unknowns, periods: int) -> Room:
    """Room for the draws of one thread."""
    classes, kinds = len(unknowns.class_count), len(unknowns.drawn)
    return Room(
        np.zeros((kinds, BLOCK)),
        np.zeros((kinds, len(unknowns.stream_words) + 1, BLOCK)),
        np.zeros((classes, BLOCK)),
        np.zeros((classes, BLOCK)),
        np.zeros((periods, BLOCK), dtype=np.int64),
        np.zeros((periods, BLOCK), dtype=np.int64),
        np.zeros(BLOCK),
        np.zeros(BLOCK),
        spare_for(BLOCK),
    )


@compiled_lean
def draw_all(
    unknowns: Unknowns,
    room: Room,
    seed: int,
    first: int,
    effort: Floats,
    benefit: Floats,
    cost: Floats,
    holds: Flags,
    share: Floats,
) -> None:
    """Draws as many futures as the arrays have rows, from draw `first` on; what is certain in them stays as it is."""
    for start in range(0, len(effort), BLOCK):
        end = min(start + BLOCK, len(effort))
        draw, rows = first + start, end - start
        _shared_numbers(unknowns, room, seed, draw, rows)
        _classes(unknowns, room, seed, draw, rows)
        for one in range(len(unknowns.kind)):
            kind = unknowns.kind[one]
            table = effort if kind == 1 else benefit if kind == 2 else cost
            _shared_normals(unknowns, room, seed, draw, rows, one)
            _factors(unknowns, room, one, table[start:end, unknowns.column[one]])
        for one in range(len(unknowns.hypothesis_column)):
            chances = room.spare.chances[:rows]
            uniforms(seed, draw, unknowns.hypothesis_words[one], _HYPOTHESIS, _ONLY, chances)
            for row in range(rows):
                holds[start + row, unknowns.hypothesis_column[one]] = chances[row] < unknowns.confidence[one]
        _deliver(unknowns, room, seed, draw, share[start:end])


@compiled_lean
def _shared_numbers(unknowns: Unknowns, room: Room, seed: int, draw: int, rows: int) -> None:
    """The numbers that all epics, and those of a value stream, have in common in each draw, by kind."""
    for kind in range(1, 4):
        if unknowns.drawn[kind]:
            common = room.common[kind, :rows]
            normals(seed, draw, unknowns.portfolio_words, kind, _ONLY, common, room.spare)
            for stream in range(len(unknowns.stream_words)):
                of_stream = room.by_stream[kind, stream, :rows]
                normals(seed, draw, unknowns.stream_words[stream], kind, _ONLY, of_stream, room.spare)


@compiled_lean
def _classes(unknowns: Unknowns, room: Room, seed: int, draw: int, rows: int) -> None:
    """What past epics may have been samples of: mean and spread of their logarithms."""
    numbers = room.numbers[:rows]
    for one in range(len(unknowns.class_count)):
        words, count = unknowns.class_words[one], unknowns.class_count[one]
        squares = room.other[:rows]
        squares[:] = 0.0
        for turn in range(count - 1):
            normals(seed, draw, words, _SPREAD, turn, numbers, room.spare)
            for row in range(rows):
                squares[row] += numbers[row] * numbers[row]
        normals(seed, draw, words, _MEAN, _ONLY, numbers, room.spare)
        for row in range(rows):
            spread = unknowns.class_spread[one] * math.sqrt((count - 1) / squares[row])
            room.spread[one, row] = spread
            room.mean[one, row] = unknowns.class_mean[one] + spread * numbers[row] / math.sqrt(count)


@compiled_lean
def _shared_normals(unknowns: Unknowns, room: Room, seed: int, draw: int, rows: int, one: int) -> None:
    """The standard normal numbers of one factor, with what it has in common with the others, in `room.numbers`."""
    kind, stream, numbers = unknowns.kind[one], unknowns.stream[one], room.numbers[:rows]
    normals(seed, draw, unknowns.words[one], kind, _ONLY, numbers, room.spare)
    of_all, of_stream = math.sqrt(unknowns.by_portfolio), math.sqrt(unknowns.by_stream)
    rest = math.sqrt(max(0.0, 1.0 - unknowns.by_portfolio - unknowns.by_stream))
    common, own = room.common[kind, :rows], room.by_stream[kind, max(stream, 0), :rows]
    if stream < 0:
        of_stream = 0.0
    for row in range(rows):
        numbers[row] = of_all * common[row] + of_stream * own[row] + rest * numbers[row]


@compiled_lean
def _factors(unknowns: Unknowns, room: Room, one: int, factors: Floats) -> None:
    """What a figure is multiplied by in each draw."""
    shape, first, last = unknowns.shape[one], unknowns.first[one], unknowns.last[one]
    if shape == RANGE:
        down, up = unknowns.down[one], unknowns.up[one]
        for row in range(len(factors)):
            factors[row] = two_sided(room.numbers[row], down, up)
    elif shape == PAST:
        for row in range(len(factors)):
            factors[row] = math.exp(room.mean[first, row] + room.spread[first, row] * room.numbers[row])
    else:
        for row in range(len(factors)):
            chance = 0.5 * math.erfc(-room.numbers[row] / math.sqrt(2.0))
            case = first
            while case < last - 1 and unknowns.reached[case] < chance:
                case += 1
            factors[row] = unknowns.amount[case]


@built_in
def two_sided(z: float, down: float, up: float) -> float:
    """Two half lognormals joined at the median, which is 1."""
    return math.exp((down if z < 0.0 else up) * z)


@compiled_lean
def _deliver(unknowns: Unknowns, room: Room, seed: int, draw: int, share: Floats) -> None:
    """What value streams deliver of what is planned; what they have in common is drawn once, for the first that needs it."""
    has_level, has_taken = False, False
    for one in range(len(unknowns.capacity_stream)):
        shape, stream = unknowns.capacity_shape[one], unknowns.capacity_stream[one]
        first, points = unknowns.capacity_first[one], unknowns.capacity_last[one] - unknowns.capacity_first[one]
        if shape == LEVEL:
            if not has_level:
                normals(seed, draw, unknowns.portfolio_words, _LEVEL_KIND, _ONLY, room.other[: len(share)], room.spare)
                has_level = True
            _deliver_level(unknowns, room, seed, draw, one, share)
        elif shape == ALONE:
            _take(room, seed, draw, unknowns.stream_words[stream], points, len(share), room.taken)
            _deliver_as_before(unknowns.delivered, first, room.taken, share[:, :, stream])
        else:
            if not has_taken:
                _take(room, seed, draw, unknowns.portfolio_words, points, len(share), room.together)
                has_taken = True
            _deliver_as_before(unknowns.delivered, first, room.together, share[:, :, stream])


@compiled_lean
def _deliver_level(unknowns: Unknowns, room: Room, seed: int, draw: int, one: int, share: Floats) -> None:
    """What a value stream delivers of what is planned: one level for all periods of a draw."""
    stream, rows = unknowns.capacity_stream[one], len(share)
    common, own = room.other[:rows], room.numbers[:rows]
    normals(seed, draw, unknowns.stream_words[stream], _LEVEL_KIND, _ONLY, own, room.spare)
    of_all, rest = math.sqrt(unknowns.by_portfolio), math.sqrt(1.0 - unknowns.by_portfolio)
    for row in range(rows):
        z = of_all * common[row] + rest * own[row]
        share[row, :, stream] = two_sided(z, unknowns.capacity_down[one], unknowns.capacity_up[one])


@compiled_lean
def _take(room: Room, seed: int, draw: int, words: Ints, points: int, rows: int, taken: Ints) -> None:
    """Which past period each period of a draw is like: one of them, or what an earlier period of the draw was like."""
    chances = room.spare.chances[:rows]
    for period in range(len(taken)):
        uniforms(seed, draw, words, _CAPACITY, period, chances)
        for row in range(rows):
            point = min(int(chances[row] * (points + period)), points + period - 1)
            taken[period, row] = point if point < points else taken[point - points, row]


@compiled_lean
def _deliver_as_before(delivered: Floats, first: int, taken: Ints, share: Floats) -> None:
    """What a value stream delivers of what is planned in each period: as in the past period that it is like."""
    for period in range(share.shape[1]):
        for row in range(len(share)):
            share[row, period] = delivered[first + taken[period, row]]
