"""The sheets that this program wrote into a workbook, known by a mark that stays whatever people call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from portfolio.xlsx.patch.cell import escape
from portfolio.xlsx.patch.markup import unescape
from portfolio.xlsx.patch.workbook_part import WorkbookPart

MARK = "_portfolio_sheet"
"""The hidden name by which a sheet of ours is known, whatever people call it; it stands for what we call it."""
_COPY = re.compile(r" \(\d+\)$")
"""How Excel calls the copy of a sheet."""
FILTER_NAME = "_xlnm._FilterDatabase"
"""The name that a filter leaves behind, which spreadsheet programs hide."""


def own_sheets(workbook: WorkbookPart) -> dict[str, str]:
    """The sheets of ours in a workbook: what we call each, and what it is called there now.

    A copy that somebody made of one in the same workbook is theirs, although it has the same hidden name.
    """
    found: dict[str, list[str]] = {}
    for sheet in workbook.sheets:
        name = workbook.local_names(sheet.index).get(MARK)
        if name is not None:
            found.setdefault(unescape(name).strip('"').replace('""', '"'), []).append(sheet.name)
    return {canonical: min(names, key=partial(_is_other, canonical)) for canonical, names in found.items()}


def mark(workbook: WorkbookPart, index: int, canonical: str, names: Mapping[str, str]) -> None:
    """Marks a sheet, by its place in the workbook, as the one of ours that is called so; `names` are its other names."""
    others = [(name, text, name == FILTER_NAME) for name, text in names.items() if name != MARK]
    quoted = canonical.replace('"', '""')
    workbook.set_local_names(index, [*others, (MARK, escape(f'"{quoted}"').replace("&quot;", '"'), True)])


def _is_other(canonical: str, name: str) -> tuple[bool, bool]:
    """How little a sheet's name speaks for it being the one that this program wrote."""
    return name != canonical, _COPY.search(name) is not None
