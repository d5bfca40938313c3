"""Epics that no plan can hold, because they exceed a limit even with nothing else planned."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.analysis.fit_alone import FitAlone, advice
from portfolio.domain import FieldFinding

MOST_ADVISED = 25
"""Epics for which it is tried what would make them fit; the others hear what could."""


def too_big(situation: Situation) -> Iterator[FieldFinding]:
    """Every option of an epic exceeds a limit by itself; what leaves nothing at all for anybody is another trap."""
    portfolio, alone = situation.portfolio, FitAlone(situation.formulation)
    for turn, index in enumerate(alone.epics()):
        epic = portfolio.epics[index]
        obstacle = alone.obstacle(np.flatnonzero(situation.options.epic == index))
        if obstacle is None or not obstacle.room:
            continue
        yield FieldFinding(
            ("epics", index, "effort"),
            f"{epic.label} does not fit even alone.",
            f"{obstacle.words[0].upper()}{obstacle.words[1:]}, even with nothing else planned there.",
            advice(portfolio, epic, obstacle)
            if turn < MOST_ADVISED
            else "Let it take more periods, split it, or let another value stream do it.",
            "warning",
        )
