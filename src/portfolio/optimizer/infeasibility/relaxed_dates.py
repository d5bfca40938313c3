"""The same question without dates: every epic may begin and end when it likes, each period outside its dates counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from portfolio.domain import Epic, Portfolio
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.problem import Problem
from portfolio.options import Floats


def without_dates(problem: Problem) -> Problem:
    """The problem with no earliest, latest or fixed start; an epic whose start was fixed is still in the plan."""
    epics = tuple(
        epic.model_copy(
            update={"earliest": None, "latest": None, "start": None, "must": epic.must or epic.start is not None}
        )
        for epic in problem.portfolio.epics
    )
    return replace(problem, portfolio=problem.portfolio.model_copy(update={"epics": epics}))


def periods_moved(portfolio: Portfolio, formulation: Formulation) -> Floats:
    """For each option of a formulation without dates, by how many periods it leaves the dates of this portfolio."""
    options = formulation.options
    return np.array(
        [
            _outside(portfolio.epics[epic], portfolio, int(start), int(finish))
            for epic, start, finish in zip(options.epic, options.start, options.finish, strict=True)
        ],
        dtype=float,
    )


def _outside(epic: Epic, portfolio: Portfolio, start: int, finish: int) -> int:
    index = portfolio.calendar.index
    late = 0 if epic.latest is None else max(0, finish - index(epic.latest))
    early = 0 if epic.earliest is None else max(0, index(epic.earliest) - start)
    return late + early + (0 if epic.start is None else abs(start - index(epic.start)))
