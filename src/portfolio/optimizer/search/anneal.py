"""Annealing: move after move, a worse plan is accepted the less the cooler it is. Every function here is compiled."""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.execution.compilation import compiled
from portfolio.optimizer.search.moves import EPSILON, begin, below, breach, chance, measure, price, undo
from portfolio.optimizer.search.recreate import recreate, start
from portfolio.optimizer.search.ruin import anywhere, around_one, for_one
from portfolio.optimizer.search.search_state import ELASTIC, Board

LARGEST_RELEASE = 8
CANDIDATES = 12
STREAMS = 4
KEPT = 1e-6
"""A plan broken or stretched by less than this, summed over all rows, keeps them."""
PRICES_EVERY, DEARER, CHEAPER, CHEAPEST, DEAREST = 100, 1.1, 0.97, 0.03, 3.0


@compiled
def anneal(board: Board, moves: int, hot: float, cold: float, best: float) -> float:
    """Makes so many moves while it cools down; keeps the best plan that breaks nothing, and returns its value."""
    score, heat, cooling = board.score[0], hot, (cold / hot) ** (1.0 / max(1, moves))
    measure(board)
    for move in range(moves):
        begin(board)
        value, broken, stretched = score.value, score.broken, score.stretched
        streams = release_some(board)
        luck = chance(board.random)
        blink = 0.01 if luck < 0.5 else (0.05 if luck < 0.8 else 0.2)
        recreate(board, streams, CANDIDATES, blink, below(board.random, 4))
        taken = score.broken < broken - EPSILON
        if not taken and score.broken <= broken + EPSILON:
            taken = score.value >= value + heat * np.log(chance(board.random) + 1e-300)
        if not taken:
            undo(board, value, broken, stretched)
        elif score.value > best + 1e-12 and score.broken <= KEPT and score.stretched <= KEPT:
            best = score.value
            for index in range(len(board.epics)):
                board.epics[index].best = board.epics[index].chosen
        heat *= cooling
        if move % PRICES_EVERY == PRICES_EVERY - 1:
            set_prices(board)
    return best


@compiled
def release_some(board: Board) -> int:
    """Releases a few epics; leaves the value streams they were in at the end of `work[2]` and returns how many."""
    luck, size, streams = chance(board.random), 1 + below(board.random, LARGEST_RELEASE), board.work[2]
    end = len(streams) - 1
    if luck < 0.85:
        streams[end] = around_one(board, size) if luck < 0.5 else for_one(board, size)
        if chance(board.random) >= 0.3:
            return 1
        streams[end - 1] = around_one(board, size if luck < 0.5 else 1 + size // 2)
        return 2
    for index in range(size):
        streams[end - index % STREAMS] = anywhere(board)
    return min(size, STREAMS)


@compiled
def set_prices(board: Board) -> None:
    """Elastic rows that are broken get dearer, the others cheaper."""
    for index in range(len(board.rows)):
        row = board.rows[index]
        if row.kind == ELASTIC:
            before = price(row, row.activity)
            factor = DEARER if breach(row, row.activity) > KEPT else CHEAPER
            row.over_price = row.under_price = min(max(row.over_price * factor, CHEAPEST), DEAREST)
            board.score[0].value += before - price(row, row.activity)


@compiled
def fill(board: Board, order: np.ndarray) -> int:
    """Starts every waiting epic that fits, in this order; returns how many did."""
    started = 0
    for index in range(len(order)):
        started += start(board, order[index], 0.0)
    return started
