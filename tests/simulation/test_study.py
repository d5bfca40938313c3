"""Studies: capacity that varies, deadlines, a whole portfolio, and the same figures however they are made."""

from __future__ import annotations

import copy
import json
import math
from itertools import product
from typing import Any

import pytest

from portfolio.domain import Booking, Plan
from portfolio.results.intervals import wilson
from portfolio.simulation.anew import AnewStudy
from portfolio.simulation.chunked import run
from portfolio.simulation.factors import ReferenceClasses, spread_of
from portfolio.simulation.measure import measure
from portfolio.simulation.statistics import Sample
from portfolio.simulation.study import PlayStudy, play_out
from tests import asking, examples
from tests.random_portfolios import random_portfolio
from tests.simulation.futures import Study, epic, portfolio, stream

SHARES = (1, 1, 0.9, 0.8, 1, 1.1)


def varying(**more: Any) -> dict[str, Any]:
    """One value stream whose six past periods are known, and two epics."""
    rows = [
        {"value_stream": "S", "period": f"Past {turn}", "capacity": 10, "delivered": 10 * share}
        for turn, share in enumerate(SHARES)
    ]
    epics = [epic("A", {"S": 100}, 10), epic("B", {"S": 50}, 5, effort_high=90, urgency="deadline", deadline=25)]
    return portfolio(epics, [stream("S", 100, 10)], evidence={"delivered": rows}, name="Varying", **more)


def play(raw: dict[str, Any], draws: int, workers: int) -> str:
    """The whole result as JSON."""
    plan = Plan({"A": Booking(0, 1), "B": Booking(1, 1)})
    study, made = play_out(PlayStudy(asking.problem_of(raw), plan, 1, draws), workers=workers)
    return json.dumps(measure(study, made).as_json())


def test_capacity_is_drawn_as_past_periods_went() -> None:
    """Worked example U3: the chances of an urn that learns, within four standard errors of 40,000 draws."""
    study = Study(varying(), {"A": (1, 1)}, draws=40_000)
    expected = {10: 2 / 3, 11: 2 / 21, 100 / 9: 1 / 21, 45 / 4: 1 / 42, 12: 2 / 21, 110 / 9: 1 / 42, 12.5: 1 / 21}
    seen = study.chances("A")
    assert {key[0] for key in seen} == {round(week, 7) for week in expected}
    for week, chance in expected.items():
        assert seen[round(week, 7),] == pytest.approx(chance, abs=4 * (chance * (1 - chance) / 40_000) ** 0.5)


def test_people_are_paid_whatever_they_deliver() -> None:
    """A period in which 80 % is delivered costs all of it, and one with 110 % costs less for the same work."""
    study = Study(varying(), {"A": (1, 1)}, draws=2000)
    first = {round(row.sum(axis=0)[0], 6) for row in study.played.spend}
    assert first == {1000, round(10000 / 11, 6)}
    late = study.futures.share[:, 0, 0] == 0.8
    on_time = study.futures.share[:, 1, 0] == 1
    spent = study.played.spend.sum(axis=1)
    assert {tuple(round(float(one), 6) for one in row[:2]) for row in spent[late & on_time]} == {(1000, 200)}


@pytest.mark.parametrize(
    ("plan", "weeks", "values", "mean"),
    [
        ({"A": (1, 1), "R": (2, 1)}, {20: 0.5, 22: 0.3, 25: 0.2}, {1540: 0.5, 1500: 0.3, 955: 0.2}, 1411),
        ({"R": (1, 1), "A": (2, 1)}, {10: 1.0}, {1440: 0.5, 1400: 0.3, 1370: 0.2}, 1414),
    ],
)
def test_a_deadline_has_its_price(
    plan: dict[str, tuple[int, int]], weeks: dict[float, float], values: dict[float, float], mean: float
) -> None:
    """Worked example U16: the order turns once the range is known."""
    epics = [
        epic("R", {"S": 10}, 5, urgency="deadline", deadline=22, penalty=500),
        epic("A", {"S": 10}, 10, (8, 0.5), (12, 0.3), (15, 0.2)),
    ]
    study = Study(portfolio(epics, [stream("S", 10, 100)]), plan)
    assert study.chances("R") == {(week,): chance for week, chance in weeks.items()}
    assert study.worth() == values
    assert study.mean == pytest.approx(mean)


def test_the_same_figures_on_one_core_and_on_two() -> None:
    """Byte for byte."""
    assert play(varying(), 5500, 1) == play(varying(), 5500, 2)


