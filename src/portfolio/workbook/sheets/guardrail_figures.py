"""What one row of `Guardrail status` says: its figures, each as a formula with the value it has now."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.guardrails import GuardrailStatus


@dataclass(frozen=True)
class Cell:
    """A figure, live if it follows from cells."""

    value: float | None
    formula: str | None = None


EMPTY = Cell(None)


@dataclass(frozen=True)
class StatusCells:
    """The figures of one guardrail in one place.

    `amount` is what is used, `of` what a share is a share of (empty for amounts). `binding` is a formula where the
    usual comparison of an amount with its limits does not say it, and empty where nothing does: the engine's word
    stands.
    """

    amount: Cell
    at_least: Cell = EMPTY
    at_most: Cell = EMPTY
    of: Cell = EMPTY
    binding: str | None = None

    @property
    def is_live(self) -> bool:
        """Whether the row follows from cells."""
        return self.amount.formula is not None


def constant(line: GuardrailStatus) -> StatusCells:
    """A row that the engine measured and that no formula follows."""
    return StatusCells(Cell(line.used), Cell(line.at_least), Cell(line.at_most))
