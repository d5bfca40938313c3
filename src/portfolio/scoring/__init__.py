"""How epics are ranked: one file per method."""

from portfolio.scoring.cd3 import benefits
from portfolio.scoring.hygiene import check_scores
from portfolio.scoring.ranking import METHODS, STACK_RANK, RankedEpic, Ranking, rank, within_streams
from portfolio.scoring.rules import ScoringRules

__all__ = [
    "METHODS",
    "STACK_RANK",
    "RankedEpic",
    "Ranking",
    "ScoringRules",
    "benefits",
    "check_scores",
    "rank",
    "within_streams",
]
