"""By outcome: what a plan puts into each objective, so that one sees whether the money follows the strategy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.domain import Portfolio
from portfolio.results.epic_decisions import PLANNED, EpicLine
from portfolio.results.work import WorkLine

HEADINGS = {
    "outcome": "Outcome",
    "key_results": "Key results",
    "epics": "Epics",
    "planned": "In the plan",
    "effort": "Effort",
    "effort_share": "Share of effort",
    "spend": "Spend",
    "spend_share": "Share of spend",
}
"""What each figure of an outcome is called."""
NONE = "Of none, or another"
"""What stands for the epics that name no objective."""


@dataclass(frozen=True)
class OutcomeLine:
    """One objective with what the plan puts into it; `outcome` is None for the epics that serve none.

    Shares are of all that the plan does and spends; None where that is nothing.
    """

    outcome: str | None
    key_results: tuple[str, ...]
    epics: int
    planned: int
    effort: float
    effort_share: float | None
    spend: float
    spend_share: float | None


def objectives_of(portfolio: Portfolio) -> list[str]:
    """The objectives in the order of the sheet Outcomes, then those that only epics name, each once."""
    named: dict[str, str] = {}
    for word in (*(row.objective for row in portfolio.outcomes), *(epic.outcome for epic in portfolio.epics)):
        if word is not None:
            named.setdefault(word.casefold(), word)
    return list(named.values())


def by_outcome(portfolio: Portfolio, epics: Iterable[EpicLine], work: Iterable[WorkLine]) -> tuple[OutcomeLine, ...]:
    """A line for each objective, and one for the epics that serve none; nothing where there are no objectives."""
    objectives = objectives_of(portfolio)
    if not objectives:
        return ()
    serves = {epic.id: (epic.outcome or "").casefold() for epic in portfolio.epics}
    planned = {line.id for line in epics if line.decision in PLANNED}
    effort, spend = dict.fromkeys(serves.values(), 0.0), dict.fromkeys(serves.values(), 0.0)
    for line in work:
        effort[serves[line.epic]] += sum(line.effort_by_period)
        spend[serves[line.epic]] += sum(line.spend_by_period)
    all_effort, all_spend = sum(effort.values()), sum(spend.values())
    lines = []
    for name in (*objectives, None):
        own = (name or "").casefold()
        mine = [epic for epic, outcome in serves.items() if outcome == own]
        if name is None and not mine:
            continue
        own_rows = (row for row in portfolio.outcomes if name is not None and row.objective.casefold() == own)
        rows = {row.label.casefold(): row for row in own_rows}.values()
        lines.append(
            OutcomeLine(
                name,
                tuple(_measured(row.key_result or row.measure or "", row.baseline, row.target) for row in rows),
                len(mine),
                sum(epic in planned for epic in mine),
                effort.get(own, 0.0),
                effort.get(own, 0.0) / all_effort if all_effort else None,
                spend.get(own, 0.0),
                spend.get(own, 0.0) / all_spend if all_spend else None,
            )
        )
    return tuple(lines)


def _measured(what: str, baseline: float | None, target: float | None) -> str:
    """A key result in words: `Two days to the door (5 to 2)`."""
    if baseline is None and target is None:
        return what
    known = [f"{figure:g}" if figure is not None else "?" for figure in (baseline, target)]
    return f"{what} ({' to '.join(known)})".strip()
