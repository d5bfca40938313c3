"""What this program wrote onto its result sheets: the measure of what people typed there since.

The record goes along with the snapshot of the inputs. A cell that holds something else than the record says is theirs: a
remark beside the figures, or a figure that somebody typed over.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from portfolio.domain.json_form import Raw
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.sheet_cells import ANY_FORMULA, Cell, sheet_cells

_MANY = 20
_SHARE = 0.2
"""So many differing cells, and this share of all, are rows that were moved or formulas that another program spells anew."""


@dataclass(frozen=True)
class SheetRecord:
    """The cells that were written onto one sheet, and the digest of the sheet as it was saved then."""

    cells: Mapping[Cell, str]
    digest: str = ""
    """Blank where remarks of people stand on the sheet, which have to be looked for."""


@dataclass
class Written:
    """The record of every result sheet that people look at, by what we call it, and of the columns beside the epics."""

    sheets: dict[str, SheetRecord] = field(default_factory=dict)
    columns: tuple[str, ...] | None = None
    """The headings of the result columns that were filled; None where that is not known."""
    theirs: dict[str, Mapping[Cell, str]] = field(default_factory=dict)
    """What else stood on sheets of ours when the workbook went out: remarks of people, notes, what was kept earlier."""

    def beside(self, earlier: Written, there: Collection[str]) -> Written:
        """This record with what is known of sheets that are still `there` and of columns, besides what was written now."""
        others = {name: held for name, held in earlier.sheets.items() if name in there}
        columns = None if self.columns is None else tuple(sorted({*self.columns, *(earlier.columns or ())}))
        return replace(self, sheets=others | self.sheets, columns=columns)

    def cells(self, canonical: str) -> Mapping[Cell, str] | None:
        """All that stood on a sheet of ours when the workbook went out; None where that is not known."""
        written, theirs = self.sheets.get(canonical), self.theirs.get(canonical)
        if written is None:
            return theirs
        return {**written.cells, **theirs} if theirs else written.cells


def written_now(editing: PackageEditor, serving: Collection[str] = ()) -> dict[str, Mapping[Cell, str]]:
    """What stands on the result sheets that people look at, without those that are `serving` formulas only."""
    shown = {sheet.name for sheet in editing.workbook.sheets if sheet.state == "visible"}
    return {
        canonical: cells_of(editing, name)
        for canonical, name in editing.own_sheets.items()
        if name in shown and canonical not in serving
    }


def record_of(
    editing: PackageEditor,
    cells: Mapping[str, Mapping[Cell, str]],
    remarked: Iterable[str] = (),
    columns: Iterable[str] | None = None,
) -> Written:
    """The record of sheets with these cells; on those that are `remarked`, people's own cells stand too."""
    names, left = editing.own_sheets, set(remarked)
    return Written(
        {
            canonical: SheetRecord(held, "" if canonical in left else digest_of(editing, names[canonical]))
            for canonical, held in cells.items()
            if canonical in names
        },
        None if columns is None else tuple(sorted(columns)),
    )


def with_theirs(written: Written, editing: PackageEditor, apart: Collection[str]) -> Written:
    """The record with what else stands on the sheets of ours now, except those that are kept `apart`."""
    theirs: dict[str, Mapping[Cell, str]] = {}
    for canonical, name in editing.own_sheets.items() if written.sheets else ():
        record = written.sheets.get(canonical)
        if canonical in apart or (record is not None and record.digest == digest_of(editing, name)):
            continue
        known = {} if record is None else record.cells
        found = {cell: said for cell, said in cells_of(editing, name).items() if not _is_same(known.get(cell), said)}
        if found:
            theirs[canonical] = found
    return replace(written, theirs=theirs)


def cells_of(editing: PackageEditor, sheet: str) -> dict[Cell, str]:
    """Every cell of a sheet."""
    return sheet_cells(editing.sheet_xml(sheet), editing.shared_strings())


def digest_of(editing: PackageEditor, sheet: str) -> str:
    """The digest of a sheet as it is."""
    return hashlib.sha256(editing.sheet_xml(sheet)).hexdigest()[:16]


def typed_cells(record: Mapping[Cell, str], now: Mapping[Cell, str]) -> list[Cell]:
    """The cells that hold what this program did not write there, in reading order."""
    new = [cell for cell, said in now.items() if not _is_same(record.get(cell), said)]
    respelled = [cell for cell in new if _is_formula(now[cell]) and _is_formula(record.get(cell))]
    if len(respelled) > max(_MANY, _SHARE * sum(map(_is_formula, record.values()))):
        new = list(set(new) - set(respelled))
    gone = [said for cell, said in record.items() if not _is_same(said, now.get(cell))]
    if min(len(gone), len(new)) > max(_MANY, _SHARE * len(record)):
        there, kept = Counter(gone), []
        for cell in new:
            if there[now[cell]]:
                there[now[cell]] -= 1
            elif not _is_formula(now[cell]):
                kept.append(cell)
        new = kept
    return sorted(new)


def _is_same(one: str | None, other: str | None) -> bool:
    return one == other or (ANY_FORMULA in (one, other) and _is_formula(one) and _is_formula(other))


def _is_formula(said: str | None) -> bool:
    return said is not None and said.startswith(ANY_FORMULA)


def record_to_json(written: Written) -> dict[str, object]:
    """The record as JSON: column by column, since neighbours below each other are alike and pack well."""
    sheets = {canonical: [sheet.digest, _columns(sheet.cells)] for canonical, sheet in written.sheets.items()}
    theirs = {canonical: _columns(cells) for canonical, cells in written.theirs.items()}
    return {"sheets": sheets, "columns": written.columns, **({"theirs": theirs} if theirs else {})}


def _columns(cells: Mapping[Cell, str]) -> list[object]:
    return [_column(number, held) for number, held in _by_column(cells)]


def _by_column(cells: Mapping[Cell, str]) -> Iterable[tuple[int, list[tuple[Cell, str]]]]:
    ordered = sorted(cells.items(), key=lambda held: (held[0][1], held[0][0]))
    return ((number, list(held)) for number, held in groupby(ordered, key=lambda held: held[0][1]))


def _column(number: int, held: list[tuple[Cell, str]]) -> list[object]:
    said = {row: text for (row, _), text in held}
    first, last = held[0][0][0], held[-1][0][0]
    return [number, first, [said.get(row) for row in range(first, last + 1)]]


def record_from_json(saved: Raw) -> Written:
    """The record that was saved as JSON; raises ValueError, TypeError or IndexError where it is none."""
    filled = saved.get("columns")
    found = Written(columns=None if filled is None else tuple(map(str, filled)))
    for canonical, (digest, columns) in saved.get("sheets", {}).items():
        found.sheets[str(canonical)] = SheetRecord(_cells(columns), str(digest))
    found.theirs = {str(canonical): _cells(columns) for canonical, columns in saved.get("theirs", {}).items()}
    return found


def _cells(columns: list[tuple[int, int, list[object]]]) -> dict[Cell, str]:
    return {
        (first + turn, number): str(text)
        for number, first, texts in columns
        for turn, text in enumerate(texts)
        if text is not None
    }
