"""Where the input sheets stand: one table of cells that every formula of a workbook points to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from portfolio.domain import Epic, Portfolio
from portfolio.files import columns
from portfolio.files.workbook.area import Area, area

RANKED = ("wsjf", "rank")
PLANNED = ("decision", "planned_start", "planned_finish")
"""Keys of the result columns on the `Epics` sheet, in the order of their headings."""


@dataclass(frozen=True)
class InputAreas:
    """The input sheets of one portfolio; period columns have the keys `period 1`, `period 2` and so on."""

    portfolio: Portfolio
    results: tuple[str, ...] = ()

    @cached_property
    def settings(self) -> Area:
        """`Portfolio`: a row per setting."""
        return area("Portfolio", 1, len(columns.SETTINGS.columns), ["setting", "value", "meaning"])

    def setting(self, field: str) -> str:
        """The cell of one setting."""
        fields = [column.field for column in columns.SETTINGS.columns]
        return self.settings.at("value", self.settings.first + fields.index(field))

    @cached_property
    def epics(self) -> Area:
        """`Epics`: a row per epic, with the result columns at the end where there are results."""
        keys = [column.field for column in columns.EPICS.columns]
        return area("Epics", 1, len(self.portfolio.epics), [*keys, *self.results])

    @cached_property
    def efforts(self) -> list[tuple[Epic, str, float]]:
        """The rows of `Effort`: epics that need several value streams."""
        return [
            (epic, stream, units)
            for epic in self.portfolio.epics
            if len(epic.effort) > 1
            for stream, units in epic.effort.items()
        ]

    @cached_property
    def effort(self) -> Area:
        """`Effort`: a row per epic and value stream."""
        return area("Effort", 1, len(self.efforts), [column.field for column in columns.EFFORT.columns])

    @cached_property
    def streams(self) -> Area:
        """`Value streams`: a row for each."""
        return area(
            "Value streams", 1, len(self.portfolio.value_streams), [column.field for column in columns.STREAMS.columns]
        )

    @cached_property
    def capacity(self) -> Area:
        """`Capacity`: a row per value stream, a column per period."""
        return self._by_period("Capacity", len(self.portfolio.value_streams))

    @cached_property
    def budget(self) -> Area:
        """`Budget`: a row per value stream that has one, a column per period."""
        return self._by_period("Budget", sum(stream.budget is not None for stream in self.portfolio.value_streams))

    @cached_property
    def dependencies(self) -> Area:
        """`Dependencies`: a row for each."""
        keys = [column.field for column in columns.DEPENDENCIES.columns]
        return area("Dependencies", 1, len(self.portfolio.dependencies), keys)

    @cached_property
    def guardrails(self) -> Area:
        """`Guardrails`: a row for each mix limit."""
        keys = [column.field for column in columns.GUARDRAILS.columns]
        return area("Guardrails", 1, len(self.portfolio.guardrails), keys)

    @property
    def periods(self) -> str:
        """The labels of all periods: the headings of `Capacity`."""
        return self.capacity.header("period 1", f"period {max(1, len(self.portfolio.calendar.periods))}")

    def _by_period(self, sheet: str, count: int) -> Area:
        keys = [f"period {number}" for number in range(1, max(1, len(self.portfolio.calendar.periods)) + 1)]
        return area(sheet, 1, count, ["value_stream", *keys])
