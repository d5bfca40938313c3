"""Dimensions and groups: which work counts together, by value stream, period, budget period or any attribute of epics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from portfolio.domain import Epic, Portfolio
from portfolio.domain.limit_spec import PLACES
from portfolio.guardrails.status import Place
from portfolio.options import Floats, Ints, Options


def labels(portfolio: Portfolio, dimension: str) -> tuple[str, ...]:
    """Every value of a dimension that occurs, in order of first appearance."""
    calendar = portfolio.calendar
    if dimension == "value stream":
        return tuple(portfolio.stream_index)
    if dimension == "period":
        return calendar.periods
    if dimension == "budget period":
        return calendar.budget_labels
    values = (_attribute(epic, dimension) for epic in portfolio.epics)
    return tuple(dict.fromkeys(value for value in values if value is not None))


def codes(options: Options, dimension: str) -> Ints:
    """For each row of the work table, the position of its label; -1 where the epic lacks the attribute."""
    work, portfolio = options.work, options.portfolio
    if dimension == "value stream":
        return work.stream
    if dimension == "period":
        return work.period
    if dimension == "budget period":
        return np.array(portfolio.calendar.budget_index, dtype=np.int64)[work.period]
    code = {label: index for index, label in enumerate(labels(portfolio, dimension))}
    of_epic = [code.get(_attribute(epic, dimension) or "", -1) for epic in portfolio.epics]
    return np.array(of_epic, dtype=np.int64)[options.epic[work.option]]


def passes(options: Options, where: Mapping[str, tuple[str, ...]]) -> NDArray[np.bool_]:
    """Which rows of the work table pass a filter: any of the words, in every dimension named, in whatever case."""
    keep = np.ones(len(options.work.option), dtype=bool)
    for dimension, accepted in where.items():
        words = {word.strip().lower() for word in accepted}
        fits = [label.lower() in words for label in labels(options.portfolio, dimension)]
        keep &= np.array([*fits, False], dtype=bool)[codes(options, dimension)]
    return keep


def _attribute(epic: Epic, name: str) -> str | None:
    """An epic's value of an attribute that guardrails can name; blank urgency is standard."""
    if name == "epic":
        return epic.id
    if name == "urgency":
        return epic.urgency or "standard"
    value: str | None = getattr(epic, name.replace(" ", "_"))
    return value


@dataclass(frozen=True)
class Groups:
    """Every group of a grouping, numbered with the last dimension fastest; no dimensions make one group, the plan."""

    portfolio: Portfolio
    per: tuple[str, ...]

    @cached_property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """For each dimension, its labels."""
        return tuple(labels(self.portfolio, dimension) for dimension in self.per)

    @cached_property
    def count(self) -> int:
        """How many groups there are."""
        return int(np.prod([len(names) for names in self.labels], dtype=np.int64))

    def places(self) -> list[Place]:
        """What each group is called."""
        return [dict(zip(self.per, combination, strict=True)) for combination in product(*self.labels)]

    def of_work(self, options: Options) -> Ints:
        """The group of each row of the work table; -1 where the epic lacks an attribute."""
        group = np.zeros(len(options.work.option), dtype=np.int64)
        missing = np.zeros(len(group), dtype=bool)
        for dimension, names in zip(self.per, self.labels, strict=True):
            code = codes(options, dimension)
            group = group * len(names) + code
            missing |= code < 0
        return np.where(missing, -1, group)

    def total(self, table: Floats) -> Floats:
        """For each group, the sum of a table by value stream and period over its value streams and periods.

        Attributes of epics do not narrow it: capacity and budget belong to value streams.
        """
        stream, period = np.indices(table.shape)
        position = {"value stream": stream, "period": period}
        position["budget period"] = np.array(self.portfolio.calendar.budget_index, dtype=np.int64)[period]
        sizes = [
            len(names) if dimension in PLACES else 1 for dimension, names in zip(self.per, self.labels, strict=True)
        ]
        nothing = np.zeros_like(stream)
        sums = np.zeros([1, *sizes])
        np.add.at(sums, (nothing, *(position.get(dimension, nothing) for dimension in self.per)), table)
        return np.broadcast_to(sums[0], [len(names) for names in self.labels]).reshape(-1).copy()
