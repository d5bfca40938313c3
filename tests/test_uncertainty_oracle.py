"""The oracle of what is uncertain, against worked examples with known answers: U1 to U17."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from tests import examples, oracle
from tests import uncertainty_oracle as unsure

SCALE = (1, 2, 3, 5, 8, 13, 20)


def approx(*figures: float, digits: int = 4) -> Any:
    """Figures as the examples print them."""
    return pytest.approx(list(figures), abs=0.5001 * 10**-digits)


# --- portfolios of U4 to U10 and U17 ----------------------------------------------------------------------------------


def epic(name: str, effort: dict[str, float], benefit: float, **more: Any) -> examples.Epic:
    """An epic that earns so much a week once it is done."""
    return examples.scored(name, 1, 1, 1, 1, effort=effort, benefit_per_week=benefit, **more)


def portfolio(
    streams: dict[str, float], epics: list[examples.Epic], periods: int = 3, horizon: int = 82, **more: Any
) -> examples.Portfolio:
    """Periods of 10 weeks; nothing is shared."""
    return {
        "format": 1,
        "name": "Example",
        "calendar": {
            "start": "2027-01-04",
            "period_weeks": 10,
            "periods": [f"PI {number + 1}" for number in range(periods)],
        },
        "value_horizon_weeks": horizon,
        "shared_by_portfolio": 0,
        "shared_by_value_stream": 0,
        "value_streams": [{"id": name, "name": name, "capacity": [units] * periods} for name, units in streams.items()],
        "epics": epics,
        **more,
    }


def u4(
    capacity: float = 10, cases: Any = ((5, Fraction(1, 4)), (10, Fraction(1, 2)), (20, Fraction(1, 4)))
) -> examples.Portfolio:
    """A in PI 1, B in PI 2; A's effort is one of several."""
    found = portfolio({"S": capacity}, [epic("A", {"S": 10}, 10, effort_cases=cases), epic("B", {"S": 10}, 20)])
    found["value_streams"][0]["cost_per_unit"] = 100
    return found


def u7() -> examples.Portfolio:
    """E has an MVP of one period and a hypothesis that may fail."""
    e = epic("E", {"S": 20}, 30, confidence=0.4, min_periods=2, max_periods=2, mvp_periods=1, mvp_cost=60)
    found = portfolio(
        {"S": 20}, [e, epic("F", {"S": 10}, 10, effort_cases=[[10, Fraction(1, 2)], [25, Fraction(1, 2)]])]
    )
    found["value_streams"][0]["cost_per_unit"] = 10
    return found


class Future:
    """All that may become of a plan: (draw, played, chance) of each combination."""

    def __init__(self, raw: examples.Portfolio, plan: oracle.Plan, **how: Any) -> None:
        self.raw, self.plan = raw, plan
        self.ways = [(draw, unsure.play(raw, plan, draw, **how), p) for draw, p in unsure.every_draw(raw)]

    def done(self, name: str) -> dict[Any, Any]:
        return dict(unsure.done_weeks([(played, p) for _, played, p in self.ways], name))

    def began(self, name: str) -> dict[Any, Any]:
        return unsure.merged((played.begun.get(name), p) for _, played, p in self.ways)

    def values(self) -> unsure.Chances:
        found = ((round(unsure.plan_value(self.raw, self.plan, played, draw), 9), p) for draw, played, p in self.ways)
        return sorted(unsure.merged(found).items())

    def spend(self, *periods: int) -> dict[Any, Any]:
        return unsure.merged(
            (sum(x for (_, at), x in unsure.spend(self.raw, self.plan, played, draw).items() if at in periods), p)
            for draw, played, p in self.ways
        )


def only(found: dict[Any, Any]) -> Any:
    """What comes out for certain."""
    assert len(found) == 1
    return next(iter(found))


# --- U1 to U3: ranges, past epics, capacity ---------------------------------------------------------------------------


def range_at(low: float | None, high: float | None, share: float, value: float = 40) -> float:
    return unsure.range_amount(value, low, high, unsure.NormalDist().inv_cdf(share))


def test_u1_a_range_meets_its_three_figures() -> None:
    assert unsure.spreads(40, 30, 80) == pytest.approx((0.224480, 0.540866), abs=5e-7)
    shares = (0.05, 0.1, 0.3, 0.5, 0.85, 0.9, 0.99)
    found = [range_at(30, 80, share) for share in shares]
    assert found == approx(27.6505, 30, 35.5579, 40, 70.0669, 80, 140.7691)
    assert unsure.range_mean(40, 30, 80) == pytest.approx(49.5414, abs=5e-5)


