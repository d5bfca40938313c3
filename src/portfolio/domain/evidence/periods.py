"""What is known of past periods: what value streams delivered, and what came of their objectives."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portfolio.domain.epic import YesNo
from portfolio.domain.record import Number, Record, Text

Amount = Annotated[Number, Field(ge=0)]


class PeriodObjective(Record):
    """A row of the sheet Objectives: what a value stream meant to reach in a period, and what came of it."""

    period: str = Field(min_length=1, title="Period", description="The period, as it was called.", examples=["PI 1"])
    value_stream: Text = Field(None, title="Value stream", description="The value stream.", examples=["VS1"])
    objective: Text = Field(
        None, title="Objective", description="What was to be reached, in short.", examples=["Payments in one click"]
    )
    planned_value: Amount = Field(
        title="Planned value", description="Value that its owners gave it beforehand, often 1 to 10.", examples=[8]
    )
    actual_value: Amount | None = Field(
        None, title="Actual value", description="Value that they gave to what came of it.", examples=[7]
    )
    committed: YesNo = Field(
        None, title="Committed", description="Whether it was promised; blank means yes.", examples=["yes"]
    )


class Delivered(Record):
    """A row of the sheet Delivered: what a value stream planned to do in a past period, and what it did."""

    value_stream: str = Field(
        min_length=1, title="Value stream", description="ID of the value stream.", examples=["VS1"]
    )
    period: str = Field(min_length=1, title="Period", description="The past period.", examples=["2026 Q3"])
    capacity: Annotated[Number, Field(gt=0)] = Field(
        title="Capacity", description="Units of effort that were planned with.", examples=[120]
    )
    delivered: Amount = Field(
        title="Delivered", description="Units of effort, as estimated, that were done.", examples=[105]
    )
