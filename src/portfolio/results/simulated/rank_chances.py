"""How robust a ranking is: where each epic may stand, and within which bands the order is not known."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.results.simulated.chance import Chance
from portfolio.tabular import Column, Table

MOST_PAIRS = 60
"""Epics up to which the chance of each pair is given."""
RANK_CHANCES = Table(
    "rank_chances",
    "Where each epic may stand in the ranking.",
    (
        Column("epic", "text", "ID of the epic."),
        Column("rank", "whole", "Its rank today."),
        Column("median", "whole", "Its rank in the middle of all draws."),
        Column("p10", "whole", "The rank that one in ten draws puts it at or above."),
        Column("p90", "whole", "The rank that nine in ten draws put it at or above."),
        Column("in_top", "number", "Chance to be among the first.", "share"),
        Column("first", "number", "Chance to be the first of all.", "share"),
        Column("band", "whole", "The band it is in, counted from 1: within a band the order is not known well enough."),
    ),
    ("epic",),
)


@dataclass(frozen=True)
class RankLine:
    """One epic: its rank today, where it may stand, and its band."""

    id: str
    title: str | None
    rank: int
    median: int
    p10: int
    p90: int
    in_top: Chance
    first: Chance
    band: int

    def as_json(self) -> dict[str, object]:
        """The line in the published JSON format."""
        return {
            "id": self.id,
            "rank": self.rank,
            "median": self.median,
            "p10": self.p10,
            "p90": self.p90,
            "in_top": self.in_top.share,
            "first": self.first.share,
            "band": self.band,
        }


@dataclass(frozen=True)
class RankChances:
    """The ranking in many draws of its scores; `above` is the chance that the row's epic ranks above the column's."""

    draws: int
    exact: bool
    top: int
    epics: tuple[RankLine, ...]
    above: tuple[tuple[float, ...], ...] = ()

    @property
    def bands(self) -> list[list[str]]:
        """The epics of each band."""
        found: dict[int, list[str]] = {}
        for line in self.epics:
            found.setdefault(line.band, []).append(line.id)
        return list(found.values())

    @property
    def sentence(self) -> str:
        """What the bands say."""
        bands = self.bands
        how = f"all {self.draws:,} sets of scores there are" if self.exact else f"{self.draws:,} draws of the scores"
        if len(bands) == len(self.epics):
            return f"In {how} the order holds: each epic ranks above the next with 80 % or more."
        largest = max(bands, key=len)
        shown = ", ".join(largest[:6]) + (" ..." if len(largest) > 6 else "")
        return (
            f"In {how} the {len(self.epics)} ranked epics form {len(bands)} bands; within a band ({shown}) the order is not "
            "known well enough to argue about."
        )

    def as_json(self) -> dict[str, object]:
        """The ranking's chances in the published JSON format."""
        return {
            "draws": self.draws,
            "exact": self.exact,
            "top": self.top,
            "epics": [line.as_json() for line in self.epics],
            "bands": self.bands,
            "above": [list(row) for row in self.above],
        }
