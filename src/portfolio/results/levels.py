"""Other levels: what is above and below the work that is planned, with the sums of the parts that are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.domain import Epic, Portfolio
from portfolio.domain.wording import labelled
from portfolio.results.epic_decisions import PLANNED, EpicLine
from portfolio.results.work import WorkLine

HEADINGS = {
    "level": "Work level",
    "label": "Item",
    "parts": "Parts",
    "planned": "In the plan",
    "effort": "Effort",
    "spend": "Spend",
    "start": "From",
    "finish": "To",
}
"""What each figure of an item of another level is called."""


@dataclass(frozen=True)
class LevelLine:
    """An item of another level than the planned one, with the planned work that it is made of or belongs to.

    Above the planned level that is all planned work below it, at whatever depth; below it, the planned item that it is a
    part of. `effort` and `spend` are what the plan puts into these, `start` and `finish` the first and last period.
    """

    level: str
    id: str
    title: str | None
    parent: str | None
    parts: int
    planned: int
    effort: float
    spend: float
    start: str | None
    finish: str | None

    @property
    def label(self) -> str:
        """Its ID with its title."""
        return labelled(self.id, self.title)


def level_lines(portfolio: Portfolio, epics: Iterable[EpicLine], work: Iterable[WorkLine]) -> tuple[LevelLine, ...]:
    """A line for each item of another level, from the highest level, in the order of the sheet."""
    if not portfolio.other_levels:
        return ()
    decided = {line.id: line for line in epics}
    amounts: dict[str, tuple[float, float]] = {}
    for line in work:
        effort, spend = amounts.get(line.epic, (0.0, 0.0))
        amounts[line.epic] = (effort + sum(line.effort_by_period), spend + sum(line.spend_by_period))
    everything = {epic.id.casefold(): epic for epic in (*portfolio.epics, *portfolio.other_levels)}
    return tuple(
        _line(epic, _planned_work(epic, everything, portfolio), decided, amounts, portfolio)
        for epic in portfolio.other_levels
    )


def _planned_work(epic: Epic, everything: Mapping[str, Epic], portfolio: Portfolio) -> list[str]:
    """The IDs of the work at the planned level below an item; where there is none, of the one that it belongs to."""
    below = [one.id for one in portfolio.epics if epic.id in _above(one, everything)]
    return below or [one for one in _above(epic, everything) if one in portfolio.epic_index][:1]


def _above(epic: Epic, everything: Mapping[str, Epic]) -> list[str]:
    """The IDs of all that an item is part of, the nearest first; each once, whatever people entered."""
    found: list[str] = []
    here = everything.get((epic.parent or "").casefold())
    while here is not None and here.id not in found and here.id != epic.id:
        found.append(here.id)
        here = everything.get((here.parent or "").casefold())
    return found


def _line(
    epic: Epic,
    parts: Sequence[str],
    decided: Mapping[str, EpicLine],
    amounts: Mapping[str, tuple[float, float]],
    portfolio: Portfolio,
) -> LevelLine:
    lines = [decided[part] for part in parts if part in decided and decided[part].decision in PLANNED]
    periods = portfolio.calendar.periods
    spans = [
        (periods.index(line.start), periods.index(line.finish))
        for line in lines
        if line.start in periods and line.finish in periods
    ]
    return LevelLine(
        epic.level or "",
        epic.id,
        epic.title,
        epic.parent,
        len(parts),
        len(lines),
        sum(amounts.get(line.id, (0.0, 0.0))[0] for line in lines),
        sum(amounts.get(line.id, (0.0, 0.0))[1] for line in lines),
        periods[min(start for start, _ in spans)] if spans else None,
        periods[max(finish for _, finish in spans)] if spans else None,
    )
