"""Forecasts by throughput and their calibration, by the product and by the oracle, on random histories of periods."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from portfolio.measures import calibration, forecast
from portfolio.results.intervals import wilson
from tests import uncertainty_oracle as unsure

FEW, MANY = range(6), range(6, 100)
SHARES = (Fraction(1, 2), Fraction(85, 100), Fraction(95, 100))


def of_throughput(rng: random.Random) -> list[tuple[str, Any, Any]]:
    """Sums of further periods, how many, and when."""
    history = [rng.choice((0, 0, 1, 1, 2, 3, 5)) for _ in range(rng.randint(6, 7))]
    ahead, epics, as_seen = rng.randint(1, 3), rng.randint(1, 5), rng.random() < 0.5
    known = unsure.throughput_sums(history, ahead, as_seen)
    found = {total: chance for total, chance in enumerate(forecast.sums(history, ahead, as_seen=as_seen)) if chance}
    pairs: list[tuple[str, Any, Any]] = [(f"sums of {history}", found, known)]
    for share in SHARES:
        many = forecast.how_many(history, ahead, float(share), as_seen=as_seen)
        pairs.append((f"how many at {share}", many, unsure.how_many(known, share)))
        done = forecast.when(history, epics, float(share), as_seen=as_seen)
        if done is None or done <= 3:
            pairs.append((f"when {epics} at {share}", done, unsure.when(history, [(epics, 1)], share, as_seen, 4)))
    return [pair for pair in pairs if pair[1] is not None]


def of_calibration(rng: random.Random) -> list[tuple[str, Any, Any]]:
    """Brier, skill, bins, CRPS, and how likely so few are."""
    count = rng.randint(1, 30)
    said = [Fraction(rng.randint(0, 20), 20) for _ in range(count)]
    came = [int(rng.random() < chance) for chance in said]
    pairs = [(float(chance), bool(true)) for chance, true in zip(said, came, strict=True)]
    cases = unsure.scaled([(rng.randint(0, 20), Fraction(1, 4)) for _ in range(4)])
    y, held = rng.randint(0, 25), rng.randint(0, count)
    found = [(one.count, one.said, one.came) for one in calibration.bins(pairs)]
    known = list(unsure.reliability(said, came).values())
    checks: list[tuple[str, Any, Any]] = [
        ("Brier", calibration.brier(pairs), pytest.approx(float(unsure.brier(said, came)))),
        ("bins", [one[0] for one in found], [one[0] for one in known]),
        ("said", [one[1] for one in found], pytest.approx([float(one[1]) for one in known])),
        ("came", [one[2] for one in found], pytest.approx([float(one[2]) for one in known])),
        (
            "CRPS",
            calibration.crps([(float(x), float(p)) for x, p in cases], y),
            pytest.approx(float(unsure.crps(cases, y))),
        ),
        ("Wilson", wilson(held / count, count), pytest.approx(unsure.wilson(held, count))),
        (
            "so few",
            calibration.chance_of_so_few(held, count),
            pytest.approx(float(unsure.so_few(held, count, SHARES[1]))),
        ),
    ]
    if 0 < sum(came) < count:
        checks.append(("skill", calibration.skill(pairs), pytest.approx(float(unsure.skill(said, came)))))
    return checks


def differences(seed: int) -> list[str]:
    """Where product and oracle part, in words."""
    rng = random.Random(seed)
    return [
        f"{what}: {one} is {other}" for what, one, other in of_throughput(rng) + of_calibration(rng) if one != other
    ]


@pytest.mark.parametrize("seed", FEW)
def test_forecasts(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.many
@pytest.mark.parametrize("seed", MANY)
def test_many_forecasts(seed: int) -> None:
    assert differences(seed) == []
