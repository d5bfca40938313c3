"""Evidence beside a portfolio: a list for each kind of row, under the name that JSON and the sheets have for it."""

from __future__ import annotations

from portfolio.domain.evidence.delivery import Deployment, Incident, Integration
from portfolio.domain.evidence.estimates import LEAST_ACTUALS, LEAST_OWN_ACTUALS, Actual, Forecast, Vote
from portfolio.domain.evidence.evidence import Evidence
from portfolio.domain.evidence.flow import Blocked, StateChange
from portfolio.domain.evidence.moment import Moment
from portfolio.domain.evidence.periods import Delivered, PeriodObjective
from portfolio.domain.record import Record

LISTS: dict[str, type[Record]] = {
    "history": StateChange,
    "blocked": Blocked,
    "deployments": Deployment,
    "incidents": Incident,
    "integrations": Integration,
    "objectives": PeriodObjective,
    "delivered": Delivered,
    "actuals": Actual,
    "votes": Vote,
    "forecasts": Forecast,
}
"""The record that each list of the evidence holds."""

__all__ = [
    "LEAST_ACTUALS",
    "LEAST_OWN_ACTUALS",
    "LISTS",
    "Actual",
    "Blocked",
    "Delivered",
    "Deployment",
    "Evidence",
    "Forecast",
    "Incident",
    "Integration",
    "Moment",
    "PeriodObjective",
    "StateChange",
    "Vote",
]