def test_u1_one_side_mirrors_the_other_and_a_median_at_the_edge_holds_half_of_the_draws() -> None:
    assert unsure.both_sides(40, None, 80) == (20, 80)
    assert unsure.both_sides(40, 30, None)[1] == pytest.approx(53.3333, abs=5e-5)
    found = [unsure.range_mean(40, *sides) for sides in ((None, 80), (30, None), (40, 80))]
    assert found == approx(46.3002, 41.0206, 52.6741)
    assert [range_at(40, 80, share) for share in (0.05, 0.5, 0.85)] == approx(40, 40, 70.0669)
    assert [range_at(40, 40, share) for share in (0.01, 0.99)] == [40, 40]
    assert [unsure.range_mean(1, None, times) for times in (2, 4, 10)] == approx(1.158, 1.795, 5.023, digits=3)


def test_u2_past_epics() -> None:
    past = unsure.past_epics([20] * 5, [20, 25, 30, 20, 40])
    assert past is not None
    assert [past.mean, past.spread] == approx(0.264351, 0.293786, digits=6)
    assert [unsure.past_factor(past, share) for share in (0.1, 0.5, 0.85, 0.9)] == approx(
        0.7953, 1.3026, 1.9102, 2.1335
    )
    assert [unsure.student_quantile(share, 4) for share in (0.9, 0.85)] == approx(1.533206, 1.189567, digits=6)
    assert unsure.past_epics([20] * 4, [20, 25, 30, 20]) is None


Q = (Fraction(1), Fraction(1), Fraction(9, 10), Fraction(8, 10), Fraction(1), Fraction(11, 10))


def test_u3_two_further_periods_of_capacity() -> None:
    sums = unsure.merged((Q[a] + Q[b], p) for (a, b), p in unsure.urn_paths(6, 2))
    assert sums == {
        Fraction(16, 10): Fraction(1, 21),
        Fraction(17, 10): Fraction(1, 21),
        Fraction(18, 10): Fraction(4, 21),
        Fraction(19, 10): Fraction(4, 21),
        Fraction(2): Fraction(7, 21),
        Fraction(21, 10): Fraction(3, 21),
        Fraction(22, 10): Fraction(1, 21),
    }
    assert unsure.chance_of(sums.items(), lambda q: q >= Fraction(19, 10)) == Fraction(5, 7)
    as_seen = unsure.merged((a + b, Fraction(1, 36)) for a, b in itertools.product(Q, Q))
    assert unsure.chance_of(as_seen.items(), lambda q: q >= Fraction(19, 10)) == Fraction(13, 18)


def test_u3_capacity_in_a_plan() -> None:
    raw = portfolio({"S": 100}, [epic("A", {"S": 100}, 1)], periods=1)
    raw["value_streams"][0]["cost_per_unit"] = 10
    plan = {"A": (0, 1)}
    outcomes, costs = [], {}
    for path, p in unsure.urn_paths(6, 2):
        draw = unsure.Draw(capacity=lambda _stream, period, path=path: Q[path[min(period, 1)]])
        played = unsure.play(raw, plan, draw)
        outcomes.append((played, p))
        costs[Q[path[0]], Q[path[1]]] = unsure.spend(raw, plan, played, draw)
    assert dict(unsure.done_weeks(outcomes, "A")) == {
        Fraction(10): Fraction(2, 3),
        Fraction(11): Fraction(2, 21),
        Fraction(100, 9): Fraction(1, 21),
        Fraction(45, 4): Fraction(1, 42),
        Fraction(12): Fraction(2, 21),
        Fraction(110, 9): Fraction(1, 42),
        Fraction(25, 2): Fraction(1, 21),
    }
    assert unsure.percentile(unsure.done_weeks(outcomes, "A"), Fraction(85, 100)) == 12
    assert costs[Fraction(8, 10), Fraction(1)] == {("S", 0): 1000, ("S", 1): 200}
    assert costs[Fraction(11, 10), Fraction(1)] == {("S", 0): Fraction(10000, 11)}


# --- U4 to U7: a plan played forward ----------------------------------------------------------------------------------


