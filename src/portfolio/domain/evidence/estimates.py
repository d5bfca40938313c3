"""What is known of how people judge: past estimates with what came of them, scores by person, forecasts with their end."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from portfolio.domain.epic import Score, Share
from portfolio.domain.evidence.moment import Answer, DayOrFigure
from portfolio.domain.record import Number, Record, Text, Whole, Word

LEAST_ACTUALS = 5
"""Past epics that count, from which on they say anything of others, all value streams together."""
LEAST_OWN_ACTUALS = 10
"""Past epics that count, from which on a value stream is a class of its own."""

Positive = Annotated[Number, Field(gt=0)]


class Actual(Record):
    """A row of the sheet Actuals: a past epic with the effort that it was estimated to need and that it took."""

    epic: str = Field(min_length=1, title="Epic", description="ID of the past epic.", examples=["EP-1"])
    value_stream: Text = Field(None, title="Value stream", description="Its value stream.", examples=["VS1"])
    estimated_effort: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Estimated effort", description="Units of effort that were planned.", examples=[40]
    )
    estimated_low: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Estimated low", description="Effort that it was to undercut only once in ten times.", examples=[30]
    )
    estimated_high: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Estimated high", description="Effort that it was to exceed only once in ten times.", examples=[70]
    )
    actual_effort: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Actual effort", description="Units of effort that it took, up to now where it runs.", examples=[52]
    )
    finished: date | None = Field(
        None,
        title="Finished",
        description="Day on which it was done; blank means that it runs.",
        examples=["2026-09-25"],
    )

    @property
    def counts(self) -> bool:
        """Whether other epics may be judged by it: it is finished, and both its estimate and its actual effort are known."""
        return self.finished is not None and bool(self.estimated_effort) and bool(self.actual_effort)


class Vote(Record):
    """A row of the sheet Votes: what one of those who score says of an epic. Who it was is never shown."""

    epic: str = Field(min_length=1, title="Epic", description="ID of the epic.", examples=["EP-1"])
    scorer: str = Field(
        min_length=1,
        title="Scorer",
        description="Who says so, by any name or number; it is never shown.",
        examples=["A"],
    )
    user_business_value: Score | None = Field(
        None, title="User-business value", description="Relative worth to users and the business.", examples=[8]
    )
    time_criticality: Score | None = Field(
        None, title="Time criticality", description="Relative loss from being late.", examples=[5]
    )
    rr_oe: Score | None = Field(
        None, title="RR/OE", description="Relative risk reduction or opportunity enablement.", examples=[3]
    )
    job_size: Positive | None = Field(None, title="Job size", description="Relative size, above 0.", examples=[8])
    reach: Score | None = Field(
        None, title="Reach", description="How many it reaches in a given time, for RICE.", examples=[500]
    )
    impact: Score | None = Field(
        None, title="Impact", description="What it does for each of them, for RICE and ICE.", examples=[2]
    )
    ease: Score | None = Field(None, title="Ease", description="How easy it is, 1 to 10, for ICE.", examples=[7])
    criteria: dict[str, Number] = Field(
        default_factory=dict,
        title="Criteria",
        description="Scores by the model's own criteria, each in a column of its name.",
        examples=[{"Belief": 3}],
    )

    def figure(self, name: str) -> float | None:
        """A score by its field, or by the name of a criterion; None where it is not given."""
        held = self.__dict__
        value = held[name] if name in held else self.criteria.get(name)
        return float(value) if isinstance(value, int | float) else None


class Forecast(Record):
    """A row of the sheet Forecasts: what was foretold, and what came of it, so that forecasts can be judged."""

    made_on: date = Field(title="Made on", description="Day on which it was foretold.", examples=["2027-01-04"])
    subject: str = Field(
        min_length=1,
        title="Subject",
        description="The epic, value stream or portfolio that it is about.",
        examples=["EP-1"],
    )
    question: Annotated[Literal["done", "how many", "value", "spend"], Word] = Field(
        title="Question",
        description="`done`: will it be done by then; `how many`, `value`, `spend`: what will it be by then.",
        examples=["done"],
    )
    by: date | None = Field(None, title="By", description="Day that the question is about.", examples=["2027-03-31"])
    chance: Share | None = Field(None, title="Chance", description="Chance that was given to it.", examples=[0.8])
    p50: DayOrFigure = Field(
        None,
        title="P50",
        description="Day or figure that was as likely to be exceeded as not.",
        examples=["2027-03-10"],
    )
    p85: DayOrFigure = Field(
        None, title="P85", description="Day or figure that was to be kept in 85 of 100 cases.", examples=["2027-04-02"]
    )
    seed: Annotated[Whole, Field(ge=0)] | None = Field(
        None, title="Seed", description="Seed of the study that foretold it.", examples=[1]
    )
    outcome: Answer = Field(
        None, title="Outcome", description="What came of it: yes or no, a day or a figure.", examples=["2027-03-21"]
    )
    known_on: date | None = Field(
        None, title="Known on", description="Day on which that was known.", examples=["2027-03-31"]
    )
