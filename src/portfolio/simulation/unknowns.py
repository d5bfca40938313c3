"""All that is uncertain of some epics of a portfolio, and of what its value streams deliver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.domain import Portfolio
from portfolio.options import Ints
from portfolio.simulation.capacity import Delivery, PastPeriods, deliveries
from portfolio.simulation.factors import FIELDS, Cases, Factor, PastEpics, ReferenceClasses, Spread, own_factor
from portfolio.simulation.kernel.draw import ALONE, CASES, LEVEL, PAST, RANGE, TOGETHER, Unknowns
from portfolio.simulation.kernel.random_numbers import PORTFOLIO, Kind, Words, epic_name, stream_name, words_of


@dataclass(frozen=True)
class Uncertainty:
    """What is drawn: factors by epic and kind, hypotheses by epic, and what value streams deliver.

    `epics` are those that are drawn for, in the order of the columns of what is drawn.
    """

    portfolio: Portfolio
    epics: tuple[str, ...]
    factors: Mapping[tuple[str, Kind], Factor]
    confidence: Mapping[str, float]
    capacity: Mapping[str, Delivery]

    @property
    def is_certain(self) -> bool:
        """Whether nothing at all is uncertain."""
        return not (self.factors or self.confidence or self.capacity)

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each epic."""
        return {epic: column for column, epic in enumerate(self.epics)}

    @cached_property
    def unknowns(self) -> Unknowns:
        """The same as the arrays that the draws are made from."""
        return _unknowns(self)


def uncertainty_of(portfolio: Portfolio, epics: Sequence[str]) -> Uncertainty:
    """What is uncertain of these epics and of the portfolio's value streams."""
    classes = ReferenceClasses(portfolio)
    factors: dict[tuple[str, Kind], Factor] = {}
    confidence: dict[str, float] = {}
    for name in epics:
        epic = portfolio.epics[portfolio.epic_index[name]]
        for kind in FIELDS:
            factor: Factor | None = own_factor(epic, kind)
            if factor is None and kind == Kind.EFFORT:
                factor = classes.of(epic, portfolio)
            if factor is not None and not factor.is_certain:
                factors[name, kind] = factor
        if epic.confidence is not None and epic.confidence < 1:
            confidence[name] = epic.confidence
    return Uncertainty(portfolio, tuple(epics), factors, confidence, deliveries(portfolio))


def _words(names: Sequence[str]) -> Ints:
    pairs: list[Words] = [words_of(name) for name in names]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _unknowns(uncertainty: Uncertainty) -> Unknowns:
    portfolio, names = uncertainty.portfolio, [name for name, _ in uncertainty.factors]
    factors = list(uncertainty.factors.values())
    pasts = list(dict.fromkeys(factor for factor in factors if isinstance(factor, PastEpics)))
    cases = [factor for factor in factors if isinstance(factor, Cases)]
    ends = np.cumsum([0, *(len(factor.factors) for factor in cases)])
    place = {id(factor): (int(ends[turn]), int(ends[turn + 1])) for turn, factor in enumerate(cases)}
    place |= {id(factor): (pasts.index(factor), 0) for factor in factors if isinstance(factor, PastEpics)}
    homes = [portfolio.largest_stream(portfolio.epics[portfolio.epic_index[name]]) for name in names]
    shares = portfolio.shared_variance
    return Unknowns(
        portfolio_words=_words([PORTFOLIO])[0],
        stream_words=_words([stream_name(stream.id) for stream in portfolio.value_streams]),
        drawn=np.isin(np.arange(4), [int(kind) for _, kind in uncertainty.factors]),
        kind=np.array([kind for _, kind in uncertainty.factors], dtype=np.int64),
        column=np.array([uncertainty.column[name] for name in names], dtype=np.int64),
        words=_words([epic_name(name) for name in names]),
        stream=np.array([-1 if home is None else portfolio.stream_index[home] for home in homes], dtype=np.int64),
        shape=np.array([_shape(factor) for factor in factors], dtype=np.int64),
        down=np.array([factor.down if isinstance(factor, Spread) else 0.0 for factor in factors]),
        up=np.array([factor.up if isinstance(factor, Spread) else 0.0 for factor in factors]),
        first=np.array([place.get(id(factor), (0, 0))[0] for factor in factors], dtype=np.int64),
        last=np.array([place.get(id(factor), (0, 0))[1] for factor in factors], dtype=np.int64),
        reached=np.array([reached for factor in cases for reached in np.cumsum(factor.chances)], dtype=np.float64),
        amount=np.array([amount for factor in cases for amount in factor.factors], dtype=np.float64),
        class_words=_words([past.name for past in pasts]),
        class_count=np.array([past.count for past in pasts], dtype=np.int64),
        class_mean=np.array([past.mean for past in pasts], dtype=np.float64),
        class_spread=np.array([past.deviation for past in pasts], dtype=np.float64),
        hypothesis_column=np.array([uncertainty.column[name] for name in uncertainty.confidence], dtype=np.int64),
        hypothesis_words=_words([epic_name(name) for name in uncertainty.confidence]),
        confidence=np.array(list(uncertainty.confidence.values()), dtype=np.float64),
        by_portfolio=float(shares[0]),
        by_stream=float(shares[1]),
        **_capacity(uncertainty),
    )


def _shape(factor: Factor) -> int:
    return RANGE if isinstance(factor, Spread) else CASES if isinstance(factor, Cases) else PAST


def _capacity(uncertainty: Uncertainty) -> dict[str, np.ndarray]:
    """The arrays of what value streams deliver."""
    portfolio, varying = uncertainty.portfolio, uncertainty.capacity
    kinds = list(varying.values())
    points = [kind.shares if isinstance(kind, PastPeriods) else () for kind in kinds]
    ends = np.cumsum([0, *map(len, points)]).astype(np.int64)
    return {
        "capacity_stream": np.array([portfolio.stream_index[name] for name in varying], dtype=np.int64),
        "capacity_shape": np.array([_delivery_shape(kind) for kind in kinds], dtype=np.int64),
        "capacity_down": np.array([kind.down if isinstance(kind, Spread) else 0.0 for kind in kinds]),
        "capacity_up": np.array([kind.up if isinstance(kind, Spread) else 0.0 for kind in kinds]),
        "capacity_first": ends[:-1],
        "capacity_last": ends[1:],
        "delivered": np.array([share for own in points for share in own], dtype=np.float64),
    }


def _delivery_shape(kind: Delivery) -> int:
    if isinstance(kind, Spread):
        return LEVEL
    return TOGETHER if kind.together else ALONE