def test_u4_what_is_late_carries_over() -> None:
    plan = {"A": (0, 1), "B": (1, 1)}
    future = Future(u4(), plan)
    assert future.done("A") == {5: Fraction(1, 4), 10: Fraction(1, 2), 20: Fraction(1, 4)}
    assert future.done("B") == {20: Fraction(3, 4), 30: Fraction(1, 4)}
    assert future.began("B") == {10: Fraction(3, 4), 20: Fraction(1, 4)}
    values = future.values()
    assert values == [(1660, Fraction(1, 4)), (1960, Fraction(1, 2)), (2010, Fraction(1, 4))]
    assert unsure.mean(values) == 1897.5
    assert oracle.plan_value(future.raw, plan) == 1960
    assert [unsure.to_count_on(values, share) for share in (Fraction(85, 100), Fraction(75, 100))] == [1660, 1960]
    assert [unsure.worst_mean(values, share) for share in (Fraction(1, 10), Fraction(1, 2))] == [1660, 1810]
    assert unsure.percentile(list(future.done("A").items()), Fraction(85, 100)) == 20
    assert unsure.percentile(list(future.done("B").items()), Fraction(85, 100)) == 30
    assert future.spend(0, 1, 2) == {1500: Fraction(1, 4), 2000: Fraction(1, 2), 3000: Fraction(1, 4)}


def test_u5_slack_makes_up() -> None:
    raw = u4(15, [[10, Fraction(1, 2)], [14, Fraction(1, 4)], [20, Fraction(1, 4)]])
    future = Future(raw, {"A": (0, 1), "B": (1, 1)})
    assert future.done("A") == {10: Fraction(3, 4), 15: Fraction(1, 4)}
    assert future.done("B") == {20: Fraction(3, 4), Fraction(45, 2): Fraction(1, 4)}
    assert future.values() == [(1860, Fraction(1, 4)), (1960, Fraction(3, 4))]


def u6(x: float = 10, effort: float = 10, late: float = 15, **more: Any) -> examples.Portfolio:
    a = epic("A", {"X": effort}, 10, effort_cases=[[effort, Fraction(1, 2)], [late, Fraction(1, 2)]])
    others = [epic("B", {"Y": 10}, 10), epic("C", {"Y": 10}, 10), epic("D", {"X": 10}, 10)]
    waits = [{"predecessor": "A", "successor": "B", "lag_periods": more.pop("lag", 0)}]
    return portfolio({"X": x, "Y": 10}, [a, *others], dependencies=waits, **more)


def test_u6_who_waits_for_whom() -> None:
    plan = {"A": (0, 1), "B": (1, 1), "C": (0, 1), "D": (1, 1)}
    future = Future(u6(), plan)
    assert future.done("A") == {10: Fraction(1, 2), 15: Fraction(1, 2)}
    assert future.done("B") == future.done("D") == {20: Fraction(1, 2), 25: Fraction(1, 2)}
    assert future.began("B") == future.began("D") == {10: Fraction(1, 2), 15: Fraction(1, 2)}
    assert future.done("C") == {10: 1}
    assert future.values() == [(2530, Fraction(1, 2)), (2680, Fraction(1, 2))]


def test_u6_a_lag_and_beginnings_at_periods() -> None:
    lagging = Future(u6(lag=1), {"A": (0, 1), "B": (2, 1), "C": (0, 1), "D": (1, 1)})
    assert lagging.done("B") == {30: Fraction(1, 2), 35: Fraction(1, 2)}
    assert lagging.values() == [(2430, Fraction(1, 2)), (2580, Fraction(1, 2))]
    at_periods = Future(u6(starts="at periods"), {"A": (0, 1), "B": (1, 1), "C": (0, 1), "D": (1, 1)})
    assert at_periods.done("B") == at_periods.done("D") == {20: Fraction(1, 2), 30: Fraction(1, 2)}
    assert at_periods.values()[0] == (2430, Fraction(1, 2))


def test_u6_a_limit_of_work_in_progress_earns_something() -> None:
    plan = {"A": (0, 1), "B": (1, 1), "C": (0, 1), "D": (1, 1)}
    raw = u6(x=20, late=30)
    free = Future(raw, plan)
    assert free.done("A") == {10: Fraction(1, 2), 20: Fraction(1, 2)}
    assert free.done("B") == {20: Fraction(1, 2), 30: Fraction(1, 2)}
    assert free.values()[0] == (2480, Fraction(1, 2))
    raw["value_streams"][0]["wip_limit"] = 1
    limited = Future(raw, plan)
    assert limited.done("B") == limited.done("D") == {20: Fraction(1, 2), 25: Fraction(1, 2)}
    assert limited.values()[0] == (2530, Fraction(1, 2))


