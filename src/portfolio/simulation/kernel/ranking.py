"""Moves scores by steps, ranks epics anew in each draw and counts their places. Compiled."""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.execution.compilation import compiled
from portfolio.options import Flags, Floats, Ints
from portfolio.simulation.kernel.random_numbers import uniform

_SCORE, _VOTER = 6, 7


@compiled
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


@compiled
def draw_scorers(seed: int, first: int, words: Ints, times: Ints) -> None:
    """Draws as many scorers as there are, with replacement: how often each was drawn, a row for each draw."""
    draws, scorers = times.shape
    for row in range(draws):
        for turn in range(scorers):
            u = uniform(seed, first + row, words[0], words[1], _VOTER, turn)
            times[row, min(int(u * scorers), scorers - 1)] += 1


@compiled
def count_ranks(ratio: Floats, worth: Floats, group: Ints, chance: Floats, places: Floats, above: Floats) -> None:
    """Ranks each row: the higher ratio first, then what is worth more, then the order of the columns.

    Adds each row's chance to the place of each epic within its group, and to the pairs of which the first ranks above.
    """
    draws, epics = ratio.shape
    rank = np.zeros(epics, dtype=np.int64)
    taken = np.zeros(int(group.max()) + 1 if epics else 1, dtype=np.int64)
    for row in range(draws):
        order = np.argsort(-ratio[row], kind="mergesort")
        for place in range(1, epics):
            one, before = order[place], place - 1
            while (
                before >= 0
                and ratio[row, order[before]] == ratio[row, one]
                and worth[row, order[before]] < worth[row, one]
            ):
                order[before + 1] = order[before]
                before -= 1
            order[before + 1] = one
        taken[:] = 0
        for place in range(epics):
            one = order[place]
            rank[one] = place
            places[one, taken[group[one]]] += chance[row]
            taken[group[one]] += 1
        for one in range(epics):
            _count_below(rank, one, chance[row], above[one])


@compiled
def _count_below(rank: Ints, one: int, chance: float, below: Floats) -> None:
    place = rank[one]
    for other in range(len(rank)):
        below[other] += chance if rank[other] > place else 0.0
