"""What becomes of an epic of the plan in many futures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.results.simulated.chance import Chance
from portfolio.tabular import Column, Table

HEADINGS = {
    "begins_on_time": "Begins on time",
    "done_by_planned_finish": "Done as planned",
    "done_by_deadline": "Deadline kept",
    "done_by_latest": "Latest kept",
    "done_by_end": "Done within the plan",
    "mvp_above_cap": "MVP above its cap",
}
"""What each chance of an epic is called."""
DONE_HALF, DONE_85, MEAN_VALUE = "Done, half", "Done, 85%", "Value, mean"
BESIDE = (*HEADINGS.values(), DONE_HALF, DONE_85, MEAN_VALUE)
"""The columns of chances that may stand beside the epics in people's own workbook."""
EPIC_CHANCES = Table(
    "epic_chances",
    "What becomes of each epic of the plan in many futures.",
    (
        Column("epic", "text", "ID of the epic."),
        Column("start", "period", "The period in which the plan begins it."),
        Column("finish", "period", "The period in which the plan ends it."),
        Column("begins_on_time", "number", "Chance that it begins when planned.", "share"),
        Column("done_by_planned_finish", "number", "Chance that it is done by the end of its planned finish.", "share"),
        Column("done_by_deadline", "number", "Chance that it is done by its deadline; absent without one.", "share"),
        Column("done_by_latest", "number", "Chance that it is done by the end of its latest period.", "share"),
        Column("done_by_end", "number", "Chance that it is done by the end of the plan.", "share"),
        Column("p50_done", "text", "The first day on which it is done in half of the futures; absent if never."),
        Column("p85_done", "text", "The same for 85 of 100 futures."),
        Column("value", "number", "What it earns on average.", "value"),
        Column("planned_value", "number", "What it earns as planned.", "value"),
        Column("mvp_above_cap", "number", "Chance that its MVP costs more than its cap.", "share"),
    ),
    ("epic",),
)


@dataclass(frozen=True)
class EpicChances:
    """One epic of the plan: when it begins and is done in many futures, and what it earns.

    Days are the first on which it is done, dates where the plan's start is known, else weeks; None where it is not done in
    so many futures. A chance is None where there is nothing to keep.
    """

    id: str
    title: str | None
    start: str
    finish: str
    planned_done: date | float | None
    begins_on_time: Chance
    done_by_planned_finish: Chance
    done_by_deadline: Chance | None
    done_by_latest: Chance | None
    done_by_end: Chance
    p50_done: date | float | None
    p85_done: date | float | None
    value: float
    planned_value: float
    mvp_above_cap: Chance | None

    @property
    def date_kept(self) -> Chance | None:
        """The chance that its deadline, else the end of its latest period, is kept; None without either."""
        return self.done_by_deadline or self.done_by_latest

    @property
    def chances(self) -> dict[str, Chance]:
        """Its chances by name, those that there are."""
        found = {name: getattr(self, name) for name in HEADINGS}
        return {name: chance for name, chance in found.items() if chance is not None}

    def as_json(self) -> dict[str, object]:
        """The epic in the published JSON format."""
        shares = {
            name: None if getattr(self, name) is None else getattr(self, name).share for name in HEADINGS
        }  # fmt: skip
        intervals = {
            name: list(chance.interval) for name, chance in self.chances.items() if chance.interval is not None
        }
        return {
            "id": self.id,
            "start": self.start,
            "finish": self.finish,
            **shares,
            "p50_done": _json_day(self.p50_done),
            "p85_done": _json_day(self.p85_done),
            "value": self.value,
            "planned_value": self.planned_value,
            "intervals": intervals,
        }


def _json_day(day: date | float | None) -> str | float | None:
    return day.isoformat() if isinstance(day, date) else day
