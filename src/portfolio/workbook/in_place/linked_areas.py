"""Lays out the one sheet that mirrors the user's inputs: every table beside the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.workbook.in_place.input_origins import Origins
from portfolio.workbook.inputs.input_areas import InputAreas
from portfolio.xlsx.write.area import Area

FIRST = 4
"""First row of data: a title, a note, a row that says what each table is, and the headings come before."""
_GAP = 1

SHOWN = ("where", "per", "value_curve", "effort_cases", "benefit_cases", "external_cost_cases", "epics")
"""Fields that no formula reads: shown as they are written."""
COUNTS = ("calendar.periods", "calendar.budget_periods")
"""Settings that are shown as they are written."""
PLANNING = ("rank", "decision", "planned_start")
"""Keys beside the mirrored epics that sheets of a plan look up."""


@dataclass(frozen=True)
class MirrorAreas(InputAreas):
    """The tables of the mirror; `origins` are the cells of the user's own workbook that they follow."""

    sheet: str = "Inputs"
    origins: Origins | None = None
    only: frozenset[str] | None = None
    """The fields of an epic that are mirrored, where not all of them are."""

    @property
    def epic_keys(self) -> Sequence[str]:
        """The columns of the epics, without the fields that no sheet looks up."""
        return [key for key in super().epic_keys if self.only is None or key in self.only]

    @property
    def own_effort(self) -> Mapping[str, str]:
        """The epics whose effort stands in their own row of the user's sheet."""
        return self.origins.own_effort if self.origins else {}

    def as_written(self, section: str, index: int, field: str) -> str | None:
        """What the user's cell says of a field that the mirror shows as it is written."""
        if self.origins is None or (field not in SHOWN and field not in COUNTS):
            return None
        origin = self.origins.record(section, index, field) if section else self.origins.setting(field)
        return None if origin is None or is_blank(origin.content) else as_text(origin.content)

    @property
    def watched(self) -> Sequence[tuple[str, str]]:
        """Cells of the user's workbook that the mirror does not follow."""
        return self.origins.watched if self.origins else ()

    def place(self, sheet: str) -> Area:
        """Where the mirror of an input sheet stands: to the right of those before it."""
        before = takewhile(lambda name: name != sheet, self.tables)
        left = sum(len(self.tables[name][1]) + _GAP for name in before)
        count, keys = self.tables[sheet]
        return Area(self.sheet, FIRST, count, {key: left + number for number, key in enumerate(keys)}, spare=1)