def test_draws_do_not_depend_on_how_many_there_are_or_on_other_epics() -> None:
    """A number depends on nothing but its name."""
    raw = varying()
    few, many = Study(raw, {"A": (1, 1)}, draws=10), Study(raw, {"A": (1, 1), "B": (2, 1)}, draws=20)
    assert (few.played.done[:, 0] == many.played.done[:10, 0]).all()


def test_draws_are_doubled_until_the_mean_is_known() -> None:
    """As many as it takes, looking only at doublings."""
    raw = varying()
    plan = Plan({"A": Booking(0, 1), "B": Booking(1, 1)})
    study, made = play_out(PlayStudy(asking.problem_of(raw), plan, 1, 1000), until=0.0005, workers=1)
    assert study.draws in {2000, 4000, 8000, 16000, 32000, 64000}
    assert made.draws == study.draws
    assert 1.96 * made.worth.standard_error <= 0.000501 * made.worth.mean


@pytest.mark.parametrize(("capacity", "shift"), [*product((10, 12, 7), (0, 1))])
def test_a_plan_that_is_certain_is_reproduced_to_the_day(capacity: float, shift: int) -> None:
    """Without anything uncertain every epic begins and ends as planned, and spends as planned."""
    epics = [epic(name, {"S": capacity / 3, "T": 2}, 5, min_periods=1, max_periods=3) for name in "ABC"]
    plan = {"A": (1, 1), "B": (1 + shift, 2), "C": (1, 3)}
    study = Study(portfolio(epics, [stream("S", capacity, 7), stream("T", 6, 1)]), plan)
    ends = {name: float(start - 1 + periods) * 10 for name, (start, periods) in plan.items()}
    assert study.is_counted
    assert study.chances(*"ABC") == {tuple(ends[name] for name in "ABC"): 1.0}
    assert study.mean == pytest.approx(study.problem.value(study.plan.plan))


@pytest.mark.parametrize("seed", range(8))
def test_the_best_plan_of_any_portfolio_is_reproduced_where_nothing_is_uncertain(seed: int) -> None:
    """Every epic begins and ends on the day planned, whatever limits, dependencies and shifts of budget the plan keeps."""
    from portfolio.simulation.measure import planned_future

    raw = random_portfolio(seed)
    best = asking.best(raw).plan
    if best is None or not best.bookings:
        return
    study = PlayStudy(asking.problem_of(raw), best)
    plan, weeks = study.played_plan, raw["calendar"]["period_weeks"]
    future = planned_future(plan)
    played = plan.play(future)
    bookings = [best.bookings[name] for name in plan.epics]
    assert played.began[0] == pytest.approx([one.start * weeks for one in bookings])
    assert played.done[0] == pytest.approx([(one.finish + 1) * weeks for one in bookings])
    worth = plan.plan_values(played, plan.values(played, future, averaged=True))[0]
    assert worth == pytest.approx(study.problem.value(best))


def test_plans_made_anew_are_the_same_on_one_core_and_on_two() -> None:
    """In the same order, too."""
    study = AnewStudy(asking.problem_of(varying()), Plan({"A": Booking(0, 1)}), 1, 11)
    alone, together = (list(run(study, study.chunks, workers)) for workers in (1, 2))
    assert alone == together
    assert sum(len(chunk) for _, chunk in alone) == 11


@pytest.mark.parametrize(
    ("low", "high", "percentiles"),
    [
        (30, 80, {0.05: 27.6505, 0.1: 30, 0.3: 35.5579, 0.5: 40, 0.85: 70.0669, 0.9: 80, 0.99: 140.7691}),
        (None, 80, {0.1: 20, 0.9: 80}),
        (30, None, {0.1: 30, 0.9: 53.3333}),
        (40, 80, {0.05: 40, 0.5: 40, 0.85: 70.0669}),
        (40, 40, {0.05: 40, 0.99: 40}),
    ],
)
def test_low_and_high_are_percentiles(low: float | None, high: float | None, percentiles: dict[float, float]) -> None:
    """Worked example U1."""
    from portfolio.simulation.kernel.draw import two_sided
    from portfolio.simulation.kernel.random_numbers import inverse_normal

    spread = spread_of(low, 40, high)
    for share, amount in percentiles.items():
        assert 40 * two_sided(inverse_normal(share), spread.down, spread.up) == pytest.approx(amount, abs=5e-5)


