"""A value stream: what is funded and has capacity."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portfolio.domain.record import Number, Record, Text, Whole

Amount = Annotated[Number, Field(ge=0)]


class ValueStream(Record):
    """Long-lived people funded together, with capacity and money per period."""

    id: str = Field(min_length=1, title="ID", description="Short unique name.", examples=["VS1"])
    name: Text = Field(None, title="Name", description="Full name.", examples=["Payments"])
    cost_per_unit: Amount | None = Field(
        None, title="Cost per unit", description="Money that one unit of effort costs.", examples=[110]
    )
    wip_limit: Annotated[Whole, Field(ge=0)] | None = Field(
        None, title="WIP limit", description="Most epics in progress at once.", examples=[3]
    )
    max_budget_shift: Annotated[Number, Field(ge=0, le=1)] | None = Field(
        None,
        title="Max budget shift",
        description="Share of a budget that may move to or from this value stream in one budget period.",
        examples=[0.05],
    )
    spent: Amount | None = Field(
        None,
        title="Spent",
        description="Money spent in the plan's first period so far; blank means as planned when that is closed.",
        examples=[11500],
    )
    teams: Annotated[Whole, Field(ge=0)] | None = Field(
        None, title="Teams", description="How many teams it has.", examples=[4]
    )
    capacity_low: Annotated[Number, Field(gt=0)] | None = Field(
        None,
        title="Capacity low",
        description="Share of its planned capacity that it falls below only once in ten times.",
        examples=[0.8],
    )
    capacity_high: Annotated[Number, Field(gt=0)] | None = Field(
        None,
        title="Capacity high",
        description="Share of its planned capacity that it exceeds only once in ten times.",
        examples=[1.1],
    )
    capacity: tuple[Amount, ...] = Field(
        (), title="Capacity", description="Units of effort available in each period.", examples=[[120, 120]]
    )
    budget: tuple[Amount, ...] | None = Field(
        None,
        title="Budget",
        description="Money available in each period; absent means no limit.",
        examples=[[13000, 13000]],
    )

    @property
    def title(self) -> str:
        """The name people know it by."""
        return self.name or self.id
