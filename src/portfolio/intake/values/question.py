"""What cannot be read without asking: said once for a column, or at the one cell that it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Question:
    """What is odd, the rule, and the fix; a warning says how something was read that could be meant otherwise."""

    what: str
    rule: str
    fix: str
    severity: Literal["error", "warning"] = "error"


@dataclass
class ColumnValues:
    """What the cells of a column say, None where they say nothing or are asked about.

    `cells` are questions about single cells by their position, `whole` those about the column, each with the first cell
    that it is about; `how` says in words how figures were read where that is not plain.
    """

    values: list[object]
    cells: dict[int, Question] = field(default_factory=dict)
    whole: list[tuple[int, Question]] = field(default_factory=list)
    how: list[str] = field(default_factory=list)
    settled: set[int] = field(default_factory=set)
    """Cells that named their own unit, which the heading's does not change any more."""
    percent: set[int] = field(default_factory=set)
    """Cells with a percent sign."""
    currencies: dict[str, int] = field(default_factory=dict)
    """The currencies that cells or the heading name, each with the first cell that has it."""
