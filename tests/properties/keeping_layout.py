"""Where tables stand: titles above, sections, totals, merged cells, several on a sheet, hidden and blank rows."""

from __future__ import annotations

import csv
import dataclasses
import io
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from tests.properties import keeping_words as words
from tests.properties.keeping_tables import SCORES, Row, Table


@dataclass(frozen=True)
class Layout:
    """How somebody lays tables out on sheets, or in a file of text."""

    title_rows: int = 0
    right: int = 0
    two_header_rows: bool = False
    merged_groups: str = ""
    """The column whose equal cells are merged over the rows of a group."""
    sections: str = ""
    """`header once` or `header again`: rows with the name of a group."""
    totals: str = ""
    """`sums`, `means` or `formulas`."""
    one_sheet: str = ""
    """`below` or `beside`: all tables on one sheet."""
    split_rows: bool = False
    split_columns: bool = False
    shuffled: bool = False
    blank_rows: bool = False
    blank_columns: bool = False
    repeated_header: bool = False
    hidden: bool = False
    notes: bool = False
    cover: bool = False


@dataclass
class Grid:
    """The cells of a table, with what is merged and hidden, counted from its first cell."""

    rows: list[list[Any]]
    merged: list[tuple[int, int, int, int]]
    records: list[int]
    """The rows that are no header, section or total."""


class Sum:
    """A formula that adds up the column above it, wherever that stands."""


def grid(table: Table, layout: Layout, rng: random.Random) -> Grid:
    """A table with everything that people put around and into it."""
    keys = _columns(table, layout, rng)
    is_list = table.kind == "epics"
    made = Grid([], [], [])
    header = [table.headings.get(key, key) if key else None for key in keys]
    if is_list and layout.two_header_rows:
        _two_header_rows(table, keys, header, made)
    else:
        made.rows.append(header)
    for number, (group, rows) in enumerate(_groups(table, layout)):
        _rows_of_group(
            made, group, rows, keys, layout, header if number and layout.sections == "header again" else None
        )
        if is_list and layout.repeated_header and number == 0:
            made.rows.append(list(header))
    if layout.totals and table.totals:
        made.rows.append(_total(table, keys, layout, rng))
    if is_list and layout.notes:
        made.rows += [[], ["Scores are from 1 to 20; agreed in the review of 12 May."]]
    return made


def _columns(table: Table, layout: Layout, rng: random.Random) -> list[str]:
    """The order of the columns, with columns of notes and empty ones between them."""
    keys = list(table.headings)
    if table.kind == "epics":
        if layout.sections:
            keys = [key for key in keys if key != "theme"]
        if layout.shuffled:
            rng.shuffle(keys)
        if layout.two_header_rows:
            keys.sort(key=lambda key: (key not in {"id", "title"}, table.groups.get(key, "") != "WSJF"))
        if layout.merged_groups in keys:
            keys.remove(layout.merged_groups)
            keys.insert(0, layout.merged_groups)
        if layout.notes:
            keys.insert(rng.randrange(len(keys) + 1), rng.choice(words.NOTES))
        if layout.blank_columns:
            keys.insert(rng.randrange(1, len(keys) + 1), "")
    return keys


def _groups(table: Table, layout: Layout) -> list[tuple[str, list[Row]]]:
    """The rows by the group that they are in, or all in one."""
    by = "theme" if layout.sections else layout.merged_groups
    if table.kind != "epics" or by not in {key for row in table.rows for key in row}:
        half = len(table.rows) // 2
        return [("", table.rows[:half]), ("", table.rows[half:])] if layout.repeated_header else [("", table.rows)]
    names = list(dict.fromkeys(row.get(by) or "Other" for row in table.rows))
    return [(str(name), [row for row in table.rows if (row.get(by) or "Other") == name]) for name in names]


def _rows_of_group(
    made: Grid, group: str, rows: list[Row], keys: list[str], layout: Layout, header: list[Any] | None
) -> None:
    if layout.sections and group:
        made.rows.append([group])
        made.rows += [list(header)] if header else []
    first = len(made.rows)
    for row in rows:
        if layout.blank_rows and len(made.rows) % 3 == 0:
            made.rows.append([])
        made.records.append(len(made.rows))
        made.rows.append([row.get(key) if key not in words.NOTES else "as agreed" for key in keys])
    if (
        layout.merged_groups
        and not layout.sections
        and group
        and not layout.blank_rows
        and len(rows) > 1
        and layout.merged_groups in keys
    ):
        place = keys.index(layout.merged_groups)
        for cells in made.rows[first + 1 :]:
            cells[place] = None
        if made.rows[first][place] is not None:
            made.merged.append((first, place, len(made.rows) - 1, place))


