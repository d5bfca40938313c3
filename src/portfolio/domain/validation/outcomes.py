"""Outcomes: every key result stands once, and every epic that names an objective names one that there is."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain.finding import FieldFinding
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.references import spellings
from portfolio.domain.spelling import KnownWords, shown, suggestion


def check_outcomes(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Key results differ, and the outcome of an epic is an objective of the sheet Outcomes, where there is one."""
    seen: dict[str, int] = {}
    for index, row in enumerate(portfolio.outcomes):
        before = seen.setdefault(row.reading.casefold(), index)
        if before != index:
            yield FieldFinding(
                ("outcomes", index, "key_result"),
                f"{row.reading} is already given by outcome number {before + 1}.",
                "Every key result of an objective stands once.",
                "Delete one of the two, or give it another key result.",
            )
    known = spellings(row.objective for row in portfolio.outcomes)
    words = KnownWords(known.values())
    for index, epic in enumerate(portfolio.epics):
        if known and epic.outcome is not None and epic.outcome.casefold() not in known:
            yield FieldFinding(
                ("epics", index, "outcome"),
                f"Outcome {shown(epic.outcome)} is unknown.",
                "The sheet Outcomes has no objective of this name.",
                suggestion(epic.outcome, words, "Write a known one, add this one there, or leave this out."),
            )
