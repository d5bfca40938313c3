"""Ranks the epics of a portfolio."""

from __future__ import annotations

from portfolio.engine.load import Loaded
from portfolio.scoring import Ranking, within_streams
from portfolio.scoring import rank as rank_epics


def rank(loaded: Loaded, *, partly: bool = False) -> Ranking:
    """Ranks a portfolio's epics by its model's method, with the money ranking beside the relative one."""
    portfolio = loaded.rankable if partly and loaded.rankable is not None else loaded.ready
    ranking = rank_epics(portfolio, loaded.model.scoring.rules)
    return within_streams(ranking, portfolio) if loaded.model.scoring.order == "each value stream" else ranking
