"""Makes epics in JSON form from the rows of an export; what cannot be read is a finding at its row and heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from portfolio.domain import Epic, FieldFinding, Finding
from portfolio.domain.field import Kind, entry
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Raw
from portfolio.domain.spelling import shown
from portfolio.intake.agreed_words import AgreedWords
from portfolio.intake.epics.effort import efforts_by_stream
from portfolio.intake.exports.export_columns import Recognised
from portfolio.intake.exports.export_rows import EpicRows
from portfolio.intake.exports.export_table import ExportTable
from portfolio.intake.exports.export_values import TEXTS, context_of, read_values
from portfolio.intake.exports.mapping import Source
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.context import Context

PLAIN = Source(columns=("",))
"""How a field is read that only a workbook's headings name."""


@dataclass
class EpicDraft:
    """The epics so far, where each of their values stands, and what was odd."""

    table: ExportTable
    found: Recognised
    epics: list[Raw] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    """The row of each epic."""
    cells: dict[FieldPath, tuple[int, ...]] = field(default_factory=dict)
    """The columns that each value was read from."""
    problems: list[FieldFinding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    without_stream: list[int] = field(default_factory=list)
    """The rows whose effort is not kept, because no value stream is named."""
    without_effort: int = 0
    """Epics whose value stream is not kept, because they have no effort."""

    def place(self, path: FieldPath) -> str:
        """`export.csv, row 12, Business Value` for a path inside the portfolio."""
        name, headings = self.table.name, self.found.columns.headings
        if len(path) < 2 or path[0] != "epics":
            return name
        if not isinstance(path[1], int):
            columns = self.found.columns.fields.get(str(path[1]), ())
            return f"{name}, {headings[columns[0]]}" if columns else name
        row = f"{name}, row {self.table.number(self.positions[path[1]])}"
        columns = self.cells.get(path[:3]) or self.found.columns.fields.get(str(path[2]) if len(path) > 2 else "", ())
        return f"{row}, {headings[columns[0]]}" if columns else row

    def example(self, path: FieldPath, differ: bool) -> str:
        """`row 12`, with what stands there where that matters."""
        if len(path) < 3 or not isinstance(path[1], int):
            return self.place(path)
        position = self.positions[path[1]]
        columns = self.cells.get(path[:3], ())
        row = self.table.rows[position]
        held = as_text(row[columns[0]]) if differ and columns and columns[0] < len(row) else ""
        return f"row {self.table.number(position)}" + (f" ({shown(held)})" if held else "")

    def note(self, position: int, what: str, rule: str, fix: str, heading: str = "") -> None:
        """Remembers something odd in a row, as a warning."""
        place = f"{self.table.name}, row {self.table.number(position)}{heading and ', '}{heading}"
        self.findings.append(Finding("warning", place, what, rule, fix))

    def add(self, position: int, parent: str) -> None:
        """Adds the epic of one row, unless its cells are shifted or it has neither ID nor title."""
        row = self.table.rows[position]
        if self.table.delimiter and any(not is_blank(cell) for cell in row[len(self.found.columns.headings) :]):
            place = f"{self.table.name}, row {self.table.number(position)}"
            what = f"The row has {len(row)} cells and the header {len(self.found.columns.headings)}; it was left out."
            rule = "Which cell belongs to which heading is not clear."
            fix = "Write a cell that holds the separator in quotes, or export the file again."
            self.findings.append(Finding("error", place, what, rule, fix))
            return
        self.positions.append(position)
        epic = {name: value for name in self.found.columns.fields if (value := self._value(row, name)) is not None}
        if "id" not in epic and "title" not in epic:
            self.positions.pop()
            rule, fix = "Every epic needs an ID or a title.", "Give it one, if it is an epic."
            self.note(position, "This row has no ID and no title, and was left out.", rule, fix)
            return
        if "id" not in epic:
            epic["id"] = epic["title"]
            if "id" in self.found.columns.fields:
                fix = "Give it an ID, so that it keeps its name."
                self.note(position, "This epic has no ID.", "Its title stands in for it.", fix)
        if parent and self.found.mapping.parent.field not in epic:
            epic[self.found.mapping.parent.field] = parent
        self.epics.append(epic)

    def _value(self, row: Sequence[Any], name: str) -> Any:
        """What a row says for a field, None if nothing."""
        kind: Kind = "text" if name == "value_stream" else entry(Epic, name).kind
        source = self.found.mapping.sources.get(name, PLAIN)
        parts = list(_parts(row, self.found.columns.fields[name], source))
        if not parts:
            return None
        path: FieldPath = ("epics", len(self.epics), name)
        self.cells[path] = tuple(column for column, _ in parts[: None if source.repeated == "join" else 1])
        if source.repeated == "join":
            return ", ".join(dict.fromkeys(as_text(part) for _, part in parts))
        if kind not in TEXTS:
            self._note_differing(name, parts)
        return as_text(parts[0][1]) if kind in TEXTS else parts[0][1]

    def _note_differing(self, name: str, parts: Sequence[tuple[int, Any]]) -> None:
        """Several filled columns for one figure, which do not say the same."""
        (first, counted), headings = parts[0], self.found.columns.headings
        for column, value in parts[1:]:
            if as_text(value) != as_text(counted):
                what = f"{headings[column]} says {as_text(value)}, and {headings[first]} says {as_text(counted)}."
                if headings[column] == headings[first]:
                    what = f"{headings[first]} is given twice and says {as_text(counted)} and {as_text(value)}."
                title = entry(Epic, name).title
                rule = f"{title} has one value; {as_text(counted)} was taken."
                self.note(self.positions[-1], what, rule, "Correct it, if that is not meant.", headings[column])

    def read(self, context: Context) -> None:
        """Reads the values of all epics, column by column, and asks their effort of their value streams."""
        columns = self.found.columns
        fields = {name: places for name, places in columns.fields.items() if name != "value_stream"}
        self.problems += read_values(self.epics, fields, columns.headings, context)
        for number, epic in enumerate(self.epics):
            self._set_effort(number, epic)

    def _set_effort(self, number: int, epic: Raw) -> None:
        """Effort is asked of a value stream; a value stream without effort has no place in an epic."""
        stream, units = epic.pop("value_stream", None), epic.pop("effort", None)
        if isinstance(units, str) and (named := efforts_by_stream(units)) is not None:
            epic["effort"] = named
        elif isinstance(units, str):
            path: FieldPath = ("epics", number, "effort")
            fix = "Enter a number, for example 40, in the portfolio."
            self.problems.append(FieldFinding(path, f"Effort is {shown(units)}.", "It has to be a number.", fix))
        elif units is not None and stream is not None:
            epic["effort"] = {stream: units}
        elif units is not None:
            self.without_stream.append(self.positions[number])
        elif stream is not None:
            self.without_effort += 1


def read_epics(table: ExportTable, found: Recognised, rows: EpicRows, words: AgreedWords) -> EpicDraft:
    """The epics of an export, each ID once; `words` are the figures of words that somebody gave."""
    draft = EpicDraft(table, found)
    seen: dict[str, int] = {}
    for position in rows.positions:
        before = len(draft.epics)
        draft.add(position, rows.parents.get(position, ""))
        if len(draft.epics) == before:
            continue
        name = str(draft.epics[-1]["id"]).casefold()
        if name in seen:
            _drop_repeated(draft, seen[name])
        seen.setdefault(name, len(draft.epics) - 1)
    draft.read(context_of(found.mapping, table.delimiter, words.figures))
    return draft


def _drop_repeated(draft: EpicDraft, first: int) -> None:
    """A second row with an ID is left out; it is an error if it says something else."""
    again, position, index = draft.epics.pop(), draft.positions.pop(), len(draft.epics)
    draft.cells = {path: columns for path, columns in draft.cells.items() if path[1] != index}
    draft.problems = [problem for problem in draft.problems if problem.path[1] != index]
    same = again == draft.epics[first]
    place = f"{draft.table.name}, row {draft.table.number(position)}"
    what = f"ID {again['id']} is already in row {draft.table.number(draft.positions[first])}."
    rule = "The row says the same and was left out." if same else "The row says something else and was left out."
    fix = "Export each epic once." if same else "Give one of the two another ID, or delete the row."
    draft.findings.append(Finding("warning" if same else "error", place, what, rule, fix))


def _parts(row: Sequence[Any], positions: Sequence[int], source: Source) -> Iterator[tuple[int, Any]]:
    """The filled entries among these columns, split, filtered and in our words as the mapping says."""
    words = {word.casefold(): meant for word, meant in source.words.items()}
    only = {word.casefold() for word in source.only}
    for position in positions:
        cell = row[position] if position < len(row) else ""
        if is_blank(cell):
            continue
        for part in words_in(cell, source.split, source.part):
            text = part.strip().casefold() if isinstance(part, str) else part
            meant = words.get(text, part) if isinstance(text, str) else part
            if meant != "" and (not only or text in only):
                yield position, meant


def words_in(cell: object, characters: str, pattern: str = "") -> Sequence[object]:
    """What stands in a cell between any of these characters, the part of it that fits a pattern; the cell as it is else."""
    if not isinstance(cell, str):
        return [cell]
    for character in characters[1:]:
        cell = cell.replace(character, characters[0])
    parts = [part for part in cell.split(characters[0]) if part.strip()] if characters else [cell]
    return [_part(part, pattern) for part in parts] if pattern else parts


def _part(text: str, pattern: str) -> str:
    found = re.fullmatch(pattern, text.strip())
    return found[1] if found else text
