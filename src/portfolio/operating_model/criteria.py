"""Criteria: what a way of working asks about each epic besides the engine's own scores, in columns of its own."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portfolio.operating_model.section import Closed, Section


class Criterion(Closed):
    """One thing that is asked about each epic: a column that is named as people name it."""

    name: str = Field(min_length=1, description="What its column is called.")
    takes: Literal["text", "number"] = Field(
        "text", description="What stands in it; a number may be part of the score."
    )
    means: str = Field("", description="What is to be written there.")
    required: bool = Field(False, description="Whether an epic without it is a finding.")


class Criteria(Section):
    """The columns of this way of working; `scoring.components` may name those that are numbers."""

    criteria: tuple[Criterion, ...] = Field(min_length=1, description="The columns, in their order.")
