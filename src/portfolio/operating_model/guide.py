"""A guide: what a way of working decides, what it leaves to others, and what is done for it here and what is not, in two minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from portfolio.domain import Epic, Portfolio
from portfolio.domain.evidence import LISTS
from portfolio.operating_model.section import Closed, Section

if TYPE_CHECKING:
    Held = str
else:
    Held = Literal[(*Epic.model_fields, *Portfolio.model_fields, *LISTS)]


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
    seen_in: tuple[Held, ...] = Field(
        (),
        description="What the portfolio holds where it is done: a column of epics, a setting or list, a kind of evidence.",
    )


class Practices(Section):
    """What is done, kept and measured at each level; people keep to it, and no plan changes by it.

    What nothing in the portfolio shows is counted by the check `framework as identity`.
    """

    practices: tuple[Practice, ...] = Field(min_length=1)