def test_u7_an_mvp_that_stops() -> None:
    plan = {"E": (0, 2), "F": (1, 1)}
    future = Future(u7(), plan)
    assert future.done("E") == {20: Fraction(2, 5), unsure.NEVER: Fraction(3, 5)}
    assert future.done("F") == {20: Fraction(1, 2), Fraction(55, 2): Fraction(1, 5), Fraction(45, 2): Fraction(3, 10)}
    assert {played.stopped.get("E") for _, played, _ in future.ways} == {None, 10}
    assert future.values() == [
        (595, Fraction(3, 10)),
        (620, Fraction(3, 10)),
        (2405, Fraction(1, 5)),
        (2480, Fraction(1, 5)),
    ]
    assert unsure.mean(future.values()) == pytest.approx(1341.5)
    assert oracle.plan_value(future.raw, plan) == 1364
    assert future.spend(0) == {60: 1}
    assert future.spend(1) == {240: Fraction(2, 5), 100: Fraction(3, 10), 200: Fraction(3, 10)}
    assert future.spend(2) == {0: Fraction(1, 2), 150: Fraction(1, 5), 50: Fraction(3, 10)}
    assert unsure.mean(Future(u7(), plan, stop_after_mvp=False).values()) == pytest.approx(1326.5)


# --- U8: ranks --------------------------------------------------------------------------------------------------------


def test_u8_ranks_by_steps_of_the_scale() -> None:
    epics = [one for one in examples.example_a()["epics"] if one["id"] in "ACD"]
    found = unsure.rankings(epics, SCALE, Fraction(1, 4))
    pairs = [unsure.chance_above(found, *pair) for pair in ("CA", "CD", "AD")]
    assert pairs == [Fraction(9075, 16384), Fraction(62479, 65536), Fraction(15571, 16384)]
    first = {name: unsure.chance_of(found, lambda order, name=name: order[0] == name) for name in "ACD"}
    assert first == {"A": Fraction(465269, 1048576), "C": Fraction(4614189, 8388608), "D": Fraction(52267, 8388608)}
    spread = {
        name: [
            unsure.percentile(unsure.rank_chances(found, name), share) for share in (Fraction(1, 10), Fraction(9, 10))
        ]
        for name in "ACD"
    }
    assert spread == {"A": [1, 2], "C": [1, 2], "D": [3, 3]}
    assert unsure.bands(("C", "A", "D"), found) == [["C", "A"], ["D"]]


def test_u8_votes() -> None:
    epics = [one for one in examples.example_a()["epics"] if one["id"] in "AC"]
    votes: dict[str, list[Sequence[unsure.Number]]] = {
        "A": [(13, 8, 1, 8), (8, 8, 1, 8), (13, 5, 2, 13)],
        "C": [(1, 1, 13, 5), (2, 1, 13, 5), (1, 1, 8, 3)],
    }
    assert unsure.chance_above(unsure.voted_rankings(epics, votes, SCALE), "C", "A") == Fraction(19, 27)


# --- U9 to U11, U15: plans made anew, information, plans that hold ----------------------------------------------------


def u9(**of_c: Any) -> examples.Portfolio:
    a = epic("A", {"S": 10}, 60, benefit_cases=[[40, Fraction(1, 2)], [80, Fraction(1, 2)]])
    b = epic("B", {"S": 10}, 65, benefit_cases=[[30, Fraction(1, 2)], [100, Fraction(1, 2)]])
    return portfolio({"S": 20}, [a, b, epic("C", {"S": 10}, 55, **of_c)], periods=1, horizon=11)


def values_of(raw: examples.Portfolio, plans: list[oracle.Plan]) -> tuple[Any, list[list[float]], list[Any]]:
    """The draws, what each plan is worth in each, and their chances."""
    draws = unsure.every_draw(raw)
    values = [[unsure.plan_value(raw, plan, unsure.play(raw, plan, draw), draw) for plan in plans] for draw, _ in draws]
    return [draw for draw, _ in draws], values, [p for _, p in draws]


