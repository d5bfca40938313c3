"""Random numbers: known answers of the generator, and numbers that depend on nothing but their names."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from portfolio.simulation.kernel.random_numbers import (
    Kind,
    inverse_normal,
    normals,
    philox,
    spare_for,
    uniform,
    words_of,
)


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


def test_many_normal_numbers_at_once_are_the_same_ones() -> None:
    """Middle and tails are reckoned apart for many draws; each number stays what it is by itself, to the last digit."""
    made, words = np.empty(2_000), np.array(words_of("epic E1"), dtype=np.int64)
    normals(1, 5, words, np.int64(1), np.int64(0), made, spare_for(len(made)))
    assert made.tolist() == [inverse_normal(number(1, draw, "epic E1", Kind.EFFORT)) for draw in range(5, 2_005)]
    assert 0.1 < np.mean(np.abs(made) > NormalDist().inv_cdf(0.925)) < 0.2
