"""Moves scores by steps, ranks epics anew in each draw and counts their places. Compiled."""

from __future__ import annotations

from typing import cast

import numpy as np

from portfolio.optimizer.execution.compilation import built_in, compiled_lean
from portfolio.options import Flags, Floats, Ints
from portfolio.simulation.kernel.random_numbers import uniform

_SCORE, _VOTER = cast("tuple[int, int]", (np.int64(6), np.int64(7)))


@compiled_lean
def step_all(
    seed: int, first: int, step: float, words: Ints, moves: Flags, below: Floats, above: Floats, scores: Floats
) -> None:
    """Moves scores one step of their scale, down or up, each with the step chance; a row of `scores` for each draw."""
    draws, epics, columns = scores.shape
    for row in range(draws):
        for epic in range(epics):
            for column in range(columns):
                if not moves[epic, column]:
                    continue
                u = uniform(seed, first + row, words[epic, 0], words[epic, 1], _SCORE, column)
                if u < step:
                    scores[row, epic, column] = below[epic, column]
                elif u >= 1.0 - step:
                    scores[row, epic, column] = above[epic, column]


@compiled_lean
def draw_scorers(seed: int, first: int, words: Ints, times: Ints) -> None:
    """Draws as many scorers as there are, with replacement: how often each was drawn, a row for each draw."""
    draws, scorers = times.shape
    for row in range(draws):
        for turn in range(scorers):
            u = uniform(seed, first + row, words[0], words[1], _VOTER, turn)
            times[row, min(int(u * scorers), scorers - 1)] += 1


def room_to_rank(epics: int, group: Ints) -> Ints:
    """Room for `count_ranks`: the order twice, the place of each epic, and the places that are taken in each group."""
    return np.zeros((4, max(epics, int(group.max(initial=0)) + 1)), dtype=np.int64)


@compiled_lean
def count_ranks(
    ratio: Floats, worth: Floats, group: Ints, chance: Floats, places: Floats, above: Floats, room: Ints
) -> None:
    """Ranks each row: the higher ratio first, then what is worth more, then the order of the columns.

    Adds each row's chance to the place of each epic within its group, and to the pairs of which the first ranks above.
    """
    draws, epics = ratio.shape
    order, spare, rank, taken = room[0], room[1], room[2], room[3]
    for row in range(draws):
        _sort(ratio[row], worth[row], order, spare)
        taken[:] = 0
        for place in range(epics):
            one = order[place]
            rank[one] = place
            places[one, taken[group[one]]] += chance[row]
            taken[group[one]] += 1
        for one in range(epics):
            _count_below(rank, one, chance[row], above[one])


@built_in
def _sort(ratio: Floats, worth: Floats, order: Ints, spare: Ints) -> None:
    """Puts the columns in order by merging ever longer parts that are in order; equal ones stay as they are."""
    epics = len(ratio)
    for place in range(epics):
        order[place] = place
    length = 1
    while length < epics:
        for start in range(0, epics, 2 * length):
            middle, end = min(start + length, epics), min(start + 2 * length, epics)
            left, right = start, middle
            for place in range(start, end):
                is_left = left < middle and (right >= end or not _is_below(ratio, worth, order[left], order[right]))
                spare[place] = order[left] if is_left else order[right]
                left, right = (left + 1, right) if is_left else (left, right + 1)
        for place in range(epics):
            order[place] = spare[place]
        length *= 2


@built_in
def _is_below(ratio: Floats, worth: Floats, one: int, other: int) -> bool:
    return bool(ratio[one] < ratio[other] or (ratio[one] == ratio[other] and worth[one] < worth[other]))


@built_in
def _count_below(rank: Ints, one: int, chance: float, below: Floats) -> None:
    place = rank[one]
    for other in range(len(below)):
        below[other] += chance if rank[other] > place else 0.0