def test_u9_made_anew_and_information() -> None:
    raw = u9()
    plans = [dict.fromkeys(names, (0, 1)) for names in ("AB", "BC", "AC")]
    draws, values, chances = values_of(raw, plans)
    assert [sum(row[k] * p for row, p in zip(values, chances, strict=True)) for k in range(3)] == [125, 120, 115]
    anew = [(unsure.made_anew(raw, plans[0], draw), p) for draw, p in zip(draws, chances, strict=True)]
    assert sum((max(row) * p for row, p in zip(values, chances, strict=True)), Fraction(0)) == 141.25
    funded = {name: sum(p for (plan, _), p in anew if name in plan) for name in "ABC"}
    assert funded == {"A": Fraction(3, 4), "B": Fraction(1, 2), "C": Fraction(3, 4)}
    assert unsure.merged((regret, p) for (_, regret), p in anew) == {
        0: Fraction(1, 4),
        15: Fraction(1, 4),
        25: Fraction(1, 2),
    }
    assert unsure.evpi(values, chances) == 16.25
    known = [[draw.benefit.get(name) for draw in draws] for name in "ABC"]
    assert [unsure.evppi(x, values, chances) for x in known] == [7.5, 12.5, 0]
    tails = [
        unsure.worst_mean([(row[k], p) for row, p in zip(values, chances, strict=True)], Fraction(1, 4))
        for k in range(3)
    ]
    assert tails == [70, 85, 95]
    draws, values, chances = values_of(u9(benefit_cases=[[52, Fraction(1, 2)], [58, Fraction(1, 2)]]), plans)
    assert unsure.evppi([draw.benefit["C"] for draw in draws], values, chances) == 0


def test_u10_information_about_effort() -> None:
    a = epic("A", {"S": 10}, 10, effort_cases=[[5, Fraction(1, 2)], [20, Fraction(1, 2)]])
    b = epic("B", {"S": 10}, 8, benefit_cases=[[4, Fraction(1, 2)], [12, Fraction(1, 2)]])
    raw = portfolio({"S": 10}, [a, b], periods=2, horizon=40)
    draws, values, chances = values_of(raw, [{"A": (0, 1), "B": (1, 1)}, {"B": (0, 1), "A": (1, 1)}])
    assert [list(column) for column in zip(*values, strict=True)] == [[430, 590, 240, 320], [370, 610, 220, 460]]
    assert unsure.best(values, chances) == 1
    assert unsure.evpi(values, chances) == 20
    about = [[draw.effort["A"] for draw in draws], [draw.benefit["B"] for draw in draws]]
    both = list(zip(*about, strict=True))
    assert [unsure.evppi(x, values, chances) for x in (*about, both)] == [10, 20, 20]


PLANS = {
    "P": (11, 11, 11, 11, 2, 10, 10, 10),
    "Q": (14, 15, 13, 16, -4, 14, 13, -1),
    "R": (9,) * 8,
    "S": (8, 9, 8, 10, 7, 8, 9, 8),
}
DATES = {"P": Fraction(7, 8), "Q": Fraction(5, 8), "R": Fraction(1), "S": Fraction(1)}


def test_u11_plans_that_hold() -> None:
    outcomes = {name: unsure.equally_likely(values) for name, values in PLANS.items()}
    means = {name: unsure.mean(found) for name, found in outcomes.items()}
    assert means == {"P": 9.5, "Q": 10, "R": 9, "S": 8.375}
    quarter = {name: unsure.worst_mean(found, Fraction(1, 4)) for name, found in outcomes.items()}
    tenth = {name: unsure.worst_mean(found, Fraction(1, 10)) for name, found in outcomes.items()}
    assert quarter == {"P": 6, "Q": -2.5, "R": 9, "S": 7.5}
    assert tenth == {"P": 2, "Q": -4, "R": 9, "S": 7}
    assert max(means, key=means.__getitem__) == "Q"
    assert max(tenth, key=tenth.__getitem__) == "R"
    assert unsure.best_with_dates(means, tenth, DATES, Fraction(85, 100)) == "P"
    for axis in (tenth, DATES):
        assert unsure.frontier({name: (means[name], axis[name]) for name in PLANS}) == ["P", "Q", "R"]
    differences = [q - p for p, q in zip(PLANS["P"], PLANS["Q"], strict=True)]
    assert [sum(differences) / 8, unsure.standard_error(differences)] == approx(0.5, 2.0442)
    batches, at_most = unsure.gap(PLANS, "P", 2)
    assert batches == [3.5, 1]
    assert [unsure.deviation(batches), unsure.student_quantile(0.95, 1)] == approx(1.767767, 6.313752, digits=6)
    assert at_most == pytest.approx(10.1422, abs=5e-5)


