"""Commitment: from which state on work is committed to, how far ahead, and what is frozen until the next review."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portfolio.operating_model.section import Closed, Section, Whole


class CommitmentWords(Closed):
    """What a way of working calls starts that are decided, foreseen, and further away."""

    committed: str = Field("committed", min_length=1)
    forecast: str = Field("forecast", min_length=1)
    outlook: str = Field("outlook", min_length=1)


class Triage(Closed):
    """What a review says of work: that it is committed to, still an option, or discarded."""

    committed: str = Field("now", min_length=1)
    option: str = Field("later", min_length=1)
    discarded: str = Field("never", min_length=1)


class Commitment(Section):
    """What a plan commits to: nearer periods are decided, later ones forecast, and options are not begun yet."""

    point: str | None = Field(
        None,
        min_length=1,
        description="The state from which work is committed to; in earlier ones it may begin only after the committed periods.",
    )
    committed_periods: Whole | None = Field(
        None, ge=1, description="How many periods are decided; what begins later is shown as forecast."
    )
    forecast_periods: Whole | None = Field(
        None, ge=0, description="How many periods after those are forecast; what begins later still is an outlook."
    )
    by: Literal["period", "state"] = Field(
        "period",
        description="What a start is committed to by: the period in which it begins, or the state alone, whenever it begins.",
    )
    words: CommitmentWords = Field(CommitmentWords(), description="What each is called there.")
    triage: Triage | None = Field(None, description="What a review calls all work, as it is committed to or not.")
    frozen: Literal["until the next review"] | None = Field(
        None, description="What was agreed for the periods until the next review begins then, and nothing else does."
    )
