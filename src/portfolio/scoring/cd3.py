"""CD3: cost of delay divided by duration, in money."""

from __future__ import annotations

from portfolio.domain import Epic, Portfolio
from portfolio.scoring.method import Score
from portfolio.scoring.rules import ScoringRules
from portfolio.scoring.wsjf import worth_per_week


class Cd3:
    """The most money lost per week of waiting, per week of work, comes first.

    Rule: money that is expected per week of delay, divided by the weeks of the shortest duration.
    Formula: confidence * benefit per week / (min periods * period weeks).
    Unit: money per week per week.
    Why: the same order as WSJF, but in money that finance can check.
    Source: Black Swan Farming, CD3; Reinertsen.
    Example: 9000 a week and 4 weeks: 2250.
    """

    name = "cd3"

    def scores(self, portfolio: Portfolio, rules: ScoringRules) -> list[Score]:
        """A score for each epic, in the order of the sheet."""
        weeks = portfolio.calendar.weeks
        return [Score(_expected(epic, portfolio, rules), epic.shortest * weeks) for epic in portfolio.epics]


def _expected(epic: Epic, portfolio: Portfolio, rules: ScoringRules) -> float | None:
    """Money per week as far as it is expected: confidence counts here as it does in a plan's value."""
    money = money_per_week(epic, portfolio, rules)
    return money if money is None or epic.confidence is None else epic.confidence * money


def money_per_week(epic: Epic, portfolio: Portfolio, rules: ScoringRules) -> float | None:
    """Money an epic earns per week: as given, or its cost of delay score at the portfolio's point value."""
    if epic.benefit_per_week is not None:
        return epic.benefit_per_week
    score = worth_per_week(epic, portfolio, rules)
    return None if score is None or portfolio.point_value is None else score * portfolio.point_value


def benefits(portfolio: Portfolio, rules: ScoringRules) -> dict[str, float]:
    """Benefit per week of each epic that has one, in the unit the plan is valued in: money, or points without money."""
    known = {
        epic.id: money_per_week(epic, portfolio, rules)
        if portfolio.uses_money
        else worth_per_week(epic, portfolio, rules)
        for epic in portfolio.epics
    }
    return {epic_id: benefit for epic_id, benefit in known.items() if benefit is not None}
