"""The one table of sheets and columns: what a workbook calls each field of a portfolio, and what else people call it.

Headings, descriptions and examples come from the fields themselves (`domain`), so they are declared once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from portfolio.domain import Calendar, Dependency, Epic, LimitSpec, Portfolio, ValueStream
from portfolio.domain.field import Kind, entry
from portfolio.intake.aliases import EPIC_ALIASES, EPIC_LOOSE


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


def _column(record: type[BaseModel], name: str, **more: Any) -> Column:
    found = entry(record, name)
    values = {"heading": found.title, "field": name, "kind": found.kind, "example": found.example}
    return Column(**{**values, "description": found.description, "choices": found.choices, **more})


def _columns(record: type[BaseModel], **aliases: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(_column(record, name, aliases=aliases.get(name, ())) for name in record.model_fields)


def _epic_columns() -> tuple[Column, ...]:
    columns = {
        name: _column(Epic, name, aliases=EPIC_ALIASES.get(name, ()), loose=EPIC_LOOSE.get(name, ()))
        for name in Epic.model_fields
    }
    stream = Column(
        "Value stream",
        "value_stream",
        "text",
        "The value stream that does it, if it is only one.",
        "VS1",
        aliases=EPIC_ALIASES["value_stream"],
    )
    effort = _column(
        Epic,
        "effort",
        kind="number",
        example=40,
        aliases=EPIC_ALIASES["effort"],
        description="Units of effort from its value stream; if it needs several, use the sheet Effort.",
    )
    found: list[Column] = []
    for name, column in columns.items():
        found += [stream, effort] if name == "effort" else [column]
    return tuple(found)


SETTINGS = Sheet(
    "Portfolio",
    "",
    (
        _column(Portfolio, "name", aliases=("Portfolio", "Portfolio name", "Title")),
        _column(Portfolio, "model", aliases=("Operating model",)),
        _column(Portfolio, "currency"),
        _column(Calendar, "start", field="calendar.start", aliases=("Start date", "Plan start", "First day")),
        _column(
            Calendar,
            "period_weeks",
            field="calendar.period_weeks",
            aliases=("Weeks per period", "PI weeks", "Period length"),
        ),
        _column(
            Calendar,
            "periods",
            field="calendar.periods",
            kind="whole",
            example=6,
            description="How many periods there are; blank means as many as Capacity has columns.",
            aliases=("Number of periods", "PIs"),
        ),
        _column(
            Calendar,
            "budget_periods",
            field="calendar.budget_periods",
            kind="text",
            example=4,
            description="Periods per budget period, or each period's label: FY27, FY27, FY28; blank means that each has its own.",
            aliases=("Periods per budget period",),
        ),
        _column(Portfolio, "value_horizon_weeks", aliases=("Value horizon",)),
        _column(Portfolio, "portfolio_wip_limit", aliases=("WIP limit", "Portfolio WIP")),
        _column(Portfolio, "epic_threshold", aliases=("Threshold",)),
        _column(Portfolio, "discount_rate", aliases=("Discount rate per year",)),
        _column(Portfolio, "point_value", aliases=("Money per point",)),
        _column(Portfolio, "ranked_by", aliases=("Order", "Ranking")),
    ),
    aliases=("Settings", "Portfolio settings", "Parameters", "Setup"),
)
"""The `Portfolio` sheet: each column here is a row there, `Setting` and `Value`."""
SETTING_HEADINGS = ("Setting", "Value")

EPICS = Sheet(
    "Epics",
    "epics",
    _epic_columns(),
    aliases=("Epic", "Backlog", "Portfolio backlog", "Epic backlog", "Portfolio Kanban", "Initiatives"),
)

EFFORT = Sheet(
    "Effort",
    "effort",
    (
        Column("Epic", "epic", "text", "ID of the epic.", "EP-1", aliases=("Epic ID", "Epic key", "ID", "Key")),
        Column(
            "Value stream",
            "value_stream",
            "text",
            "ID of the value stream.",
            "VS1",
            aliases=("Stream", "VS", "Value stream ID"),
        ),
        Column(
            "Effort",
            "effort",
            "number",
            "Units of effort it needs from this value stream.",
            40,
            aliases=("Effort units", "Units", "Work", "Estimate"),
        ),
    ),
    aliases=("Efforts", "Effort by value stream"),
)

STREAMS = Sheet(
    "Value streams",
    "value_streams",
    tuple(
        column
        for column in _columns(
            ValueStream,
            id=("Value stream ID", "Value stream", "Stream", "Key"),
            name=("Value stream name", "Title"),
            cost_per_unit=("Unit cost", "Cost/unit", "Rate"),
            wip_limit=("WIP",),
            max_budget_shift=("Budget shift",),
        )
        if column.field not in {"capacity", "budget"}
    ),
    aliases=("Streams", "Value stream", "Development value streams"),
)

_STREAM = Column(
    "Value stream",
    "value_stream",
    "text",
    "ID of the value stream.",
    "VS1",
    aliases=("Stream", "VS", "ID", "Value stream ID"),
)
CAPACITY = Sheet("Capacity", "capacity", (_STREAM,), aliases=("Capacities", "Capacity per period"))
"""After `Value stream`, one column per period with the units of effort there are."""
BUDGET = Sheet("Budget", "budget", (_STREAM,), aliases=("Budgets", "Lean budget", "Lean budgets", "Budget per period"))
"""After `Value stream`, one column per period with the money there is."""

DEPENDENCIES = Sheet(
    "Dependencies",
    "dependencies",
    _columns(
        Dependency,
        predecessor=("From", "Before", "Needed epic", "Blocker"),
        successor=("To", "After", "Dependent epic"),
        type=("Kind", "Dependency type"),
        lag_periods=("Lag",),
        raised_on=("Raised", "Known since"),
    ),
    aliases=("Dependency", "Links"),
)

GUARDRAILS = Sheet(
    "Guardrails",
    "guardrails",
    tuple(
        _column(LimitSpec, name, aliases=aliases, **({"kind": "text"} if name in {"where", "per"} else {}))
        for name, aliases in {
            "name": ("Guardrail",),
            "measure": (),
            "where": ("Filter",),
            "per": ("By", "For each"),
            "at_least": ("Min", "Minimum"),
            "at_most": ("Max", "Maximum"),
            "of": ("Share of", "Base"),
            "enforce": ("Enforcement",),
            "price": ("Price per unit",),
        }.items()
    ),
    aliases=("Guardrail", "Limits"),
)

SHEETS = (SETTINGS, EPICS, EFFORT, STREAMS, CAPACITY, BUDGET, DEPENDENCIES, GUARDRAILS)
"""Every input sheet, in the order they stand in a workbook."""

RESULT_COLUMNS = ("WSJF", "Rank", "Decision", "Planned start", "Planned finish")
"""Columns on `Epics` that are written and never read."""
RESULT_SHEETS = (
    "Summary",
    "Ranking",
    "Plan",
    "Allocation",
    "Funding",
    "Guardrail status",
    "Reasons",
    "Work",
    "Value",
    "Charts",
    "README",
    "Lists",
    "Conflicts",
    "Comparison",
    "Frontier",
    "Prices",
    "Explanations",
    "Impossible",
    "Kept",
    "_portfolio_base",
)
"""Sheets that are written and never read."""

MIRROR_TITLE = "Inputs as the plan reads them"
"""How the sheet begins that repeats the user's inputs in known places, whatever it is called."""
WRITTEN = "(portfolio"
"""What the name of a written sheet ends with, besides a number, where its usual name was taken."""


def is_written(sheet: str, first_cell: object) -> bool:
    """Whether a sheet was written beside the user's own, by its name or by how it begins."""
    name, _, ending = sheet.casefold().partition(WRITTEN)
    names = {plain(result) for result in RESULT_SHEETS}
    return plain(sheet) in names or (bool(ending) and plain(name) in names) or first_cell == MIRROR_TITLE


def plain(heading: object) -> str:
    """A heading without case, spaces and punctuation, so that `Job size *` and `job_size` are the same."""
    text = unicodedata.normalize("NFKC", str(heading)).casefold()
    return "".join(letter for letter in text if letter.isalnum()) or ("#" if "#" in text else "")


def bare(heading: object) -> str:
    """The same without what stands in brackets: `Job size (1-20)` is `Job size`."""
    return plain(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", str(heading)))