@pytest.mark.parametrize(
    ("value", "low", "high", "mean"),
    [
        (40, 30, 80, 49.5414), (40, None, 80, 46.3002), (40, 30, None, 41.0206), (40, 40, 80, 52.6741), (40, 40, 40, 40),
        (1, None, 2, 1.158), (1, None, 4, 1.795), (1, None, 10, 5.023),
    ],
)  # fmt: skip
def test_the_mean_of_a_range(value: float, low: float | None, high: float | None, mean: float) -> None:
    """Worked example U1: what the engine draws, times how likely it is, summed finely over all normal numbers."""
    from portfolio.simulation.kernel.draw import two_sided

    spread, step = spread_of(low, value, high), 0.004
    numbers = [step * place for place in range(-3000, 3001)]
    likely = [math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * step for z in numbers]
    found = value * sum(two_sided(z, spread.down, spread.up) * p for z, p in zip(numbers, likely, strict=True))
    assert found == pytest.approx(mean, abs=5e-5 if value == 40 else 5e-4)


def test_what_is_drawn_has_the_mean_of_its_range() -> None:
    """Worked example U1 through the generator, within four standard errors."""
    raw = portfolio([epic("A", {"S": 40}, 1, effort_low=30, effort_high=80)], [stream("S", 10)])
    drawn = Study(raw, {"A": (1, 1)}, draws=40_000).futures.effort[:, 0] * 40
    assert abs(drawn.mean() - 49.5414) < 4 * drawn.std() / 200


def test_a_whole_portfolio() -> None:
    """Worked example U17: example J's plan, and what becomes of it where E3 fails or takes more."""
    raw = examples.example_j() | {"value_horizon_weeks": 11}
    raw["calendar"]["period_weeks"] = 10
    names = ("E1", "E3", "E6", "E7", "E8")
    worth = {}
    for shares in ({}, {"shared_by_portfolio": 0.1, "shared_by_value_stream": 0.15}):
        study = Study(raw | shares, dict.fromkeys(names, (1, 1)))
        assert study.is_counted
        assert study.chances(*names) == {(10,) * 5: 1.0}
        assert study.worth() == {93: 1.0}
    place = study.plan.columns["E3"]
    for effort, holds in ((35, True), (35, False), (40, True), (45, True)):
        futures = copy.deepcopy(study.futures)
        futures.effort[0, place], futures.holds[0, place] = effort / 35, holds
        played = study.plan.play(futures)
        worth[effort, holds] = float(study.plan.plan_values(played, study.plan.values(played, futures))[0])
    assert worth == {(35, True): 93, (35, False): 65, (40, True): 93, (45, True): 65}


def test_past_epics_make_a_class_from_five_on() -> None:
    """Worked example U2."""
    rows = [
        {"epic": f"P{turn}", "estimated_effort": 20, "actual_effort": actual, "finished": "2026-06-01"}
        for turn, actual in enumerate((20, 25, 30, 20, 40))
    ]
    raw = portfolio([epic("A", {"S": 10}, 1)], [stream("S", 10)], evidence={"actuals": rows})
    past = ReferenceClasses(asking.portfolio_of(raw)).all
    assert past is not None
    assert (past.mean, past.deviation) == (pytest.approx(0.264351, abs=1e-6), pytest.approx(0.293786, abs=1e-6))
    raw["evidence"]["actuals"] = rows[:4]
    assert ReferenceClasses(asking.portfolio_of(raw)).all is None
    raw["evidence"]["actuals"] = rows
    factors = Study(raw, {"A": (1, 1)}, draws=40_000).futures
    sample = Sample(factors.effort[:, 0], factors.chance)
    for share, factor in {0.1: 0.7953, 0.5: 1.3026, 0.85: 1.9102, 0.9: 2.1335}.items():
        low, high = sample.percentile_interval(share)
        assert low - 0.02 <= factor <= high + 0.02


def test_what_can_be_counted_on_and_the_worst() -> None:
    """Worked example U4's figures of value."""
    import numpy as np

    worth = Sample(np.array([2010.0, 1960, 1960, 1660]), np.array([0.25, 0.25, 0.25, 0.25]))
    assert (worth.count_on(0.85), worth.count_on(0.75)) == (1660, 1960)
    assert (worth.worst_mean(0.1), worth.worst_mean(0.5)) == (1660, 1810)
    assert worth.percentile(0.85) == 2010
    assert wilson(4 / 6, 6) == (pytest.approx(0.3000, abs=5e-5), pytest.approx(0.9032, abs=5e-5))
