"""A plan played forward by the product and by the oracle: the same draws, beginnings, ends, money and values."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from portfolio.simulation.futures import Futures
from portfolio.simulation.study import PlayStudy
from tests import asking, oracle
from tests import uncertainty_oracle as unsure
from tests.simulation.uncertain_portfolios import random_plan, uncertain_portfolio

DRAWS = 4
FEW = range(8)
MANY = range(8, 400)


def study_of(raw: dict[str, Any], plan: oracle.Plan, **more: int) -> PlayStudy:
    """The product's study of the same plan."""
    return PlayStudy(asking.problem_of(raw), asking.bookings(plan), **more)


def draw_of(study: PlayStudy, futures: Futures, row: int) -> unsure.Draw:
    """One of the product's futures as the oracle takes it."""
    names, streams = study.uncertainty.epics, [one.id for one in study.problem.portfolio.value_streams]

    def factors(of: Any) -> dict[str, Fraction]:
        return {name: Fraction(float(of[row, column])) for column, name in enumerate(names)}

    shares = futures.share[row]
    return unsure.Draw(
        factors(futures.effort),
        factors(futures.benefit),
        factors(futures.cost),
        frozenset(name for column, name in enumerate(names) if not futures.holds[row, column]),
        lambda stream, period: Fraction(float(shares[min(period, len(shares) - 1), streams.index(stream)])),
    )


def same(found: float, known: unsure.Number) -> bool:
    """Equal within rounding, or both never."""
    return math.isclose(found, float(known), rel_tol=1e-7, abs_tol=1e-7)


def differences(raw: dict[str, Any], study: PlayStudy, futures: Futures, rows: range) -> list[str]:
    """Where product and oracle part, in words."""
    plan = asking.oracle_plan(study.plan)
    played = study.played_plan.play(futures)
    values = study.played_plan.values(played, futures)
    worth = study.played_plan.plan_values(played, values)
    periods, streams = oracle.budget_periods(raw), [stream["id"] for stream in oracle.streams(raw)]
    parted = []
    for row in rows:
        draw = draw_of(study, futures, row)
        known = unsure.play(raw, plan, draw, rank=study.problem.order)
        spent: dict[tuple[str, str], Any] = {}
        for (stream, period), amount in unsure.spend(raw, plan, known, draw).items():
            name = oracle.budget_period_of(raw, period) if period < len(oracle.periods(raw)) else "after"
            spent[stream, name] = spent.get((stream, name), 0) + amount
        pairs = [
            *((f"{name} done", played.done[row, place], known.done.get(name, math.inf)) for place, name in each(study)),
            *(
                (f"{name} began", played.began[row, place], known.begun.get(name, math.inf))
                for place, name in each(study)
            ),
            *(
                (f"{name} worth", values[row, place], unsure.epic_value(raw, name, known, draw))
                for place, name in each(study)
            ),
            ("worth", worth[row], unsure.plan_value(raw, plan, known, draw)),
            *(
                (f"spend {stream} {period}", played.spend[row, across, down], spent.get((stream, period), 0))
                for across, stream in enumerate(streams)
                for down, period in enumerate([*periods, "after"])
            ),
        ]
        parted += [f"draw {row}: {what}: {one} is {float(other)}" for what, one, other in pairs if not same(one, other)]
    return parted


def each(study: PlayStudy) -> list[tuple[int, str]]:
    """The epics of the plan with their places."""
    return list(enumerate(study.played_plan.epics))


def drawn_differences(raw: dict[str, Any], study: PlayStudy, futures: Futures, rows: range) -> list[str]:
    """Where what is drawn differs."""
    parted = []
    for row in rows:
        known, found = unsure.drawn(raw, study.seed, row), draw_of(study, futures, row)
        for what in ("effort", "benefit", "cost"):
            ours, theirs = getattr(found, what), getattr(known, what)
            parted += [
                f"draw {row}: {what} of {name}: {float(factor)} is {float(theirs.get(name, 1))}"
                for name, factor in ours.items()
                if not same(factor, theirs.get(name, 1))
            ]
        planned = frozenset(study.plan.bookings)
        if found.fails != known.fails & planned:
            parted.append(f"draw {row}: fails {found.fails} is {known.fails & planned}")
        for stream in oracle.streams(raw):
            for period in range(futures.share.shape[1] - 2):
                ours, theirs = found.capacity(stream["id"], period), known.capacity(stream["id"], period)
                if not same(ours, theirs):
                    parted.append(f"draw {row}: {stream['id']} in {period}: {float(ours)} is {float(theirs)}")
    return parted


def compare(seed: int) -> list[str]:
    """Draws of one random portfolio."""
    raw = uncertain_portfolio(seed)
    if not asking.is_sound(raw) or not (plan := random_plan(seed, raw)):
        return []
    study = study_of(raw, plan, seed=seed + 2**33, draws=DRAWS, most_combinations=0)
    rows = range(min(DRAWS, study.source.count))
    futures = study.source.part(0, DRAWS)
    return drawn_differences(raw, study, futures, rows) + differences(raw, study, futures, rows)


def compare_counted(seed: int) -> list[str]:
    """All futures of one random portfolio, with their chances."""
    raw = uncertain_portfolio(seed, counted=True)
    if not asking.is_sound(raw) or not (plan := random_plan(seed, raw)):
        return []
    within = {**raw, "epics": [epic for epic in raw["epics"] if epic["id"] in plan]}
    ways = math.prod(3 ** sum(f"{kind}_cases" in one for kind in ("effort", "benefit", "external_cost"))
                     * (2 if one.get("confidence", 1) < 1 else 1) for one in within["epics"])  # fmt: skip
    if ways > 300:
        return []
    study = study_of(raw, plan)
    futures = study.source.part(0, study.source.count)
    if study.source.count != ways:
        return [f"{study.source.count} futures instead of {ways}"]
    played = study.played_plan.play(futures)
    found = study.played_plan.plan_values(played, study.played_plan.values(played, futures))
    outcomes = [
        (unsure.plan_value(raw, plan, unsure.play(raw, plan, draw, rank=study.problem.order), draw), p)
        for draw, p in unsure.every_draw(within)
    ]
    mean = float(np.sum(found * futures.chance) / np.sum(futures.chance))
    known = float(unsure.mean(outcomes))
    return [] if same(mean, known) else [f"mean {mean} is {known}"]


@pytest.mark.parametrize("seed", FEW)
def test_drawn_futures(seed: int) -> None:
    assert compare(seed) == []


@pytest.mark.parametrize("seed", FEW)
def test_counted_futures(seed: int) -> None:
    assert compare_counted(seed) == []


@pytest.mark.many
@pytest.mark.parametrize("seed", MANY)
def test_many_portfolios(seed: int) -> None:
    assert compare(seed) + compare_counted(seed) == []