def _two_header_rows(table: Table, keys: list[str], header: list[Any], made: Grid) -> None:
    """The names of groups of columns above their headings; ID and title are merged down."""
    above = [table.groups.get(key) for key in keys]
    made.rows += [[name or header[place] for place, name in enumerate(above)], list(header)]
    for place, name in enumerate(above):
        if not name:
            made.rows[1][place] = None
            made.merged.append((0, place, 1, place))
    for name in dict.fromkeys(name for name in above if name):
        first, last = above.index(name), len(above) - 1 - above[::-1].index(name)
        if set(above[first : last + 1]) == {name}:
            made.rows[0][first + 1 : last + 1] = [None] * (last - first)
            made.merged.append((0, first, 0, last))


def _total(table: Table, keys: list[str], layout: Layout, rng: random.Random) -> list[Any]:
    """A row of sums, means or formulas below the table, with or without a label."""
    cells: list[Any] = []
    for key in keys:
        figures = [row[key] for row in table.rows if isinstance(row.get(key), int | float)]
        if key not in table.totals or not figures:
            cells.append(None)
        elif layout.totals == "formulas":
            cells.append(Sum())
        else:
            cells.append(sum(figures) / (len(figures) if layout.totals == "means" else 1))
    place = next((place for place, key in enumerate(keys) if key not in table.totals), None)
    if place is not None:
        means = ("Average", "Mittelwert")
        cells[place] = rng.choice(
            means if layout.totals == "means" else [word for word in words.TOTALS if word not in means]
        )
    return cells


def divided(tables: list[Table], layout: Layout) -> list[Table]:
    """The epics on several sheets: a sheet for each category, or scores on one and the rest on another."""
    epics, *others = tables
    if layout.split_rows:
        names = list(dict.fromkeys(str(row.get("category") or "Other epics") for row in epics.rows))
        rows_of = {
            name: [row for row in epics.rows if str(row.get("category") or "Other epics") == name] for name in names
        }
        return [*(dataclasses.replace(epics, name=name, rows=rows) for name, rows in rows_of.items()), *others]
    if layout.split_columns and "id" in epics.headings:
        scores = {key: name for key, name in epics.headings.items() if key in {"id", "title", *SCORES, "job_size"}}
        rest = {key: name for key, name in epics.headings.items() if key == "id" or key not in scores}
        return [
            dataclasses.replace(epics, name="Scores", headings=scores, totals=[]),
            dataclasses.replace(epics, name="Planning", headings=rest, totals=[]),
            *others,
        ]
    return tables


def write_workbook(path: Path, tables: list[Table], layout: Layout, rng: random.Random) -> Path:
    """Writes the tables on sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if layout.cover:
        book.create_sheet("Cover")["B2"] = "Portfolio 2027"
    place = (1, 1)
    for table in tables:
        if layout.one_sheet and book.worksheets and place != (1, 1):
            sheet = book.worksheets[-1]
        else:
            sheet = book.create_sheet(table.name[:31])
            place = (1 + layout.title_rows, 1 + layout.right)
            if layout.title_rows:
                sheet.cell(1, place[1]).value = rng.choice(words.TITLES)
        made = grid(table, layout, rng)
        if layout.one_sheet == "below" and place[0] > 1 + layout.title_rows:
            sheet.cell(place[0], place[1]).value = table.name
            place = (place[0] + 1, place[1])
        _place(sheet, made, place)
        if layout.hidden and table.kind == "epics":
            sheet.row_dimensions[place[0] + made.records[0]].hidden = True
            sheet.column_dimensions[get_column_letter(place[1] + len(made.rows[0]) - 1)].hidden = True
        if layout.one_sheet == "below":
            place = (place[0] + len(made.rows) + 2, place[1])
        elif layout.one_sheet == "beside":
            place = (place[0], place[1] + max(map(len, made.rows)) + 1)
    book.save(path)
    book.close()
    return path


def _place(sheet: Any, made: Grid, place: tuple[int, int]) -> None:
    """Puts a grid where it stands; text stays text, but for formulas of totals."""
    top, left = place
    for down, cells in enumerate(made.rows):
        for across, value in enumerate(cells):
            cell = sheet.cell(top + down, left + across)
            letter = get_column_letter(left + across)
            cell.value = (
                f"=SUM({letter}{top + made.records[0]}:{letter}{top + down - 1})" if isinstance(value, Sum) else value
            )
            if isinstance(value, str):
                cell.data_type = "s"
    for first_row, first_column, last_row, last_column in made.merged:
        sheet.merge_cells(
            start_row=top + first_row,
            start_column=left + first_column,
            end_row=top + last_row,
            end_column=left + last_column,
        )


def write_text(path: Path, table: Table, layout: Layout, rng: random.Random, separator: str, encoding: str) -> Path:
    """Writes one table as text."""
    made = grid(table, layout, rng)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    if layout.title_rows:
        writer.writerow([rng.choice(words.TITLES)])
    writer.writerows([["" if cell is None else cell for cell in cells] for cells in made.rows])
    path.write_bytes(text.getvalue().encode(encoding, errors="replace"))
    return path
