"""Running work: where it is decided again whether what is in progress stops, pivots or goes on."""

from __future__ import annotations

from pydantic import Field

from portfolio.operating_model.section import Section


class RunningWork(Section):
    """What is in progress is decided again at a review; that it was begun is no reason to go on."""

    review: str | None = Field(None, description="The review of the cadence in which it is decided again.")
    stop: str = Field("stop", min_length=1, description="The word for ending it.")
    pivot: str | None = Field(
        None, description="The word for changing what it is after; none where only these two are."
    )
    go_on: str = Field("continue", min_length=1, description="The word for going on with it.")
