"""What every part of an operating model has in common: frozen, closed, finite, and with the source that says so."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from portfolio.domain.finding import Severity

OWN_DEFAULT = "no prescription; the engine's own default"
"""The source of a section that a model leaves out."""

Strength = Literal["must", "should"]
"""How strongly the source says something: what it says with `must` is an error where it is not so, with `should` a warning."""
SEVERITY: dict[Strength, Severity] = {"must": "error", "should": "warning"}
"""What a finding is, by how strongly the source says what is not so."""

Figure = Annotated[float, Strict()]
Whole = Annotated[int, Strict()]
"""Numbers as YAML writes them: neither yes nor text in quotes is one."""


class Closed(BaseModel):
    """A group of settings with a closed set of names."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


class Section(Closed):
    """A closed group of settings with the source that says so."""

    source: str = Field(min_length=1, description="Where its values come from, or `general knowledge`.")
