"""Draws futures: the factors of effort, benefit and cost of each epic, its hypothesis, and what people deliver. Compiled."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from portfolio.optimizer.execution.compilation import built_in, compiled_lean
from portfolio.options import Flags, Floats, Ints
from portfolio.simulation.kernel.random_numbers import normal, uniform

RANGE, CASES, PAST = 0, 1, 2
"""How a factor is drawn: around a value, from cases, as past epics went."""
LEVEL, TOGETHER, ALONE = 0, 1, 2
"""How what a value stream delivers is drawn: one level for the whole draw; as past periods of all; as its own past periods."""
_HYPOTHESIS, _CAPACITY, _MEAN, _SPREAD, _LEVEL_KIND = 4, 5, 8, 9, 10


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
    """Room for what the epics of one draw have in common, and for the past periods that it takes."""

    common: Floats
    by_stream: Floats
    mean: Floats
    spread: Floats
    taken: Ints


def new_room(unknowns: Unknowns, periods: int) -> Room:
    """Room for the draws of one thread."""
    classes, kinds = len(unknowns.class_count), len(unknowns.drawn)
    return Room(
        np.zeros(kinds),
        np.zeros((kinds, len(unknowns.stream_words) + 1)),
        np.zeros(classes),
        np.zeros(classes),
        np.zeros(periods, dtype=np.int64),
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
    for row in range(len(effort)):
        draw = first + row
        _shared_numbers(unknowns, seed, draw, room.common, room.by_stream)
        _classes(unknowns, seed, draw, room.mean, room.spread)
        for one in range(len(unknowns.kind)):
            z = _shared_normal(unknowns, seed, draw, one, room.common, room.by_stream)
            factor = _factor(unknowns, one, z, room.mean, room.spread)
            kind, column = unknowns.kind[one], unknowns.column[one]
            if kind == 1:
                effort[row, column] = factor
            elif kind == 2:
                benefit[row, column] = factor
            else:
                cost[row, column] = factor
        for one in range(len(unknowns.hypothesis_column)):
            words = unknowns.hypothesis_words[one]
            u = uniform(seed, draw, words[0], words[1], _HYPOTHESIS, 0)
            holds[row, unknowns.hypothesis_column[one]] = u < unknowns.confidence[one]
        for one in range(len(unknowns.capacity_stream)):
            _deliver(unknowns, seed, draw, one, share[row], room.taken)


@built_in
def _shared_numbers(unknowns: Unknowns, seed: int, draw: int, common: Floats, by_stream: Floats) -> None:
    """The numbers that all epics, and those of a value stream, have in common in a draw, by kind."""
    for kind in range(1, 4):
        if not unknowns.drawn[kind]:
            continue
        words = unknowns.portfolio_words
        common[kind] = normal(seed, draw, words[0], words[1], kind, 0)
        for stream in range(len(unknowns.stream_words)):
            own = unknowns.stream_words[stream]
            by_stream[kind, stream] = normal(seed, draw, own[0], own[1], kind, 0)


@built_in
def _classes(unknowns: Unknowns, seed: int, draw: int, mean: Floats, spread: Floats) -> None:
    """What past epics may have been samples of: mean and spread of their logarithms."""
    for one in range(len(unknowns.class_count)):
        words, count = unknowns.class_words[one], unknowns.class_count[one]
        squares = 0.0
        for turn in range(count - 1):
            squares += normal(seed, draw, words[0], words[1], _SPREAD, turn) ** 2
        spread[one] = unknowns.class_spread[one] * math.sqrt((count - 1) / squares)
        of_mean = normal(seed, draw, words[0], words[1], _MEAN, 0)
        mean[one] = unknowns.class_mean[one] + spread[one] * of_mean / math.sqrt(count)


@built_in
def _shared_normal(unknowns: Unknowns, seed: int, draw: int, one: int, common: Floats, by_stream: Floats) -> float:
    words, kind, stream = unknowns.words[one], unknowns.kind[one], unknowns.stream[one]
    own = normal(seed, draw, words[0], words[1], kind, 0)
    rest = max(0.0, 1.0 - unknowns.by_portfolio - unknowns.by_stream)
    of_stream = by_stream[kind, stream] if stream >= 0 else 0.0
    return float(
        math.sqrt(unknowns.by_portfolio) * common[kind]
        + math.sqrt(unknowns.by_stream) * of_stream
        + math.sqrt(rest) * own
    )


@built_in
def _factor(unknowns: Unknowns, one: int, z: float, mean: Floats, spread: Floats) -> float:
    shape = unknowns.shape[one]
    if shape == RANGE:
        return two_sided(z, unknowns.down[one], unknowns.up[one])
    if shape == PAST:
        of_class = unknowns.first[one]
        return math.exp(mean[of_class] + spread[of_class] * z)
    chance = 0.5 * math.erfc(-z / math.sqrt(2.0))
    for case in range(unknowns.first[one], unknowns.last[one]):
        if unknowns.reached[case] >= chance:
            return float(unknowns.amount[case])
    return float(unknowns.amount[unknowns.last[one] - 1])


@built_in
def two_sided(z: float, down: float, up: float) -> float:
    """Two half lognormals joined at the median, which is 1."""
    return math.exp((down if z < 0.0 else up) * z)


@built_in
def _deliver(unknowns: Unknowns, seed: int, draw: int, one: int, share: Floats, taken: Ints) -> None:
    """What a value stream delivers of what is planned, in each period."""
    stream, shape = unknowns.capacity_stream[one], unknowns.capacity_shape[one]
    words = unknowns.portfolio_words if shape == TOGETHER else unknowns.stream_words[stream]
    if shape == LEVEL:
        all_words = unknowns.portfolio_words
        common = normal(seed, draw, all_words[0], all_words[1], _LEVEL_KIND, 0)
        own = normal(seed, draw, words[0], words[1], _LEVEL_KIND, 0)
        z = math.sqrt(unknowns.by_portfolio) * common + math.sqrt(1.0 - unknowns.by_portfolio) * own
        share[:, stream] = two_sided(z, unknowns.capacity_down[one], unknowns.capacity_up[one])
        return
    first = unknowns.capacity_first[one]
    points = unknowns.capacity_last[one] - first
    for period in range(len(share)):
        u = uniform(seed, draw, words[0], words[1], _CAPACITY, period)
        point = min(int(u * (points + period)), points + period - 1)
        taken[period] = point if point < points else taken[point - points]
        share[period, stream] = unknowns.delivered[first + taken[period]]
