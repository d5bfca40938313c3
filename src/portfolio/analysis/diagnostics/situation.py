"""What every trap is looked for in: a portfolio with every option of every epic, before anything is solved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from portfolio.domain import Epic, Portfolio
from portfolio.guardrails import limits_of
from portfolio.optimizer.formulate import formulate
from portfolio.optimizer.formulation import Formulation
from portfolio.options import Options, above_threshold


@dataclass(frozen=True)
class Situation:
    """A portfolio that can be planned, its options, and whether spend is subtracted from value (`net`)."""

    options: Options
    net: bool = False

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio with every setting that the model fills in."""
        return self.options.portfolio

    @cached_property
    def candidates(self) -> list[tuple[int, Epic]]:
        """The epics that have at least one option, each with its position."""
        return [(int(index), self.portfolio.epics[index]) for index in np.unique(self.options.epic)]

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """The options of epics that need no approval or have it."""
        waits = [not epic.approved and above_threshold(epic, self.portfolio) for epic in self.portfolio.epics]
        return ~np.array(waits, dtype=bool)[self.options.epic]

    @cached_property
    def formulation(self) -> Formulation:
        """How the options stand to every limit."""
        return formulate(self.options, limits_of(self.portfolio), net=self.net)

    def needs(self, stream: int) -> bool:
        """Whether any candidate needs effort of a value stream."""
        return bool(np.any(self.options.work.stream == stream))

    def spends(self, stream: int) -> bool:
        """Whether any candidate costs money in a value stream."""
        work = self.options.work
        return bool(np.any(work.spend[work.stream == stream] > 0))
