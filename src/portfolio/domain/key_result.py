"""A key result: what an objective wants to change, how that is measured, from where and to where."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from portfolio.domain.record import Number, Record, Text, Word


class KeyResult(Record):
    """A row of the sheet Outcomes: an objective that epics serve, with one way to see whether it is reached.

    An objective with several key results has a row for each, and for each day on which one was read. What is measured says
    its unit; whether more or less of it is better follows from baseline and target.
    """

    objective: str = Field(
        min_length=1, title="Objective", description="What epics serve, in short.", examples=["Faster delivery"]
    )
    key_result: Text = Field(
        None, title="Key result", description="How one sees that it is reached.", examples=["Two days to the door"]
    )
    measure: Text = Field(
        None, title="Measure", description="What is measured, with its unit.", examples=["days from order to door"]
    )
    baseline: Number | None = Field(
        None, title="Baseline", description="The measure as it was when the objective was set.", examples=[5]
    )
    target: Number | None = Field(None, title="Target", description="The measure that is wanted.", examples=[2])
    baseline_on: date | None = Field(
        None, title="Baseline on", description="Day on which the baseline was measured.", examples=["2026-10-01"]
    )
    target_on: date | None = Field(
        None, title="Target on", description="Day by which the target is to be reached.", examples=["2027-09-30"]
    )
    current: Number | None = Field(
        None, title="Current", description="The measure as it was read on the day it was measured on.", examples=[4]
    )
    measured_on: date | None = Field(
        None, title="Measured on", description="Day of this reading; each has a row.", examples=["2027-03-31"]
    )
    better_when: Annotated[Literal["higher", "lower"] | None, Word] = Field(
        None,
        title="Better",
        description="Whether `higher` or `lower` is better, where baseline and target are the same.",
        examples=["lower"],
    )
    weight: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Weight", description="Weight of it among those of its objective; blank means 1.", examples=[2]
    )
    epics: tuple[str, ...] = Field(
        (), title="Epics", description="IDs of the epics that serve it, by `,`.", examples=[["EP-1", "EP-2"]]
    )

    @property
    def label(self) -> str:
        """The objective with its key result, as people say it."""
        return f"{self.objective}: {self.key_result}" if self.key_result else self.objective

    @property
    def reading(self) -> str:
        """The key result with the day of this reading, which tells the rows apart."""
        return f"{self.label}, {self.measured_on}" if self.measured_on is not None else self.label

    @property
    def is_measured(self) -> bool:
        """Whether it says from where to where, so that progress can be seen."""
        return self.baseline is not None and self.target is not None

    @property
    def better(self) -> Literal["higher", "lower", "as it is"] | None:
        """Which way is better; None where baseline or target is not known."""
        if self.baseline is None or self.target is None:
            return None
        return "higher" if self.target > self.baseline else "lower" if self.target < self.baseline else "as it is"
