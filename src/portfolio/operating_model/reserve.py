"""The reserve: capacity that a way of working leaves to others on purpose."""

from __future__ import annotations

from pydantic import Field

from portfolio.operating_model.section import Figure, Section


class Reserve(Section):
    """A share of each value stream's capacity that is not planned here; without a share the portfolio sets it."""

    purpose: str = Field(min_length=1, description="What it is kept for.")
    share: Figure | None = Field(
        None, gt=0, lt=1, description="How much of the capacity, unless the portfolio says otherwise."
    )