def test_u15_information_from_a_sample() -> None:
    x = (3, 8, 1, 6, 2, 7, 4, 5)
    values = list(zip((10, 4, 12, 9, 5, 3, 8, 9), (6, 9, 5, 8, 7, 10, 7, 6), strict=True))
    bins = unsure.bins_of(x, 2)
    assert unsure.evppi(bins, values, [Fraction(1, 8)] * 8) == 1
    differences = unsure.cross_fitted(bins, values)
    assert differences == [4, 0, 7, 0, -2, 0, 1, 0]
    assert [sum(differences) / 8, unsure.standard_error(differences)] == approx(1.25, 1.0133)
    assert unsure.evpi(values, [Fraction(1, 8)] * 8) == 1.75


# --- U12, U14: throughput and calibration -----------------------------------------------------------------------------

HISTORY = (0, 1, 1, 2, 2, 3)


def test_u12_throughput() -> None:
    sums = unsure.throughput_sums(HISTORY, 4)
    ways = (1, 2, 5, 9, 16, 19, 22, 19, 16, 9, 5, 2, 1)
    assert sums == {total: Fraction(count, 126) for total, count in enumerate(ways)}
    shares = (Fraction(1, 2), Fraction(85, 100), Fraction(95, 100))
    assert [unsure.how_many(sums, share) for share in shares] == [6, 4, 2]
    assert [unsure.how_many(unsure.throughput_sums(HISTORY, 4, True), share) for share in shares] == [6, 4, 3]
    five = [(5, Fraction(1))]
    chances = [unsure.done_within(HISTORY, five, k) for k in range(1, 7)]
    assert chances == [0, Fraction(1, 7), Fraction(1, 2), Fraction(31, 42), Fraction(73, 84), Fraction(13, 14)]
    as_seen = [unsure.done_within(HISTORY, five, k, True) for k in range(1, 7)]
    assert as_seen == [
        0,
        Fraction(5, 36),
        Fraction(1, 2),
        Fraction(337, 432),
        Fraction(3575, 3888),
        Fraction(45445, 46656),
    ]
    assert [unsure.when(HISTORY, five, share) for share in shares[:2]] == [3, 5]
    assert unsure.done_within(HISTORY, [(4, Fraction(1, 2)), (6, Fraction(1, 2))], 4) == Fraction(61, 84)


def test_u12_what_never_varies_and_what_never_comes() -> None:
    steady = [
        unsure.when([5] * 6, [(b, Fraction(1))], share, most=8)
        for b in (10, 22, 25)
        for share in (Fraction(1, 2), Fraction(95, 100))
    ]
    assert steady == [2, 2, 5, 5, 5, 5]
    assert unsure.when([0] * 6, [(1, Fraction(1))], Fraction(1, 2), most=6) is None
    with pytest.raises(AssertionError):
        unsure.throughput_sums([1] * 5, 2)


SAID = ("0.9", "0.8", "0.6", "0.9", "0.3", "0.5")
CAME = (1, 1, 0, 1, 0, 1)


def test_u14_calibration() -> None:
    said = [Fraction(chance) for chance in SAID]
    assert unsure.brier(said, CAME) == Fraction(19, 150)
    assert unsure.skill(said, CAME) == Fraction(43, 100)
    assert unsure.reliability(said, CAME) == {
        1: (1, Fraction(3, 10), 0),
        2: (1, Fraction(1, 2), 1),
        3: (1, Fraction(6, 10), 0),
        4: (3, Fraction(13, 15), 1),
    }
    outcomes = [(2, Fraction(1, 4)), (4, Fraction(1, 2)), (8, Fraction(1, 4))]
    assert [unsure.crps(outcomes, y) for y in (2, 4, 5, 10)] == [
        Fraction(11, 8),
        Fraction(3, 8),
        Fraction(7, 8),
        Fraction(35, 8),
    ]
    assert unsure.so_few(4, 6, Fraction(85, 100)) == Fraction(2861001, 12800000)
    assert list(unsure.wilson(4, 6)) == approx(0.3000, 0.9032)
    assert float(unsure.so_few(12, 20, Fraction(85, 100))) == pytest.approx(0.0059, abs=5e-5)


# --- U13: random numbers ----------------------------------------------------------------------------------------------


