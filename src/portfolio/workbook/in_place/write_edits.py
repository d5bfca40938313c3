"""Edits written into a workbook: each into the cell that holds its field in the file as it is now; all else stays as it is.

What was written is read again before it is kept: where a column counts in thousands, or in per cent, the figure is written as
that column counts, and what still does not read as it was meant is not written at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json, Raw, json_form
from portfolio.edits.address import held, placed
from portfolio.edits.raw_difference import cell_differences
from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import Reading
from portfolio.merge.apply_changes import apply
from portfolio.merge.cell_content import content_of
from portfolio.merge.identity import with_formulas
from portfolio.merge.read_contents import read_contents
from portfolio.workbook.in_place.exact_cells import exact_cell
from portfolio.workbook.in_place.place_edits import Placing, as_content, is_date
from portfolio.xlsx.patch.cell import CellEdit
from portfolio.xlsx.patch.editing import PackageEditor

ROUNDING = 1e-9
Values = Mapping[Path, Json]
Read = Callable[[bytes], Reading]
OTHERWISE = "it would be read otherwise there, or change how other cells are read; enter it in the workbook itself"


@dataclass
class WrittenEdits:
    """A workbook with edits in it, and which of them found no place, each with the reason."""

    content: bytes
    unwritten: dict[Path, str] = field(default_factory=dict)
    reading: Reading | None = None
    """What it is read as, where that was looked at."""


def write_edits(content: bytes, reading: Reading, values: Values, new: Sequence[str], read: Read) -> WrittenEdits:
    """The workbook with values in their cells and new epics in rows of their own.

    `read` gives what a workbook is read as; it is asked whether everything reads as it was meant, and everything else as before.
    What would change how other cells are read is left out.
    """
    raw = _raw(reading, new, values)
    written, now = _as_meant(content, reading, raw, values, new, read)
    left = written.unwritten
    expected = _raw(reading, new, {path: value for path, value in values.items() if path not in left})
    if not _differences(expected, now):
        return written
    if len(values) <= 1:
        return WrittenEdits(content, dict.fromkeys(values, OTHERWISE))
    paths = list(values)
    first, second = ({path: values[path] for path in half} for half in (paths[::2], paths[1::2]))
    one = write_edits(content, reading, first, new, read)
    two = write_edits(one.content, read(one.content), second, [], read)
    return WrittenEdits(two.content, one.unwritten | two.unwritten, two.reading)


def _differences(expected: Raw, now: Raw) -> bool:
    """Whether two JSON forms differ in any cell, whatever types their readers gave."""
    return any(not _same(json_form(was), json_form(is_now)) for was, is_now in cell_differences(expected, now).values())


def _raw(reading: Reading, new: Sequence[str], values: Values) -> Raw:
    """What a workbook is to be read as."""
    raw: Raw = dict(reading.raw)
    if new:
        raw["epics"] = [*(raw.get("epics") or ()), *({"id": name} for name in new)]
    for path, value in values.items():
        raw = placed(raw, path, value)
    return raw


def _as_meant(
    content: bytes, reading: Reading, raw: Raw, values: Values, new: Sequence[str], read: Read
) -> tuple[WrittenEdits, Raw]:
    """Writes values until they read as they are meant: in the unit of their column, else not at all."""
    shown: dict[Path, Json] = {}
    left: dict[Path, str] = {}
    while True:
        wanted = {path: shown.get(path, value) for path, value in values.items() if path not in left}
        written = _written(content, reading, raw, wanted, new)
        reading_now = read(written.content)
        now = _raw(reading_now, (), {})
        left |= written.unwritten
        wrong = {
            path: json_form(held(now, path))
            for path in wanted
            if path not in left and not _same(json_form(held(now, path)), values[path])
        }
        if not wrong:
            return WrittenEdits(written.content, left, reading_now), now
        for path, found in wrong.items():
            other = None if path in shown else _as_counted(wanted[path], found, values[path])
            if other is None:
                left[path] = OTHERWISE
            else:
                shown[path] = other


def _as_counted(written: Json, found: Json, meant: Json) -> Json:
    """A figure as its column counts, from what one figure there was read as; None where that is not a matter of units."""
    if not (_is_number(written) and _is_number(found) and _is_number(meant)) or not found or not written:
        return None
    return float(f"{meant / (found / written):.12g}")  # type: ignore[operator]


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(found: Json, meant: Json) -> bool:
    if _is_number(found) and _is_number(meant):
        return math.isclose(found, meant, rel_tol=ROUNDING, abs_tol=ROUNDING)  # type: ignore[arg-type]
    if meant is None:
        return found is None or found in (0, {}, [])
    if isinstance(found, str) and isinstance(meant, str):
        return " ".join(found.split()).casefold() == " ".join(meant.split()).casefold()
    if isinstance(meant, bool) and isinstance(found, str):
        return found.strip().casefold() == ("yes" if meant else "no")
    return found == meant


def _written(content: bytes, reading: Reading, raw: Raw, values: Values, new: Sequence[str]) -> WrittenEdits:
    editing = PackageEditor(content, reading.name, inspected=True)
    direct, others = _direct(reading, values)
    left: dict[Path, str] = {}
    for sheet, cells in direct.items():
        left |= _edited(editing, sheet, cells)
    if not others and not new:
        return WrittenEdits(editing.content(), left)
    base = with_formulas(read_contents(content, reading.name))
    placing = Placing(reading, base, raw)
    for name in new:
        placing.add_epic(name)
    for path, value in others.items():
        placing.put(path, value)
    for title, edits in placing.direct.items():
        editing.edit(title, edits)
    unwritten = apply(editing, base, placing.edits)
    lost = {placing.of[key]: "its cell cannot be changed" for key in unwritten.cells if key in placing.of}
    return WrittenEdits(editing.content(), left | placing.left | lost)


Direct = dict[str, list[tuple[Path, CellEdit]]]


def _direct(reading: Reading, values: Values) -> tuple[Direct, dict[Path, Json]]:
    """Figures and words whose cell is there already, by sheet; and all others, which need a place or a look of their own."""
    direct, others = Direct(), dict[Path, Json]()
    for path, value in values.items():
        cell = None if reading.places is None else exact_cell(reading.places, path)
        if cell is None or reading.places is None or is_date(path, value):
            others[path] = value
            continue
        sheet, row, column = cell
        before = content_of(reading.places.content(cell)) if sheet in reading.places.grids else None
        after = as_content(path, value, before)
        edit = CellEdit(row, column, None if after is None else after.value)
        direct.setdefault(sheet, []).append((path, edit))
    return direct, others


def _edited(editing: PackageEditor, sheet: str, cells: Sequence[tuple[Path, CellEdit]]) -> dict[Path, str]:
    """Writes cells; those that cannot be changed are given back, and all others are written."""
    try:
        editing.edit(sheet, [edit for _, edit in cells])
    except WrongUseError as why:
        if len(cells) == 1:
            return {cells[0][0]: str(why)}
        half = len(cells) // 2
        return _edited(editing, sheet, cells[:half]) | _edited(editing, sheet, cells[half:])
    return {}
