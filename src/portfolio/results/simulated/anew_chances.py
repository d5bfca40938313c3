"""Would it be funded if the plan were made anew, and what today's plan is short of such plans."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.domain.wording import counted
from portfolio.results.simulated.chance import Chance, Estimate
from portfolio.tabular import Column, Table

FUNDED_CHANCES = Table(
    "funded_chances",
    "How often each epic is in a plan that is made anew for one possible future.",
    (
        Column("epic", "text", "ID of the epic."),
        Column("planned", "yes/no", "Whether today's plan holds it."),
        Column("chance_funded", "number", "Share of futures whose plan holds it.", "share"),
    ),
    ("epic",),
)


@dataclass(frozen=True)
class FundedLine:
    """One epic: whether today's plan holds it, and how often a plan made anew does."""

    id: str
    planned: bool
    funded: Chance


@dataclass(frozen=True)
class AnewChances:
    """Plans made anew, one for each future: which epics they fund, and what today's plan is short of them.

    `impossible` is how many futures more were tried in which no plan keeps every hard guardrail.

    What today's plan is short of a plan made anew is the difference of what both are worth when they are played forward in that
    plan's future. `mean_gap` and `largest_gap` are by how much these plans may be below the best possible ones, on average and at
    most; None where that is not known.
    """

    plans: int
    impossible: int
    exact: bool
    epics: tuple[FundedLine, ...]
    mean_regret: Estimate
    p50_regret: float
    p85_regret: float
    no_regret: Chance
    mean_gap: float | None
    largest_gap: float | None

    def sentence(self, unit: str) -> str:
        """What today's plan is short of the plans made anew."""
        every = self.exact and not self.impossible
        how = f"all {self.plans} futures there are" if every else counted(self.plans, "future")
        gap = ""
        if self.mean_gap is not None and self.largest_gap:
            gap = (
                f" On average these plans are at most {_percent(self.mean_gap)} below the best possible ones, the worst of them "
                f"at most {_percent(self.largest_gap)}."
            )
        short = (
            f"in {self.no_regret.words} of them, and {self.mean_regret.words} {unit} short on average ({self.p85_regret:,.0f} or "
            "less in 85 of 100)"
            if self.mean_regret.value
            else "in all of them"
        )
        return (
            f"Were the plan made anew for each of {how}, today's plan would be as good {short}, both played forward in the same "
            f"futures.{gap}{self._impossible_words}"
        )

    @property
    def _impossible_words(self) -> str:
        if not self.impossible:
            return ""
        return (
            f" In {counted(self.impossible, 'more future')} no plan keeps every hard guardrail, so "
            f"{'it counts' if self.impossible == 1 else 'they count'} for nothing here."
        )

    def as_json(self) -> dict[str, object]:
        """The plans made anew in the published JSON format."""
        return {
            "plans": self.plans,
            "impossible": self.impossible,
            "exact": self.exact,
            "epics": [
                {"id": line.id, "planned": line.planned, "chance_funded": line.funded.share} for line in self.epics
            ],
            "regret": {
                "mean": self.mean_regret.value,
                "standard_error": self.mean_regret.standard_error,
                "p50": self.p50_regret,
                "p85": self.p85_regret,
                "none": self.no_regret.share,
            },
            "mean_gap": self.mean_gap,
            "largest_gap": self.largest_gap,
        }


def _percent(share: float) -> str:
    """A small share with the digits that tell it from nothing."""
    return f"{share:.1%}" if share >= 0.001 else f"{share:.2%}"
