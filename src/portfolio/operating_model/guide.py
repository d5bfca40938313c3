"""A guide: what a way of working decides, what it leaves to others, and what is done for it here and what is not, in two minutes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portfolio.operating_model.section import Closed, Section


class Guide(Section):
    """How somebody who lives in it would explain it to a newcomer; it changes no plan."""

    decides: str = Field(min_length=1, description="What is decided by it, by whom and when.")
    leaves: str = Field(min_length=1, description="What it says nothing about, or leaves to others.")
    here: str = Field(min_length=1, description="What this tool does for it.")
    missing: str = Field(min_length=1, description="What this tool does not do for it.")


TOLD = ("guide", "practices")
"""Sections that are told and settle nothing."""


class Practice(Closed):
    """Something that is done, kept or measured at one level of the organisation."""

    level: str = Field(min_length=1)
    kind: Literal["role", "ceremony", "artifact", "metric", "governance point"]
    name: str = Field(min_length=1)
    means: str = Field("", description="What it is for.")


class Practices(Section):
    """What is done, kept and measured at each level; people keep to it, nothing is computed from it."""

    practices: tuple[Practice, ...] = Field(min_length=1)
