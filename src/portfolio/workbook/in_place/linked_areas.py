"""Lays out the one sheet that mirrors the user's inputs: every table beside the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from portfolio.workbook.inputs.input_areas import InputAreas
from portfolio.xlsx.write.area import Area

FIRST = 4
"""First row of data: a title, a note, a row that says what each table is, and the headings come before."""
_GAP = 1

PLANNING = ("rank", "decision", "planned_start")
"""Keys beside the mirrored epics that sheets of a plan look up."""


@dataclass(frozen=True)
class MirrorAreas(InputAreas):
    """The tables of the mirror; `own` names the epics whose effort stands in their own row, with its value stream."""

    sheet: str = "Inputs"
    own: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] | None = None
    """The fields of an epic that are mirrored, where not all of them are."""

    @property
    def epic_keys(self) -> Sequence[str]:
        """The columns of the epics, without the fields that no sheet looks up."""
        return [key for key in super().epic_keys if self.only is None or key in self.only]

    @property
    def own_effort(self) -> Mapping[str, str]:
        """The epics whose effort stands in their own row of the user's sheet."""
        return self.own

    def place(self, sheet: str) -> Area:
        """Where the mirror of an input sheet stands: to the right of those before it."""
        before = takewhile(lambda name: name != sheet, self.tables)
        left = sum(len(self.tables[name][1]) + _GAP for name in before)
        count, keys = self.tables[sheet]
        return Area(self.sheet, FIRST, count, {key: left + number for number, key in enumerate(keys)}, spare=1)
