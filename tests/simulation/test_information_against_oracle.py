"""What is worth knowing and which plan holds, by the product and by the oracle, on random values of plans in random draws."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from portfolio.simulation import holding, information
from tests import uncertainty_oracle as unsure

FEW, MANY = range(6), range(6, 300)


def differences(seed: int) -> list[str]:
    """Where product and oracle part, in words."""
    rng = random.Random(seed)
    count, plans = 20 * rng.randint(1, 4), rng.randint(2, 4)
    values = [[rng.randint(0, 30) for _ in range(plans)] for _ in range(count)]
    amounts = [rng.choice((1, 2, 4)) if seed % 2 else rng.random() for _ in range(count)]
    chances = [Fraction(rng.randint(1, 5)) for _ in range(count)]
    chances = [chance / sum(chances) for chance in chances]
    pairs = of_information(values, amounts, chances) + of_holding(values, rng)
    return [f"{what}: {one} is {other}" for what, one, other in pairs if one != other]


def of_information(values: Any, amounts: list[float], chances: list[Fraction]) -> list[tuple[str, Any, Any]]:
    """Of everything, and of one parameter, counted and drawn."""
    table, chance = np.array(values, dtype=float), np.array([float(one) for one in chances])
    same = [Fraction(1, len(values))] * len(values)
    parts = information.parts_of(np.array(amounts))
    learned, error = information.value_of_learning(table, parts)
    known = unsure.cross_fitted(unsure.bins_of(amounts), values)
    everything, everything_error = information.value_of_everything(table, np.ones(len(values)), exact=False)
    best = unsure.best(values, same)
    return [
        ("bins", parts.tolist(), unsure.bins_of(amounts)),
        ("EVPI", everything, near(unsure.evpi(values, same))),
        ("its error", everything_error, near(unsure.standard_error([max(row) - row[best] for row in values]))),
        ("exact EVPPI", information.value_of_knowing(table, chance, parts), near(unsure.evppi(parts.tolist(), values, chances))),
        ("EVPPI", learned, near(Fraction(sum(known), len(known)))),
        ("error", error, near(unsure.standard_error(known))),
    ]  # fmt: skip


def of_holding(values: Any, rng: random.Random) -> list[tuple[str, Any, Any]]:
    """The frontier, and how far the chosen plan may be below the best."""
    columns = {str(plan): [row[plan] for row in values] for plan in range(len(values[0]))}
    means = {name: Fraction(sum(column), len(column)) for name, column in columns.items()}
    kept = {name: Fraction(rng.randint(10, 20), 20) for name in columns}
    found = holding.frontier(*(np.array([float(axis[name]) for name in columns]) for axis in (means, kept)))
    chosen = rng.choice(list(columns))
    return [
        (
            "frontier",
            [str(one) for one in found],
            unsure.frontier({name: (means[name], kept[name]) for name in columns}),
        ),
        ("gap", holding.gap_of(np.array(values, dtype=float), int(chosen)), near(unsure.gap(columns, chosen, 20)[1])),
    ]


def near(figure: unsure.Number) -> Any:
    """Equal within rounding."""
    return pytest.approx(float(figure), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("seed", FEW)
def test_information_and_plans_that_hold(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.many
@pytest.mark.parametrize("seed", MANY)
def test_much_information(seed: int) -> None:
    assert differences(seed) == []
