"""An operating model: the words, scales, methods and defaults that one file in models/ chose."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from portfolio.domain import Portfolio, Problem
from portfolio.scoring import ScoringRules

ScoreField = Literal["user_business_value", "time_criticality", "rr_oe"]


class Section(BaseModel):
    """A closed group of settings with the source that says so."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    source: str = Field(min_length=1, description="Where its values come from, or `general knowledge`.")


class Noun(BaseModel):
    """One word in singular and plural."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    one: str = Field(min_length=1)
    many: str = Field(min_length=1)


class Vocabulary(Section):
    """What this way of working calls things."""

    epic: Noun
    value_stream: Noun
    period: Noun


class Cadence(Section):
    """How long a period is unless the portfolio says otherwise."""

    period_weeks: float = Field(gt=0, description="Length of a period in weeks.")


class Component(BaseModel):
    """One part of the cost of delay score."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    field: ScoreField
    weight: float = Field(1, gt=0)


class Scoring(Section):
    """How epics are scored and ranked."""

    method: Literal["wsjf", "cd3"] = Field(description="What the ranking sorts by.")
    scale: tuple[float, ...] = Field(min_length=2, description="The values a score may take, smallest first.")
    components: tuple[Component, ...] = Field(min_length=1, description="What is added up to the cost of delay.")
    denominator: Literal["job_size", "duration", "effort", "cost"] = Field(
        description="What cost of delay is divided by."
    )

    @property
    def rules(self) -> ScoringRules:
        """The same settings as the scoring methods take them."""
        weights: dict[str, float] = {component.field: component.weight for component in self.components}
        return ScoringRules(self.method, weights, self.scale, self.denominator)


class Objective(Section):
    """What a plan maximises."""

    maximise: Literal["value", "net"] = Field(description="`value`, or `net`: value less spend.")


class Categories(Section):
    """The words that epics are sorted by, for drop-down lists and warnings; an empty list means anything goes."""

    types: tuple[str, ...] = ()
    horizons: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    released: tuple[str, ...] = Field((), description="States after pivot-or-persevere: the rest of the money is free.")


class OperatingModel(BaseModel):
    """One way of working, as data: nothing in the code knows its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1]
    name: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    summary: str
    vocabulary: Vocabulary
    cadence: Cadence
    scoring: Scoring
    objective: Objective
    categories: Categories

    def complete(self, portfolio: Portfolio) -> Portfolio:
        """The same portfolio with every blank setting that this model has a default for filled in."""
        if portfolio.calendar.period_weeks is not None:
            return portfolio
        calendar = portfolio.calendar.model_copy(update={"period_weeks": self.cadence.period_weeks})
        return portfolio.model_copy(update={"calendar": calendar})

    def check_words(self, portfolio: Portfolio) -> list[Problem]:
        """Warnings about types, horizons and states that this model does not know; an empty list means anything goes."""
        known = {"type": self.categories.types, "horizon": self.categories.horizons, "state": self.categories.states}
        folded = {field: {word.casefold() for word in words} for field, words in known.items() if words}
        return [
            Problem(
                ("epics", index, field),
                f"{value} is not a {field} that {self.title} knows.",
                f"It knows {', '.join(known[field])}.",
                "Use one of these, or choose another model.",
                "warning",
            )
            for index, epic in enumerate(portfolio.epics)
            for field, words in folded.items()
            if (value := getattr(epic, field)) is not None and value.casefold() not in words
        ]
