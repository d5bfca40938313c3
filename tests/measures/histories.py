"""Histories for tests, said in short: `E1: Implementing 01-04, Done 01-23`, days of 2027."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portfolio.domain.state import StateKind
from portfolio.measures.days import day_number
from portfolio.measures.lives import Lives, lives_of
from portfolio.measures.transitions import transitions_of

KINDS: dict[str, StateKind] = {
    "Funnel": "before", "Analyzing": "before", "Ready": "waiting", "Implementing": "active", "Done": "done",
    "Stopped": "stopped",
}  # fmt: skip
AS_OF = date(2027, 3, 31)


@dataclass(frozen=True)
class Change:
    epic: str
    state: str
    entered: date
    value_stream: str | None = None
    type: str | None = None
    parent: str | None = None


def day(text: str) -> date:
    return date.fromisoformat(f"2027-{text}")


def number(text: str) -> int:
    return day_number(day(text))


def changes(said: str, value_stream: str | None = None, parent: str | None = None) -> list[Change]:
    """The changes of state of one epic."""
    name, _, steps = said.partition(": ")
    return [
        Change(name, state, day(entered), value_stream, None, parent)
        for state, _, entered in (step.rpartition(" ") for step in steps.split(", "))
    ]


def lives(*said: str, as_of: date = AS_OF, streams: Mapping[str, str] | None = None) -> Lives:
    """The lives of epics."""
    rows = [change for one in said for change in changes(one)]
    return lives_of(transitions_of(rows), KINDS, day_number(as_of), streams)
