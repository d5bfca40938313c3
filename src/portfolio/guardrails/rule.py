"""What rules share: they are hard, they hold as a whole, a plan keeps or breaks each of their lines, and people may drop them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

import numpy as np

from portfolio.domain import Epic, Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.domain.wording import place_words
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.live import Cells, LiveStatus, measured_only
from portfolio.guardrails.status import GuardrailStatus, Place, number
from portfolio.options import Floats, Ints, Options

Term = tuple[Ints, float]
"""Options and the coefficient they all have in a row."""


class Rule:
    """A guardrail with logic of its own; a member says its name, its rows, its place and the fields it comes from."""

    name: str
    enforce: ClassVar[Literal["hard"]] = "hard"
    price: ClassVar[float] = 0.0
    kind: ClassVar[str] = "guardrail"
    """What dropping it is called in a list of prices."""
    fixed: ClassVar[bool] = False
    """Whether it is nobody's choice, so that it is never named in a clash and never dropped."""

    @property
    def place(self) -> Place:
        """What it is about, for example `{"epic": "E7"}`."""
        raise NotImplementedError

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:
        """The fields that it comes from, in which people change it."""
        raise NotImplementedError

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

    def dropped(self, portfolio: Portfolio) -> Change:
        """The rule left out: the fields that it comes from are cleared, unless a member knows better."""
        edits = tuple(edit(portfolio, path, None) for path in self.inputs(portfolio, self.place))
        return Change(self.kind, self.name, self.place, edits)

    def priced(self, portfolio: Portfolio) -> list[Change]:
        """What is changed to see what the rule costs: it is left out."""
        return [self.dropped(portfolio)]

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:
        """What would no longer keep an epic out, smallest first: the rule left out, where it is about that epic alone."""
        return [self.dropped(portfolio)] if self.place == {"epic": epic.id} else []

    def described(self, options: Options, place: Place) -> str:  # noqa: ARG002
        """The rule with its place, as a clash names it."""
        return place_words(self.name, place)

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """How its figures in a plan follow from the plan's own cells; a member that cannot say it is no longer live."""
        return measured_only(status)

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
