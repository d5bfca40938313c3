"""What was read of a file: every sheet, column and kind of row, used as what, or not used and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.intake.headings.heading import BRACKETS
from portfolio.intake.languages import fold


@dataclass(frozen=True)
class ColumnRead:
    """One column: its heading, the column's letters, what it was read as, and how or why not in words."""

    heading: str
    column: str
    read_as: str | None
    note: str = ""
    matters: bool = True
    """Whether it holds figures or dates that could be meant for a plan, and not only remarks."""

    @property
    def text(self) -> str:
        """`User-business value from BV`, with how it was read."""
        same = self.read_as is None or fold(BRACKETS.sub(" ", self.heading)) == fold(self.read_as)
        named = self.heading if same else f"{self.read_as} from {self.heading}"
        return f"{named} ({self.note})" if self.note else named

    def as_json(self) -> dict[str, object]:
        """The column as JSON has it."""
        return {"heading": self.heading, "column": self.column, "read_as": self.read_as, "note": self.note}


@dataclass(frozen=True)
class RowsLeftOut:
    """Rows that are no records: their kind, their numbers on the sheet, and what stands in them."""

    kind: str
    rows: tuple[int, ...]
    labels: tuple[str, ...]

    @property
    def text(self) -> str:
        """`1 total (Total)`."""
        labels = ", ".join(dict.fromkeys(label for label in self.labels if label))
        return f"{len(self.rows)} {self.kind}{'s' if len(self.rows) > 1 else ''}{f' ({labels})' if labels else ''}"

    def as_json(self) -> dict[str, object]:
        """The rows as JSON has them."""
        return {"kind": self.kind, "rows": list(self.rows), "labels": list(self.labels)}


@dataclass(frozen=True)
class SheetRead:
    """One sheet: the input that it was read as, how many records it gave, and its columns; or why it was not read."""

    name: str
    read_as: str | None
    why: str = ""
    records: int = 0
    columns: tuple[ColumnRead, ...] = ()
    left_out: tuple[RowsLeftOut, ...] = ()
    has_content: bool = True
    is_own: bool = False
    """Whether this program wrote it."""
    matters: bool = True
    """Whether a sheet that is not read holds figures, and not only text."""

    @property
    def unread(self) -> tuple[ColumnRead, ...]:
        """Its columns that hold something and were not read."""
        return tuple(column for column in self.columns if column.read_as is None)

    @property
    def text(self) -> str:
        """The sheet in a line."""
        if self.read_as is None:
            return f"{self.name}: not read, {self.why}."
        read = ", ".join(column.text for column in self.columns if column.read_as is not None)
        named = self.name if self.name == self.read_as else f"{self.name} as {self.read_as}"
        parts = [f"{named}, {_rows(self.records)}: {read}" if self.columns else named]
        if self.unread:
            parts.append(f"not read: {', '.join(column.text for column in self.unread)}")
        if self.left_out:
            parts.append(f"no records: {', '.join(rows.text for rows in self.left_out)}")
        return f"{'; '.join(parts)}."

    def as_json(self) -> dict[str, object]:
        """The sheet as JSON has it."""
        return {
            "sheet": self.name,
            "read_as": self.read_as,
            "why": self.why,
            "records": self.records,
            "columns": [column.as_json() for column in self.columns],
            "rows_left_out": [rows.as_json() for rows in self.left_out],
        }


@dataclass(frozen=True)
class ReadReport:
    """Everything that stands in a file, sheet by sheet."""

    sheets: tuple[SheetRead, ...] = ()

    def lines(self) -> Iterator[str]:
        """A line for each sheet, those that were read first."""
        for sheet in sorted(self.sheets, key=lambda sheet: sheet.read_as is None):
            if sheet.has_content and not sheet.is_own:
                yield sheet.text

    @property
    def unread_text(self) -> str:
        """What holds figures and was not read, in a line; empty where all of it was, or only remarks are left."""
        sheets = [
            sheet.name
            for sheet in self.sheets
            if sheet.read_as is None and sheet.has_content and sheet.matters and not sheet.is_own
        ]
        parts = [f"the {'sheets' if len(sheets) > 1 else 'sheet'} {', '.join(sheets)}"] if sheets else []
        left = {sheet.name: [column.heading for column in sheet.unread if column.matters] for sheet in self.sheets}
        parts += [f"{', '.join(columns)} on {name}" for name, columns in left.items() if columns]
        return f"Not read: {'; '.join(parts)}." if parts else ""

    def as_json(self) -> list[dict[str, object]]:
        """The report as JSON has it."""
        return [sheet.as_json() for sheet in self.sheets]


def _rows(count: int) -> str:
    return f"{count or 'no'} row{'' if count == 1 else 's'}"
