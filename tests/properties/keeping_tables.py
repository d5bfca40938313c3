"""A portfolio as tables: which columns there are, what stands in them, and what a reader has to find."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.properties import keeping_words as words
from tests.properties.keeping_cells import Cells, marked_heading, rendered, without_units
from tests.properties.keeping_portfolios import Portfolio

KINDS = {
    **dict.fromkeys(
        ("benefit_per_week", "penalty", "external_cost", "mvp_cost", "cost_per_unit", "epic_threshold", "point_value"),
        "money",
    ),
    **dict.fromkeys(("peak_loss", "confidence", "capex_share", "max_budget_shift", "discount_rate"), "share"),
    **dict.fromkeys(("deadline", "calendar.start"), "date"),
    **dict.fromkeys(("must", "approved"), "yes"),
    "value_curve": "pairs",
}
NUMBERS = (
    "user_business_value",
    "time_criticality",
    "rr_oe",
    "job_size",
    "life_weeks",
    "effort",
    "min_periods",
    "max_periods",
    "mvp_periods",
    "wip_limit",
    "lag_periods",
    "value_horizon_weeks",
    "portfolio_wip_limit",
    "calendar.period_weeks",
)
KINDS |= dict.fromkeys(NUMBERS, "number")
SCORES = ("user_business_value", "time_criticality", "rr_oe")
Row = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """Which words somebody heads columns with, and in which letters."""

    language: str = "English"
    variants: bool = False
    letters: str = "as they are"
    brackets: str = ""


@dataclass
class Table:
    """One table: its columns with their headings, its rows by column, and what it is about."""

    kind: str
    name: str
    headings: dict[str, str]
    rows: list[Row]
    totals: list[str] = field(default_factory=list)
    """The columns that a row of sums adds up."""
    groups: dict[str, str] = field(default_factory=dict)
    """What is written above the heading of a column, where the header has two rows."""


@dataclass(frozen=True)
class Shape:
    """How a portfolio is divided among tables and columns."""

    effort: str = "rows"
    """`rows` of a sheet, `column` beside the epic, `matrix` beside it, `matrix sheet`, or `cell`."""
    links: str = "sheet"
    """`sheet`, `beside` the successor, or `blocks` beside the predecessor."""
    streams: str = "ID"
    epics: str = "ID"
    """How epics are referred to: by ID or by title."""
    ids: bool = True
    settings_across: bool = False
    budget_by_year: bool = False
    beside_periods: bool = False
    teams: bool = False
    note_columns: bool = False
    amounts: str = ""
    """How capacity and budget stand: `turned`, with a column for each value stream, or `rows`, one for each amount."""


class Tables:
    """The tables of a portfolio in one shape, one way of words and one way of cells."""

    def __init__(self, raw: Portfolio, shape: Shape, spoken: Words, cells: Cells, rng: random.Random) -> None:
        self.raw, self.shape, self.spoken, self.cells, self.random = raw, shape, spoken, cells, rng
        self.titles = {epic["id"]: epic["title"] for epic in raw["epics"]}
        self.streams = {stream["id"]: stream.get("name") for stream in raw.get("value_streams", [])}
        self.named: dict[str, str] = {}
        """The heading of each field, or the sheet of each list, as it was written."""

    def all(self) -> list[Table]:
        """Every table, the epics first; a portfolio of scores alone has one."""
        found = [self.epics()]
        if "value_streams" in self.raw:
            found += [self.value_streams(), self.amounts("capacity"), self.settings()]
            if any(stream.get("budget") for stream in self.raw["value_streams"]):
                found.append(self.amounts("budget"))
            if self.shape.effort in {"rows", "matrix sheet"}:
                found.append(self.efforts())
        if self.shape.links == "sheet" and self.raw.get("dependencies"):
            found.append(self.dependencies())
        return found

    def heading(self, key: str) -> str:
        """How the column of a field is headed; the same field is called the same in all tables."""
        if key in self.named:
            return self.named[key]
        ways = words.heading(self.spoken.language, key)
        plain = self.random.choice(ways) if self.spoken.variants else ways[0]
        shown = marked_heading(self.cells, KINDS.get(key, "text"), plain)
        if self.spoken.brackets and key in (*SCORES, "job_size"):
            shown = f"{shown} {self.spoken.brackets}"
        letters = {"upper": shown.upper(), "lower": shown.lower(), "snake": shown.lower().replace(" ", "_")}
        self.named[key] = letters.get(self.spoken.letters, shown)
        return self.named[key]

    def sheet(self, kind: str) -> str:
        """What the sheet is called."""
        ways = words.sheet_names(self.spoken.language, kind)
        name = self.random.choice(ways) if self.spoken.variants else ways[0]
        self.named[f"sheet {kind}"] = name
        return name

    def stream(self, stream_id: str) -> str:
        """A value stream as people refer to it."""
        return self.streams.get(stream_id) or stream_id if self.shape.streams == "name" else stream_id

    def epic(self, epic_id: str) -> str:
        """An epic as people refer to it."""
        return self.titles[epic_id] if self.shape.epics == "title" or not self.shape.ids else epic_id

    def cell(self, key: str, value: Any) -> Any:
        """What stands in the cell of a field; percent needs a figure above 1 in its column to be known by."""
        cells, kind = self.cells, KINDS.get(key, "text")
        if (
            kind == "share"
            and cells.shares in {"percent numbers", "percent heading"}
            and max(self._figures(key)) <= 0.01
        ):
            cells = dataclasses.replace(cells, shares="percent text")
        return rendered(cells, kind, value)

    def _figures(self, key: str) -> list[float]:
        """All figures of a field."""
        records = [*self.raw["epics"], *self.raw.get("value_streams", [])]
        return [record[key] for record in records if record.get(key) is not None]

    def epics(self) -> Table:
        """The epics, with effort and dependencies where they stand beside them."""
        rows = [self._epic_row(epic) for epic in self.raw["epics"]]
        keys = [key for key in words.ENGLISH if any(key in row for row in rows)]
        keys += [key for key in dict.fromkeys(key for row in rows for key in row) if key not in keys]
        table = self._table("epics", self.sheet("epics"), keys, rows)
        table.totals = [
            key for key in keys if KINDS.get(key) in {"number", "money"} and key not in {"min_periods", "max_periods"}
        ]
        table.groups = {key: "WSJF" if key in SCORES else "Planning" for key in keys if key not in {"id", "title"}}
        return table

    def _epic_row(self, epic: Mapping[str, Any]) -> Row:
        known = {key: value for key, value in epic.items() if words.knows(self.spoken.language, key)}
        row = {key: self.cell(key, value) for key, value in known.items() if key != "effort"}
        if not self.shape.ids:
            row.pop("id")
        efforts = {stream: units for stream, units in epic["effort"].items() if units}
        if self.shape.effort == "column":
            stream, units = next(iter(efforts.items()), (next(iter(epic["effort"])), 0))
            row |= {"value_stream": self.stream(stream), "effort": self.cell("effort", units)}
        if self.shape.effort == "cell":
            row["effort"] = "; ".join(f"{self.stream(name)}: {units:g}" for name, units in efforts.items())
        if self.shape.effort == "matrix":
            row |= {f"effort of {name}": self.cell("effort", efforts.get(name)) for name in self.streams}
        return row | self._links_beside(epic["id"])

    def _links_beside(self, epic_id: str) -> Row:
        """The links of an epic in one cell; they have no type and no lag there."""
        this, other = ("successor", "predecessor") if self.shape.links == "beside" else ("predecessor", "successor")
        if self.shape.links == "sheet" or not self.raw.get("dependencies"):
            return {}
        linked = [self.epic(link[other]) for link in self.raw["dependencies"] if link[this] == epic_id]
        separator = "; " if self.shape.epics == "title" or not self.shape.ids else ", "
        return {"depends_on" if this == "successor" else "blocks": separator.join(linked) or None}

    def value_streams(self) -> Table:
        """The value streams with their ID and name; capacity and budget stand elsewhere."""
        fields = {"id": "stream_id", "name": "stream_name"} | {
            key: key
            for key in ("cost_per_unit", "wip_limit", "max_budget_shift")
            if words.knows(self.spoken.language, key)
        }
        rows = [
            {key: self.cell(key, stream[name]) for name, key in fields.items() if name in stream}
            for stream in self.raw["value_streams"]
        ]
        keys = [key for key in fields.values() if any(key in row for row in rows)]
        return self._table("value_streams", self.sheet("value_streams"), keys, rows)

    def amounts(self, kind: str) -> Table:
        """Capacity or budget: a row for each value stream, a column for each period."""
        labels = self.raw["calendar"]["periods"]
        years = self.raw["calendar"].get("budget_periods")
        by_year = kind == "budget" and self.shape.budget_by_year and bool(years)
        columns = list(dict.fromkeys(years)) if by_year else labels
        rows = []
        for stream in self.raw["value_streams"]:
            if not stream.get(kind):
                continue
            amounts = dict.fromkeys(columns, 0.0)
            for place, amount in enumerate(stream[kind]):
                amounts[years[place] if by_year else labels[place]] += amount
            rows += self._teams(kind, self.stream(stream["id"]), amounts)
        if self.shape.amounts and len(columns) > 1:
            return self._reshaped(kind, columns, rows)
        keys = ["value_stream", *([words.BESIDE_PERIODS[0]] if self.shape.beside_periods else []), *columns]
        table = self._table(kind, self.sheet(kind), keys, rows)
        table.totals = list(columns)
        return table

    def _reshaped(self, kind: str, columns: list[str], rows: list[Row]) -> Table:
        """The amounts turned, or in a row each; what stands beside the periods is left out."""
        if self.shape.amounts == "rows":
            amounts = [
                {"value_stream": row["value_stream"], "Period": label, kind.capitalize(): row[label]}
                for row in rows
                for label in columns
            ]
            return self._table(kind, self.sheet(kind), ["value_stream", "Period", kind.capitalize()], amounts)
        names = [row["value_stream"] for row in rows]
        turned = [{"Period": label, **{row["value_stream"]: row[label] for row in rows}} for label in columns]
        return self._table(kind, self.sheet(kind), ["Period", *dict.fromkeys(names)], turned)

    def _teams(self, kind: str, stream: str, amounts: Mapping[str, float]) -> list[Row]:
        """One row, or two of teams that add up to it."""
        several = self.shape.teams and kind == "capacity" and self.shape.amounts != "turned"
        shares = (0.6, 0.4) if several else (1.0,)
        form, cells = "money" if kind == "budget" else "number", without_units(self.cells)
        rows = [{label: rendered(cells, form, amount * share) for label, amount in amounts.items()} for share in shares]
        beside = {words.BESIDE_PERIODS[0]: 7} if self.shape.beside_periods else {}
        return [{"value_stream": stream, **beside, **row} for row in rows]

    def efforts(self) -> Table:
        """Effort by epic and value stream: in rows, or as a matrix."""
        if self.shape.effort == "matrix sheet":
            rows = [
                {
                    "epic": self.epic(epic["id"]),
                    **{f"effort of {name}": self.cell("effort", epic["effort"].get(name)) for name in self.streams},
                }
                for epic in self.raw["epics"]
            ]
            return self._table(
                "effort", self.sheet("effort"), ["epic", *(f"effort of {name}" for name in self.streams)], rows
            )
        rows = [
            {"epic": self.epic(epic["id"]), "value_stream": self.stream(stream), "effort": self.cell("effort", units)}
            for epic in self.raw["epics"]
            for stream, units in epic["effort"].items()
            if units
        ]
        return self._table("effort", self.sheet("effort"), ["epic", "value_stream", "effort"], rows)

    def dependencies(self) -> Table:
        """Dependencies on a sheet of their own; only English has words for their type and lag."""
        rows = []
        for link in self.raw["dependencies"]:
            row = {"predecessor": self.epic(link["predecessor"]), "successor": self.epic(link["successor"])}
            row |= {"link_type": link["type"]} if "type" in link else {}
            rows.append(
                row | ({"lag_periods": self.cell("lag_periods", link["lag_periods"])} if "lag_periods" in link else {})
            )
        keys = ["predecessor", "successor"]
        if self.spoken.language == "English":
            keys += [key for key in ("link_type", "lag_periods") if any(key in row for row in rows)]
        return self._table("dependencies", self.sheet("dependencies"), keys, rows)

    def settings(self) -> Table:
        """The settings of the portfolio: a row for each, or a column for each."""
        shown = {"currency": self.raw["currency"]} | {
            f"calendar.{key}": self.raw["calendar"][key] for key in ("start", "period_weeks")
        }
        shown |= {key: self.raw[key] for key in words.SETTINGS if key in self.raw}
        names = {key: words.SETTINGS[key].split(" | ")[0] for key in shown}
        rows = {
            names[key]: rendered(without_units(self.cells), KINDS.get(key, "text"), value)
            for key, value in shown.items()
        }
        if years := self.raw["calendar"].get("budget_periods"):
            rows["Budget periods"] = ", ".join(years)
        if self.shape.settings_across:
            return Table("settings", "Portfolio", {name: name for name in rows}, [rows])
        headings = {"setting": "Setting", "value": "Value"}
        return Table(
            "settings", "Portfolio", headings, [{"setting": name, "value": cell} for name, cell in rows.items()]
        )

    def _table(self, kind: str, name: str, keys: list[str], rows: list[Row]) -> Table:
        return Table(kind, name, {key: self._column(key) for key in keys}, rows)

    def _column(self, key: str) -> str:
        """The heading of a column: a field, a period, or the effort of a value stream."""
        if key.startswith("effort of "):
            shown = self.stream(key.removeprefix("effort of "))
        elif key == "blocks":
            shown = "Blocks"
        else:
            return self.heading(key) if key in words.ENGLISH else key
        self.named[key] = shown
        return shown
