"""How a profile's value follows from cells of a result workbook: what its formula calls the figures of an epic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ValueCells:
    """The figures of one epic as formulas call them, and how they count weeks; the workbook says which cells that is.

    `done` is the week in which the epic is done, `last` that in which it stops earning, `horizon` the value horizon; `rate`
    is the discount rate per year, None where nothing is discounted. `field` gives any other field of the epic.
    """

    done: str
    benefit: str
    last: str
    life: str
    peak_loss: str
    deadline: str
    penalty: str
    horizon: str
    rate: str | None
    field: Callable[[str], str]

    def weeks(self, first: str, last: str) -> str:
        """Weeks from one to another, none where the other comes first; discounted if asked for."""
        length = f"MAX(0,{last}-{first})"
        return length if self.rate is None else f"{self.worth(first)}*{self.length(length)}"

    def worth(self, week: str) -> str:
        """What one unit at a week is worth at week 0."""
        return "1" if self.rate is None else f"EXP(-{self._decay}*{week})"

    def length(self, run: str) -> str:
        """The length of a run of weeks that begins now; discounted if asked for."""
        return (
            f"({run})"
            if self.rate is None
            else f"IF({self._decay}=0,({run}),(1-EXP(-{self._decay}*({run})))/{self._decay})"
        )

    @property
    def _decay(self) -> str:
        return f"(LN(1+{self.rate})/52)"
