"""What can be ranked of a portfolio that has errors: the epics whose own scores are sound."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.domain import FieldFinding, Portfolio
from portfolio.domain.finding import Path
from portfolio.intake.columns import EPICS

RANKED_BY = frozenset(
    {
        "id",
        "user_business_value",
        "time_criticality",
        "rr_oe",
        "job_size",
        "benefit_per_week",
        "min_periods",
        "reach",
        "impact",
        "ease",
        "net_present_value",
        "external_cost",
    }
)
"""Fields that a rank depends on; an error in any other does not concern it."""


def is_consequence(problem: FieldFinding, reported: Iterable[Path]) -> bool:
    """Whether columns only seem to be empty because what stands in them was asked about."""
    if problem.path != ("epics",):
        return False
    asked = {str(path[2]) for path in reported if len(path) > 2 and path[0] == "epics" and path[2] in RANKED_BY}
    return any(EPICS.column(name).heading in problem.fix for name in asked)


def rankable_part(kept: Portfolio | None, problems: Iterable[FieldFinding]) -> Portfolio | None:
    """The portfolio without the epics that cannot be ranked, and without what only a plan needs."""
    if kept is None:
        return None
    wrong = {
        problem.path[1]
        for problem in problems
        if problem.severity == "error"
        and len(problem.path) > 2
        and problem.path[0] == "epics"
        and problem.path[2] in RANKED_BY
    }
    epics = tuple(epic for index, epic in enumerate(kept.epics) if index not in wrong)
    return kept.model_copy(update={"epics": epics, "dependencies": (), "guardrails": ()}) if epics else None
