"""Workbooks as people keep them: headings anywhere and in any words, columns in any order, entries in any form."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from portfolio.intake import columns
from portfolio.intake.columns import Column, Sheet

Cell = tuple[str, int, int]
Field = tuple[str | int, ...]
YES, NO = ("yes", "Y", "x", True, 1, " Yes "), ("no", "N", False, 0, "-")


class MessyWorkbook:
    """Writes a portfolio in JSON form as a messy workbook; `cells` says where each field went."""

    def __init__(self, raw: dict[str, Any], seed: int, *, ids: bool = True, results: Sequence[str] = ()) -> None:
        self.raw, self.random, self.ids, self.results = raw, random.Random(seed), ids, results
        self.book = openpyxl.Workbook()
        self.book.active.title = "Read me first"  # type: ignore[union-attr]
        self.cells: dict[Field, Cell] = {}
        self.efforts: list[tuple[str, str, float]] = []
        self._epics()
        self._settings()
        self._table(
            columns.EFFORT, [dict(zip(("epic", "value_stream", "effort"), row, strict=True)) for row in self.efforts]
        )
        self._streams()
        self._table(columns.DEPENDENCIES, raw.get("dependencies", []))
        self._table(columns.GUARDRAILS, [_as_sheet(limit) for limit in raw.get("guardrails", [])])

    def save(self, path: Path) -> Path:
        """Saves the workbook and forgets it."""
        self.book.save(path)
        self.book.close()
        return path

    def chance(self, probability: float) -> bool:
        """True in this share of the cases."""
        return self.random.random() < probability

    def _epics(self) -> None:
        rows = []
        for epic in self.raw["epics"]:
            row = {key: value for key, value in epic.items() if key != "effort"}
            effort = dict(epic.get("effort") or {})
            if effort and self.chance(0.5):
                stream = next(iter(effort))
                row |= {"value_stream": stream, "effort": effort.pop(stream)}
            self.efforts += [(epic["id"], stream, units) for stream, units in effort.items()]
            if not self.ids:
                row["title"] = row.pop("id")
            rows.append(row)
        extra = [Column(heading, f"result {heading}", "text", "", None) for heading in self.results]
        self._table(columns.EPICS, rows, self.random.choice(("Epics", "Epics", "Portfolio Backlog", "Q1 draft")), extra)

    def _settings(self) -> None:
        sheet = self.book.create_sheet("Settings")
        row = self.random.randrange(1, 6)
        for column in columns.SETTINGS.columns:
            holder = self.raw.get("calendar", {}) if column.field.startswith("calendar.") else self.raw
            value = holder.get(column.field.removeprefix("calendar."))
            if column.field == "calendar.periods" or value is None:
                continue
            if isinstance(value, list):
                value = ", ".join(value)
            row += self.random.choice((1, 1, 2))
            sheet.cell(row, 3).value = self._heading(column)
            sheet.cell(row, 4).value = self._entry(column, value)
            self.cells[tuple(column.field.split("."))] = (sheet.title, row, 4)

    def _streams(self) -> None:
        streams = self.raw.get("value_streams", [])
        plain = [
            {key: value for key, value in stream.items() if key not in {"capacity", "budget"}} for stream in streams
        ]
        if any(set(stream) - {"id"} for stream in plain) or self.chance(0.5):
            self._table(columns.STREAMS, plain)
        for sheet in (columns.CAPACITY, columns.BUDGET):
            self._amounts(sheet, [(index, stream) for index, stream in enumerate(streams) if stream.get(sheet.field)])

    def _amounts(self, kind: Sheet, streams: list[tuple[int, dict[str, Any]]]) -> None:
        if not streams:
            return
        sheet, labels = self.book.create_sheet(kind.name), self.raw["calendar"]["periods"]
        top, left = self.random.randrange(1, 8), self.random.randrange(1, 4)
        sheet.cell(top, left).value = self._heading(kind.columns[0])
        turns = list(range(len(labels)))
        if kind is columns.BUDGET:
            self.random.shuffle(turns)
        for place, turn in enumerate(turns, start=left + 1):
            sheet.cell(top, place).value = labels[turn]
        row = top
        if "Value streams" in self.book.sheetnames:
            self.random.shuffle(streams)
        for index, stream in streams:
            row += self.random.choice((1, 1, 1, 2))
            sheet.cell(row, left).value = self.random.choice((stream["id"], stream["id"], stream["id"].lower()))
            for place, turn in enumerate(turns, start=left + 1):
                sheet.cell(row, place).value = self._number(stream[kind.field][turn])
                self.cells["value_streams", index, kind.field, turn] = (kind.name, row, place)

    def _table(self, kind: Sheet, rows: list[dict[str, Any]], name: str = "", extra: Sequence[Column] = ()) -> None:
        if not rows:
            return
        sheet = self.book.create_sheet(name or self.random.choice((kind.name, *kind.aliases[:1])))
        used = [column for column in kind.columns if any(column.field in row for row in rows)]
        self.random.shuffle(used)
        used += extra
        top, left = self.random.randrange(1, 16), self.random.randrange(1, 4)
        if top > 3:
            sheet.cell(1, left).value = f"Our {kind.name.lower()}"
        place, places = left, {}
        for column in used:
            if self.chance(0.15):
                sheet.cell(top, place).value = self.random.choice(("Remarks", "Sponsor's view", None))
                place += 1
            sheet.cell(top, place).value = column.heading if column in extra else self._heading(column)
            places[column.field] = place
            place += 1
        row = top
        for index, record in enumerate(rows):
            row += self.random.choice((1, 1, 1, 1, 2))
            for column in used:
                here = sheet.cell(row, places[column.field])
                if column in extra:
                    self.cells[kind.field, index, column.field] = (sheet.title, row, places[column.field])
                elif record.get(column.field) is not None:
                    here.value = self._entry(column, record[column.field])
                    here.data_type = "s" if isinstance(here.value, str) else here.data_type
                    self.cells[kind.field, index, column.field] = (sheet.title, row, places[column.field])
                elif column.field in {"at_least", "at_most", "wip_limit", "job_size"}:
                    self.cells[kind.field, index, column.field] = (sheet.title, row, places[column.field])

    def _heading(self, column: Column) -> str:
        spellings = (column.heading, column.heading, column.heading.upper(), f"{column.heading} *", *column.aliases[:1])
        return self.random.choice(spellings)

    def _entry(self, column: Column, value: Any) -> Any:
        if column.kind in {"number", "whole"} or (column.kind == "share" and not isinstance(value, str)):
            return self._share(value) if column.kind == "share" and self.chance(0.3) else self._number(value)
        if column.kind == "yes/no":
            return self.random.choice(YES if value else NO)
        if column.kind in {"date", "date or week"}:
            return self._date(value) if isinstance(value, str) else self._number(value)
        if column.kind == "pairs":
            return "; ".join(f"{week}: {worth}" for week, worth in value)
        if isinstance(value, str) and column.field in {"urgency", "earliest", "latest", "start"}:
            return self.random.choice((value, value, value.upper()))
        if isinstance(value, str) and value.isdecimal() and str(int(value)) == value and self.chance(0.5):
            return int(value)
        return f"{value} " if isinstance(value, str) and self.chance(0.1) else value

    def _number(self, value: float) -> Any:
        return self.random.choice((value,) * 5 + (str(value), f" {value}"))

    def _share(self, value: float) -> str:
        return f"{round(value * 100, 9)}%"

    def _date(self, text: str) -> Any:
        day = datetime.date.fromisoformat(text)
        return self.random.choice(
            (
                datetime.datetime(day.year, day.month, day.day),
                day,
                text,
                f"{day:%d.%m.%Y}",
                f"{day.day} {day:%B} {day.year}",
            )
        )


def _as_sheet(limit: dict[str, Any]) -> dict[str, Any]:
    """A mix limit as it is typed."""
    found = dict(limit)
    if limit.get("where"):
        found["where"] = "; ".join(f"{name} = {', '.join(words)}" for name, words in limit["where"].items())
    if limit.get("per"):
        found["per"] = ", ".join(limit["per"])
    return {key: value for key, value in found.items() if value not in ("", [], {})}
