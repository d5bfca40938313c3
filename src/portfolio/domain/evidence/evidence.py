"""What is known beside the portfolio: dated history, deliveries, past estimates, votes and forecasts."""

from __future__ import annotations

from pydantic import Field

from portfolio.domain.evidence.delivery import Deployment, Incident, Integration
from portfolio.domain.evidence.estimates import Actual, Forecast, Vote
from portfolio.domain.evidence.flow import Blocked, StateChange
from portfolio.domain.evidence.periods import Delivered, PeriodObjective
from portfolio.domain.record import Record


class Evidence(Record):
    """Lists of what happened and of what was said: ranking and plan do not change by them."""

    history: tuple[StateChange, ...] = Field((), title="History", description="When epics entered their states.")
    blocked: tuple[Blocked, ...] = Field((), title="Blocked", description="Days on which epics could not go on.")
    deployments: tuple[Deployment, ...] = Field(
        (), title="Deployments", description="Changes that went into production."
    )
    incidents: tuple[Incident, ...] = Field((), title="Incidents", description="Times in which a service did not work.")
    integrations: tuple[Integration, ...] = Field(
        (), title="Integrations", description="When all parts of a product were put together."
    )
    objectives: tuple[PeriodObjective, ...] = Field(
        (), title="Objectives", description="Objectives of past periods with their planned and actual value."
    )
    delivered: tuple[Delivered, ...] = Field(
        (), title="Delivered", description="What value streams planned and did in past periods."
    )
    actuals: tuple[Actual, ...] = Field(
        (), title="Actuals", description="Past epics with their estimate and actual effort."
    )
    votes: tuple[Vote, ...] = Field((), title="Votes", description="What each of those who score says of an epic.")
    forecasts: tuple[Forecast, ...] = Field(
        (), title="Forecasts", description="What was foretold, and what came of it."
    )

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return not any(getattr(self, name) for name in type(self).model_fields)
