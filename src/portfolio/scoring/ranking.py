"""A ranking: every epic with its scores, best first."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class RankedEpic:
    """One epic's scores; `None` means it cannot be computed from what was given, never 0.

    `cost_of_delay` is the weighted sum of the relative scores, `job_size` the denominator the model chose, `wsjf` their
    ratio; `cost_of_delay_per_week` is money per week, `duration_weeks` its shortest duration, `cd3` their ratio.
    `rank` follows the model's method, `wsjf_rank` and `cd3_rank` each method by itself.
    """

    id: str
    title: str | None
    rank: int | None
    cost_of_delay: float | None
    job_size: float | None
    wsjf: float | None
    wsjf_rank: int | None
    cost_of_delay_per_week: float | None
    duration_weeks: float | None
    cd3: float | None
    cd3_rank: int | None


@dataclass(frozen=True)
class Ranking:
    """All epics, ranked ones first in order of rank, then those that cannot be ranked in the order of the sheet."""

    method: str
    epics: tuple[RankedEpic, ...]

    def order(self) -> list[str]:
        """IDs in the order of the ranking."""
        return [epic.id for epic in self.epics]

    def of(self, epic_id: str) -> RankedEpic:
        """One epic's line; raises KeyError for an unknown ID."""
        for epic in self.epics:
            if epic.id == epic_id:
                return epic
        raise KeyError(epic_id)

    def as_json(self) -> dict[str, Any]:
        """The ranking in the published JSON format."""
        return {"epics": [asdict(epic) for epic in self.epics]}
