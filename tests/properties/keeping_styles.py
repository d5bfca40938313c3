"""Keeping styles: the habits of people who keep portfolios in tables, each alone and in any mixture.

A style says how a portfolio is divided among tables, which words and cells it is written in, and how it is laid out.
`write` writes a portfolio in a style and says what a reader has to find. Nothing here is shared with the reader.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.properties import keeping_words as words
from tests.properties.keeping_cells import Cells
from tests.properties.keeping_layout import Layout, divided, write_text, write_workbook
from tests.properties.keeping_portfolios import Portfolio, kept_portfolio
from tests.properties.keeping_tables import Shape, Tables, Words

Habit = dict[str, dict[str, object]]
LANGUAGES = tuple(words.OTHERS)


def _habit(part: str, **values: object) -> Habit:
    return {part: values}


FEATURES: dict[str, Habit] = {
    "plain": {},
    "heading variants": _habit("words", variants=True),
    "upper case headings": _habit("words", letters="upper"),
    "snake case headings": _habit("words", letters="snake"),
    "scales behind headings": _habit("words", brackets="(1-20)"),
    "stars behind headings": _habit("words", brackets="*"),
    **{f"in {language}": _habit("words", language=language) for language in LANGUAGES},
    "numbers as text": _habit("cells", numbers="text"),
    "decimal comma": _habit("cells", numbers="decimal comma"),
    "thousands comma": _habit("cells", numbers="thousands comma"),
    "thousands dot": _habit("cells", numbers="thousands dot"),
    "thousands space": _habit("cells", numbers="thousands space"),
    "thousands narrow space": _habit("cells", numbers="thousands narrow space"),
    "thousands apostrophe": _habit("cells", numbers="thousands apostrophe"),
    "euro signs": _habit("cells", numbers="thousands dot", currency="{} €"),
    "EUR before": _habit("cells", numbers="thousands comma", currency="EUR {}"),
    "kEUR in headings": _habit("cells", unit="kEUR"),
    "German thousands in headings": _habit("cells", unit="T€"),
    "thousands in headings": _habit("cells", unit="in thousands"),
    "MEUR in headings": _habit("cells", unit="MEUR"),
    "percent text": _habit("cells", shares="percent text"),
    "percent numbers": _habit("cells", shares="percent numbers"),
    "percent in headings": _habit("cells", shares="percent heading"),
    "date cells": _habit("cells", dates="cells"),
    "dates with dots": _habit("cells", dates="dotted"),
    "dates with two digits": _habit("cells", dates="two digits"),
    "day first": _habit("cells", dates="day first"),
    "month first": _habit("cells", dates="month first"),
    "long dates": _habit("cells", dates="long"),
    "short months": _habit("cells", dates="short month"),
    "crosses for yes": _habit("cells", yes="x"),
    "ja and nein": _habit("cells", yes="ja/nein"),
    "oui and non": _habit("cells", yes="oui/non"),
    "true and false": _habit("cells", yes="truth"),
    "titles alone": _habit("shape", ids=False),
    "references by title": _habit("shape", epics="title"),
    "streams by name": _habit("shape", streams="name"),
    "effort beside the epic": _habit("shape", effort="column"),
    "effort as a matrix": _habit("shape", effort="matrix"),
    "effort as a matrix by name": _habit("shape", effort="matrix", streams="name"),
    "effort as a matrix on a sheet": _habit("shape", effort="matrix sheet"),
    "effort in one cell": _habit("shape", effort="cell"),
    "depends on beside": _habit("shape", links="beside"),
    "blocks beside": _habit("shape", links="blocks"),
    "depends on titles": _habit("shape", links="beside", epics="title"),
    "settings across": _habit("shape", settings_across=True),
    "budget by year": _habit("shape", budget_by_year=True),
    "headcount beside periods": _habit("shape", beside_periods=True),
    "rows for teams": _habit("shape", teams=True),
    "amounts turned": _habit("shape", amounts="turned"),
    "amounts in rows": _habit("shape", amounts="rows"),
    **{f"periods {pattern.format(1)}": _habit("style", periods=pattern) for pattern in words.PERIODS},
    "title rows above": _habit("layout", title_rows=3),
    "to the right": _habit("layout", right=2, title_rows=1),
    "header in two rows": _habit("layout", two_header_rows=True),
    "merged themes": _habit("layout", merged_groups="theme"),
    "merged value streams": {"layout": {"merged_groups": "value_stream"}, "shape": {"effort": "column"}},
    "sections": _habit("layout", sections="header once"),
    "sections with headers": _habit("layout", sections="header again"),
    "sums below": _habit("layout", totals="sums"),
    "means below": _habit("layout", totals="means"),
    "sum formulas below": _habit("layout", totals="formulas"),
    "one sheet, below": _habit("layout", one_sheet="below"),
    "one sheet, beside": _habit("layout", one_sheet="beside"),
    "a sheet for each category": _habit("layout", split_rows=True),
    "scores on a sheet of their own": _habit("layout", split_columns=True),
    "columns in any order": _habit("layout", shuffled=True),
    "blank rows": _habit("layout", blank_rows=True),
    "blank columns": _habit("layout", blank_columns=True),
    "header again below": _habit("layout", repeated_header=True),
    "hidden row and column": _habit("layout", hidden=True),
    "columns of notes": _habit("layout", notes=True),
    "a cover": _habit("layout", cover=True),
    "text with commas": _habit("style", separator=",", encoding="utf-8"),
    "text with semicolons": {
        "style": {"separator": ";", "encoding": "utf-8-sig"},
        "cells": {"numbers": "decimal comma"},
    },
    "text with tabs": _habit("style", separator="\t", encoding="utf-16"),
    "text with bars": _habit("style", separator="|", encoding="utf-8"),
    "text of Windows": _habit("style", separator=";", encoding="cp1252"),
    "only the backlog": _habit("style", scored=True),
}
"""Each habit by its name: what it changes in a plain style."""


@dataclass(frozen=True)
class Style:
    """How somebody keeps a portfolio."""

    shape: Shape = field(default_factory=Shape)
    words: Words = field(default_factory=Words)
    cells: Cells = field(default_factory=Cells)
    layout: Layout = field(default_factory=Layout)
    periods: str = "PI {}"
    separator: str = ""
    """Where there is one, the epics are kept as text."""
    encoding: str = "utf-8"
    scored: bool = False

    def with_habit(self, habit: Habit) -> Style:
        """This style with one more habit, which replaces what it contradicts."""
        parts = {
            name: dataclasses.replace(getattr(self, name), **values)
            for name, values in habit.items()
            if name != "style"
        }
        return dataclasses.replace(self, **parts, **habit.get("style", {}))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Kept:
    """A portfolio as it was kept: the file, what a reader has to find, and how its fields were called."""

    path: Path
    portfolio: Portfolio
    style: Style
    named: dict[str, str]


def style_of(names: Sequence[str]) -> Style:
    """A style with these habits."""
    style = Style()
    for name in names:
        style = style.with_habit(FEATURES[name])
    return style


def write(path: Path, seed: int, names: Sequence[str]) -> Kept:
    """Writes the portfolio of a seed with these habits; the file's ending is added."""
    rng, style = random.Random(f"{seed} {names}"), _possible(style_of(names))
    alone = style.shape.effort == "column" or bool(style.separator)
    raw = kept_portfolio(seed, style.periods, one_stream=alone, scored=bool(style.separator) or style.scored)
    _fit(raw, style)
    tables = Tables(raw, style.shape, style.words, style.cells, rng)
    made = divided(tables.all(), style.layout)
    if style.separator:
        file = write_text(path.with_suffix(".csv"), made[0], style.layout, rng, style.separator, style.encoding)
    else:
        file = write_workbook(path.with_suffix(".xlsx"), made, style.layout, rng)
    return Kept(file, _told(raw, tables, style), style, tables.named)


