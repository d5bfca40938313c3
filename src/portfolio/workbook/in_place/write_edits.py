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
from portfolio.intake.read_portfolio import Reading
from portfolio.merge.apply_changes import apply
from portfolio.merge.identity import with_formulas
from portfolio.merge.read_contents import read_contents
from portfolio.workbook.in_place.place_edits import Placing
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


def write_edits(content: bytes, reading: Reading, values: Values, new: Sequence[str], read: Read) -> WrittenEdits:
    """The workbook with values in their cells and new epics in rows of their own.

    `read` gives what a workbook is read as; it is asked whether everything reads as it was meant, and everything else as before.
    What would change how other cells are read is left out.
    """
    raw = _raw(reading, new, values)
    written, now = _as_meant(content, reading, raw, values, new, read)
    left = written.unwritten
    expected = _raw(reading, new, {path: value for path, value in values.items() if path not in left})
    if not cell_differences(expected, now):
        return written
    if len(values) <= 1:
        return WrittenEdits(content, dict.fromkeys(values, OTHERWISE))
    paths = list(values)
    first, second = ({path: values[path] for path in half} for half in (paths[::2], paths[1::2]))
    one = write_edits(content, reading, first, new, read)
    two = write_edits(one.content, read(one.content), second, [], read)
    return WrittenEdits(two.content, one.unwritten | two.unwritten)


def _raw(reading: Reading, new: Sequence[str], values: Values) -> Raw:
    """What a workbook is to be read as."""
    raw: Raw = {name: json_form(value) for name, value in reading.raw.items()}
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
        now = _raw(read(written.content), (), {})
        left |= written.unwritten
        wrong = {
            path: held(now, path) for path in wanted if path not in left and not _same(held(now, path), values[path])
        }
        if not wrong:
            return WrittenEdits(written.content, left), now
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
    base = with_formulas(read_contents(content, reading.name))
    placing = Placing(reading, base, raw)
    for name in new:
        placing.add_epic(name)
    for path, value in values.items():
        placing.put(path, value)
    for title, cells in placing.direct.items():
        editing.edit(title, cells)
    unwritten = apply(editing, base, placing.edits)
    lost = {placing.of[key]: "its cell cannot be changed" for key in unwritten.cells if key in placing.of}
    return WrittenEdits(editing.content(), placing.left | lost)
