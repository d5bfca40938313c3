"""Stale scores: epics are ranked by what was thought long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding, KeyResult
from portfolio.policies.policy import Limits, Subject, named, warning


class StaleScores:
    """A score is looked at again before it decides anything.

    Rule: scores are at most `weeks` old when the plan starts, and no key result that an epic serves was read after its score. Epics without
    `Scored on` are not judged.
    Formula: (start of the plan - scored on) / 7 <= weeks; scored on >= measured on of its key results.
    Unit: weeks.
    Why: cost of delay changes with the market; sunk cost is ignored, so work in progress is sized by what remains.
    Source: SAFe, WSJF is updated continuously; the limit is general knowledge.
    Example: scored in January for a plan that starts in October: 39 weeks.
    """

    name = "stale scores"
    limits: ClassVar[Limits] = {"weeks": 26}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each epic with an old score, and for each objective those that were scored before it was read."""
        start = subject.portfolio.calendar.start
        for index, epic in enumerate(subject.portfolio.epics):
            if start is None or epic.scored_on is None:
                continue
            weeks = (start - epic.scored_on).days / 7
            if weeks > limits["weeks"]:
                yield warning(
                    ("epics", index, "scored_on"),
                    f"{epic.id} was scored {weeks:.0f} weeks before the plan starts.",
                    f"The policy allows {limits['weeks']:g}.",
                    "Score it again by what is known now, sized by what remains.",
                )
        yield from _read_later(subject)


def _read_later(subject: Subject) -> Iterator[FieldFinding]:
    """For each objective the epics that serve it and were scored before its latest reading that concerns them."""
    readings: dict[str, list[tuple[date, int, KeyResult]]] = {}
    for index, row in enumerate(subject.portfolio.outcomes):
        if row.current is not None and row.measured_on is not None:
            readings.setdefault(row.objective.casefold(), []).append((row.measured_on, index, row))
    for rows in readings.values():
        rows.sort(key=lambda row: row[:2], reverse=True)
        scored = [(epic, epic.scored_on) for epic in subject.portfolio.epics if epic.scored_on is not None]
        stale = [
            (epic.id, later[0])
            for epic, day in scored
            if (later := [row for row in rows if row[0] > day and _serves(epic, row[2])])
        ]
        if stale:
            day, index, latest = max((row for _, row in stale), key=lambda row: row[:2])
            who = named([name for name, _ in stale])
            yield warning(
                ("outcomes", index, "measured_on"),
                f"{latest.label} was read on {day}; {who} {'serves' if len(stale) == 1 else 'serve'} {latest.objective} and "
                f"{'was' if len(stale) == 1 else 'were'} scored before.",
                "What was read since may change what is thought of an epic.",
                "Look at Confidence and scores again by what was read, and enter Scored on anew.",
            )


def _serves(epic: Epic, row: KeyResult) -> bool:
    """Whether an epic serves a key result: the row names it, or it names the objective."""
    return (epic.outcome or "").casefold() == row.objective.casefold() or epic.id.casefold() in {
        name.casefold() for name in row.epics
    }
