"""The words of one language, as data in one page of YAML: headings, states, months, totals, units, sizes, links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from portfolio.domain import Calendar, Dependency, Epic, KeyResult, LimitSpec, Portfolio, ValueStream
from portfolio.domain.evidence import LISTS
from portfolio.domain.state import StateKind as StateKind

Words = tuple[Annotated[str, Field(min_length=1)], ...]

NO_SETTINGS = ("calendar", "value_streams", "epics", "dependencies", "guardrails", "outcomes", "evidence", "format")
"""Fields of a portfolio that have sheets of their own."""
SCORED_AS_EPICS = frozenset(Epic.model_fields) - {"id", "type", "state", "parent", "outcome"}
"""Fields of a vote that are headed as those of the epic."""
HEADINGS: dict[str, tuple[str, ...]] = {
    "settings": (*(name for name in Portfolio.model_fields if name not in NO_SETTINGS), *Calendar.model_fields),
    "epics": (*(name for name in Epic.model_fields if name != "criteria"), "value_stream"),
    "effort": ("epic", "value_stream", "effort"),
    "value_streams": tuple(name for name in ValueStream.model_fields if name not in ("capacity", "budget")),
    "capacity": ("value_stream",),
    "budget": ("value_stream",),
    "dependencies": tuple(Dependency.model_fields),
    "guardrails": tuple(LimitSpec.model_fields),
    "outcomes": tuple(KeyResult.model_fields),
    "evidence": tuple(
        dict.fromkeys(name for record in LISTS.values() for name in record.model_fields if name not in SCORED_AS_EPICS)
    ),
}
"""The fields that each input sheet has headings for; the sheets of evidence have theirs together."""
NAMED: dict[str, tuple[str, ...]] = {
    "sheets": tuple(name for name in HEADINGS if name != "evidence"),
    "evidence_sheets": tuple(LISTS),
    "loose": HEADINGS["epics"],
    "naming": ("id", "title", "description", "parent", "level"),
    "others": (
        *("wsjf", "cost_of_delay", "risk_reduction", "opportunity_enablement", "rank", "priority", "decision"),
        *("rice", "ice", "cost", "benefit", "roi", "story_points", "fte", "progress"),
        *("finish", "finish_after", "team", "state_category", "assignee", "tags", "created", "updated"),
        "changed_field",
    ),
    "jira": (
        *("summary", "issue_key", "issue_id", "issue_type", "status", "status_category", "priority", "assignee"),
        *("parent", "parent_key", "parent_id", "parent_summary", "epic_link", "labels", "components"),
        *("project_key", "project_name", "due_date", "created", "updated"),
    ),
    "link_columns": ("inward", "outward"),
    "links": ("predecessor", "successor", "related"),
    "states": ("before", "waiting", "active", "done", "stopped"),
    "times": ("period", "week", "month", "quarter", "half_year", "year", "fiscal_year", "begin", "middle", "end"),
    "clock": ("at", "hour", "minute", "second", "morning", "afternoon"),
    "levels": (
        *(
            "theme",
            "initiative",
            "project",
            "epic",
            "capability",
            "feature",
            "story",
            "task",
            "subtask",
            "bug",
            "issue",
        ),
        *("spike", "improvement", "milestone", "phase", "test", "release"),
    ),
    "units": (
        *("thousand", "million", "billion", "percent", "hours", "days", "weeks", "months", "quarters", "years"),
        *("sprints", "periods", "person_days", "person_weeks", "person_months", "points", "fte"),
        *("per_week", "per_month", "per_year"),
    ),
    "currencies": (
        *(
            "EUR",
            "USD",
            "GBP",
            "CHF",
            "JPY",
            "PLN",
            "RUB",
            "BRL",
            "CAD",
            "AUD",
            "INR",
            "SEK",
            "NOK",
            "DKK",
            "CNY",
            "CZK",
            "kr",
        ),
    ),
    "sizes": (
        *("highest", "high", "medium", "low", "lowest", "none", "must", "should", "could", "wont"),
        *("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"),
    ),
    "choices": (
        *(
            "business",
            "enabler",
            "standard",
            "peak_lost",
            "short_life",
            "deadline",
            "curve",
            "finish_to_start",
            "needs",
        ),
        *("hard", "soft", "effort", "spend", "epics", "starts", "capex", "opex", "capacity", "budget", "selected"),
    ),
}
"""The other sections whose words have names, and their names."""


class Closed(BaseModel):
    """Words under a closed set of names, so that a misspelt one is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


if TYPE_CHECKING:
    Sections = Closed
else:

    def _sections(title, named):
        records = {name: create_model(name, __base__=Closed, **_words(words)) for name, words in named.items()}
        return create_model(title, __base__=Closed, **{name: (made, made()) for name, made in records.items()})

    def _words(names):
        return dict.fromkeys(names, (Words, ()))

    Sections = _sections("Sections", NAMED)
    Headings = _sections("Headings", HEADINGS)
    Sections = create_model("Sections", __base__=Sections, headings=(Headings, Headings()))

Section = Literal[
    "sheets",
    "headings.settings",
    "headings.epics",
    "headings.effort",
    "headings.value_streams",
    "headings.capacity",
    "headings.budget",
    "headings.dependencies",
    "headings.guardrails",
    "headings.outcomes",
    "headings.evidence",
    "evidence_sheets",
    "loose",
    "naming",
    "others",
    "jira",
    "wrapped",
    "link_columns",
    "links",
    "states",
    "months",
    "times",
    "clock",
    "yes",
    "no",
    "empty",
    "totals",
    "levels",
    "units",
    "currencies",
    "sizes",
    "choices",
]
"""The parts of a language in which a word is looked up."""


class Language(Sections):
    """The words of one language, by what they mean; each section is told in `NAMED` and `HEADINGS`.

    The first word of a heading is the proper one, the rest are what people write. `loose` are headings that mean a field
    of an epic only where no better one stands; `naming` are the columns that say which row this is; `others` are headings
    that no field takes by itself. `jira` are the headings of an export of Jira, `wrapped` is how it heads a field that a
    team added, `link_columns` how it heads a link.
    """

    format: Literal[1]
    language: str
    own_name: str
    sources: Words
    wrapped: Words = ()
    months: Annotated[tuple[Words, ...], Field(min_length=12, max_length=12)] = ((),) * 12
    yes: Words = ()
    no: Words = ()
    empty: Words = ()
    totals: Words = ()

    def section(self, section: Section) -> Mapping[str, Words]:
        """The words of one section by what they mean: a field, a kind, a unit; a month by its number."""
        within, _, name = section.rpartition(".")
        value = getattr(getattr(self, within) if within else self, name)
        if isinstance(value, Closed):
            return {name: words for name in type(value).model_fields if (words := getattr(value, name))}
        if name == "months":
            return {str(number): words for number, words in enumerate(value, start=1)}
        return {name: value} if value else {}
