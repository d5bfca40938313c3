"""What figures are of: the whole portfolio, or one part of it in the order of the workbook; never the parts against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Per = Literal["period", "week", "month"]
"""What finished epics are counted per."""


@dataclass(frozen=True)
class Period:
    """A stretch of time that is over: its label with its first and last day as whole days."""

    label: str
    first: int
    last: int
