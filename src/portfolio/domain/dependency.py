"""A dependency: one epic that waits for, or needs, another."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from portfolio.domain.record import Record, Whole, Word


class Dependency(Record):
    """The successor is in the plan only if the predecessor is, and (finish to start) begins only after it is done."""

    predecessor: str = Field(
        min_length=1, title="Predecessor", description="The epic that comes first.", examples=["EP-1"]
    )
    successor: str = Field(
        min_length=1, title="Successor", description="The epic that depends on it.", examples=["EP-2"]
    )
    type: Annotated[Literal["finish to start", "needs"], Word] = Field(
        "finish to start",
        title="Type",
        description="`finish to start`: begins after the predecessor's last period; `needs`: both or only the predecessor, in any order.",
        examples=["finish to start"],
    )
    lag_periods: Annotated[Whole, Field(ge=0)] = Field(
        0, title="Lag periods", description="Periods to wait after the predecessor's last one.", examples=[0]
    )
    raised_on: date | None = Field(
        None, title="Raised on", description="Day on which it became known.", examples=["2026-09-14"]
    )
    needed_by: date | None = Field(
        None, title="Needed by", description="Day by which the successor needs it.", examples=["2027-03-01"]
    )
    resolved_on: date | None = Field(
        None, title="Resolved on", description="Day from which nothing waited any more.", examples=["2027-02-22"]
    )
