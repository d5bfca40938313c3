"""Figures are said with no more digits than their error allows, and chances never as more certain than they are."""

from __future__ import annotations

import random

import pytest

from portfolio.results.simulated.chance import Chance, Estimate, with_error


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (1234.567, 250, "1,200"),
        (1234.567, 99, "1,230"),
        (1234.567, 3, "1,235"),
        (1234.567, 0.4, "1,235"),
        (-1260.4, 120, "-1,300"),
        (3, 120, "0"),
        (0.12345, 0.02, "0.12"),
        (12.345, 0.002, "12.345"),
        (12.5, 0, "12.5"),
    ],
)
def test_a_figure_ends_where_its_error_begins(value: float, error: float, words: str) -> None:
    assert with_error(value, error) == words


def test_no_digit_is_finer_than_the_error() -> None:
    """Of a thousand figures of all sizes: the last digit shown is worth at least a tenth of the error."""
    rng = random.Random(1)
    for _ in range(1000):
        value, error = rng.uniform(-1, 1) * 10 ** rng.uniform(-2, 8), 10 ** rng.uniform(-4, 6)
        said = with_error(value, error).replace(",", "")
        digits = said.partition(".")[2]
        assert not digits or error < 10 * 10.0 ** -len(digits)
        if not digits and error >= 10:
            assert int(said) % 10 ** (len(str(int(error))) - 1) == 0
        assert abs(float(said) - value) <= max(error, 0.5)


def test_an_estimate_knows_its_error() -> None:
    """By its standard error, or by half of the interval of a percentile."""
    assert Estimate(1000, 50).words == "1,000"
    assert Estimate(1043, 50).words == "1,040"
    assert Estimate(1043, interval=(900, 1150)).words == "1,000"
    assert Estimate(1043).words == "1,043"


@pytest.mark.parametrize(("share", "words"), [(0, "0%"), (0.001, "<1%"), (0.124, "12%"), (0.9999, ">99%"), (1, "100%")])
def test_what_is_nearly_certain_is_not_said_to_be(share: float, words: str) -> None:
    assert Chance(share).words == words


def test_rounding_never_makes_a_chance_of_more_than_one() -> None:
    chance = Chance.of(1 + 1e-12, 1000, exact=False)
    assert chance.share == 1
    assert chance.interval is not None
    assert 0.99 < chance.interval[0] < 1 == chance.interval[1]
    assert Chance.of(0.5, 8, exact=True).interval is None
