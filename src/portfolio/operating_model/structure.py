"""How work and people are divided: teams of each value stream, value streams, and how many of them an epic may need."""

from __future__ import annotations

from pydantic import Field

from portfolio.operating_model.section import Closed, Section, Strength, Whole


class Span(Closed):
    """The least and the most of something, and how strongly the source says so."""

    at_least: Whole | None = Field(None, ge=0)
    at_most: Whole | None = Field(None, ge=0)
    strength: Strength = "should"
    advice: str = Field("", description="What to do where it is not so, in this way of working.")

    def holds(self, number: int) -> bool:
        """Whether a number lies within it."""
        return (self.at_least or 0) <= number and (self.at_most is None or number <= self.at_most)

    @property
    def words(self) -> str:
        """The span as people say it: `3 to 9`, `at most 1`."""
        if self.at_least == self.at_most:
            return f"{self.at_most}"
        if self.at_least is None or self.at_most is None:
            return f"at most {self.at_most}" if self.at_least is None else f"at least {self.at_least}"
        return f"{self.at_least} to {self.at_most}"


class Structure(Section):
    """How work and people are divided; what is left out may be anything."""

    teams: Span | None = Field(None, description="Teams of each value stream, where it says how many it has.")
    value_streams: Span | None = Field(None, description="Value streams of the portfolio.")
    streams_per_epic: Span | None = Field(None, description="Value streams that one epic needs effort of.")
