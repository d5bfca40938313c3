"""The view Load: what each value stream has in each period and what the plan uses of it, with its money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar

from portfolio.domain.tolerance import TOLERANCE
from portfolio.domain.wording import figure
from portfolio.results.answer import Answer
from portfolio.results.guardrails import Standing, standing
from portfolio.results.views.shown import Shown
from portfolio.results.views.view import View

WORST: tuple[Standing, ...] = ("broken", "breached at its price", "at its limit", "kept")
"""How guardrails may stand, the worst first."""
SHADES = (0.0, 0.5, 0.8, 1.0)
"""Shares of the capacity above which a cell is a shade darker."""


@dataclass(frozen=True)
class LoadCell:
    """One value stream in one period; `used` is a share of the capacity, `shade` a step from 0 to 4, 4 is beyond capacity.

    `wip` are the epics in progress. `words` are what the cell shows, `standing` how its capacity and its WIP limit stand.
    """

    period: str
    capacity: float
    effort: float
    used: float
    wip: int
    wip_limit: int | None
    reserved: float | None
    standing: Standing
    shade: int
    words: str


@dataclass(frozen=True)
class BudgetCell:
    """One value stream's money in one budget period; `budget`, `funded` and `left` are None where no budget limits."""

    budget_period: str
    budget: float | None
    shift: float
    funded: float | None
    spend: float
    left: float | None
    words: str


@dataclass(frozen=True)
class LoadLine:
    """One value stream, or all of them together."""

    id: str
    title: str
    cells: tuple[LoadCell, ...]
    budgets: tuple[BudgetCell, ...]


@dataclass(frozen=True)
class LoadView(View):
    """A line for each value stream, and one for all of them."""

    name: ClassVar[str] = "load"
    title: ClassVar[str] = "Load"

    headings: dict[str, str]
    periods: tuple[str, ...]
    budget_periods: tuple[str, ...]
    limits_progress: bool
    money_unit: str | None
    lines: tuple[LoadLine, ...]
    total: LoadLine | None
    notes: tuple[str, ...]

    @property
    def with_total(self) -> tuple[LoadLine, ...]:
        """The lines, and that of all together where there is more than one."""
        return (*self.lines, self.total) if self.total is not None and len(self.lines) > 1 else self.lines

    @property
    def has_budgets(self) -> bool:
        """Whether any budget limits what is spent."""
        return any(cell.funded is not None or cell.words for line in self.lines for cell in line.budgets)

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        return {
            "headings": self.headings,
            "periods": list(self.periods),
            "budget_periods": list(self.budget_periods),
            "limits_progress": self.limits_progress,
            "money_unit": self.money_unit,
            "lines": [asdict(line) for line in self.lines],
            "total": None if self.total is None else asdict(self.total),
            "notes": list(self.notes),
        }


def load_view(shown: Shown) -> LoadView:
    """The load of the plan; nothing where there is none."""
    answer, calendar, words = shown.planned, shown.portfolio.calendar, shown.model.vocabulary
    lines, total, notes = (), None, []  # type: tuple[LoadLine, ...], LoadLine | None, list[str]
    if answer is not None:
        standings = _standings(answer)
        lines = tuple(_line(answer, stream, standings) for stream in shown.titles)
        total = _total(answer, standings, f"All {words.value_stream.many}")
        money = answer.measured.funding
        notes = [answer.reserve_words, *money.shift_words(shown.portfolio.money_unit, shown.titles)]
    limit = " / WIP limit" if answer is not None and answer.limits_progress else ""
    return LoadView(
        headline=f"Capacity used ({words.epic.many} in progress{limit})",
        missing=shown.missing_plan,
        headings=shown.headings,
        periods=calendar.periods,
        budget_periods=calendar.budget_labels if answer is not None and answer.shows_money else (),
        limits_progress=answer is not None and answer.limits_progress,
        money_unit=shown.portfolio.money_unit if answer is not None and answer.shows_money else None,
        lines=lines,
        total=total,
        notes=tuple(filter(None, notes)),
    )


def _standings(answer: Answer) -> Mapping[tuple[str, str], list[Standing]]:
    """How capacity and WIP limits stand, by value stream and period; those of the portfolio under a blank stream."""
    found: dict[tuple[str, str], list[Standing]] = {}
    for status in answer.guardrails:
        if status.name in {"Capacity", "WIP limit"}:
            found.setdefault((status.place["value stream"], status.place["period"]), []).append(standing(status))
        elif status.name == "Portfolio WIP limit":
            found.setdefault(("", status.place["period"]), []).append(standing(status))
    return found


def _line(answer: Answer, stream: str, standings: Mapping[tuple[str, str], list[Standing]]) -> LoadLine:
    cells = tuple(
        _cell(
            one.period, (one.capacity, one.effort), (one.wip, one.wip_limit), one.reserved,
            standings.get((stream, one.period), []),
        )
        for one in answer.value_streams
        if one.id == stream
    )  # fmt: skip
    money = tuple(
        BudgetCell(one.budget_period, one.budget, one.shift, one.funded, one.spend, one.left, _left_words(one.left))
        for one in (() if answer.funding is None or not answer.shows_money else answer.funding.value_streams)
        if one.id == stream
    )
    title = next(one.title for one in answer.portfolio.value_streams if one.id == stream)
    return LoadLine(stream, title, cells, money)


def _total(answer: Answer, standings: Mapping[tuple[str, str], list[Standing]], title: str) -> LoadLine:
    """All value streams together, with the epics in progress each counted once."""
    bookings = answer.plan.bookings.values() if answer.plan is not None else ()
    cells = []
    for place, period in enumerate(answer.portfolio.calendar.periods):
        here = [line for line in answer.value_streams if line.period == period]
        amounts = sum(line.capacity for line in here), sum(line.effort for line in here)
        wip = sum(booking.start <= place <= booking.finish for booking in bookings)
        reserved = [line.reserved for line in here if line.reserved is not None]
        cells.append(
            _cell(
                period, amounts, (wip, answer.portfolio.portfolio_wip_limit), sum(reserved) if reserved else None,
                standings.get(("", period), []),
            )
        )  # fmt: skip
    limited = any(line.budget is not None for line in answer.measured.funding.value_streams)
    money = tuple(
        BudgetCell(
            one.budget_period, one.budget if limited else None, one.shift, one.funded if limited else None, one.spend,
            one.left if limited else None, _left_words(one.left if limited else None),
        )
        for one in (() if answer.funding is None or not answer.shows_money else answer.funding.totals)
    )  # fmt: skip
    return LoadLine("", title, tuple(cells), money)


def _cell(
    period: str,
    amounts: tuple[float, float],
    progress: tuple[int, int | None],
    reserved: float | None,
    standings: list[Standing],
) -> LoadCell:
    (capacity, effort), (wip, limit) = amounts, progress
    used = effort / capacity if capacity else 0.0
    words = f"{used:.0%} ({wip}{'' if limit is None else f'/{limit}'})"
    worst: Standing = min(standings, key=WORST.index) if standings else "kept"
    return LoadCell(period, capacity, effort, used, wip, limit, reserved, worst, _shade(capacity, effort), words)


def _shade(capacity: float, effort: float) -> int:
    if effort > capacity * (1 + TOLERANCE) + TOLERANCE:
        return len(SHADES)
    return sum(effort > share * capacity for share in SHADES[:-1]) if capacity else 0


def _left_words(left: float | None) -> str:
    return "" if left is None else figure(round(left, 6) + 0.0)
