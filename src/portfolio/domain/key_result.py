"""A key result: what an objective wants to change, how that is measured, from where and to where."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portfolio.domain.record import Number, Record, Text


class KeyResult(Record):
    """A row of the sheet Outcomes: an objective that epics serve, with one way to see whether it is reached.

    An objective with several key results has a row for each. What is measured says its unit; whether more or less of it is
    better follows from baseline and target.
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

    @property
    def label(self) -> str:
        """The objective with its key result, as people say it."""
        return f"{self.objective}: {self.key_result}" if self.key_result else self.objective

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
