"""Choosing among plans: worked examples U9, U10, U11 and U15."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from portfolio.domain import Booking, Plan
from portfolio.simulation import choose
from portfolio.simulation.anew import AnewStudy, funded, regrets
from portfolio.simulation.candidates import Candidate, Choices, ChoiceStudy, choices
from portfolio.simulation.choose import information
from portfolio.simulation.holding import (
    choose_by_dates,
    choose_by_mean,
    choose_by_worst,
    frontier,
    gap_of,
    worst_means,
)
from portfolio.simulation.information import (
    cells_of,
    parts_of,
    value_of_everything,
    value_of_knowing,
    value_of_learning,
)
from portfolio.simulation.statistics import Sample
from tests import asking
from tests.simulation.futures import epic, portfolio, stream

HALVES = (0.5, 0.5)


def of_three(*c: float) -> ChoiceStudy:
    """Two of three epics fit."""
    epics = [
        epic("A", {"S": 10}, 60, benefit_cases=[[40, 0.5], [80, 0.5]]),
        epic("B", {"S": 10}, 65, benefit_cases=[[30, 0.5], [100, 0.5]]),
        epic("C", {"S": 10}, 55, **({"benefit_cases": [[one, 0.5] for one in c]} if c else {})),
    ]
    calendar = {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1"]}
    raw = portfolio(epics, [stream("S", 20, periods=1)], calendar=calendar, value_horizon_weeks=11)
    pairs = [Candidate(pair, Plan({name: Booking(0, 1) for name in pair.split()})) for pair in ("A B", "B C", "A C")]
    return ChoiceStudy(asking.problem_of(raw), tuple(pairs), 1, 1000)


def made(study: ChoiceStudy) -> Choices:
    """All its chunks."""
    return choices(study, [study.chunk(number) for number in study.chunks])


def test_knowing_more_before_choosing() -> None:
    """Worked example U9: EVPI, EVPPI, means and the worst."""
    study = of_three()
    all_of_it = made(study)
    assert all_of_it.exact
    assert list(all_of_it.means) == [125, 120, 115]
    assert value_of_everything(all_of_it.value, all_of_it.chance, exact=True) == (16.25, 0.0)
    benefit = study.source.part(0, 1000).benefit
    worth = [value_of_knowing(all_of_it.value, all_of_it.chance, parts_of(benefit[:, place])) for place in range(3)]
    assert worth == [7.5, 12.5, 0]
    assert list(worst_means(all_of_it, 0.25)) == [70, 85, 95]


def test_a_range_that_changes_no_choice_is_not_worth_refining() -> None:
    """C may be worth 52 or 58, and that decides nothing."""
    study = of_three(52, 58)
    all_of_it = made(study)
    benefit = study.source.part(0, 1000).benefit
    assert value_of_knowing(all_of_it.value, all_of_it.chance, parts_of(benefit[:, 2])) == 0


def test_plans_made_anew() -> None:
    """Worked example U9: chance funded and regret, one plan for each of the four futures."""
    study = of_three()
    anew = AnewStudy(study.problem, study.candidates[0].plan, 1)
    plans = [one for number in anew.chunks for one in anew.chunk(number)]
    assert funded(plans) == {"A": 0.75, "B": 0.5, "C": 0.75}
    assert sum(one.value * one.chance for one in plans) == pytest.approx(141.25)
    short, chance = regrets(plans)
    assert Sample(short, chance).mean == pytest.approx(16.25)
    seen = {round(float(one)): float(chance[short == one].sum()) for one in np.unique(short)}
    assert seen == {0: 0.25, 15: 0.25, 25: 0.5}


@pytest.mark.parametrize("draws", [7, 1000, 1500])
def test_what_is_chosen_is_reported_on_other_draws(draws: int) -> None:
    """As many draws to choose on as to report on, one after the other, however many fit into a chunk."""
    epics = [epic("A", {"S": 10}, 60, effort_low=8, effort_high=15)]
    plan = Plan({"A": Booking(0, 1)})
    study = ChoiceStudy(asking.problem_of(portfolio(epics, [stream("S", 10)])), (Candidate("it", plan),), 1, 2 * draws)
    half = len(study.chunks) // 2
    parts = [range(half), range(half, 2 * half)]
    chosen, reported = (np.concatenate([study.futures(one).effort for one in part]) for part in parts)
    every = study.source.part(0, 2 * draws).effort
    assert (chosen == every[:draws]).all()
    assert (reported == every[draws:]).all()
    assert len(study.chunk(0).value) == min(draws, 1000)


def test_information_about_effort() -> None:
    """Worked example U10."""
    epics = [
        epic("A", {"S": 10}, 10, (5, 0.5), (20, 0.5)),
        epic("B", {"S": 10}, 8, benefit_cases=[[4, 0.5], [12, 0.5]]),
    ]
    calendar = {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1", "PI 2"]}
    raw = portfolio(epics, [stream("S", 10, periods=2)], calendar=calendar, value_horizon_weeks=40)
    orders = [
        Candidate(order, Plan({name: Booking(turn, 1) for turn, name in enumerate(order)})) for order in ("AB", "BA")
    ]
    study = ChoiceStudy(asking.problem_of(raw), tuple(orders), 1, 1000)
    all_of_it, futures = made(study), study.source.part(0, 1000)
    assert all_of_it.value.tolist() == [[430, 370], [590, 610], [240, 220], [320, 460]]
    assert list(all_of_it.means) == [395, 415]
    assert value_of_everything(all_of_it.value, all_of_it.chance, exact=True)[0] == 20
    effort, benefit = futures.effort[:, 0], futures.benefit[:, 1]
    assert value_of_knowing(all_of_it.value, all_of_it.chance, parts_of(effort)) == 10
    assert value_of_knowing(all_of_it.value, all_of_it.chance, parts_of(benefit)) == 20
    assert value_of_knowing(all_of_it.value, all_of_it.chance, cells_of([effort, benefit])) == 20


def test_information_from_a_sample() -> None:
    """Worked example U15: no plan is valued on the draws that it was picked by."""
    amounts = np.array([3.0, 8, 1, 6, 2, 7, 4, 5])
    value = np.array([[10.0, 4, 12, 9, 5, 3, 8, 9], [6, 9, 5, 8, 7, 10, 7, 6]]).T
    parts = parts_of(amounts, 2)
    assert value_of_knowing(value, np.ones(8), parts) == pytest.approx(1)
    assert value_of_learning(value, parts) == (pytest.approx(1.25), pytest.approx(1.0133, abs=5e-5))
    assert value_of_everything(value, np.ones(8), exact=False)[0] == pytest.approx(1.75)


def test_a_plan_is_not_short_of_itself() -> None:
    """Both plans are played forward in the future that the new one was made for: being late there is no reason to regret a plan."""
    epics = [epic(name, {"S": 10}, 10, (5, 0.5), (14, 0.5), min_periods=2) for name in ("A", "B")]
    today = Plan({"A": Booking(0, 2), "B": Booking(1, 2)})
    anew = AnewStudy(asking.problem_of(portfolio(epics, [stream("S", 10)])), today, 1)
    plans = [one for number in anew.chunks for one in anew.chunk(number)]
    same = [one for one in plans if one.plan.bookings == today.bookings]
    assert [one.regret for one in same] == [0.0] * len(same)
    assert any(one.played != one.value for one in plans)
    assert all(one.regret == max(0.0, one.played - one.today) for one in plans)


def memory_of(draws: int, epics: int = 20) -> int:
    """The most bytes that finding out what is worth knowing takes at a time."""
    names = [f"E{number}" for number in range(epics)]
    raw = portfolio(
        [epic(name, {"S": 10}, 10, effort_low=8, effort_high=15) for name in names], [stream("S", 20, capacity_low=0.8)]
    )
    plans = [Candidate(name, Plan({other: Booking(turn, 1) for turn, other in enumerate(names[:2])})) for name in "PQ"]
    plans += [Candidate("all", Plan({name: Booking(2, 1) for name in names}))]
    study = ChoiceStudy(asking.problem_of(raw), tuple(plans), 1, 2 * draws)
    study.chunk(0)
    tracemalloc.start()
    chunks = [study.chunk(number) for number in range(len(study.chunks) // 2)]
    information(study, chunks)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_for_information_hardly_grows_with_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each plan is worth in each draw is kept, and amounts of a few epics at a time, but never whole futures."""
    monkeypatch.setattr(choose, "KEPT", 0)
    assert (memory_of(3_000) - memory_of(1_000)) / 2_000 < 200


