"""Compiles what plays plans forward before it is needed, and says so where that takes long: it does once on each machine."""

from __future__ import annotations

import logging
import threading

import numpy as np

from portfolio.optimizer.execution.compilation import is_compiled, note_compiled

LOGGER = logging.getLogger(__name__)
NOTICE = (
    "What plays plans forward is compiled for this machine first, once after each installation: up to half a minute. "
    "`portfolio prepare` does it beforehand."
)
"""What whoever waits for it is told."""
_ONE_AT_A_TIME = threading.Lock()
_ROOM = "simulation"


def prepare(*, quiet: bool = False) -> bool:
    """Compiles what plays plans forward where that is not done yet, and says so unless `quiet`; returns whether it had to."""
    with _ONE_AT_A_TIME:
        missing = not is_compiled(_ROOM)
        if missing:
            if not quiet:
                LOGGER.warning(NOTICE)
            _compile()
            note_compiled(_ROOM)
        return missing


def _compile() -> None:
    """Plays the smallest plan there is forward in one future."""
    from portfolio.domain import Booking, Calendar, Epic, Plan, Portfolio, ValueStream
    from portfolio.optimizer.problem import Problem
    from portfolio.simulation.kernel.random_numbers import words_of
    from portfolio.simulation.kernel.ranking import count_ranks, draw_scorers, room_to_rank, step_all
    from portfolio.simulation.study import PlayStudy

    portfolio = Portfolio(
        calendar=Calendar(period_weeks=1, periods=("P",)),
        value_streams=(ValueStream(id="S", capacity=(1.0,)),),
        epics=(Epic(id="E", effort={"S": 1.0}, effort_high=2.0, benefit_per_week=1.0),),
        value_horizon_weeks=2,
    )
    PlayStudy(Problem(portfolio, {"E": 1.0}, ["E"]), Plan({"E": Booking(0, 1)}), draws=1).chunk(0)
    one, words = np.ones((1, 1)), np.array([words_of("portfolio")], dtype=np.int64)
    step_all(1, 0, 0.25, words, np.ones((1, 1), dtype=np.bool_), one, one, np.ones((1, 1, 1)))
    draw_scorers(1, 0, words[0], np.zeros((1, 1), dtype=np.int64))
    group = np.zeros(1, dtype=np.int64)
    count_ranks(one, one, group, np.ones(1), np.zeros((1, 1)), np.zeros((1, 1)), room_to_rank(1, group))
