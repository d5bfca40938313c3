"""The one table of sheets and columns: what a workbook calls each field of a portfolio, and what else people call it.

Headings, descriptions and examples come from the fields themselves (`domain`), other names from the words of English
(`languages/en.yaml`), so they are declared once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from portfolio.domain import Calendar, Dependency, Epic, KeyResult, LimitSpec, Portfolio, ValueStream
from portfolio.domain.field import Kind, entry
from portfolio.domain.uncertainty import SETTINGS as UNCERTAIN_SETTINGS
from portfolio.intake.languages import Section, vocabulary
from portfolio.results.simulated.epic_chances import BESIDE


@dataclass(frozen=True)
class Column:
    """One column of a sheet, or one setting of the `Portfolio` sheet.

    `field` is the JSON field; `kind` says what its cells hold; aliases are other headings that people really use.
    """

    heading: str
    field: str
    kind: Kind
    description: str
    example: Any
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    """Aliases that mean this column only if no better heading stands on the sheet."""


@dataclass(frozen=True)
class Sheet:
    """One input sheet: its name, the JSON field its rows belong to, and its columns in order."""

    name: str
    field: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()

    def column(self, field: str) -> Column:
        """The column of a JSON field."""
        return next(column for column in self.columns if column.field == field)


def _words(section: Section, name: str) -> tuple[str, ...]:
    """What English calls a field or a sheet, its proper name first."""
    return vocabulary().words(section).get(name, ())


def _column(record: type[BaseModel], name: str, section: Section, **more: Any) -> Column:
    """The column of a field that a record has."""
    found = entry(record, name)
    values = {"heading": found.title, "field": name, "kind": found.kind, "example": found.example}
    others = {"choices": found.choices, "aliases": _words(section, name)[1:]}
    return Column(**{**values, "description": found.description, **others, **more})


def field_column(record: type[BaseModel], name: str, section: Section) -> Column:
    """The column of a field that a record has, headed as the field is."""
    return _column(record, name, section)


def _named(section: Section, name: str, kind: Kind, description: str, example: object) -> Column:
    """A column that only workbooks have, since the record holds the same in another shape."""
    heading, *others = _words(section, name)
    return Column(heading, name, kind, description, example, aliases=tuple(others))


def _sheet(name: str, columns: tuple[Column, ...], field: str | None = None) -> Sheet:
    heading, *others = _words("sheets", name)
    return Sheet(heading, name if field is None else field, columns, tuple(others))


CRITERIA = "criteria"
"""The field of an epic whose entries have a column each, as the operating model names them."""


def _epic_columns() -> tuple[Column, ...]:
    columns = {
        name: _column(Epic, name, "headings.epics", loose=_words("loose", name))
        for name in Epic.model_fields
        if name != CRITERIA
    }
    stream = _named(
        "headings.epics", "value_stream", "text", "The value stream that does it, if it is only one.", "VS1"
    )
    effort = _column(
        Epic,
        "effort",
        "headings.epics",
        kind="number",
        example=40,
        description="Units of effort from its value stream; if it needs several, use the sheet Effort.",
    )
    found: list[Column] = []
    for name, column in columns.items():
        found += [stream, effort] if name == "effort" else [column]
    return tuple(found)


def _setting(record: type[BaseModel], name: str, **more: Any) -> Column:
    field = f"calendar.{name}" if record is Calendar else name
    return _column(record, name, "headings.settings", field=field, **more)


SETTINGS = _sheet(
    "settings",
    (
        _setting(Portfolio, "name"),
        _setting(Portfolio, "model"),
        _setting(Portfolio, "currency"),
        _setting(Calendar, "start"),
        _setting(Calendar, "period_weeks"),
        _setting(
            Calendar,
            "periods",
            kind="whole",
            example=6,
            description="How many periods there are; blank means as many as Capacity has columns.",
        ),
        _setting(
            Calendar,
            "budget_periods",
            kind="text",
            example=4,
            description="Periods per budget period, or each period's label: FY27, FY27, FY28; blank means that each has its own.",
        ),
        _setting(Portfolio, "value_horizon_weeks"),
        _setting(Portfolio, "portfolio_wip_limit"),
        _setting(Portfolio, "epic_threshold"),
        _setting(Portfolio, "discount_rate"),
        _setting(Portfolio, "point_value"),
        _setting(Portfolio, "ranked_by"),
        _setting(Portfolio, "running_epics"),
        _setting(Portfolio, "next_review"),
        _setting(Portfolio, "state_limits"),
        _setting(Portfolio, "choices"),
        _setting(Portfolio, "reserve"),
        *(_setting(Portfolio, name) for name in UNCERTAIN_SETTINGS),
    ),
    field="",
)
"""The `Portfolio` sheet: each column here is a row there, `Setting` and `Value`."""
SETTING_HEADINGS = ("Setting", "Value")

EPICS = _sheet("epics", _epic_columns())


def criterion_column(name: str, takes: Kind, means: str = "") -> Column:
    """The column of one of the model's own criteria."""
    return Column(name, name, takes, means or "A criterion of the operating model.", None)