def test_plans_that_hold() -> None:
    """Worked example U11."""
    rows = {
        "P": [11, 11, 11, 11, 2, 10, 10, 10],
        "Q": [14, 15, 13, 16, -4, 14, 13, -1],
        "R": [9] * 8,
        "S": [8, 9, 8, 10, 7, 8, 9, 8],
    }
    value = np.array(list(rows.values()), dtype=float).T
    dates = np.array([7 / 8, 5 / 8, 1, 1])
    plans = tuple(Candidate(name, Plan()) for name in rows)
    these = Choices(plans, value, np.ones(8), dates, dates, exact=False)
    assert list(these.means) == [9.5, 10, 9, 8.375]
    assert list(worst_means(these, 0.25)) == [6, -2.5, 9, 7.5]
    assert list(worst_means(these)) == [2, -4, 9, 7]
    assert (choose_by_mean(these), choose_by_worst(these), choose_by_dates(these)) == (1, 2, 0)
    assert frontier(these.means, worst_means(these)) == [0, 1, 2]
    assert frontier(these.means, these.dates) == [0, 1, 2]
    assert Sample(value[:, 1] - value[:, 0], np.ones(8)).standard_error == pytest.approx(2.0442, abs=5e-5)
    assert gap_of(value, 0, 2) == pytest.approx(10.1422, abs=5e-5)
    assert gap_of(value, 0) is None, "eight futures are too few for twenty batches"
