"""Undecided MVPs: what an MVP was to show is known, and nobody has decided whether to pivot or to persevere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding, KeyResult
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning
from portfolio.policies.served import served


class UndecidedMvps:
    """After its MVP it is decided about an epic again, soon.

    Rule: no epic in progress is still in a state before that decision more than `weeks` weeks after its MVP was over, on the last day
    that history knows, else when the plan starts. An MVP begins when the epic was started, and takes MVP periods, or one.
    Formula: (last day of history - (started + MVP periods * weeks)) / 7 <= weeks.
    Unit: weeks.
    Why: what goes on without a decision is persevered with by default, and the MVP was for nothing.
    Source: SAFe, pivot or persevere; the limit is general knowledge.
    Example: an MVP of one period that ended in November, in the same state at Christmas.
    """

    name = "undecided MVPs"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("flow",)
    limits: ClassVar[Limits] = {"weeks": 2}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each epic whose MVP is over, with what its key results say and who decides."""
        portfolio, past = subject.portfolio, subject.past
        today = portfolio.calendar.start if past is None else past.as_of
        decided = {state.casefold() for state in subject.released}
        for index, epic in enumerate(portfolio.epics):
            end = _end(epic, subject)
            open_mvp = portfolio.is_running(epic) and (epic.state or "").casefold() not in decided
            if today is None or end is None or not open_mvp or (today - end).days / 7 <= limits["weeks"]:
                continue
            yield warning(
                ("epics", index, "state"),
                f"The MVP of {epic.id} ended on {end}, and on {today} it is still {epic.state}{_readings(epic, portfolio.outcomes)}.",
                f"The policy allows {limits['weeks']:g} weeks to decide.",
                f"Pivot, persevere or stop; `flow` has the evidence. {subject.words.stopping}".strip(),
            )


def _end(epic: Epic, subject: Subject) -> date | None:
    """The last day of its MVP; None where it has none, or nobody knows when it began."""
    known = None if subject.past is None else subject.past.by_id.get(epic.id.casefold())
    began = epic.started or (None if known is None else known.started)
    weeks = subject.portfolio.calendar.period_weeks
    if began is None or weeks is None or (epic.mvp_periods is None and epic.mvp_cost is None):
        return None
    return began + timedelta(weeks=(epic.mvp_periods or 1) * weeks, days=-1)


def _readings(epic: Epic, outcomes: tuple[KeyResult, ...]) -> str:
    """The latest reading of each key result that the epic serves, else that it serves none."""
    latest: dict[str, KeyResult] = {}
    rows = [row for _, row in served(epic, outcomes)]
    for row in sorted(rows, key=lambda row: row.measured_on or date.min):
        latest[row.label.casefold()] = row
    said = [
        f"{row.key_result or row.label} {row.current:g} on {row.measured_on}"
        + (f" (from {row.baseline:g} to {row.target:g})" if row.baseline is not None and row.target is not None else "")
        for row in latest.values()
        if row.current is not None and row.measured_on is not None
    ]
    if said:
        return f"; {', '.join(said)}"
    return "; its key results have no reading" if latest else "; no key result says what it is for"
