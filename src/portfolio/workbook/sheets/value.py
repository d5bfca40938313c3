"""The sheet `Value`: what each epic earns where the plan puts it, by every urgency profile, and by its own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from portfolio.domain import Epic
from portfolio.domain.validation import plannable
from portfolio.scoring import benefits
from portfolio.urgency import PROFILES
from portfolio.urgency.discounting import decay_per_week
from portfolio.urgency.profile import Terms
from portfolio.workbook.layout import FIRST, Layout, ResultSheet
from portfolio.xlsx.write.book import Book, Page

FIRST_DATE = 10_000
"""A deadline from this number on is a date as cells hold it, below it is a number of weeks."""
MOST_POINTS = 50
"""A curve with more points than this does not fit into a formula; its value stays as computed."""
_NAMES = [profile.name for profile in PROFILES]
_HEADINGS = {
    "id": "ID",
    "title": "Title",
    "urgency": "Urgency",
    "benefit": "Benefit per week",
    "confidence": "Confidence",
    "done": "Done in week",
    "life": "Life weeks",
    "last": "Earns until week",
    "peak_loss": "Peak loss",
    "deadline": "Deadline week",
    "penalty": "Penalty",
    **{f"{name} now": name for name in _NAMES},
    "value": "Value",
    **{f"{name} at once": name for name in _NAMES},
    "at_once": "Value if done at week 0",
    "delay_cost": "Delay cost",
    "row": "Epics row",
}
_HORIZON_ROW = FIRST - 2


def write_value(book: Book, layout: Layout) -> None:
    """Writes each profile's value before confidence, done where the plan puts it and done at once."""
    table, portfolio = layout.table("Value"), layout.figures.portfolio
    page = book.page(layout.name("Value"))
    page.title(
        "Value",
        "Value = confidence x the value by the epic's own urgency. Delay cost = value if done at week 0 - value.",
    )
    page.headings(table.first - 1, list(_HEADINGS.values()))
    given, weeks = layout.inputs.setting("value_horizon_weeks"), layout.inputs.setting("calendar.period_weeks")
    page.text(_HORIZON_ROW, 0, "Value horizon weeks", "bold")
    horizon = f'=IF({given}="",{len(layout.figures.periods)}*{weeks}+52,{given})'
    page.formula(_HORIZON_ROW, table.columns["urgency"], horizon, portfolio.horizon_weeks, "plain")
    for key, label in (
        ("now", "By each profile, done where the plan puts it"),
        ("at once", "By each profile, done at week 0"),
    ):
        page.text(table.first - 2, table.columns[f"{_NAMES[0]} {key}"], label, "bold")
    earned = benefits(portfolio, layout.figures.model.scoring.rules)
    for row, epic in zip(table.rows, portfolio.epics, strict=True):
        _EpicValue(page, layout, row, epic, earned.get(epic.id, 0.0)).write()
    page.widths(12, 40, *[11.0] * (len(_HEADINGS) - 2))
    page.sheet.freeze_panes(table.first, 2)
    page.helpers(table.columns["row"], table.columns["row"])


