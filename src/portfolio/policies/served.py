"""Which key results an epic serves: those of the objective that it names, and those of which any row names it."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.domain import Epic, KeyResult


def served(epic: Epic, outcomes: Iterable[KeyResult]) -> list[tuple[int, KeyResult]]:
    """The rows of every key result that an epic serves, each with its position."""
    rows = list(outcomes)
    named = {row.label.casefold() for row in rows if epic.id.casefold() in {name.casefold() for name in row.epics}}
    objective = (epic.outcome or "").casefold()
    return [
        (index, row)
        for index, row in enumerate(rows)
        if row.label.casefold() in named or row.objective.casefold() == objective
    ]
