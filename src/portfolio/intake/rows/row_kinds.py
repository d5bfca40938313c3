"""What the rows of a table are: records, and totals, sections, headers, notes and parts beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

RowKind = Literal["total", "section", "header", "note", "part"]


@dataclass
class RowKinds:
    """The rows that are records, the section that each stands in, and the others with what they are."""

    records: list[int] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    others: list[tuple[int, RowKind]] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    """Records whose figures are just the sums of those above."""
    lone: list[int] = field(default_factory=list)
    """Sections that only their place tells from titles without scores."""
