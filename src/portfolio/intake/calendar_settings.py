"""The periods and budget periods of a plan, from the settings and from the headings of Capacity."""

from __future__ import annotations

import math

from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import shown
from portfolio.intake.columns import CAPACITY
from portfolio.intake.draft import Draft
from portfolio.intake.values.cell_values import as_list, as_number, as_text


def set_calendar(draft: Draft, counts: Raw, labels: list[str]) -> None:
    """Puts the periods and budget periods into the calendar, and compares them with the counts in the settings."""
    calendar = draft.raw.setdefault("calendar", {})
    count = _read_count(draft, counts, "periods")
    if isinstance(count, list):
        labels, count = labels or count, len(count)
    if labels and count is not None and count != len(labels):
        what = f"Periods is {count}, but {CAPACITY.name} has {len(labels)} periods."
        draft.note(
            ("calendar", "periods"),
            what,
            "The periods are the columns of Capacity.",
            f"Enter {len(labels)}, or leave it blank.",
        )
    if not labels and count:
        labels = [f"Period {number + 1}" for number in range(count)]
    if labels:
        calendar["periods"] = labels
    per_budget = _read_count(draft, counts, "budget_periods")
    if isinstance(per_budget, list):
        calendar["budget_periods"] = per_budget
    elif per_budget is not None:
        calendar["budget_periods"] = [f"Budget {turn // per_budget + 1}" for turn in range(len(labels))]
    if not calendar:
        del draft.raw["calendar"]


def _read_count(draft: Draft, counts: Raw, field: str) -> list[str] | int | None:
    """A count above 0, or a list of labels; None if it is neither or absent."""
    if field not in counts:
        return None
    value = counts[field]
    if isinstance(value, list):
        return [as_text(label) for label in value]
    if isinstance(value, str) and ("," in value or ";" in value or isinstance(as_number(value), str)):
        return as_list(value)
    number = as_number(value)
    if isinstance(number, int) and not isinstance(number, bool) and 0 < number <= MOST_PERIODS:
        return number
    heading = field.replace("_", " ").capitalize()
    shown_number = shown(number) if not isinstance(number, float) or math.isfinite(number) else "not a number"
    draft.note(
        ("calendar", field),
        f"{heading} is {shown_number}.",
        f"It is a whole number from 1 to {MOST_PERIODS}.",
        "Enter a number, for example 4.",
    )
    return None


MOST_PERIODS = 1000
