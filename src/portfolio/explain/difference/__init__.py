"""What changed between two portfolios, and what the change does to the ranking and the plan."""

from portfolio.explain.difference.change import Change
from portfolio.explain.difference.changes import Side, changes_between
from portfolio.explain.difference.difference import Difference
from portfolio.explain.difference.names import Names, names_of
from portfolio.explain.difference.old_plan import OldPlan, carried_over, judged
from portfolio.explain.difference.plans import PlanEffect, compare_plans
from portfolio.explain.difference.ranks import RankLine, rank_effect

__all__ = [
    "Change",
    "Difference",
    "Names",
    "OldPlan",
    "PlanEffect",
    "RankLine",
    "Side",
    "carried_over",
    "changes_between",
    "compare_plans",
    "judged",
    "names_of",
    "rank_effect",
]
