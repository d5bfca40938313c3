"""Live figures: how a guardrail's figures follow from other cells of a result workbook, whichever cells these are.

A guardrail writes its formulas over named tables; the workbook says which cells that is, and writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from portfolio.domain.limit_spec import MeasureName
from portfolio.guardrails.status import GuardrailStatus, Place

Table = Literal["Epics", "Dependencies", "Plan", "Value"]


class Cells(Protocol):
    """What formulas call the figures of a result workbook, as seen from one row of its sheet `Guardrail status`."""

    def plan(self, column: str, epic: str) -> str:
        """One figure of one epic on the sheet Plan: `first`, `last`, `start`, `row` (on the sheet Epics), `in_dates`."""
        ...

    def column(self, table: Table, column: str) -> str:
        """A whole column of a table, by its field."""
        ...

    def cell(self, table: Table, column: str, line: int) -> str:
        """One cell of a table, by its field and its line, counted from 0."""
        ...

    def linked(self, column: str, line: int, end: str, missing: int) -> str:
        """A figure on the sheet Plan of the epic that an end of a line on Dependencies names; `missing` for any other word."""
        ...

    def broken_above(self, name: str) -> str:
        """How many lines of a rule stand above as broken."""
        ...

    def setting(self, field: str) -> str:
        """A setting of the portfolio, by its field."""
        ...

    def text(self, word: str) -> str:
        """A text as a constant."""
        ...

    def spend(self, epic: str) -> str:
        """All that an epic spends."""
        ...

    def allocated(self, column: str, place: Place) -> str:
        """A figure of a value stream on the sheet Allocation, summed over the periods of the place."""
        ...

    def level(self, line: int, side: str) -> str:
        """A level on the sheet Guardrails."""
        ...

    def measured(
        self, measure: MeasureName, where: Mapping[str, tuple[str, ...]], place: Place, line: int | None
    ) -> str:
        """A measure of the plan in one place, filtered as a line of the sheet Guardrails says, if it belongs to one."""
        ...

    def approved(self, base: Literal["capacity", "budget"], place: Place) -> str:
        """Capacity or budget as it was approved, in one place; both belong to value streams, whatever the epics are."""
        ...


@dataclass(frozen=True)
class LiveFigure:
    """A figure with the value it has now; live if it follows from cells by a formula."""

    value: float | None
    formula: str | None = None


NOTHING = LiveFigure(None)


@dataclass(frozen=True)
class LiveStatus:
    """The figures of one guardrail in one place.

    `amount` is what is used, `of` what a share is a share of (nothing for amounts). `binding` is a formula where the usual
    comparison of an amount with its limits does not say it, and empty where nothing does: the engine's word stands.
    """

    amount: LiveFigure
    at_least: LiveFigure = NOTHING
    at_most: LiveFigure = NOTHING
    of: LiveFigure = NOTHING
    binding: str | None = None

    @property
    def is_live(self) -> bool:
        """Whether it follows from cells."""
        return self.amount.formula is not None


def every_other(cells: Cells, status: GuardrailStatus, column: str) -> LiveStatus:
    """How many epics break a rule that has no line of its own for them: a column of the sheet Value says who does."""
    others = f"SUM({cells.column('Value', column)})-{cells.broken_above(status.name)}"
    return LiveStatus(LiveFigure(status.used, others), at_most=LiveFigure(0.0), binding="")


def measured_only(status: GuardrailStatus) -> LiveStatus:
    """What was measured, where no formula follows it."""
    return LiveStatus(LiveFigure(status.used), LiveFigure(status.at_least), LiveFigure(status.at_most))


def blank_if_empty(cell: str) -> str:
    """What a cell says; nothing, and not 0, if it is empty."""
    return f'IF({cell}="","",{cell})'
