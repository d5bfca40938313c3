"""Outcomes: every key result stands once, and every epic that names an objective names one that there is."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain.finding import FieldFinding
from portfolio.domain.key_result import KeyResult
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
                "Every key result of an objective stands once."
                if row.measured_on is None
                else "A key result has one reading of a day.",
                f"Delete one of the two, or give it another {'key result' if row.measured_on is None else 'day'}.",
            )
        yield from _reading(index, row)
    yield from _unknown_epics(portfolio)
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


def _reading(index: int, row: KeyResult) -> Iterator[FieldFinding]:
    """A reading can be compared with baseline and target."""
    if row.current is not None and row.baseline is not None and row.baseline == row.target and row.better_when is None:
        yield FieldFinding(
            ("outcomes", index, "better_when"),
            f"Baseline and target of {row.label} are both {row.baseline:g}, and Better is empty.",
            "Which way is better nothing else says.",
            "Write higher or lower.",
        )
    way = row.better
    if row.better_when is not None and way in ("higher", "lower") and way != row.better_when:
        yield FieldFinding(
            ("outcomes", index, "better_when"),
            f"Better is {row.better_when}, but the target {row.target:g} is {way} than the baseline {row.baseline:g}.",
            "From baseline to target it gets better.",
            "Correct one of the three.",
        )
    if row.baseline_on is not None and row.target_on is not None and row.target_on < row.baseline_on:
        yield FieldFinding(
            ("outcomes", index, "target_on"),
            f"Target on {row.target_on} is before Baseline on {row.baseline_on}.",
            "Baseline on comes first.",
            "Check both, and correct the wrong one.",
        )
    if (row.current is None) != (row.measured_on is None):
        given, missing = ("Current", "measured_on") if row.measured_on is None else ("Measured on", "current")
        yield FieldFinding(
            ("outcomes", index, missing),
            f"{given} is given, and {KeyResult.model_fields[missing].title} is not.",
            "A reading is a figure and its day; without one of them it is none.",
            "Enter it.",
            "warning",
        )


def _unknown_epics(portfolio: Portfolio) -> Iterator[FieldFinding]:
    known = spellings(epic.id for epic in portfolio.epics)
    words = KnownWords(known.values())
    for index, row in enumerate(portfolio.outcomes):
        for name in row.epics:
            if name.casefold() not in known:
                yield FieldFinding(
                    ("outcomes", index, "epics"),
                    f"Epic {shown(name)} is unknown.",
                    "There is no epic with this ID.",
                    suggestion(name, words, "Write the ID of an epic, or leave it out."),
                )
