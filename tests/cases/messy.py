"""A messy file with what is true of it: each fact is read so, or a finding names what was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.cases.reading import Reading
from tests.cases.tables import Rows

SCORED = ("Business value", "Time criticality", "RR/OE", "Job size")
FIRST, SECOND, THIRD = (8, 5, 3, 5), (5, 3, 2, 3), (5, 2, 1, 5)
ENDED = {"done", "completed", "complete", "closed", "canceled", "released", "accepted"}
"""States that end an epic: whether it is kept in the file is not judged here, only what is still to decide."""


@dataclass(frozen=True)
class Messy:
    """A file: its name, or the rows of its sheets; `facts` by name, with words for findings where one is not read.

    A fact without words is so plain that it has to be read.
    """

    content: str | Mapping[str, Rows]
    facts: Mapping[str, object]
    words: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def fact(reading: Reading, name: str) -> Any:
    """What was read, by the name of the fact."""
    raw = reading.portfolio or {}
    direct = {
        "ids": reading.ids,
        "names": reading.names,
        "scores": reading.scores,
        "links": reading.links,
        "periods": reading.periods,
        "capacity": reading.streams("capacity"),
        "budget": reading.streams("budget"),
        "settings": raw,
        "calendar": raw.get("calendar", {}),
        "group": {
            name: epic.get("category") or epic.get("theme")
            for name, epic in zip(reading.names, reading.epics, strict=True)
        },
    }
    return direct[name] if name in direct else reading.each(name)


def wrong(messy: Messy, reading: Reading) -> list[str]:
    """The facts that were read otherwise without a word; none where the file was refused with one."""
    if reading.portfolio is None:
        return [] if reading.findings or reading.code == 2 else ["nothing was read, and nothing was said"]
    open_epics = [epic for epic in reading.epics if str(epic.get("state", "")).lower() not in ENDED]
    found, still = [], replace(reading, portfolio={**reading.portfolio, "epics": open_epics})
    for name, expected in messy.facts.items():
        value = fact(still, name)
        if name in {"settings", "calendar"} and isinstance(expected, dict):
            value = {key: value.get(key) for key in expected}
        words = messy.words[name].split(" | ") if name in messy.words else []
        if value != expected and not any(reading.says(word) for word in words):
            found.append(f"{name} is {value}, not {expected}")
    return found


def understood(messy: Messy, reading: Reading) -> bool:
    """Whether every fact was read."""
    return reading.portfolio is not None and not wrong(messy, replace(reading, code=0, findings=()))
