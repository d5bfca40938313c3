"""Ranks the epics of a portfolio."""

from __future__ import annotations

from portfolio.engine.load import Loaded
from portfolio.scoring import Ranking
from portfolio.scoring import rank as rank_epics


def rank(loaded: Loaded, *, partly: bool = False) -> Ranking:
    """Ranks a portfolio's epics by its model's method, with the money ranking beside the relative one."""
    portfolio = loaded.rankable if partly and loaded.rankable is not None else loaded.ready
    return rank_epics(portfolio, loaded.model.scoring.rules)