def _possible(style: Style) -> Style:
    """What a file of text can hold: one table, with no merged or hidden cells, and effort beside the epic."""
    if style.layout.split_rows or style.layout.split_columns:
        style = style.with_habit({"layout": {"one_sheet": "", "totals": "", "sections": "", "merged_groups": ""}})
    if style.words.language != "English":
        style = style.with_habit({"words": {"variants": False, "brackets": ""}})
    if not (style.separator or style.scored):
        return style
    links = "beside" if style.shape.links == "sheet" else style.shape.links
    style = style.with_habit({"shape": {"effort": "column", "links": links}})
    if not style.separator:
        return style
    plain = {
        "split_rows": False,
        "split_columns": False,
        "merged_groups": "",
        "two_header_rows": False,
        "hidden": False,
    }
    totals = "sums" if style.layout.totals == "formulas" else style.layout.totals
    style = style.with_habit({"layout": {**plain, "totals": totals, "right": 0}})
    ascii_only = style.encoding == "cp1252" and style.words.language in {"Polish", "Russian", "Japanese", "Czech"}
    return style.with_habit({"style": {"encoding": "utf-8"}}) if ascii_only else style


def _fit(raw: Portfolio, style: Style) -> None:
    """What cannot be told apart in a style is left out: dates without a day beyond 12, links with a type in a cell."""
    if style.shape.links != "sheet" or style.words.language != "English":
        for link in raw.get("dependencies", []):
            link.pop("type", None)
            link.pop("lag_periods", None)
    if style.cells.dates in {"day first", "month first"} and "calendar" in raw:
        raw["calendar"]["start"] = "2027-01-25"
        for epic in raw["epics"]:
            if isinstance(epic.get("deadline"), str):
                epic["deadline"] = f"{epic['deadline'][:8]}{20 + int(epic['deadline'][-1]) % 8}"


def _told(raw: Portfolio, tables: Tables, style: Style) -> Portfolio:
    """The portfolio without what the style has no column for."""
    fields = {"effort", *(key for key in words.ENGLISH if words.knows(style.words.language, key))}
    hidden = {"theme"} if style.layout.sections else set()
    kept: dict[str, Any] = {key: raw[key] for key in ("value_streams", "calendar", "dependencies") if key in raw}
    kept["epics"] = [{key: value for key, value in epic.items() if key in fields - hidden} for epic in raw["epics"]]
    plain = {"id", "name", "capacity", "budget"}
    kept["value_streams"] = [
        {key: value for key, value in stream.items() if key in plain or words.knows(style.words.language, key)}
        for stream in raw.get("value_streams", [])
    ]
    if not tables.shape.ids:
        for epic in kept["epics"]:
            epic["id"] = epic.pop("title")
        titles = tables.titles
        kept["dependencies"] = [
            {**link, "predecessor": titles[link["predecessor"]], "successor": titles[link["successor"]]}
            for link in raw.get("dependencies", [])
        ]
    settings = {key: raw[key] for key in words.SETTINGS if key in raw and "calendar" in raw}
    if "calendar" not in raw and "effort" in fields:
        for epic in kept["epics"]:
            epic["effort"] = {tables.stream(name): units for name, units in epic["effort"].items()}
    return kept | settings
