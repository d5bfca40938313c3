"""Drop-down lists: the words to choose from, on a sheet of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portfolio.intake import columns
from portfolio.intake.columns import Column
from portfolio.intake.scenario_columns import SCENARIOS
from portfolio.operating_model import OperatingModel
from portfolio.workbook.inputs.input_areas import InputAreas
from portfolio.xlsx.write.area import Area
from portfolio.xlsx.write.book import Book, Page

ROOM = 200
"""Rows below the last one in which the lists drop down too."""
YES_NO = ("yes", "no")
_STREAM_FIELDS = {"value_stream"}
_PERIOD_FIELDS = {"earliest", "latest", "start"}


@dataclass(frozen=True)
class Lists:
    """The lists of a workbook: fixed words on the sheet `Lists`, value streams, epics and periods where they stand."""

    areas: InputAreas
    model: OperatingModel

    @cached_property
    def words(self) -> Mapping[str, tuple[str | float, ...]]:
        """Each fixed list by its heading; an operating model without words for it has none."""
        categories = self.model.categories
        found: dict[str, tuple[str | float, ...]] = {
            "Type": categories.types,
            "Horizon": categories.horizons,
            "State": self.model.states,
            "Category": categories.categories,
            "Class of service": self.model.classes,
            "Work level": () if self.model.levels is None else self.model.levels.names,
            "Score": self.model.scoring.scale,
            "Yes or no": YES_NO,
        }
        scenarios = () if self.areas.scenarios is None else (SCENARIOS,)
        for sheet in (columns.EPICS, columns.DEPENDENCIES, columns.GUARDRAILS, self.areas.outcomes_sheet, *scenarios):
            for column in sheet.columns:
                if column.choices:
                    found[f"{sheet.name} {column.heading.lower()}"] = column.choices
        return {name: choices for name, choices in found.items() if choices}

    def write(self, book: Book) -> None:
        """Writes the sheet `Lists`."""
        page = book.page("Lists")
        page.headings(0, list(self.words))
        for column, choices in enumerate(self.words.values()):
            for row, choice in enumerate(choices, start=1):
                page.put(row, column, choice, "cell")
        page.widths(*(max(12.0, len(name) + 3.0) for name in self.words))
        page.sheet.freeze_panes(1, 0)

    def offer(self, page: Page, place: Area, column: Column, sheet: str) -> None:
        """Puts the list that belongs to a column, if there is one, on its cells and on some rows below them."""
        source, strict = self._source(column, sheet)
        if source:
            self.drop(page, place, column.field, source, strict=strict)

    def drop(self, page: Page, place: Area, key: str, source: str, *, strict: bool) -> None:
        """Puts a drop-down list on a column; a strict one refuses other words."""
        rule: dict[str, object] = {"validate": "list", "source": f"={source}", "show_error": strict}
        if strict:
            rule |= {
                "error_title": "Not in the list",
                "error_message": "Choose one of the words in the list, or leave the cell empty.",
            }
        page.sheet.data_validation(place.first, place.columns[key], place.last + ROOM, place.columns[key], rule)

    def _source(self, column: Column, sheet: str) -> tuple[str | None, bool]:
        areas = self.areas
        if column.choices:
            return self._fixed(f"{sheet} {column.heading.lower()}"), True
        if column.kind == "yes/no":
            return self._fixed("Yes or no"), True
        if column.field in _STREAM_FIELDS and areas.portfolio.value_streams:
            return areas.streams.column("id"), True
        if column.field in _PERIOD_FIELDS and areas.portfolio.calendar.periods:
            return areas.periods, True
        if column.field == "outcome" and areas.portfolio.outcomes:
            return areas.outcomes.column("objective"), False
        if column.field in {"epic", "predecessor", "successor"} or (column.field == "parent" and self.model.levels):
            return areas.epics.column("id"), True
        scores = {component.field for component in self.model.scoring.components} | {"job_size"}
        return self._fixed("Score" if column.field in scores else column.heading), False

    def _fixed(self, name: str) -> str | None:
        if name not in self.words:
            return None
        headings = list(self.words)
        return Area("Lists", 1, len(self.words[name]), {name: headings.index(name)}).column(name)
