"""How epics are ranked: one file per method."""

from portfolio.scoring.ranking import RankedEpic, Ranking

__all__ = ["RankedEpic", "Ranking"]
