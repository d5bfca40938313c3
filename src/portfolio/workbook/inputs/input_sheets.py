"""The input sheets: everything the user brings, in the order and under the names that reading expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from portfolio.domain.record import Record
from portfolio.intake import columns
from portfolio.intake.columns import Column, Sheet
from portfolio.intake.scenario_columns import SCENARIOS
from portfolio.intake.values.cell_values import as_text
from portfolio.workbook.inputs.drop_down_lists import Lists
from portfolio.workbook.inputs.input_areas import InputAreas
from portfolio.workbook.inputs.input_values import entry_of, epic_entry, evidence_entry, limit_entry, setting_entry
from portfolio.xlsx.write.area import Area
from portfolio.xlsx.write.book import Book, Page, Value

WIDTHS = {
    "id": 12,
    "title": 44,
    "name": 28,
    "category": 16,
    "theme": 18,
    "owner": 22,
    "state": 18,
    "urgency": 12,
    "deadline": 12,
    "where": 28,
    "per": 24,
    "value_curve": 24,
    "objective": 28,
    "key_result": 34,
    "outcome": 24,
}
A3 = 8
EPIC_PAGES = 2
"""The epics have some forty columns: on one page wide nobody could read them, on two with ID and title on both one can."""
_LABELS = {"id", "value_stream", "epic", "predecessor", "successor", "earliest", "latest", "start"}


@dataclass(frozen=True)
class InputSheets:
    """Writes a portfolio's input sheets into a book; `explained` adds each column's meaning as a note."""

    book: Book
    areas: InputAreas
    lists: Lists
    explained: bool = False

    def write(self) -> Page:
        """Writes every sheet that has something to hold, and gives back the page `Epics` for its result columns."""
        portfolio, areas = self.areas.portfolio, self.areas
        self._settings()
        epics = self._epics()
        if areas.efforts or self.explained:
            self._table(
                columns.EFFORT, areas.effort, ([epic.id, stream, units] for epic, stream, units in areas.efforts)
            )
        if portfolio.value_streams or self.explained:
            self._table(areas.streams_sheet, areas.streams, _rows(portfolio.value_streams, areas.streams_sheet.columns))
        if portfolio.value_streams or portfolio.calendar.periods:
            self._by_period(
                columns.CAPACITY, areas.capacity, [(stream.id, stream.capacity) for stream in portfolio.value_streams]
            )
        budgets = [(stream.id, stream.budget) for stream in portfolio.value_streams if stream.budget is not None]
        if budgets:
            self._by_period(columns.BUDGET, areas.budget, budgets)
        if portfolio.dependencies or self.explained:
            sheet = areas.dependencies_sheet
            self._table(sheet, areas.dependencies, _rows(portfolio.dependencies, sheet.columns))
        if portfolio.guardrails or self.explained:
            self._table(
                columns.GUARDRAILS,
                areas.guardrails,
                _rows(portfolio.guardrails, columns.GUARDRAILS.columns, limit_entry),
            )
        if portfolio.outcomes:
            sheet = areas.outcomes_sheet
            self._table(sheet, areas.outcomes, _rows(portfolio.outcomes, sheet.columns))
        for sheet in areas.evidence_sheets:
            self._evidence(sheet, areas.evidence_rows(sheet))
        if areas.scenarios is not None:
            rows = ([_as_typed(cell) for cell in row] for row in areas.scenarios)
            self._table(SCENARIOS, areas.place(SCENARIOS.name), rows)
        return epics

    def _settings(self) -> None:
        page = self.book.page(columns.SETTINGS.name, grid=True)
        page.headings(0, [*columns.SETTING_HEADINGS, "What it means"])
        for row, column in enumerate(self.areas.settings_sheet.columns, start=1):
            page.text(row, 0, column.heading)
            value = setting_entry(self.areas.portfolio, column.field)
            page.put(row, 1, value, "input", *_look(column, value), "right")
            page.text(row, 2, column.description, "note")
        page.widths(24, 26, 90)
        page.sheet.freeze_panes(1, 1)

    def _epics(self) -> Page:
        epics = self.areas.portfolio.epics
        sheet = self.areas.epics_sheet
        rows = ([epic_entry(epic, column.field) for column in sheet.columns] for epic in epics)
        page = self._table(sheet, self.areas.epics, rows)
        page.sheet.set_paper(A3)
        page.sheet.fit_to_pages(EPIC_PAGES, 0)
        page.sheet.repeat_columns(0, 1)
        page.sheet.freeze_panes(1, 2)
        last = max(self.areas.epics.columns.values())
        page.sheet.autofilter(0, 0, self.areas.epics.last, last)
        return page

    def _table(self, sheet: Sheet, place: Area, rows: Iterable[Sequence[Value]]) -> Page:
        page = self.book.page(sheet.name, grid=True)
        page.headings(0, [column.heading for column in sheet.columns])
        page.sheet.freeze_panes(1, 1)
        for number, column in enumerate(sheet.columns):
            longest_word = max(map(len, column.heading.split()))
            width = WIDTHS.get(column.field, max(10, len(column.heading) * 0.7, longest_word + 3))
            page.sheet.set_column(number, number, width)
            self.lists.offer(page, place, column, sheet.name)
            if self.explained:
                self._explain(page, number, column)
        for row, values in enumerate(rows, start=place.first):
            for number, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
                if value is not None:
                    page.put(row, number, value, "input", *_look(column, value))
        return page

    def _evidence(self, sheet: Sheet, records: Sequence[Record]) -> None:
        """A sheet of evidence, which no formula follows."""
        page = self.book.page(sheet.name, grid=True)
        page.headings(0, [column.heading for column in sheet.columns])
        page.sheet.freeze_panes(1, 1)
        page.widths(*(WIDTHS.get(column.field, max(12.0, len(column.heading) + 2.0)) for column in sheet.columns))
        for number, column in enumerate(sheet.columns if self.explained else ()):
            self._explain(page, number, column)
        for row, record in enumerate(records, start=1):
            for number, column in enumerate(sheet.columns):
                value = evidence_entry(record, column.field)
                if value is not None:
                    page.put(row, number, value, "input", *_look(column, value))

    def _by_period(self, sheet: Sheet, place: Area, rows: Sequence[tuple[str, Sequence[float]]]) -> None:
        page = self.book.page(sheet.name, grid=True)
        page.headings(0, [sheet.columns[0].heading, *self.areas.portfolio.calendar.periods])
        page.sheet.freeze_panes(1, 1)
        page.widths(18, *[12.0] * (len(place.columns) - 1))
        self.lists.offer(page, place, sheet.columns[0], sheet.name)
        for row, (stream, amounts) in enumerate(rows, start=place.first):
            page.text(row, 0, stream, "input", "label")
            for number, amount in enumerate(amounts, start=1):
                page.put(row, number, amount, "input", *_look(None, amount))
        if self.explained:
            self._explain(page, 0, sheet.columns[0])

    def _explain(self, page: Page, number: int, column: Column) -> None:
        words = [column.description, *([f"One of: {', '.join(column.choices)}."] if column.choices else [])]
        if column.example is not None:
            words.append(f"For example {example(column)}.")
        page.sheet.write_comment(0, number, " ".join(words), {"x_scale": 1.6, "author": ""})


def example(column: Column) -> str:
    """An example as it would be typed."""
    entry = column.example if isinstance(column.example, str) else entry_of(column.example)
    return f"{entry:g}" if isinstance(entry, float) else str(entry)


def _as_typed(cell: Value | time | timedelta) -> Value:
    """A cell of another workbook as it stood there; yes and no as words."""
    return cell if isinstance(cell, date) else as_text(cell) if isinstance(cell, bool | time | timedelta) else cell


def _rows(
    records: Iterable[object], wanted: Sequence[Column], entry: Callable[..., Value] | None = None
) -> Iterable[list[Value]]:
    read = entry or (lambda record, field: entry_of(getattr(record, field)))
    return ([read(record, column.field) for column in wanted] for record in records)


def _look(column: Column | None, value: Value) -> tuple[str, ...]:
    """The number format that shows a value as people write it."""
    if column is not None and isinstance(value, str):
        return ("label",) if column.field in _LABELS else ()
    if not isinstance(value, float | int):
        return ()
    if column is not None and column.kind == "share":
        return ("share",) if round(value * 100, 9).is_integer() else ("fine share",)
    return ("figure input",) if float(value).is_integer() and abs(value) >= 1000 else ()
