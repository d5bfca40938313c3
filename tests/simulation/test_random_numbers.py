"""Random numbers: known answers of the generator, and numbers that depend on nothing but their names."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from portfolio.simulation.kernel.random_numbers import Kind, inverse_normal, philox, uniform, words_of


def number(seed: int, draw: int, name: str, kind: Kind) -> float:
    """One number."""
    return uniform(seed, draw, *words_of(name), int(kind), 0)


def test_known_answer_of_the_generator() -> None:
    """Random123 publishes what a counter and a key of nothing give."""
    words = philox(*(np.uint64(0),) * 6)
    assert [int(word) for word in words] == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]


@pytest.mark.parametrize(
    ("seed", "draw", "name", "kind", "expected"),
    [
        (1, 0, "epic E1", Kind.EFFORT, 0.9872444620557951),
        (1, 1, "epic E1", Kind.EFFORT, 0.8546029071270779),
        (1, 0, "epic E2", Kind.EFFORT, 0.6569679039834991),
        (1, 0, "portfolio", Kind.EFFORT, 0.6213352326717804),
        (1, 0, "value stream S", Kind.EFFORT, 0.6814075805814611),
        (1, 0, "epic E1", Kind.HYPOTHESIS, 0.16799838283185664),
        (2**40 + 1, 5, "epic É", Kind.BENEFIT, 0.8858442576696811),
    ],
)
def test_a_number_depends_on_its_name_alone(seed: int, draw: int, name: str, kind: Kind, expected: float) -> None:
    """Worked example U13."""
    assert number(seed, draw, name, kind) == expected


def test_normal_numbers_are_those_of_the_standard_library() -> None:
    """AS 241, as Python has it, in the middle, near and far tails."""
    chances = [1e-300, 1e-30, 1e-9, 0.001, 0.07, 0.0751, 0.3, 0.5, 0.9, 0.925, 0.9249, 0.99999, 1 - 1e-12]
    for chance in chances:
        assert inverse_normal(chance) == pytest.approx(NormalDist().inv_cdf(chance), rel=1e-14, abs=1e-15)
