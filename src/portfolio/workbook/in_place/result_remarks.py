"""What people typed onto result sheets goes with its epic when a sheet is written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from portfolio.merge.formula_references import moved
from portfolio.merge.result_names import LABEL_COLUMNS, ResultNames
from portfolio.merge.result_remarks import Remark
from portfolio.xlsx.patch.cell import CellEdit, Formula
from portfolio.xlsx.patch.editing import PackageEditor
from portfolio.xlsx.patch.sheet_cells import Cell


def put_back_remarks(
    editing: PackageEditor,
    remarks: Iterable[Remark],
    titles: Mapping[str, str],
    fresh: Mapping[str, Mapping[Cell, str]],
) -> tuple[set[str], list[Remark]]:
    """Puts remarks back beside their epic; the sheets that have some now, and those that found no place there.

    `titles` says what each of our sheets is called, `fresh` what was just written onto it.
    """
    remarked, left = set(), []
    names: dict[str, ResultNames] = {}
    for remark in remarks:
        title, cells = titles[remark.sheet], fresh.get(remark.sheet, {})
        if remark.is_guess and not _is_apart(remark, cells):
            continue
        place = _place(remark, names.setdefault(title, ResultNames(editing, title)))
        if remark.typed_over or place is None or place in cells:
            left.append(remark)
            continue
        content = remark.content
        if isinstance(content, Formula):
            content = replace(content, text=moved(content.text, place[0] - remark.cell[0], place[1] - remark.cell[1]))
        editing.edit(title, [CellEdit(*place, content, remark.style)])
        remarked.add(remark.sheet)
    return remarked, left


def _place(remark: Remark, names: ResultNames) -> Cell | None:
    """Where a remark belongs now: in the row of its epic, and in the column that it had."""
    row, column = remark.cell
    if remark.label and any(remark.label):
        found = names.row(remark.label)
        if found is None:
            return None
        row = found
    if remark.heading in names.headings.values():
        column = next(number for number, heading in names.headings.items() if heading == remark.heading)
    return row, column


def _is_apart(remark: Remark, fresh: Mapping[Cell, str]) -> bool:
    """Whether a text stands where results never do: in a column without any, alone to the right of them, or where they ended.

    A sheet may have got more columns since; what says the same as one of its results is an earlier result.
    """
    row, column = remark.cell
    if remark.is_beyond and f"'{remark.text.strip()}" not in fresh.values():
        return True
    if all(number != column for _, number in fresh):
        return True
    beside = any((row, column + step) in fresh for step in (-1, 0, 1))
    return column > LABEL_COLUMNS and not beside and not remark.has_neighbour
