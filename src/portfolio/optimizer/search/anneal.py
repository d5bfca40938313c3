"""Simulated annealing: the cooler it is, the less often a move to a worse plan is accepted. What runs for every move is compiled."""

from __future__ import annotations

import numpy as np

from portfolio.optimizer.execution.compilation import compiled
from portfolio.optimizer.search.moves import EPSILON, begin, below, breach, chance, measure, price, undo
from portfolio.optimizer.search.recreate import recreate, start
from portfolio.optimizer.search.ruin import around_one, for_one, random_epic
from portfolio.optimizer.search.search_state import ELASTIC, SearchState
from portfolio.options import Floats

HOT_TEMPERATURE, COLD_TEMPERATURE, AGAIN = 0.3, 0.003, 0.5
"""Heat at the beginning and the end of a cycle, in mean values of an epic; later cycles begin with this share of it."""
LARGEST_RELEASE = 8
CANDIDATES = 12
STREAMS = 4
KEPT = 1e-6
"""A plan broken or stretched by less than this, summed over all rows, keeps them."""
PRICES_EVERY, DEARER, CHEAPER, CHEAPEST, DEAREST = 100, 1.1, 0.97, 0.03, 3.0


def temperatures(mean_value: float, steps: int, again: bool) -> Floats:
    """The temperatures before and after each step of a cycle; one that runs again begins less hot."""
    hot, cold = mean_value * HOT_TEMPERATURE * (AGAIN if again else 1.0), mean_value * COLD_TEMPERATURE
    falling: Floats = hot * (cold / hot) ** (np.arange(steps + 1) / steps)
    return falling


@compiled
def anneal(state: SearchState, moves: int, hot: float, cold: float, best: float) -> float:
    """Makes so many moves while it cools down; keeps the best plan that breaks nothing, and returns its value."""
    score, temperature, cooling = state.score[0], hot, (cold / hot) ** (1.0 / max(1, moves))
    measure(state)
    for move in range(moves):
        begin(state)
        value, broken, stretched = score.value, score.broken, score.stretched
        streams = release_some(state)
        luck = chance(state.random)
        blink = 0.01 if luck < 0.5 else (0.05 if luck < 0.8 else 0.2)
        recreate(state, streams, CANDIDATES, blink, below(state.random, 4))
        taken = score.broken < broken - EPSILON
        if not taken and score.broken <= broken + EPSILON:
            taken = score.value >= value + temperature * np.log(chance(state.random) + 1e-300)
        if not taken:
            undo(state, value, broken, stretched)
        elif score.value > best + 1e-12 and score.broken <= KEPT and score.stretched <= KEPT:
            best = score.value
            for index in range(len(state.epics)):
                state.epics[index].best = state.epics[index].chosen
        temperature *= cooling
        if move % PRICES_EVERY == PRICES_EVERY - 1:
            set_prices(state)
    return best


@compiled
def release_some(state: SearchState) -> int:
    """Releases a few epics; leaves the value streams they were in at the end of `work[2]` and returns how many."""
    luck, size, streams = chance(state.random), 1 + below(state.random, LARGEST_RELEASE), state.work[2]
    end = len(streams) - 1
    if luck < 0.85:
        streams[end] = around_one(state, size) if luck < 0.5 else for_one(state, size)
        if chance(state.random) >= 0.3:
            return 1
        streams[end - 1] = around_one(state, size if luck < 0.5 else 1 + size // 2)
        return 2
    for index in range(size):
        streams[end - index % STREAMS] = random_epic(state)
    return min(size, STREAMS)


@compiled
def set_prices(state: SearchState) -> None:
    """Elastic rows that are broken get dearer, the others cheaper."""
    for index in range(len(state.rows)):
        row = state.rows[index]
        if row.kind == ELASTIC:
            before = price(row, row.activity)
            factor = DEARER if breach(row, row.activity) > KEPT else CHEAPER
            row.over_price = row.under_price = min(max(row.over_price * factor, CHEAPEST), DEAREST)
            state.score[0].value += before - price(row, row.activity)


@compiled
def fill(state: SearchState, order: np.ndarray) -> int:
    """Starts every waiting epic that fits, in this order; returns how many did."""
    started = 0
    for index in range(len(order)):
        started += start(state, order[index], 0.0)
    return started
