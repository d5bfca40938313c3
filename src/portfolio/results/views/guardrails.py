"""The view Guardrails: how the plan stands to each, with what is used between at least and at most as a bar."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from portfolio.domain.wording import first_of, place_words
from portfolio.guardrails import GuardrailStatus
from portfolio.results.decision_page import IN_EACH_PERIOD
from portfolio.results.guardrails import HEADINGS, WITHOUT_LEVEL, Standing, level_words, standing
from portfolio.results.views.load import WORST
from portfolio.results.views.shown import Shown
from portfolio.results.views.view import View

BEYOND = 1.15
"""A bar ends so far beyond the highest of what is used and what is allowed."""

MOST_PLACES = 6
"""Places of a rule that are named in one row; more are counted."""


@dataclass(frozen=True)
class GuardrailRow:
    """One guardrail in one place; the three `bar_` figures are shares of the bar's length, None for rules without a level.

    `own` says whether people wrote it; `in_each_period` whether it is one of those that the view Load shows as well.
    """

    name: str
    where: str
    label: str
    place: dict[str, str]
    used: float
    at_least: float | None
    at_most: float | None
    used_words: str
    at_least_words: str
    at_most_words: str
    unit: str
    enforce: str
    standing: Standing
    own: bool
    in_each_period: bool
    bar_used: float | None
    bar_at_least: float | None
    bar_at_most: float | None


@dataclass(frozen=True)
class GuardrailsView(View):
    """Every guardrail, broken ones first, then those at their limit."""

    name: ClassVar[str] = "guardrails"
    title: ClassVar[str] = "Guardrails"

    headings: dict[str, str]
    counts: dict[str, int]
    rows: tuple[GuardrailRow, ...]

    @property
    def worth_showing(self) -> tuple[GuardrailRow, ...]:
        """All that leave no room, and those that people wrote for the plan as a whole; rules without a level in one row each."""
        rows: dict[tuple[str, str], list[GuardrailRow]] = {}
        for row in self.rows:
            if row.standing != "kept" or (row.own and not row.place and row.bar_used is not None):
                key = (row.name, row.standing if row.bar_used is None else row.where)
                rows.setdefault(key, []).append(row)
        named = ((same[0], [row.where for row in same]) for same in rows.values())
        return tuple(replace(row, where=first_of(where, MOST_PLACES, "; ")) for row, where in named)

    @property
    def more_words(self) -> str:
        """How many more are kept."""
        kept = [sum(row.standing == "kept" for row in rows) for rows in (self.rows, self.worth_showing)]
        hidden = kept[0] - kept[1]
        if not self.worth_showing:
            return ""
        return f"{hidden} more {'guardrail is' if hidden == 1 else 'guardrails are'} met." if hidden else ""

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        return {"headings": self.headings, "counts": self.counts, "rows": [asdict(row) for row in self.rows]}


def guardrails_view(shown: Shown) -> GuardrailsView:
    """How the plan stands to each guardrail; nothing where there is no plan."""
    answer = shown.planned
    statuses = () if answer is None else answer.guardrails
    own = {limit.name for limit in shown.portfolio.guardrails}
    rows = sorted(
        (_row(status, shown, own) for status in statuses),
        key=lambda row: (WORST.index(row.standing), row.in_each_period, row.bar_used is None, not row.own),
    )
    counts = Counter(row.standing for row in rows)
    told = {word: counts[word] for word in WORST if counts[word]}
    headline = ", ".join(f"{count} {word}" for word, count in told.items())
    return GuardrailsView(
        headline=f"{headline}." if headline else "No guardrail limits this plan.",
        missing=shown.missing_plan,
        headings=HEADINGS,
        counts={str(word): count for word, count in told.items()},
        rows=tuple(rows),
    )


def _row(status: GuardrailStatus, shown: Shown, own: set[str]) -> GuardrailRow:
    place = {part: shown.titles.get(name, name) for part, name in status.place.items()}
    has_level = not WITHOUT_LEVEL & set(status.place)
    end = max(abs(level or 0.0) for level in (status.used, status.at_least, status.at_most)) * BEYOND

    def on_bar(level: float | None) -> float | None:
        return None if level is None or not has_level else max(0.0, level / end) if end else 0.0

    def words(level: float | None) -> str:
        return "" if level is None or not has_level else level_words(level, status)

    return GuardrailRow(
        name=status.name,
        where=", ".join(place.values()),
        label=place_words(status.name, place),
        place=dict(status.place),
        used=status.used,
        at_least=status.at_least,
        at_most=status.at_most,
        used_words=words(status.used),
        at_least_words=words(status.at_least),
        at_most_words=words(status.at_most),
        unit=status.unit,
        enforce=status.enforce,
        standing=standing(status),
        own=status.name in own,
        in_each_period=status.name in IN_EACH_PERIOD,
        bar_used=on_bar(status.used),
        bar_at_least=on_bar(status.at_least),
        bar_at_most=on_bar(status.at_most),
    )
