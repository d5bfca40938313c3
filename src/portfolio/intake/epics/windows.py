"""Earliest and Latest as quarters, months or dates: the periods of the plan that they fall into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portfolio.domain.json_form import Raw
from portfolio.intake.columns import EPICS
from portfolio.intake.draft import Draft
from portfolio.intake.languages import fold
from portfolio.intake.tables.table import Table
from portfolio.intake.values.dates import Order, meant, order_of, readings
from portfolio.intake.values.spans import Span, span_of

LEEWAY = 4
"""Quarters and plans seldom begin on the same day: a quarter of a period makes no difference."""
NO_LIMIT = ""
"""What a window says that reaches beyond the plan."""


@dataclass(frozen=True)
class Periods:
    """The periods of a plan with their days."""

    labels: tuple[str, ...]
    start: date
    days: int

    def first_from(self, span: Span) -> str | None:
        """The first period that begins on a day or later; a quarter or a month may begin a little after the period."""
        shift = 0 if span.first == span.last else self.days // LEEWAY
        number = -((self.start + timedelta(days=shift) - span.first).days // self.days)
        return NO_LIMIT if number <= 0 else self._label(number)

    def last_until(self, span: Span) -> str | None:
        """The last period that ends on a day or earlier; a quarter or a month may end a little before the period."""
        shift = self.days - 1 - (0 if span.first == span.last else self.days // LEEWAY)
        number = (span.last - self.start - timedelta(days=shift)).days // self.days
        return NO_LIMIT if number >= len(self.labels) - 1 else self._label(number)

    def _label(self, number: int) -> str | None:
        return self.labels[number] if 0 <= number < len(self.labels) else None


def place_windows(draft: Draft, table: Table, epics: Sequence[Raw]) -> None:
    """Puts periods in the place of quarters and dates, where the plan has a start and periods of a known length."""
    periods = _periods(draft)
    if periods is None:
        return
    known = set(map(fold, periods.labels))
    for name in ("earliest", "latest"):
        column = EPICS.column(name)
        given = [str(epic[name]) for epic in epics if name in epic]
        others = [text for text in dict.fromkeys(given) if fold(text) not in known]
        order = order_of(others)
        placed = {text: found for text in others if (found := _placed(text, name, periods, order)) is not None}
        for epic in epics if placed else ():
            found = placed.get(str(epic.get(name)))
            if found == NO_LIMIT:
                del epic[name]
            elif found is not None:
                epic[name] = found
        if placed and column in table.columns:
            shown = ", ".join(f"{text} is {label or 'no limit'}" for text, label in placed.items())
            draft.hows["epics", table.columns[column]] = f"by the plan's calendar: {shown}"


def _placed(text: str, name: str, periods: Periods, order: Order | None) -> str | None:
    """The period of a text, `NO_LIMIT` where it reaches beyond the plan; None where it is no stretch of time."""
    span = span_of(text)
    if span is None:
        days = meant(readings(text), order)
        if len(days) != 1:
            return None
        day = date.fromisoformat(days[0])
        span = Span(day, day)
    return periods.first_from(span) if name == "earliest" else periods.last_until(span)


def _periods(draft: Draft) -> Periods | None:
    calendar = draft.raw.get("calendar", {})
    start, weeks, labels = calendar.get("start"), calendar.get("period_weeks"), calendar.get("periods")
    if not isinstance(start, str) or not isinstance(weeks, int) or isinstance(weeks, bool) or not labels or weeks < 1:
        return None
    try:
        return Periods(tuple(map(str, labels)), date.fromisoformat(start), weeks * 7)
    except ValueError:
        return None
