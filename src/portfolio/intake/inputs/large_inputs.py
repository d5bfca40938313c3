"""Input sheets that are larger than any portfolio are refused before their rows become records."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.intake.columns import EPICS
from portfolio.intake.inputs.find_inputs import Inputs
from portfolio.xlsx.guard.limits import MAX_EPICS, MAX_INPUT_CELLS, MAX_INPUT_ROWS, refusal


def refuse_large(inputs: Inputs, name: str) -> None:
    """Raises WrongUseError where the input sheets of a workbook hold more than is read, with the largest one."""
    keys = dict.fromkeys([*inputs.named.values(), *inputs.more_epics])
    sizes = {key: _size(inputs.cells(key).rows) for key in keys}
    epics = {inputs.named.get(EPICS.name, ""), *inputs.more_epics}
    for rows, cells, limit, noun in (
        (sum(size[0] for key, size in sizes.items() if key in epics), 0, MAX_EPICS, "epics"),
        (sum(size[0] for size in sizes.values()), 0, MAX_INPUT_ROWS, "rows of inputs"),
        (0, sum(size[1] for size in sizes.values()), MAX_INPUT_CELLS, "cells of inputs"),
    ):
        if rows > limit or cells > limit:
            among = epics & {*sizes} if noun == "epics" else {*sizes}
            largest = max(sorted(among), key=lambda key: sizes[key])
            found = (
                f"{inputs.title(largest) or largest} has {sizes[largest][0]:,} rows with {sizes[largest][1]:,} cells"
            )
            fix = f"at most {limit:,} {noun} are read; delete what is not needed there, or move it to another workbook"
            raise refusal(name, f"its sheet {found}", fix)


def _size(rows: Sequence[Sequence[object]]) -> tuple[int, int]:
    """How many rows hold something, and how many cells."""
    filled = [count for row in rows if (count := len(row) - row.count(""))]
    return len(filled), sum(filled)
