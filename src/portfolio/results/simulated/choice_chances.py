"""Choosing among plans: which one holds, and which estimate is worth refining before choosing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from portfolio.domain import Booking
from portfolio.results.simulated.chance import Estimate
from portfolio.tabular import Column, Table

ChosenBy = Literal["mean", "worst", "dates"]
"""What a plan that holds is chosen by: its mean, the mean of its worst tenth of futures, or how surely it keeps its dates."""
NOTHING_FOUND = "nothing found"
CANDIDATES = Table(
    "candidate_plans",
    "The plans that were compared in the same futures.",
    (
        Column("candidate", "text", "Where the plan comes from."),
        Column("mean", "number", "Its mean value.", "value"),
        Column("cvar_10", "number", "The mean of its worst tenth of futures.", "value"),
        Column("dates_kept", "number", "The smallest chance of one of its epics to keep its date.", "share"),
        Column("all_dates_kept", "number", "The chance that all of them do.", "share"),
        Column("on_frontier", "yes/no", "Whether no other matches it on mean and worst futures and beats it on one."),
        Column("on_dates_frontier", "yes/no", "The same for mean and dates kept."),
    ),
    ("candidate",),
)
INFORMATION = Table(
    "information",
    "What it would add to know each parameter before choosing among the plans.",
    (
        Column("subject", "text", "The epic or value stream."),
        Column("parameter", "text", "What would be known."),
        Column("worth", "number", "What knowing it would add.", "value"),
        Column("standard_error", "number", "How far that is off as a rule.", "value"),
        Column("found", "yes/no", "Whether it is more than its error allows to be nothing."),
    ),
    ("subject", "parameter"),
)


def _fewer(draws: int, *, fewer: bool) -> str:
    """That plans were compared in fewer futures than asked for, since their value in each of them has to be kept."""
    return f" Plans are compared in {draws:,} futures at most, so that they fit into memory." if fewer else ""


@dataclass(frozen=True)
class CandidateLine:
    """One plan that may be chosen, with its figures in the futures that were chosen on."""

    name: str
    mean: float
    worst_mean: float
    dates_kept: float
    all_dates_kept: float
    on_frontier: bool
    on_dates_frontier: bool

    def as_json(self) -> dict[str, object]:
        """The candidate in the published JSON format."""
        return {
            "candidate": self.name,
            "mean": self.mean,
            "cvar_10": self.worst_mean,
            "dates_kept": self.dates_kept,
            "all_dates_kept": self.all_dates_kept,
            "on_frontier": self.on_frontier,
            "on_dates_frontier": self.on_dates_frontier,
        }


@dataclass(frozen=True)
class RobustChoice:
    """The candidates, the one that holds best by mean, worst futures and dates, and how sure that is on other futures.

    `optimism` is its mean on the futures that it was chosen on less that on others; `gap` by how much it is below the best
    candidate at most, with 95 %, and None where there are too few futures to say. Where all are counted, both are 0. `draws` is
    how many futures it was chosen on, and `fewer` whether these are fewer than the study has.
    """

    by: str
    chosen: str
    best_mean: str
    best_worst: str
    best_dates: str | None
    least_dates: float
    candidates: tuple[CandidateLine, ...]
    mean: Estimate
    optimism: float
    gap: float | None
    cut: bool
    draws: int
    fewer: bool
    exact: bool
    plans: tuple[Mapping[str, Booking], ...] = ()
    """The candidates' bookings, in their order."""

    def sentence(self, unit: str) -> str:
        """Which plan holds, and how sure that is."""
        dates = (
            f"none keeps its dates with {self.least_dates:.0%}"
            if self.best_dates is None
            else f"with dates kept at {self.least_dates:.0%} or more: {self.best_dates}"
        )
        cut = f" Only the first {len(self.candidates)} were looked at." if self.cut else ""
        cut += _fewer(self.draws, fewer=self.fewer)
        best = (
            f"Of {len(self.candidates)} plans the best on average is {self.best_mean}, in the worst futures {self.best_worst}; "
            f"{dates}. Chosen by {self.by}: {self.chosen}"
            if len(self.candidates) > 1
            else f"There is one plan to choose from, {self.chosen}"
        )
        return f"{best}, {self._worth(unit)}.{cut}"

    def _worth(self, unit: str) -> str:
        """What the chosen plan is worth on average, and how sure that is."""
        if self.exact:
            below = f", {self.gap:,.0f} below the best of these plans" if self.gap else ""
            return f"worth {self.mean.words} {unit} on average of all futures there are{below}"
        moved = f"{abs(self.optimism):,.0f} {'less' if self.optimism >= 0 else 'more'}"
        below = (
            "; how far below the best of these plans is not known from so few"
            if self.gap is None
            else f", and at most {self.gap:,.0f} below the best of these plans"
        )
        return f"worth {self.mean.words} {unit} on average in futures that it was not chosen on ({moved} than where it was){below}"

    def as_json(self) -> dict[str, object]:
        """The choice in the published JSON format."""
        return {
            "by": self.by,
            "chosen": self.chosen,
            "best_mean": self.best_mean,
            "best_worst": self.best_worst,
            "best_dates": self.best_dates,
            "least_dates_kept": self.least_dates,
            "mean": self.mean.value,
            "standard_error": self.mean.standard_error,
            "optimism": self.optimism,
            "gap_at_most": self.gap,
            "draws": self.draws,
            "candidates": [line.as_json() for line in self.candidates],
        }


@dataclass(frozen=True)
class InformationLine:
    """What knowing one parameter would add for choosing among the candidates; `parameter` of an epic or value stream."""

    subject: str
    parameter: str
    worth: Estimate

    @property
    def is_found(self) -> bool:
        """Whether it is more than two standard errors."""
        return self.worth.value > max(1e-9, 2 * self.worth.standard_error)

    def as_json(self) -> dict[str, object]:
        """The line in the published JSON format."""
        return {
            "subject": self.subject,
            "parameter": self.parameter,
            "worth": self.worth.value,
            "standard_error": self.worth.standard_error,
            "found": self.is_found,
        }


@dataclass(frozen=True)
class Information:
    """What knowing more before choosing would add: everything, and each parameter, the most worth first."""

    candidates: tuple[str, ...]
    everything: Estimate
    lines: tuple[InformationLine, ...]
    cut: bool
    draws: int
    fewer: bool

    def sentence(self, unit: str) -> str:
        """Which estimate is worth refining."""
        found = [line for line in self.lines if line.is_found]
        cut = f" Only the first {len(self.candidates)} plans were looked at." if self.cut else ""
        cut += _fewer(self.draws, fewer=self.fewer)
        if len(self.candidates) < 2:
            return "There is one plan to choose from, so no estimate decides anything." + cut
        if not found:
            return (
                f"Knowing everything before choosing among {len(self.candidates)} plans would add {self.everything.words} "
                f"{unit}; for no single estimate was anything found.{cut}"
            )
        first = found[0]
        return (
            f"Knowing everything before choosing among {len(self.candidates)} plans would add {self.everything.words} {unit}; "
            f"of single estimates the {first.parameter} of {first.subject} is worth most: {first.worth.words}. What changes no "
            f"choice is worth nothing, however wide its range is.{cut}"
        )

    def as_json(self) -> dict[str, object]:
        """What is worth knowing in the published JSON format."""
        return {
            "draws": self.draws,
            "candidates": list(self.candidates),
            "evpi": self.everything.value,
            "standard_error": self.everything.standard_error,
            "parameters": [line.as_json() for line in self.lines],
        }
