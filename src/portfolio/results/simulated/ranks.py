"""How robust a ranking is: in how many futures each epic keeps its place, and which differences in rank are real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portfolio.domain import Finding, Portfolio
from portfolio.results.simulated.chance import Chance
from portfolio.results.simulated.study_line import StudyLine
from portfolio.results.tables import run
from portfolio.scoring.ranking import METHOD_WORDS
from portfolio.tabular import Column, FilledTable, Table, TabularResult

CLEAR = 0.8
"""The chance to rank above another from which on a difference in rank is called real."""
NOT_WORTH_ARGUING = (
    "Within a band the order is not known well enough to argue about: its first epic ranks above each other one in fewer "
    f"than {CLEAR:.0%} of the futures."
)
RANK_CHANCES = Table(
    "rank_chances",
    "How sure the rank of each epic is.",
    (
        Column("epic", "text", "ID of the epic."),
        Column(
            "value_stream", "text", "The value stream within which it is ranked, where ranks count only within each."
        ),
        Column("rank", "whole", "Its rank today."),
        Column("band", "whole", "The band it is in; within a band the order is not known well enough to argue about."),
        Column("p10_rank", "whole", "The rank that it keeps or betters in 10 of 100 futures."),
        Column("median_rank", "whole", "The same for half of the futures."),
        Column("p90_rank", "whole", "The same for 90 of 100 futures."),
        Column("first", "number", "Chance to be the first.", "share"),
        Column(
            "in_top", "number", "Chance to be among as many as the plan funds, or as many as were asked for.", "share"
        ),
    ),
    ("epic",),
)
RANK_PAIRS = Table(
    "rank_pairs",
    "For each two epics the chance that the one that ranks above the other today does so in a future.",
    (
        Column("epic", "text", "ID of the epic that ranks higher today."),
        Column("other", "text", "ID of the other epic."),
        Column("above", "number", "Chance that the first ranks above the other.", "share"),
    ),
    ("epic", "other"),
)


@dataclass(frozen=True)
class RankLine:
    """One epic: its rank today, the ranks it takes in 10, 50 and 90 of 100 futures, and the band that it is in.

    `in_top` is absent where nothing says how many are to be funded.
    """

    id: str
    title: str | None
    value_stream: str | None
    rank: int
    band: int
    p10: int
    median: int
    p90: int
    first: Chance
    in_top: Chance | None

    def as_json(self) -> dict[str, object]:
        """The epic in the published JSON format."""
        top = None if self.in_top is None else self.in_top.share
        intervals = {
            name: list(chance.interval)
            for name, chance in (("first", self.first), ("in_top", self.in_top))
            if chance is not None and chance.interval is not None
        }
        return {
            "id": self.id,
            **({} if self.value_stream is None else {"value_stream": self.value_stream}),
            "rank": self.rank,
            "band": self.band,
            "p10_rank": self.p10,
            "median_rank": self.median,
            "p90_rank": self.p90,
            "first": self.first.share,
            "in_top": top,
            "intervals": intervals,
        }


@dataclass(frozen=True, repr=False)
class Ranks(TabularResult):
    """The ranking in many futures: epics in today's order, with the chance of each to rank above each other one.

    `above` has a row and a column for each epic. `top` is how many count as funded, by value stream where ranks count only
    within each, else under a blank name.
    """

    portfolio: Portfolio
    study: StudyLine
    method: str
    step_chance: float
    scorers: int
    voted: int
    top: Mapping[str, int]
    lines: tuple[RankLine, ...]
    above: tuple[tuple[float, ...], ...]
    findings: tuple[Finding, ...] = ()

    @property
    def headline(self) -> str:
        """What was ranked anew, and in which futures."""
        name = self.portfolio.name or "The portfolio"
        count = len(self.lines)
        many = f"{count} epic{'' if count == 1 else 's'}"
        return f"{name}: {many} ranked by {METHOD_WORDS[self.method]}, anew in {self.study.words}."

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the figures say, in sentences."""
        return tuple(filter(None, (self._moved, self._banded, NOT_WORTH_ARGUING if self._is_banded else "")))

    @property
    def bands(self) -> tuple[tuple[RankLine, ...], ...]:
        """The bands in today's order."""
        found: dict[tuple[str | None, int], list[RankLine]] = {}
        for line in self.lines:
            found.setdefault((line.value_stream, line.band), []).append(line)
        return tuple(map(tuple, found.values()))

    @property
    def is_certain(self) -> bool:
        """Whether nothing moves, so that every future has today's ranks."""
        return self.study.exact and self.study.draws == 1

    @property
    def _is_banded(self) -> bool:
        return any(len(band) > 1 for band in self.bands)

    @property
    def _moved(self) -> str:
        """By how much scores moved; who voted is not said."""
        said = []
        if self.step_chance > 0 and self.method != "stack rank":
            said.append(
                f"Each score is one step lower in {self.step_chance:.0%} of the futures and one higher in as many."
            )
        if self.voted:
            many = "1 epic follow" if self.voted == 1 else f"{self.voted} epics follow"
            said.append(f"The scores of {many} the votes of {self.scorers} people instead, drawn anew in each future.")
        return " ".join(said)

    @property
    def _banded(self) -> str:
        bands = self.bands
        if self.is_certain:
            return "Nothing moves in it, so every rank is as today."
        if not self._is_banded:
            return "Every difference in rank is real: each epic ranks above the next in at least 80% of the futures."
        if len(bands) == 1:
            return "They form a single band: no difference in rank is real."
        largest = max(bands, key=len)
        return (
            f"They form {len(bands)} bands; the first holds {_listed([line.id for line in bands[0]])}, and the largest "
            f"{len(largest)} epics from {largest[0].id} to {largest[-1].id}."
        )

    @property
    def top_words(self) -> str:
        """The heading of the chance to be among those that are funded; blank where nothing says how many."""
        if not self.top:
            return ""
        return f"In the first {next(iter(self.top.values()))}" if len(self.top) == 1 else "Among as many as are funded"

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """A row for each epic, and one for each two of them."""
        return (*self.own_tables(), run.FINDINGS.filled(lambda: run.findings(self.findings)))

    def own_tables(self) -> tuple[FilledTable, ...]:
        """The tables of the ranks alone."""
        return RANK_CHANCES.filled(self._rows), RANK_PAIRS.filled(self._pairs)

    def _rows(self) -> Iterator[Mapping[str, object]]:
        for line in self.lines:
            yield {**line.as_json(), "epic": line.id}

    def _pairs(self) -> Iterator[Mapping[str, object]]:
        for place, line in enumerate(self.lines):
            for below, other in enumerate(self.lines[place + 1 :], start=place + 1):
                if line.value_stream == other.value_stream:
                    yield {"epic": line.id, "other": other.id, "above": self.above[place][below]}

    def part_as_json(self) -> dict[str, object]:
        """The ranks as a part of a study in the published JSON format."""
        return {
            "method": self.method,
            "draws": self.study.draws,
            "exact": self.study.exact,
            "step_chance": self.step_chance,
            "voted_epics": self.voted,
            "top": dict(self.top) if set(self.top) - {""} else self.top.get(""),
            "epics": [line.as_json() for line in self.lines],
            "bands": [[line.id for line in band] for band in self.bands],
            "above": [list(row) for row in self.above],
        }

    def as_json(self) -> dict[str, object]:
        """The ranks alone in the published JSON format."""
        return {
            "format": 1,
            "portfolio": self.portfolio.name,
            "study": self.study.as_json(),
            "ranks": self.part_as_json(),
            "findings": [finding.as_json() for finding in self.findings],
        }


def _listed(names: Sequence[str], most: int = 6) -> str:
    """Names as people list them, the first few of many."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
