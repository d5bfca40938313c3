"""What every guardrail offers: its rows over any table of options, and its status in a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

from portfolio.domain import Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.domain.tolerance import TOLERANCE
from portfolio.edits.change import Change
from portfolio.guardrails.live import Cells, LiveStatus
from portfolio.guardrails.status import GuardrailStatus, Place
from portfolio.options import Floats, Ints, Options, summed


@dataclass(frozen=True)
class Rows:
    """Lines of one guardrail: at_least <= sum of coefficient over the chosen options - shift <= at_most.

    `row`, `option` and `coefficient` are parallel. A row's limits move by `shift_coefficient` times the budget shift
    numbered `shift` (value stream * budget periods + budget period); -1 means that no money moves this row.
    """

    places: Sequence[Place]
    row: Ints
    option: Ints
    coefficient: Floats
    at_least: Floats
    at_most: Floats
    shift: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    shift_coefficient: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        """Rows that say nothing about shifts do not move."""
        if len(self.shift) != len(self.places):
            object.__setattr__(self, "shift", np.full(len(self.places), -1, dtype=np.int64))
            object.__setattr__(self, "shift_coefficient", np.zeros(len(self.places)))

    def activity(self) -> Floats:
        """Each row's sum when every option of the table is chosen, as in a table made of one plan."""
        return summed(self.row, self.coefficient, len(self.places))

    def moved_by(self, shifts: Floats) -> Floats:
        """How far each row's limits move with these budget shifts (money, by value stream and budget period)."""
        money = shifts.reshape(-1)
        if not money.size:
            return np.zeros(len(self.places))
        return np.where(self.shift >= 0, money[self.shift] * self.shift_coefficient, 0.0)

    def tolerance(self) -> Floats:
        """How far each row may miss its limits and still count as met."""
        scale = np.ones(len(self.places))
        np.maximum.at(scale, self.row, np.abs(self.coefficient))
        for limit in (self.at_least, self.at_most):
            scale = np.maximum(scale, np.where(np.isfinite(limit), np.abs(limit), 0.0))
        return TOLERANCE * scale


class Guardrail(Protocol):
    """A limit or rule that the user can name."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def enforce(self) -> Literal["hard", "soft"]:
        """Hard: never broken. Soft: may be broken at its price."""
        ...

    @property
    def price(self) -> float:
        """What one unit of breach costs, where it is soft."""
        ...

    def rows(self, options: Options) -> Rows:
        """The guardrail's lines over a table of options."""
        ...

    def status(self, options: Options, shifts: Floats) -> list[GuardrailStatus]:
        """How the plan whose options these are stands to it, place by place."""
        ...

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:
        """How its figures in one place follow from other cells of a workbook with that plan."""
        ...

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:
        """The fields in which people change it, as paths of the JSON format; `side` is `at_least` or `at_most`.

        Empty for what no field says, such as that an epic is done once.
        """
        ...

    def priced(self, portfolio: Portfolio) -> list[Change]:
        """What is changed, one thing after the other, to see what it costs; nothing where it cannot be left out."""
        ...

    def described(self, options: Options, place: Place) -> str:
        """What it is called in one place, and why it cannot be kept there where that is clear by itself."""
        ...