def test_u13_random_numbers_depend_on_their_names_alone() -> None:
    assert unsure.philox([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    assert [
        unsure.uniform(1, 0, "epic E1", unsure.EFFORT),
        unsure.uniform(1, 1, "epic E1", unsure.EFFORT),
        unsure.uniform(1, 0, "epic E2", unsure.EFFORT),
        unsure.uniform(1, 0, "portfolio", unsure.EFFORT),
        unsure.uniform(1, 0, "value stream S", unsure.EFFORT),
        unsure.uniform(1, 0, "epic E1", unsure.HYPOTHESIS),
        unsure.uniform(2**40 + 1, 5, "epic É", unsure.BENEFIT),
    ] == [
        0.9872444620557951,
        0.8546029071270779,
        0.6569679039834991,
        0.6213352326717804,
        0.6814075805814611,
        0.16799838283185664,
        0.8858442576696811,
    ]
    assert unsure.normal(1, 0, "epic E1", unsure.EFFORT) == pytest.approx(2.233574612859546, rel=1e-14)


def test_u13_an_epic_in_its_value_stream() -> None:
    one = epic("E1", {"S": 40}, 1, effort_low=30, effort_high=80)
    raw = portfolio({"S": 100}, [one], shared_by_portfolio=0.1, shared_by_value_stream=0.15)
    z = unsure.common_factor(raw, one, 1, 0, unsure.EFFORT)
    assert z == pytest.approx(2.21470821367456, rel=1e-13)
    assert 40 * unsure.drawn(raw, 1, 0).effort["E1"] == pytest.approx(132.520716, abs=5e-7)
    assert unsure.case_amount([[30, 0.5], [60, 0.3], [100, 0.2]], z) == 100
    numbers = [unsure.uniform(1, 0, "portfolio", unsure.CAPACITY, period) for period in range(4)]
    assert unsure.urn_points(numbers, 6) == [0, 0, 2, 3]


# --- U16, U17 ---------------------------------------------------------------------------------------------------------


def test_u16_a_deadline_has_its_price() -> None:
    r = epic("R", {"S": 10}, 5, urgency="deadline", deadline=22, penalty=500)
    a = epic("A", {"S": 10}, 10, effort_cases=[[8, Fraction(1, 2)], [12, Fraction(3, 10)], [15, Fraction(1, 5)]])
    raw = portfolio({"S": 10}, [r, a])
    first, second = {"A": (0, 1), "R": (1, 1)}, {"R": (0, 1), "A": (1, 1)}
    late = Future(raw, first)
    assert late.done("R") == {20: Fraction(1, 2), 22: Fraction(3, 10), 25: Fraction(1, 5)}
    assert late.values() == [(955, Fraction(1, 5)), (1500, Fraction(3, 10)), (1540, Fraction(1, 2))]
    assert unsure.mean(late.values()) == pytest.approx(1411)
    early = Future(raw, second)
    assert only(early.done("R")) == 10
    assert early.done("A") == {18: Fraction(1, 2), 22: Fraction(3, 10), 25: Fraction(1, 5)}
    assert early.values() == [(1370, Fraction(1, 5)), (1400, Fraction(3, 10)), (1440, Fraction(1, 2))]
    assert unsure.mean(early.values()) == pytest.approx(1414)
    assert [oracle.plan_value(raw, plan) for plan in (first, second)] == [1520, 1420]


def u17() -> tuple[examples.Portfolio, oracle.Plan]:
    """The plan of example J, one period of 10 weeks, horizon 11."""
    raw = {**examples.example_j(), "value_horizon_weeks": 11}
    raw["calendar"]["period_weeks"] = 10
    return raw, dict.fromkeys(["E1", "E3", "E6", "E7", "E8"], (0, 1))


def test_u17_a_whole_portfolio() -> None:
    raw, plan = u17()
    assert unsure.every_draw(raw) == [(unsure.PLANNED, 1)]

    def worth(draw: unsure.Draw) -> float:
        return unsure.plan_value(raw, plan, unsure.play(raw, plan, draw), draw)

    assert set(unsure.play(raw, plan).done.values()) == {10}
    assert worth(unsure.PLANNED) == 93
    assert worth(unsure.Draw(fails=frozenset(["E3"]))) == 65
    assert worth(unsure.Draw(effort={"E3": Fraction(40, 35)})) == 93
    assert worth(unsure.Draw(effort={"E3": Fraction(45, 35)})) == 65
