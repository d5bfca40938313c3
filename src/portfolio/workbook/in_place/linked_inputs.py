"""The sheet `Inputs`: every input in one known place, each cell linked to the user's own cell wherever that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import BaseModel

from portfolio.domain import Dependency, Epic, KeyResult, LimitSpec, ValueStream
from portfolio.domain.field import Kind
from portfolio.intake import columns
from portfolio.intake.columns import Column, Sheet
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.workbook.in_place.input_origins import Origin, Origins
from portfolio.workbook.in_place.linked_areas import COUNTS, SHOWN
from portfolio.workbook.in_place.linked_cells import Link, LinkedColumn
from portfolio.workbook.inputs.input_values import entry_of, epic_entry, limit_entry, setting_entry
from portfolio.workbook.layout import Layout
from portfolio.xlsx.write.area import Area
from portfolio.xlsx.write.book import Book, Page, Value

_NOTES = (
    "Green: follows a cell of this workbook; change it there. Blue: this workbook has no cell for it, so it stands here "
    "as it was when the results were written."
)
ZERO_IF_BLANK = frozenset(
    {"deadline", "peak_loss", "penalty", "effort", "min_periods", "max_periods", "external_cost", "capex_share",
     "mvp_periods", "cost_per_unit", "calendar.start", "discount_rate"}
)  # fmt: skip
"""Fields that formulas compute with, and that count as 0 where nothing is given."""

Cells = Sequence[tuple[Origin | None, Value]]


@dataclass(frozen=True)
class Mirror:
    """Writes the sheet; `starts` is the column on the user's epics sheet in which starts are chosen, if there is one."""

    book: Book
    layout: Layout
    origins: Origins
    starts: int | None = None
    counts_from_1904: bool = False

    def write(self) -> None:
        """Writes every table, and beside the epics what the sheets of a plan look up."""
        areas, portfolio = self.layout.inputs, self.layout.figures.portfolio
        page = self.book.page(self.layout.name("Inputs"))
        page.title(columns.MIRROR_TITLE, _NOTES)
        self._settings(page)
        self._records(page, areas.epics_sheet, areas.epics, portfolio.epics, Epic)
        self._efforts(page)
        self._records(page, areas.streams_sheet, areas.streams, portfolio.value_streams, ValueStream)
        if portfolio.calendar.periods:
            self._amounts(page, columns.CAPACITY, areas.capacity)
            self._amounts(page, columns.BUDGET, areas.budget)
        self._records(page, columns.DEPENDENCIES, areas.dependencies, portfolio.dependencies, Dependency)
        self._records(page, columns.GUARDRAILS, areas.guardrails, portfolio.guardrails, LimitSpec)
        if portfolio.outcomes:
            self._records(page, columns.OUTCOMES, areas.outcomes, portfolio.outcomes, KeyResult)
        if self.layout.plans:
            self._planned(page)
        page.sheet.freeze_panes(areas.epics.first, 0)
        page.sheet.set_column(0, max(areas.guardrails.columns.values()), 12)

    def _settings(self, page: Page) -> None:
        """A row for each setting."""
        area, figures = self.layout.inputs.settings, self.layout.figures
        _name(page, area, columns.SETTINGS, [*columns.SETTING_HEADINGS, ""])
        for row, column in zip(area.rows, self.layout.inputs.settings_sheet.columns, strict=True):
            page.text(row, area.columns["setting"], column.heading)
            origin, value = self.origins.setting(column.field), setting_entry(figures.portfolio, column.field)
            blank: Value = 0.0 if column.field in ZERO_IF_BLANK else None
            kind: Kind = column.kind
            if column.field in COUNTS and origin is not None:
                kind, value = "text", None if is_blank(origin.content) else as_text(origin.content)
            if column.field == "calendar.period_weeks":
                blank = figures.model.cadence.period_weeks
            self._write(page, row, area.columns["value"], Link(kind, blank, self.counts_from_1904), [(origin, value)])

    def _records(
        self, page: Page, sheet: Sheet, area: Area, records: Sequence[BaseModel], kind: type[BaseModel]
    ) -> None:
        """A row for each record, a column for each field."""
        wanted = [column for column in sheet.columns if column.field in area.columns]
        _name(page, area, sheet, [column.heading for column in wanted])
        for column in wanted:
            link = self._link(column, kind)
            cells = [self._field(sheet, index, record, column) for index, record in enumerate(records)]
            self._write(page, area.first, area.columns[column.field], link, cells)

    def _field(self, sheet: Sheet, index: int, record: object, column: Column) -> tuple[Origin | None, Value]:
        origin = self.origins.record(sheet.field, index, column.field)
        if column.field in SHOWN and origin is not None:
            return origin, None if is_blank(origin.content) else as_text(origin.content)
        if isinstance(record, LimitSpec):
            return origin, limit_entry(record, column.field)
        if not isinstance(record, Epic):
            return origin, entry_of(getattr(record, column.field))
        own = self.layout.inputs.own_effort.get(record.id)
        if column.field == "effort":
            return origin, record.effort[own] if own else None
        if column.field == "value_stream":
            written = as_text(origin.content) if origin is not None and not is_blank(origin.content) else None
            return origin, own or written
        return origin, epic_entry(record, column.field)

    def _efforts(self, page: Page) -> None:
        """A row for each effort that stands in no epic's own row."""
        areas = self.layout.inputs
        _name(page, areas.effort, columns.EFFORT, [column.heading for column in columns.EFFORT.columns])
        for column in columns.EFFORT.columns:
            place = [known.field for known in columns.EFFORT.columns].index(column.field)
            cells: Cells = [
                (self.origins.effort(epic.id, stream, column.field), (epic.id, stream, units)[place])
                for epic, stream, units in areas.efforts
            ]
            self._write(page, areas.effort.first, areas.effort.columns[column.field], self._link(column, None), cells)

    def _amounts(self, page: Page, sheet: Sheet, area: Area) -> None:
        """A row for each value stream, a column for each period, with the periods as headings."""
        figures, stream_column = self.layout.figures, sheet.columns[0]
        indexes = [
            index for index, stream in enumerate(figures.portfolio.value_streams) if getattr(stream, sheet.field)
        ]
        _name(page, area, sheet, [stream_column.heading])
        names = [
            (self.origins.amounts_of(sheet.field, index), figures.portfolio.value_streams[index].id)
            for index in indexes
        ]
        self._write(page, area.first, area.columns["value_stream"], self._link(stream_column, None), names)
        for turn, label in enumerate(figures.periods):
            column = area.columns[f"period {turn + 1}"]
            self._write(page, area.first - 1, column, Link("text"), [(self.origins.period(turn), label)])
            amounts = [
                (
                    self.origins.amount(sheet.field, index, turn),
                    getattr(figures.portfolio.value_streams[index], sheet.field)[turn],
                )
                for index in indexes
            ]
            self._write(page, area.first, column, Link("number", 0.0), amounts)

    def _planned(self, page: Page) -> None:
        """Rank, decision and start of each epic, for the sheets that look them up."""
        layout, area, figures = self.layout, self.layout.inputs.epics, self.layout.figures
        for key, heading in (("rank", "Rank"), ("decision", "Decision"), ("planned_start", "Planned start")):
            page.text(area.first - 1, area.columns[key], heading, "heading", "result heading")
        for index, (row, epic) in enumerate(zip(area.rows, figures.portfolio.epics, strict=True)):
            own, start = area.here("id", row), figures.start(epic)
            ranked, planned = (
                layout.find(table.column("id"), own) for table in (layout.table("Ranking"), layout.table("Plan"))
            )
            line, origin = figures.epic_lines.get(epic.id), self.origins.record("epics", index, "id")
            label = figures.periods[start - 1] if start else ""
            chosen = f'INDEX({layout.table("Plan").column("start")},{planned})&""'
            if self.starts is not None and origin is not None:
                sheet, sheet_row, _ = origin.cell
                chosen = f'{Origin((sheet, sheet_row, self.starts), None).reference}&""'
            for key, formula, value in (
                (
                    "rank",
                    f"INDEX({layout.table('Ranking').column('rank')},{ranked})",
                    figures.ranking.by_id[epic.id].rank,
                ),
                (
                    "decision",
                    f"INDEX({layout.table('Plan').column('decision')},{planned})",
                    line.decision if line else "wait",
                ),
                ("planned_start", chosen, label),
            ):
                page.formula(row, area.columns[key], f'=IFERROR({formula},"")', value)

    def _link(self, column: Column, record: type[BaseModel] | None) -> Link:
        """How cells of a column are read, and what an empty one stands for."""
        if column.field in ZERO_IF_BLANK:
            return Link(column.kind, 0.0, self.counts_from_1904)
        field = record.model_fields.get(column.field) if record is not None else None
        default = None if field is None or field.is_required() else field.default
        return Link(column.kind, default if isinstance(default, str | int | float) else None, self.counts_from_1904)

    def _write(self, page: Page, first: int, column: int, link: Link, cells: Cells) -> None:
        """Writes a column: a formula where there is a cell to follow, else what is known as it is.

        An empty cell whose value the operating model or the only value stream gives stands for that.
        """
        linked = LinkedColumn.of(link, cells)
        for row, (origin, value) in enumerate(cells, start=first):
            look = "date" if isinstance(value, date) else "blank zero"
            is_given = value is not None and origin is not None and is_blank(origin.content)
            here = replace(linked, link=replace(link, blank=value)) if is_given else linked
            formula = here.formula(origin, value) if origin is not None else None
            if formula is not None:
                page.formula(row, column, f"={here.link.guarded(formula)}", link.value(value), "link", look)
            elif value is not None:
                page.put(row, column, value, "input")


def _name(page: Page, area: Area, sheet: Sheet, headings: Sequence[str]) -> None:
    page.text(area.first - 2, min(area.columns.values()), sheet.name, "bold")
    for column, heading in enumerate(headings, start=min(area.columns.values())):
        page.text(area.first - 1, column, heading, "heading")
