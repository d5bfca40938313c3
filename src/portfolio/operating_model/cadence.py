"""The rhythm: how long a period is, how far plans reach, and in which events they change."""

from __future__ import annotations

from pydantic import Field

from portfolio.operating_model.section import Closed, Figure, Section, Strength, Whole


class Review(Closed):
    """An event in which something is decided."""

    name: str = Field(min_length=1)
    when: str = Field(min_length=1, description="How often, in words.")
    decides: str = Field("", description="What is decided there.")
    every_periods: Whole | None = Field(None, ge=1, description="How many periods lie between two of them.")
    every_weeks: Figure | None = Field(
        None, gt=0, description="How many weeks lie between two, where periods do not say it."
    )
    weeks_before: Figure | None = Field(None, ge=0, description="How long before a period begins it takes place.")


class Cadence(Section):
    """How long a period is unless the portfolio says otherwise, and what the way of working allows."""

    period_weeks: Figure = Field(
        10.0, gt=0, description="Length of a period in weeks, unless the portfolio has its own."
    )
    shortest_weeks: Figure | None = Field(None, gt=0, description="Shortest period that this way of working allows.")
    longest_weeks: Figure | None = Field(None, gt=0, description="Longest period that this way of working allows.")
    strength: Strength = Field(
        "should", description="Whether a shorter or longer period is against a `must` of the source, or a `should`."
    )
    horizon_periods: Whole | None = Field(None, ge=1, description="How many periods a plan reaches at most.")
    reviews: tuple[Review, ...] = Field((), description="The events in which something is decided.")