class _EpicValue:
    """One epic's row."""

    def __init__(self, page: Page, layout: Layout, row: int, epic: Epic, benefit: float) -> None:
        self.page, self.layout, self.row, self.epic = page, layout, row, epic
        self.area, portfolio = layout.table("Value"), layout.figures.portfolio
        self.horizon = self.area.fixed("urgency", _HORIZON_ROW)
        due = 0.0 if epic.deadline is None else portfolio.calendar.week_of(epic.deadline)
        self.terms = Terms(benefit, portfolio.horizon_weeks, decay_per_week(portfolio.discount_rate), due)
        booking = layout.figures.booking(epic)
        self.done = 0.0 if booking is None else (booking.finish + 1) * portfolio.calendar.weeks

    def write(self) -> None:
        """Writes what the value depends on, each profile's value, and the epic's own."""
        self._terms()
        confidence = 1.0 if self.epic.confidence is None else self.epic.confidence
        now = self._profiles("now", self.here("done"), self.done)
        self.put(
            "value",
            f"IF({self.here('done')}>0,{self.here('confidence')}*{self._own('now')},0)",
            confidence * now if self.done else 0.0,
        )
        at_once = confidence * self._profiles("at once", "0", 0.0)
        self.put("at_once", f"{self.here('confidence')}*{self._own('at once')}", at_once)
        if plannable(self.epic, self.layout.figures.portfolio) is None:
            value = confidence * now if self.done else 0.0
            self.put("delay_cost", f"{self.here('at_once')}-{self.here('value')}", at_once - value)

    def here(self, key: str) -> str:
        """A cell of this row."""
        return self.area.here(key, self.row)

    def put(self, key: str, formula: str, value: str | float | None, style: str = "figure") -> None:
        """Writes a formula of this row."""
        self.page.formula(self.row, self.area.columns[key], f"={formula}", value, "cell", style)

    def _terms(self) -> None:
        epics, plan, epic = self.layout.inputs.epics, self.layout.table("Plan"), self.epic
        found = self.here("row")

        def given(key: str) -> str:
            return f"INDEX({epics.column(key)},{found})"

        self.page.text(self.row, self.area.columns["id"], epic.id, "cell", "label", "bold")
        self.put(
            "row",
            self.layout.row_in(epics, "id", self.here("id")),
            self.layout.figures.portfolio.epic_index[epic.id] + 1,
            "helper",
        )
        self.put("title", f'{given("title")}&""', epic.title, "plain")
        self.put(
            "urgency", f'IF({given("urgency")}="","{_NAMES[0]}",{given("urgency")})', epic.urgency or _NAMES[0], "plain"
        )
        self.put("benefit", self._benefit(), self.terms.benefit, "plain")
        confidence = 1.0 if epic.confidence is None else epic.confidence
        self.put("confidence", f'IF({given("confidence")}="",1,{given("confidence")})', confidence, "share")
        place = self.layout.find(plan.column("id"), self.here("id"))
        weeks = self.layout.inputs.setting("calendar.period_weeks")
        self.put("done", f"INDEX({plan.column('last')},{place})*{weeks}", self.done, "figure")
        life = epic.life_weeks or self.terms.horizon_weeks
        self.put("life", f'IF({given("life_weeks")}="",{self.horizon},{given("life_weeks")})', life, "plain")
        self.put("last", f"MIN({self.horizon},{self.here('life')})", self.terms.last_week(epic), "plain")
        self.put("peak_loss", f"N({given('peak_loss')})", epic.peak_loss or 0.0, "any share")
        due, start = given("deadline"), self.layout.inputs.setting("calendar.start")
        self.put("deadline", f"IF({due}>={FIRST_DATE},({due}-{start})/7,N({due}))", self.terms.deadline_week, "limit")
        self.put("penalty", f"N({given('penalty')})", epic.penalty or 0.0)

    def _benefit(self) -> str:
        """Benefit per week in the unit of value: money where the portfolio has any, else points of cost of delay."""
        ranking = self.layout.table("Ranking")
        key = "benefit" if self.layout.figures.portfolio.uses_money else "cost_of_delay"
        if key not in ranking.columns:
            return "0"
        found = f"INDEX({ranking.column(key)},{self.layout.find(ranking.column('id'), self.here('id'))})"
        return f'IF({found}="",0,{found})'

    def _profiles(self, when: str, done: str, week: float) -> float:
        """Every profile's value if done at a week; gives back the value by the epic's own profile."""
        own = 0.0
        for profile, formula in zip(PROFILES, self._formulas(done), strict=True):
            value = float(profile.value(self.epic, np.array([week]), self.terms)[0])
            if formula is None:
                self.page.put(self.row, self.area.columns[f"{profile.name} {when}"], value, "cell", "figure")
            else:
                self.put(f"{profile.name} {when}", formula, value)
            own = value if profile.name == (self.epic.urgency or _NAMES[0]) else own
        return own

    def _own(self, when: str) -> str:
        first, last = f"{_NAMES[0]} {when}", f"{_NAMES[-1]} {when}"
        cells = f"{self.here(first)}:{self.here(last)}"
        return f"INDEX({cells},MATCH({self.here('urgency')},{self.area.span(first, last, FIRST - 1, FIRST - 1)},0))"

    def _formulas(self, done: str) -> list[str | None]:
        """The profiles' formulas in the order of the family."""
        benefit, last, life = self.here("benefit"), self.here("last"), self.here("life")
        weeks, worth, length = self._discounting()
        plateau = f"MAX(0,1-{self.here('peak_loss')}*{done})"
        due, late = self.here("deadline"), f"{benefit}*{weeks(done, self.horizon)}"
        in_time = f"{self.here('penalty')}*{worth(due)}+{benefit}*{weeks(due, self.horizon)}"
        triangle = f"{length(f'MAX(0,{life}-{done})/2')}^2"
        return [
            f"{benefit}*{weeks(done, last)}",
            f"{benefit}*{plateau}*{weeks(done, last)}",
            f"2*{benefit}/{life}*{worth(done)}*{triangle}",
            f"IF({done}<={due},{in_time},{late})",
            self._curve(done),
        ]

    def _discounting(self) -> tuple[Callable[[str, str], str], Callable[[str], str], Callable[[str], str]]:
        """Weeks between two weeks, the worth of a unit at a week, and the length of a run; discounted if asked for."""
        if not self.terms.decay:
            return lambda first, last: f"MAX(0,{last}-{first})", lambda _: "1", lambda length: f"({length})"
        decay = f"(LN(1+{self.layout.inputs.setting('discount_rate')})/52)"

        def worth(week: str) -> str:
            return f"EXP(-{decay}*{week})"

        def length(run: str) -> str:
            return f"IF({decay}=0,({run}),(1-EXP(-{decay}*({run})))/{decay})"

        return lambda first, last: f"{worth(first)}*{length(f'MAX(0,{last}-{first})')}", worth, length

    def _curve(self, done: str) -> str | None:
        """Straight lines between the owner's points, flat outside; the points are those that were read."""
        points = self.epic.value_curve
        if points is None:
            return "0"
        if len(points) > MOST_POINTS:
            return None
        formula = f"{points[-1][1]!r}"
        for (week, worth), (next_week, next_worth) in reversed(list(pairwise(points))):
            line = f"{worth!r}+({next_worth - worth!r})*({done}-{week!r})/{next_week - week!r}"
            formula = f"IF({done}<{next_week!r},{line},{formula})"
        return f"IF({done}<={points[0][0]!r},{points[0][1]!r},{formula})"


SHEET = ResultSheet(
    "Value", write_value, table=lambda layout: (len(layout.figures.portfolio.epics), [*_HEADINGS]), serves=True
)
