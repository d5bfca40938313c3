"""What rules share: they are hard, they hold as a whole, and a plan keeps or breaks each of their lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

import numpy as np

from portfolio.guardrails.guardrail import GuardrailStatus, Place, Rows, number
from portfolio.options import Floats, Ints, Options

Term = tuple[Ints, float]
"""Options and the coefficient they all have in a row."""


class Rule:
    """A guardrail with logic of its own; a member says its name, its rows and the place it is about."""

    name: str
    enforce: ClassVar[Literal["hard"]] = "hard"
    price: ClassVar[float] = 0.0

    def rows(self, options: Options) -> Rows:
        """The rule's lines over a table of options."""
        raise NotImplementedError

    def status(self, options: Options, shifts: Floats) -> list[GuardrailStatus]:  # noqa: ARG002
        """Kept or broken, shown at the line that is broken most or is closest to it."""
        rows = self.rows(options)
        activity, tolerance = rows.activity(), rows.tolerance()
        over = np.maximum(activity - rows.at_most, rows.at_least - activity)
        if not len(over):
            return []
        worst = int(np.argmax(over))
        return [
            GuardrailStatus(
                name=self.name,
                place=rows.places[worst],
                used=float(activity[worst]),
                at_least=number(rows.at_least[worst]),
                at_most=number(rows.at_most[worst]),
                met=bool(over[worst] <= tolerance[worst]),
                binding=self.binds(options),
                unit="epics",
            )
        ]

    def binds(self, options: Options) -> bool:  # noqa: ARG002
        """Whether the plan would break the rule if it were any tighter; a rule that cannot tell says no."""
        return False


def rows_of(place: Place, lines: Iterable[tuple[Sequence[Term], float, float]]) -> Rows:
    """Rows at one place, each of terms (options, coefficient) with its lower and upper limit."""
    row, option, coefficient, at_least, at_most = [], [], [], [], []
    for index, (terms, lower, upper) in enumerate(lines):
        at_least.append(lower)
        at_most.append(upper)
        for members, factor in terms:
            row.append(np.full(len(members), index, dtype=np.int64))
            option.append(members)
            coefficient.append(np.full(len(members), factor))
    nothing = np.zeros(0, dtype=np.int64)
    return Rows(
        places=[place] * len(at_least),
        row=np.concatenate([nothing, *row]),
        option=np.concatenate([nothing, *option]),
        coefficient=np.concatenate([np.zeros(0), *coefficient]),
        at_least=np.array(at_least, dtype=float),
        at_most=np.array(at_most, dtype=float),
    )