EFFORT = _sheet(
    "effort",
    (
        _named("headings.effort", "epic", "text", "ID of the epic.", "EP-1"),
        _named("headings.effort", "value_stream", "text", "ID of the value stream.", "VS1"),
        _named("headings.effort", "effort", "number", "Units of effort it needs from this value stream.", 40),
    ),
)

STREAMS = _sheet(
    "value_streams",
    tuple(
        _column(ValueStream, name, "headings.value_streams")
        for name in ValueStream.model_fields
        if name not in {"capacity", "budget"}
    ),
)

CAPACITY = _sheet("capacity", (_named("headings.capacity", "value_stream", "text", "ID of the value stream.", "VS1"),))
"""After `Value stream`, one column per period with the units of effort there are."""
BUDGET = _sheet("budget", (_named("headings.budget", "value_stream", "text", "ID of the value stream.", "VS1"),))
"""After `Value stream`, one column per period with the money there is."""

DEPENDENCIES = _sheet(
    "dependencies",
    tuple(_column(Dependency, name, "headings.dependencies") for name in Dependency.model_fields),
)

GUARDRAILS = _sheet(
    "guardrails",
    tuple(
        _column(LimitSpec, name, "headings.guardrails", **({"kind": "text"} if name in {"where", "per"} else {}))
        for name in LimitSpec.model_fields
    ),
)

OUTCOMES = _sheet(
    "outcomes",
    tuple(
        _column(
            KeyResult,
            name,
            "headings.outcomes",
            **({"kind": "text", "example": "EP-1, EP-2"} if name == "epics" else {}),
        )
        for name in KeyResult.model_fields
    ),
)

SHEETS = (SETTINGS, EPICS, EFFORT, STREAMS, CAPACITY, BUDGET, DEPENDENCIES, GUARDRAILS, OUTCOMES)
"""Every input sheet, in the order they stand in a workbook."""

RESULT_COLUMNS = ("WSJF", "Rank", "Decision", "Planned start", "Planned finish")
"""Columns on `Epics` that are written and never read: those of a plan."""
NEVER_READ = (*RESULT_COLUMNS, *BESIDE)
"""All of them, also the chances that the plan was played forward with."""
WRITTEN_SHEETS = (
    "Summary",
    "Ranking",
    "Plan",
    "Allocation",
    "Funding",
    "Guardrail status",
    "By outcome",
    "Levels",
    "Reasons",
    "Work",
    "Value",
    "As planned",
    "Charts",
    "Operating model",
    "README",
    "Lists",
    "Conflicts",
    "Comparison",
    "Flow",
    "Flow days",
    "Frontier",
    "Prices",
    "Explanations",
    "Impossible",
    "Kept",
    "Closed",
    "Done",
    "_portfolio_base",
)
"""Names of sheets that are written and never read; a sheet of results that is not listed here is known by its mark."""
SERVING_SHEETS = ("README", "Lists", "Conflicts", "_portfolio_base")
"""Those of them that go along with inputs and have no mark."""

MIRROR_TITLE = "Inputs as the plan reads them"
"""How the sheet begins that repeats the user's inputs in known places, whatever it is called."""
WRITTEN = "(portfolio"
"""What the name of a written sheet ends with, besides a number, where its usual name was taken."""


def has_written_name(sheet: str, first_cell: object) -> bool:
    """Whether a sheet is called like one that is written, or begins like one."""
    name, _, ending = sheet.casefold().partition(WRITTEN)
    names = {plain(result) for result in WRITTEN_SHEETS}
    return plain(sheet) in names or (bool(ending) and plain(name) in names) or first_cell == MIRROR_TITLE


def plain(heading: object) -> str:
    """A heading without case, spaces and punctuation, so that `Job size *` and `job_size` are the same."""
    return _plain(str(heading))


@lru_cache(maxsize=20_000)
def _plain(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(letter for letter in text if letter.isalnum()) or ("#" if "#" in text else "")


def bare(heading: object) -> str:
    """The same without what stands in brackets: `Job size (1-20)` is `Job size`."""
    return plain(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", str(heading)))
