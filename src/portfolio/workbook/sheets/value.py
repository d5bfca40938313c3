"""The sheet `Value`: what each epic earns where the plan puts it, by every urgency profile, and by its own."""

from __future__ import annotations

import numpy as np

from portfolio.domain import Epic
from portfolio.domain.validation import plannable
from portfolio.scoring import benefits
from portfolio.urgency import PROFILES, profile_of
from portfolio.urgency.discounting import decay_per_week
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms
from portfolio.workbook.layout import FIRST, Layout, ResultSheet
from portfolio.xlsx.write.book import Book, Page

FIRST_DATE = 10_000
"""A deadline from this number on is a date as cells hold it, below it is a number of weeks."""
_BEFORE = {
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
}
_AFTER = {"at_once": "Value if done at week 0", "delay_cost": "Delay cost", "row": "Epics row",
          "asks": "Needs approval", "missing": "Must, and waits", "moved": "Starts otherwise than decided"}  # fmt: skip
_HORIZON_ROW = FIRST - 2


def _names() -> list[str]:
    return [profile.name for profile in PROFILES]


def _headings() -> dict[str, str]:
    """The columns: what value depends on, by each profile where the plan puts it, then done at once."""
    now, at_once = ({f"{name} {when}": name for name in _names()} for when in ("now", "at once"))
    return {**_BEFORE, **now, "value": "Value", **at_once, **_AFTER}


def write_value(book: Book, layout: Layout) -> None:
    """Writes each profile's value before confidence, done where the plan puts it and done at once."""
    table, portfolio = layout.table("Value"), layout.figures.portfolio
    page = book.page(layout.name("Value"))
    page.title(
        "Value",
        "Value = confidence x the value by the epic's own urgency. Delay cost = value if done at week 0 - value.",
    )
    page.headings(table.first - 1, list(_headings().values()))
    given, weeks = layout.inputs.setting("value_horizon_weeks"), layout.inputs.setting("calendar.period_weeks")
    page.text(_HORIZON_ROW, 0, "Value horizon weeks", "bold")
    horizon = f'=IF({given}="",{len(layout.figures.periods)}*{weeks}+52,{given})'
    page.formula(_HORIZON_ROW, table.columns["urgency"], horizon, portfolio.horizon_weeks, "plain")
    for key, label in (
        ("now", "By each profile, done where the plan puts it"),
        ("at once", "By each profile, done at week 0"),
    ):
        page.text(table.first - 2, table.columns[f"{_names()[0]} {key}"], label, "bold")
    earned = benefits(portfolio, layout.figures.model.scoring.rules)
    for row, epic in zip(table.rows, portfolio.epics, strict=True):
        _EpicValue(page, layout, row, epic, earned.get(epic.id, 0.0)).write()
    page.widths(12, 40, *[11.0] * (len(_headings()) - 2))
    page.sheet.freeze_panes(table.first, 2)
    page.helpers(table.columns["row"], table.columns["moved"])


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
        self._breaks()

    def _breaks(self) -> None:
        """1 where the plan does with the epic what its own cells do not allow, whatever they said when it was made."""
        plan, figures = self.layout.table("Plan"), self.layout.figures
        spend, first, start = (
            f"INDEX({plan.column(key)},{self.layout.find(plan.column('id'), self.here('id'))})"
            for key in ("spend", "first", "start")
        )
        limit = self.layout.inputs.setting("epic_threshold")
        broken = {status.name for status in figures.broken_of(self.epic.id)}
        above = f'AND({limit}<>"",{spend}>N({limit})*(1+1E-9),{self._given("approved")}<>"yes")'
        self.put("asks", f"IF({above},1,0)", float("Approval" in broken), "helper")
        waits = f'AND({self._given("must")}="yes",{first}=0)'
        running = self.epic.id in figures.running
        self.put("missing", "0" if running else f"IF({waits},1,0)", float("Must" in broken), "helper")
        fixed = self._given("start")
        moved = f'AND({fixed}<>"",{start}&""<>{fixed}&"")'
        self.put("moved", f"IF({moved},1,0)", float("Start" in broken), "helper")

    def here(self, key: str) -> str:
        """A cell of this row."""
        return self.area.here(key, self.row)

    def put(self, key: str, formula: str, value: str | float | None, style: str = "figure") -> None:
        """Writes a formula of this row."""
        self.page.formula(self.row, self.area.columns[key], f"={formula}", value, "cell", style)

    def _terms(self) -> None:
        epics, plan, epic, given = self.layout.inputs.epics, self.layout.table("Plan"), self.epic, self._given
        self.page.text(self.row, self.area.columns["id"], epic.id, "cell", "label", "bold")
        self.put(
            "row",
            self.layout.row_in(epics, "id", self.here("id")),
            self.layout.figures.portfolio.epic_index[epic.id] + 1,
            "helper",
        )
        self.put("title", f'{given("title")}&""', epic.title, "plain")
        self.put(
            "urgency",
            f'IF({given("urgency")}="","{_names()[0]}",{given("urgency")})',
            epic.urgency or _names()[0],
            "plain",
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
        self.put("deadline", f"IF({due}>={FIRST_DATE},({due}-{start}+1)/7,N({due}))", self.terms.deadline_week, "limit")
        self.put("penalty", f"N({given('penalty')})", epic.penalty or 0.0)

    def _given(self, field: str) -> str:
        """A field of the epic on the sheet Epics."""
        return f"INDEX({self.layout.inputs.epics.column(field)},{self.here('row')})"

    def _benefit(self) -> str:
        """Benefit per week in the unit of value: money where the portfolio has any, else points of cost of delay."""
        ranking, points = self.layout.table("Ranking"), '""'
        if "cost_of_delay" in ranking.columns:
            place = self.layout.find(ranking.column("id"), self.here("id"))
            points = f"INDEX({ranking.column('cost_of_delay')},{place})"
        if not self.layout.figures.portfolio.uses_money:
            return f'IF({points}="",0,{points})'
        earned, worth = self._given("benefit_per_week"), self.layout.inputs.setting("point_value")
        return f'IF({earned}<>"",{earned},IF(COUNT({points},{worth})=2,{points}*{worth},0))'

    def _profiles(self, when: str, done: str, week: float) -> float:
        """Every profile's value if done at a week; returns the value by the epic's own profile."""
        own = 0.0
        for profile in PROFILES:
            formula = profile.formula(self.epic, self._cells(done))
            value = float(profile.value(self.epic, np.array([week]), self.terms)[0])
            if formula is None:
                self.page.put(self.row, self.area.columns[f"{profile.name} {when}"], value, "cell", "figure")
            else:
                self.put(f"{profile.name} {when}", formula, value)
            own = value if profile is profile_of(self.epic) else own
        return own

    def _own(self, when: str) -> str:
        first, last = f"{_names()[0]} {when}", f"{_names()[-1]} {when}"
        cells = f"{self.here(first)}:{self.here(last)}"
        return f"INDEX({cells},MATCH({self.here('urgency')},{self.area.span(first, last, FIRST - 1, FIRST - 1)},0))"

    def _cells(self, done: str) -> ValueCells:
        """What the profiles' formulas call this row's figures, for an epic that is done at a week."""
        rate = self.layout.inputs.setting("discount_rate") if self.terms.decay else None
        named = {key: self.here(key) for key in ("benefit", "last", "life", "peak_loss", "deadline", "penalty")}
        return ValueCells(done, **named, horizon=self.horizon, rate=rate, field=self._given)


SHEET = ResultSheet(
    "Value", write_value, table=lambda layout: (len(layout.figures.portfolio.epics), [*_headings()]), serves=True
)
