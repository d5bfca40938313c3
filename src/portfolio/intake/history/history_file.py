"""What was read of a file of history: changes of state as columns, and everything that counted for nothing."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.domain import Finding
from portfolio.measures.transitions import Transitions

WRITE_DAYS = "Write days as 2027-01-18."


@dataclass(frozen=True)
class HistoryFile:
    """The changes of state of one file, with what is wrong with it; names of people are not among what is read."""

    name: str
    transitions: Transitions
    findings: tuple[Finding, ...]
    offsets_differ: bool = False
    """Whether moments have different offsets and no time zone said which day they are counted on."""


def left_out(name: str, rows: int, what: str, fix: str, example: str = "") -> Finding:
    """Rows that count for nothing, said once for all of them, with the first; `what` has `{have}` and `{count}` for its verbs."""
    one = rows == 1
    said = what.format(have="has" if one else "have", count="counts" if one else "count")
    return Finding(
        "warning",
        f"{name}, {example}" if example else name,
        f"{'A row' if one else f'{rows:,} rows'} {said}.",
        "A change of state needs an epic, a state and a day.",
        fix,
    )


def no_rows(name: str) -> str:
    """What is said of a table that has headings and nothing below them."""
    return f"{name} has no row below its headings; a change of state needs an epic, a state and a day."
