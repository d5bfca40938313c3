"""The unit that is said once for a whole table: above its header, as in `All figures in kEUR`, or in the sheet's name."""

from __future__ import annotations

import re

from portfolio.intake.headings.heading import take_apart
from portfolio.intake.headings.units import TIMES, WORK, Unit, unit_of
from portfolio.intake.tables.grid import Grid
from portfolio.intake.values.cell_values import is_blank

FARTHEST = 10
"""Rows above the header that are looked at."""
IN = re.compile(r"\s(?:in|en|em|w|\u0432)\s+", re.IGNORECASE)
"""What stands before a unit: in, and what French, Portuguese, Polish and Russian say."""
LONGEST = 3
MOST_CELLS = 2


def unit_above(grid: Grid, header: int) -> Unit | None:
    """The unit of all figures below the header; None where nothing says one."""
    for row in reversed(grid.rows[max(0, header - FARTHEST) : header]):
        filled = [value for value in row if not is_blank(value)]
        if len(filled) <= MOST_CELLS:
            for value in filled:
                if isinstance(value, str) and (found := _said(value)) is not None:
                    return found
    return _said(grid.name)


def _said(text: str) -> Unit | None:
    """The unit that a sentence or a name ends with, has in brackets or names after `in`."""
    units = [unit for _, unit in take_apart(text).names if unit is not None] + [unit_of(text)]
    for part in IN.split(f" {text}")[1:]:
        words = part.split()
        units += [unit_of(" ".join(words[:length]).strip(" .,;:")) for length in range(min(LONGEST, len(words)), 0, -1)]
    return next((unit for unit in units if unit is not None and _counts(unit) and not _is_amount(text, unit)), None)


def _is_amount(text: str, unit: Unit) -> bool:
    """Whether a text says how many of a unit there are, as in `in 10 weeks`, and not what figures are counted in."""
    return re.search(rf"\d[\d.,]*\s*{re.escape(unit.text)}\b", text, re.IGNORECASE) is not None


def _counts(unit: Unit) -> bool:
    return unit.is_money or unit.name in WORK or unit.name in TIMES
