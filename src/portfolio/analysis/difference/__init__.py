"""What changed between two portfolios, and what the change does to the ranking and the plan."""

from portfolio.analysis.difference.changes import Side, changes_between
from portfolio.analysis.difference.identity import Names, names_of
from portfolio.analysis.difference.old_plan import carried_over, judged
from portfolio.analysis.difference.plan_difference import difference_of_plans
from portfolio.analysis.difference.ranking_difference import rank_effect

__all__ = [
    "Names",
    "Side",
    "carried_over",
    "changes_between",
    "difference_of_plans",
    "judged",
    "names_of",
    "rank_effect",
]
