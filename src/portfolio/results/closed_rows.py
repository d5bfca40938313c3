"""Closed periods as rows: what a sheet or a file keeps of them, so that later closings go on from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime

from portfolio.results.closing import ClosedEpic, ClosedStream

Cell = str | float | bool | date | None
KIND = "kind"
KINDS: dict[str, type[ClosedEpic | ClosedStream]] = {"value stream": ClosedStream, "epic": ClosedEpic}
HEADINGS = {
    "period": "Period",
    "first_day": "First day",
    "last_day": "Last day",
    KIND: "Kind",
    "id": "ID",
    "title": "Title",
    "outcome": "What came of it",
    "capacity": "Capacity",
    "effort": "Effort in all",
    "effort_before": "Effort before",
    "planned": "Effort planned",
    "effort_done": "Effort done",
    "effort_left": "Effort left",
    "budget": "Budget",
    "planned_spend": "Spend planned",
    "spent": "Spent",
    "kept": "Rest stays in the budget",
    "cost_left": "Cost left",
    "agreed_start": "Agreed start",
    "agreed_finish": "Agreed finish",
    "started": "Started",
}
"""What each figure of a closed period is called on the sheet `Closed`."""


def rows_of(history: Iterable[ClosedEpic | ClosedStream]) -> list[dict[str, Cell]]:
    """A row for each value stream and epic of each closed period, by the names of the fields."""
    return [{KIND: "value stream" if isinstance(line, ClosedStream) else "epic", **vars(line)} for line in history]


def history_of(rows: Iterable[Mapping[str, object]]) -> tuple[ClosedEpic | ClosedStream, ...]:
    """The same back; a row that somebody made unreadable is left out."""
    found = []
    for row in rows:
        kind = KINDS.get(str(row.get(KIND)))
        if kind is None:
            continue
        with suppress(TypeError, ValueError):
            found.append(kind(**{one.name: _value(str(one.type), row.get(one.name)) for one in fields(kind)}))  # type: ignore[arg-type]
    return tuple(found)


def _value(kind: str, value: object) -> object:
    """A cell as the field that it belongs to."""
    if value is None or value == "":
        if "None" in kind:
            return None
        raise ValueError("nothing is there")
    if "date" in kind:
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    if "float" in kind:
        return float(str(value))
    if kind == "bool":
        return value in {True, "yes", "True"}
    return str(value)
