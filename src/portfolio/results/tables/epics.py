"""Epics: every field of theirs, and in an answer what was decided about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from portfolio.domain import Calendar, Epic, Portfolio
from portfolio.domain.uncertainty import EPIC_FIELDS
from portfolio.results.epic_decisions import EpicLine
from portfolio.results.tables.fields import field_columns, field_values
from portfolio.results.tables.streams import first_day, last_day
from portfolio.scoring import Ranking
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

PERIOD_FIELDS = ("earliest", "latest", "start")
OWN_WAY = {"id", "effort", "deadline", "start", "criteria", *EPIC_FIELDS}
"""Fields that stand in columns of another form, and those that a simulation reads."""
_FIELDS = field_columns(Epic, (name for name in Epic.model_fields if name not in OWN_WAY), PERIOD_FIELDS)
OF_THE_EPIC = (
    EPIC,
    *_FIELDS,
    Column("deadline", "date", "The day until which it has to be done, where the start of the plan is known."),
    Column(
        "deadline_week",
        "number",
        "The same in weeks from the start of the plan: a date is over at the end of its day.",
        "weeks",
    ),
    Column("decided_start", "period", "Already decided or in progress: its first period.", refers_to="period"),
    Column("effort", "number", "Units of effort from all value streams.", "effort"),
)
START_DATE = Column("start_date", "date", "The first day of that period, where the start of the plan is known.")
FINISH_DATE = Column("finish_date", "date", "The last day of that period.")
OF_THE_PLAN = (
    Column("rank", "whole", "Its place in the ranking; absent where it cannot be ranked."),
    Column("wsjf", "number", "Cost of delay by job size."),
    Column("decision", "text", "`start` or `wait`; for an epic that is running `continue`, `pause` or `stop`."),
    Column("start", "period", "First period in this plan.", refers_to="period"),
    Column("finish", "period", "Last period in this plan.", refers_to="period"),
    START_DATE,
    FINISH_DATE,
    Column("periods", "whole", "How many periods it takes.", "periods"),
    Column("value", "number", "What it earns in this plan.", "value"),
    Column("delay_cost", "number", "Value if done at once less value in this plan.", "value"),
    Column("spend", "number", "What it spends in this plan.", "money"),
    Column("reason", "text", "Why it starts or waits."),
    Column(
        "commitment",
        "text",
        "How sure its start is: `committed`, `forecast` or `outlook`; absent where the model does not tell that apart.",
    ),
)
MEANING = "Every epic: its fields"

GIVEN_EPICS = Table(
    "epics",
    f"{MEANING}.",
    OF_THE_EPIC,
    ("epic",),
    ("epic", "title", "job_size", "benefit_per_week", "deadline", "effort", "decided_start", "must"),
    has_all=True,
)
PLANNED_EPICS = Table(
    "epics",
    f"{MEANING}, and what was decided about it.",
    (*OF_THE_EPIC, *OF_THE_PLAN),
    ("epic",),
    ("rank", "epic", "title", "wsjf", "decision", "start", "finish", "value", "spend", "reason"),
    has_all=True,
)


def given_epics(portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each epic, in the order of the portfolio."""
    calendar = portfolio.calendar
    for epic in portfolio.epics:
        day, week = _deadline(epic.deadline, calendar)
        yield {
            **field_values(epic, _FIELDS),
            "epic": epic.id,
            "deadline": day,
            "deadline_week": week,
            "decided_start": epic.start,
            "effort": sum(epic.effort.values()),
        }


def planned_epics(portfolio: Portfolio, ranking: Ranking, lines: Iterable[EpicLine]) -> Iterator[Mapping[str, object]]:
    """A row for each epic in the order of the ranking; where nothing was decided, only its fields and rank."""
    given = {row["epic"]: row for row in given_epics(portfolio)}
    decided = {line.id: line for line in lines}
    for ranked in ranking.epics:
        line = decided.get(ranked.id)
        found = {} if line is None else {**vars(line), **planned_days(portfolio.calendar, line.start, line.finish)}
        yield {**given[ranked.id], "rank": ranked.rank, "wsjf": ranked.wsjf, "start": None, **found}


def planned_days(calendar: Calendar, start: str | None, finish: str | None) -> Mapping[str, object]:
    """The days on which an epic begins and is done, by the columns that hold them."""
    return {START_DATE.name: first_day(calendar, start), FINISH_DATE.name: last_day(calendar, finish)}


def _deadline(moment: date | float | None, calendar: Calendar) -> tuple[date | None, float | None]:
    """A deadline as a date and as a week, as far as the start of the plan is known."""
    if moment is None:
        return None, None
    if isinstance(moment, date):
        return moment, None if calendar.start is None else calendar.week_of(moment)
    return calendar.last_day(moment), float(moment)
