"""Durations: `3 sprints`, `18 months`, `1w 2d`, `16h`, in what their field counts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolio.domain.spelling import shown
from portfolio.intake.headings.units import Unit, unit_of
from portfolio.intake.values.context import Wanted
from portfolio.intake.values.question import ColumnValues, Question

WEEKS = {"hours": 1 / 168, "days": 1 / 7, "weeks": 1.0, "months": 52 / 12, "quarters": 13.0, "years": 52.0}
DAYS = {
    "hours": 1 / 8,
    "days": 1.0,
    "weeks": 5.0,
    "person_days": 1.0,
    "person_weeks": 5.0,
    "months": 20.0,
    "person_months": 20.0,
}
"""Working days: a day has 8 hours, a week 5 days, a month 20."""
COUNTED = ("sprints", "periods")
PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+\.?)\s*,?\s*")


def periods_or_weeks(made: ColumnValues, place: int, number: float, unit: Unit, wanted: Wanted) -> float | None:
    """A duration in the weeks or periods that its field counts; None, and a question, where it counts the other."""
    counts_weeks = wanted.name in ("life_weeks", "deadline")
    if counts_weeks and unit.name in WEEKS:
        return float(f"{number * WEEKS[unit.name]:.12g}")
    if not counts_weeks and unit.name in COUNTED:
        return number
    noun = "weeks" if counts_weeks else "periods"
    made.cells[place] = Question(
        f"{wanted.column.heading} is given in {unit.text}: {shown(number)}.",
        f"It is counted in {noun} of the plan.",
        f"Enter the number of {noun}.",
    )
    return None


def work_in(made: ColumnValues, words: Mapping[int, str], units: Mapping[int, Unit]) -> dict[int, str]:
    """Reads work written as `1w 2d`, all of the column in days where its cells name different units; returns the rest."""
    parts = {place: found for place, text in words.items() if (found := _parts(text)) is not None}
    named = {place: unit.name for place, unit in units.items() if unit.name in DAYS}
    if parts or len(set(named.values())) > 1:
        for place, found in parts.items():
            made.values[place] = sum(number * DAYS[name] for number, name in found)
        for place, name in named.items():
            number = made.values[place]
            if isinstance(number, float):
                made.values[place] = number * DAYS[name]
        made.whole.append(
            (min([*parts, *named]), Question("Effort is written as durations, in different units.",
                                "It was counted in days: a day has 8 hours, a week 5 days.",
                                "Write figures in the unit of Capacity, if that is another one.", "warning"))
        )  # fmt: skip
    return {place: text for place, text in words.items() if place not in parts}


def work_like_capacity(made: ColumnValues, figures: Mapping[int, float], unit: Unit, capacity: Unit) -> None:
    """Makes effort in days, where capacity is counted in hours, hours; what cannot be made the same is said."""
    if unit.name == capacity.name or not figures:
        return
    what = f"Effort is in {unit.text}, and Capacity is in {capacity.text}."
    if unit.name not in DAYS or capacity.name not in DAYS:
        rule, fix = "They are compared with each other.", "Write both in the same unit."
        made.whole.append((min(figures), Question(what, rule, fix, "warning")))
        return
    factor = DAYS[unit.name] / DAYS[capacity.name]
    for place, number in figures.items():
        if place not in made.settled:
            made.values[place] = float(f"{number * factor:.12g}")
    made.how.append(f"{unit.text}, made {capacity.text}")
    made.whole.append(
        (min(figures), Question(what, f"It was multiplied by {shown(factor)}: a day has 8 hours, a week 5 days.",
                            "Write both in the same unit, if that is not meant.", "warning"))
    )  # fmt: skip


def _parts(text: str) -> list[tuple[float, str]] | None:
    """The numbers of a duration with their units; None where a text is none."""
    if not re.fullmatch(rf"(?:{PART.pattern})+", text.strip()):
        return None
    found = [(float(number.replace(",", ".")), unit_of(word)) for number, word in PART.findall(text)]
    if any(unit is None or unit.name not in DAYS for _, unit in found):
        return None
    return [(number, unit.name) for number, unit in found if unit is not None]
