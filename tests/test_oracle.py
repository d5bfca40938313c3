"""The oracle itself, against worked examples with known answers."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest

from tests import examples, oracle
from tests.random_portfolios import random_portfolio


def total_delay_cost(portfolio: examples.Portfolio, plan: examples.Plan) -> float:
    """The delay cost of all epics, including their own duration."""
    costs = []
    for epic in portfolio["epics"]:
        option = plan.get(epic["id"])
        week = None if option is None else oracle.finish_week(portfolio, option)
        costs.append(oracle.delay_cost(epic, week, portfolio))
    return sum(costs)


def cost_in_order(portfolio: examples.Portfolio, order: str) -> float:
    """The delay cost of doing the epics one after the other in this order; the plan must be allowed."""
    plan = examples.back_to_back(portfolio, order)
    assert oracle.violations(portfolio, plan) == []
    return total_delay_cost(portfolio, plan)


def order_of(plan: examples.Plan) -> str:
    """The epics of a plan by start."""
    return " ".join(sorted(plan, key=lambda epic_id: plan[epic_id]))


def cut_line(portfolio: examples.Portfolio, order: list[str]) -> examples.Plan:
    """Take epics in this order, each that still fits capacity, WIP limits and the budget; nothing else is looked at."""
    only = copy.deepcopy(portfolio)
    only["guardrails"] = [limit for limit in oracle.get(only, "guardrails", []) if limit["name"] == "Budget"]
    only["dependencies"] = []
    plan: examples.Plan = {}
    for epic_id in order:
        longer = {**plan, epic_id: (0, 1)}
        if not oracle.violations(only, longer):
            plan = longer
    return plan


# --- A to I, K, L -----------------------------------------------------------------------------------------------------


def test_example_a() -> None:
    portfolio = examples.example_a()
    scores = {epic["id"]: (oracle.cost_of_delay(epic), round(oracle.wsjf(epic), 4)) for epic in portfolio["epics"]}
    assert scores == {"A": (22, 2.75), "B": (28, 9.3333), "C": (15, 3.0), "D": (25, 1.25), "E": (21, 21.0)}
    assert oracle.wsjf_order(portfolio) == ["E", "B", "C", "A", "D"]
    columns = ("user_business_value", "time_criticality", "rr_oe", "job_size")
    assert [min(epic[column] for epic in portfolio["epics"]) for column in columns] == [1, 1, 1, 1]


def test_example_b() -> None:
    portfolio = examples.example_b()
    assert [oracle.wsjf(epic) for epic in portfolio["epics"]] == [20.0, 5.0, 3.4, 2.125, 2.0]
    assert oracle.wsjf_order(portfolio) == [epic["id"] for epic in portfolio["epics"]]


def test_ties_go_to_the_higher_cost_of_delay_then_to_the_sheet() -> None:
    portfolio = examples.ranking_only(
        "Ties",
        [examples.scored("A", 1, 1, 1, 1), examples.scored("B", 2, 2, 2, 2), examples.scored("C", 3, 2, 1, 2)],
    )
    assert oracle.wsjf_order(portfolio) == ["B", "C", "A"]


def test_example_c() -> None:
    portfolio = examples.example_c()
    assert [oracle.cd3(portfolio, epic) for epic in portfolio["epics"]] == [10, 1, 0.1]
    best, plan = oracle.brute_force(portfolio)
    assert order_of(plan) == "P1 P2 P3"
    assert total_delay_cost(portfolio, plan) == 36
    assert best == oracle.plan_value(portfolio, plan) == (10 + 3 + 1) * 14 - 36
    assert cost_in_order(portfolio, "P3 P2 P1") == 189
    own_durations = sum(epic["min_periods"] * epic["benefit_per_week"] for epic in portfolio["epics"])
    assert (36 - own_durations, 189 - own_durations) == (7, 160)


def test_example_d() -> None:
    portfolio = examples.example_d()
    base = 10 * 6
    assert base + oracle.plan_value(portfolio, examples.back_to_back(portfolio, "A B")) == 100
    best, plan = oracle.brute_force(portfolio)
    assert best is not None
    assert base + best == 120
    assert plan["B"] == (0, 4)


def test_example_e() -> None:
    portfolio = examples.example_e()
    best, plan = oracle.brute_force(portfolio)
    assert (best, order_of(plan)) == (109, "F2 F3 F1")
    assert oracle.plan_value(portfolio, examples.back_to_back(portfolio, "F3 F2 F1")) == 103
    assert oracle.plan_value(portfolio, examples.back_to_back(portfolio, "F1 F2 F3")) == 91


def test_example_f() -> None:
    portfolio = examples.example_f()
    assert cost_in_order(portfolio, "R F2 F3 F1") == pytest.approx(115_666.67, abs=0.01)
    _, plan = oracle.brute_force(portfolio)
    assert order_of(plan) == "F2 R F3 F1"
    assert total_delay_cost(portfolio, plan) == pytest.approx(92_333.33, abs=0.01)
    assert round((0 + 1000 + 3000) / (10 + 3 + 6), 1) == 210.5
    too_early = examples.back_to_back(portfolio, "F2 F3 R F1")
    assert any(text.startswith("dependency") for text in oracle.violations(portfolio, too_early))


def test_example_g() -> None:
    portfolio = examples.example_g()
    orders = [" ".join(order) for order in itertools.permutations("RFG")]
    costs = {order: cost_in_order(portfolio, order) for order in orders}
    assert costs == {"R F G": 165, "R G F": 171, "F R G": 225, "F G R": 363, "G R F": 159, "G F R": 369}
    _, plan = oracle.brute_force(portfolio)
    assert total_delay_cost(portfolio, plan) == 159


def test_example_h() -> None:
    portfolio = examples.example_h()
    by_ratio = cut_line(portfolio, oracle.wsjf_order(portfolio))
    assert oracle.plan_value(portfolio, by_ratio) == 160
    best, plan = oracle.brute_force(portfolio)
    assert (best, set(plan)) == (220, {"B", "C"})


def test_example_h_as_a_linear_relaxation() -> None:
    def relaxed(capacity: float) -> float:
        """The value when epics may be done in part: by ratio until the capacity is used up."""
        worth = 0.0
        for epic in sorted(examples.example_h()["epics"], key=lambda epic: -oracle.wsjf(epic)):
            taken = min(capacity, epic["effort"]["Crew"])
            worth += oracle.wsjf(epic) * taken
            capacity -= taken
        return worth

    assert relaxed(50) == 240
    assert relaxed(51) - relaxed(50) == 4


def test_example_h_extreme() -> None:
    portfolio = examples.example_h_extreme()
    by_ratio = cut_line(portfolio, oracle.wsjf_order(portfolio))
    assert oracle.plan_value(portfolio, by_ratio) == 20
    assert oracle.brute_force(portfolio) == (100, {"B": (0, 1)})


def test_example_i() -> None:
    worth = {wip: oracle.plan_value(examples.example_i(wip), plan) for wip, plan in examples.PLANS_I.items()}
    assert worth == {1: 178, 2: 130, 4: 80}
    assert oracle.violations(examples.example_i(1), examples.PLANS_I[1]) == []
    assert oracle.violations(examples.example_i(2), examples.PLANS_I[2]) == []
    assert any("WIP limit" in text for text in oracle.violations(examples.example_i(1), examples.PLANS_I[2]))
    uneven = oracle.violations(examples.example_i(4), examples.PLANS_I[4])
    assert len(uneven) == 4
    assert all(text.startswith("capacity") for text in uneven)


def test_example_i_optimum() -> None:
    assert oracle.brute_force(examples.example_i(1)) == (178, examples.PLANS_I[1])


def test_example_k() -> None:
    portfolio = examples.example_k()
    assert oracle.wsjf_order(portfolio) == ["X", "Y", "Z"]
    assert cost_in_order(portfolio, "X Y Z") == 156_000
    by_money = sorted(portfolio["epics"], key=lambda epic: -oracle.cd3(portfolio, epic))
    assert [epic["id"] for epic in by_money] == ["Y", "Z", "X"]
    assert cost_in_order(portfolio, "Y Z X") == 123_000
    _, plan = oracle.brute_force(portfolio)
    assert total_delay_cost(portfolio, plan) == 123_000


def test_example_l() -> None:
    portfolio = examples.example_l()
    assert oracle.delay_cost(portfolio["epics"][0], 3, portfolio) == 300_000
    assert total_delay_cost(portfolio, {"P": (0, 3)}) == 300_000


# --- J ----------------------------------------------------------------------------------------------------------------

BEST_J = {"E1": (0, 1), "E3": (0, 1), "E6": (0, 1), "E7": (0, 1), "E8": (0, 1)}


def best_value(portfolio: examples.Portfolio, **forced: Any) -> float | None:
    """The best value only."""
    return oracle.brute_force(portfolio, **forced)[0]


def test_example_j_optimum() -> None:
    portfolio = examples.example_j()
    assert oracle.brute_force(portfolio) == (93, BEST_J)
    assert oracle.amount(portfolio, BEST_J, "spend", {}, {}) == 1400
    assert oracle.amount(portfolio, BEST_J, "effort", {}, {"value stream": "A"}) == 70
    assert oracle.amount(portfolio, BEST_J, "effort", {}, {"value stream": "B"}) == 55
    assert oracle.amount(portfolio, BEST_J, "spend", {"horizon": ["H1"]}, {}) / 1400 == 0.5
    assert oracle.amount(portfolio, BEST_J, "spend", {"horizon": ["H3"]}, {}) / 1400 == pytest.approx(0.1071, abs=1e-4)


def test_example_j_optimum_is_unique() -> None:
    portfolio = examples.example_j()
    epic_ids = [epic["id"] for epic in portfolio["epics"]]
    as_good = []
    for size in range(len(epic_ids) + 1):
        for chosen in itertools.combinations(epic_ids, size):
            plan = dict.fromkeys(chosen, (0, 1))
            if oracle.plan_value(portfolio, plan) >= 93 and not oracle.violations(portfolio, plan):
                as_good.append(plan)
    assert as_good == [BEST_J]


@pytest.mark.parametrize(("epic_id", "expected"), [("E2", 65), ("E4", 75), ("E5", 83)])
def test_example_j_forced_in(epic_id: str, expected: float) -> None:
    assert best_value(examples.example_j(), forced_in=[epic_id]) == expected
    must = examples.example_j()
    oracle.epic_of(must, epic_id)["must"] = True
    assert best_value(must) == expected


@pytest.mark.parametrize(("epic_id", "expected"), [("E1", 75), ("E3", 83), ("E6", 77), ("E8", 88), ("E7", 0)])
def test_example_j_without(epic_id: str, expected: float) -> None:
    assert best_value(examples.example_j(), left_out=[epic_id]) == expected


@pytest.mark.parametrize(
    ("name", "price"), [("H3 floor", 7), ("H1 ceiling", 0), ("Enablers", 0)], ids=["H3 floor", "H1 ceiling", "Enablers"]
)
def test_example_j_price_of_a_share(name: str, price: float) -> None:
    assert best_value(examples.without_guardrail(examples.example_j(), name)) == 93 + price


def test_example_j_price_of_capacity_budget_wip_dependency_and_exclusion() -> None:
    more_a, more_b, more_budget, more_wip, free, both = (examples.example_j() for _ in range(6))
    more_a["value_streams"][0]["capacity"] = [90]
    more_b["value_streams"][1]["capacity"] = [70]
    examples.guardrail(more_budget, "Budget")["at_most"] = 1600
    more_wip["portfolio_wip_limit"] = 6
    free["dependencies"] = []
    for epic in both["epics"]:
        epic.pop("exclusive_group", None)
    relaxed = [more_a, more_b, more_budget, more_wip, free, both]
    assert [best_value(portfolio) for portfolio in relaxed] == [93] * 6


def test_example_j_wip_4() -> None:
    portfolio = examples.example_j()
    portfolio["portfolio_wip_limit"] = 4
    assert best_value(portfolio) == 88


def test_example_j_cut_line() -> None:
    portfolio = examples.example_j()
    order = oracle.wsjf_order(portfolio)
    assert order[:6] == ["E7", "E1", "E3", "E4", "E2", "E5"]
    plan = cut_line(portfolio, order)
    assert list(plan) == ["E7", "E1", "E3", "E2"]
    assert oracle.plan_value(portfolio, plan) == 112
    assert len(oracle.violations(portfolio, plan)) == 3


def test_example_j_without_e7_of_selected_and_of_budget() -> None:
    assert oracle.brute_force(examples.example_j(), left_out=["E7"]) == (0, {})
    assert oracle.brute_force(examples.example_j_of_budget()) == (93, BEST_J)
    assert oracle.brute_force(examples.example_j_of_budget(), left_out=["E7"]) == (None, {})


# --- the sentences that no example touches ----------------------------------------------------------------------------


def small(**more: Any) -> examples.Portfolio:
    """Two streams, four periods of ten weeks in two budget periods, no epics; fields may be replaced."""
    return {
        "format": 1,
        "name": "Small",
        "calendar": {
            "start": "2027-01-04",
            "period_weeks": 10,
            "periods": ["PI 1", "PI 2", "PI 3", "PI 4"],
            "budget_periods": ["H1", "H1", "H2", "H2"],
        },
        "value_streams": [
            {"id": "A", "capacity": [10, 10, 10, 10], "cost_per_unit": 100},
            {"id": "B", "capacity": [10, 10, 10, 10], "cost_per_unit": 50},
        ],
        "epics": [],
        **more,
    }


def integral(epic: examples.Epic, portfolio: examples.Portfolio, week: float) -> float:
    """The value by adding up many thin slices of the picture that the sentence draws."""
    rate, horizon = float(portfolio["discount_rate"]), oracle.horizon_week(portfolio)
    benefit, slices = float(epic["benefit_per_week"]), 20_000

    def height(at: float) -> float:
        """The benefit per week in this week."""
        if epic["urgency"] == "short life":
            close = float(epic["life_weeks"])
            return max(0.0, min(at - week, close - at)) * 2 * benefit / close
        if epic["urgency"] == "deadline":
            return benefit if at >= max(week, epic["deadline"]) else 0.0
        plateau = max(0.0, 1 - epic.get("peak_loss", 0) * week)
        return benefit * float(plateau) if week <= at <= epic.get("life_weeks", horizon) else 0.0

    width = horizon / slices
    middles = ((number + 0.5) * width for number in range(slices))
    return sum(height(at) * oracle.discount(at, rate) * width for at in middles)


@pytest.mark.parametrize(
    "profile",
    [
        {"urgency": "standard"},
        {"urgency": "standard", "life_weeks": 40},
        {"urgency": "peak lost", "peak_loss": 0.02},
        {"urgency": "short life", "life_weeks": 60},
        {"urgency": "deadline", "deadline": 25},
    ],
)
@pytest.mark.parametrize("rate", [0, 0.08])
def test_value_is_the_discounted_area(profile: dict[str, Any], rate: float) -> None:
    portfolio = small(discount_rate=rate)
    epic = {"id": "E", "benefit_per_week": 100, **profile}
    for week in (0, 10, 30, 40):
        assert oracle.value(epic, week, portfolio) == pytest.approx(integral(epic, portfolio, week), abs=2)


def test_values_of_the_table() -> None:
    portfolio = small(value_horizon_weeks=90)
    epic = {"id": "E", "benefit_per_week": 100}
    assert oracle.value(epic, 20, portfolio) == 7000
    assert oracle.value({**epic, "life_weeks": 50, "confidence": 0.5}, 20, portfolio) == 1500
    assert oracle.value({**epic, "life_weeks": 15}, 20, portfolio) == 0
    assert oracle.value({**epic, "urgency": "peak lost", "peak_loss": 0.01}, 20, portfolio) == pytest.approx(5600)
    assert oracle.value({**epic, "urgency": "peak lost", "peak_loss": 0.1}, 20, portfolio) == 0
    short = {**epic, "urgency": "short life", "life_weeks": 80}
    assert oracle.value(short, 20, portfolio) == pytest.approx(100 * 80 / 2 * 0.75**2)
    assert oracle.value(short, 80, portfolio) == 0
    deadline = {**epic, "urgency": "deadline", "deadline": "2027-05-23", "penalty": 500}
    assert [oracle.value(deadline, week, portfolio) for week in (0, 20, 21, 95)] == [7500, 7500, 6900, 0]
    portfolio["discount_rate"] = 0.1
    undelayed = oracle.value({**deadline, "penalty": 0}, 20, portfolio)
    assert oracle.value(deadline, 20, portfolio) - undelayed == pytest.approx(500 * 1.1 ** (-20 / 52))
    curve = {"id": "E", "urgency": "curve", "value_curve": [[10, 100], [30, 40]], "confidence": 0.5}
    assert [oracle.value(curve, week, portfolio) for week in (0, 10, 20, 30, 99)] == [50, 50, 35, 20, 20]


def test_points_and_money() -> None:
    scores = examples.scored("P", 5, 3, 2, 1)
    assert oracle.benefit_per_week(scores, small(epics=[scores])) == 10
    money = {"id": "M", "benefit_per_week": 7}
    mixed = small(epics=[scores, money], point_value=3)
    assert [oracle.benefit_per_week(epic, mixed) for epic in mixed["epics"]] == [30, 7]
    assert oracle.value(scores, 40, small(epics=[scores])) == 10 * 52


def test_options() -> None:
    epic = {"id": "E", "min_periods": 1, "max_periods": 2, "earliest": "PI 2", "latest": "PI 3"}
    assert oracle.options(small(epics=[epic])) == {"E": [(1, 1), (1, 2), (2, 1)]}
    assert oracle.options(small(epics=[{**epic, "start": "PI 2"}])) == {"E": [(1, 1), (1, 2)]}
    assert oracle.options(small(epics=[{"id": "E"}])) == {"E": [(0, 1), (1, 1), (2, 1), (3, 1)]}
    assert oracle.options(small(epics=[{"id": "E", "min_periods": 4}])) == {"E": [(0, 4)]}


def test_work_with_external_cost_capex_and_mvp() -> None:
    epic = {
        "id": "E",
        "effort": {"B": 12, "A": 12},
        "external_cost": 600,
        "capex_share": 0.25,
        "mvp_cost": 400,
        "mvp_periods": 1,
    }
    rows = oracle.work(small(epics=[epic]), epic, (1, 3))
    spend = {(row.period, row.stream): row.spend for row in rows}
    # A: 1200, B: 600, each with 300 of the external cost, in all 2400, of which 400 in the first period.
    expected = {(1, "A"): 250, (1, "B"): 150, (2, "A"): 625, (2, "B"): 375, (3, "A"): 625, (3, "B"): 375}
    assert spend == pytest.approx(expected)
    assert [row.effort for row in rows] == [4] * 6
    assert all(row.capex == row.spend * 0.25 and row.capex + row.opex == pytest.approx(row.spend) for row in rows)
    assert [row.spend for row in oracle.work(small(epics=[epic]), epic, (0, 1))] == [1500, 900]


def test_budget_shift() -> None:
    portfolio = small(
        epics=[
            {"id": "X", "effort": {"A": 24}, "min_periods": 2, "benefit_per_week": 1},
            {"id": "Y", "effort": {"B": 12}, "min_periods": 2, "benefit_per_week": 1},
        ]
    )
    stream_a, stream_b = portfolio["value_streams"]
    stream_a.update(budget=[1000] * 4, max_budget_shift=0.2)
    stream_b.update(budget=[500] * 4, max_budget_shift=0.4)
    # X needs 12 in each period of H1: 2 more than the capacity, which is 2 * 100 * 2 = 400 of the budget of A;
    # B needs 6, so 4 * 50 * 2 = 400 of its budget of 1000 can go, and its largest shift is exactly 400.
    together = {"X": (0, 2), "Y": (0, 2)}
    assert oracle.violations(portfolio, together) == []
    stream_b["max_budget_shift"] = 0.39
    assert len(oracle.violations(portfolio, together)) == 1
    stream_b["max_budget_shift"] = 0.4
    stream_a["max_budget_shift"] = 0.19
    assert len(oracle.violations(portfolio, {"X": (0, 2)})) == 3
    # Across budget periods nothing moves: each half needs 12 in one of its periods, 2 * 100 * 2 again.
    stream_a["max_budget_shift"] = 0.2
    assert oracle.violations(portfolio, {"X": (1, 2), "Y": (1, 2)}) == []
    stream_b["budget"] = None
    assert len(oracle.violations(portfolio, {"X": (0, 2)})) == 1


def test_rules() -> None:
    epics: list[examples.Epic] = [
        {"id": "X", "effort": {"A": 2}, "exclusive_group": "g", "together_group": "t"},
        {"id": "Y", "effort": {"A": 2}, "exclusive_group": "g"},
        {"id": "Z", "effort": {"A": 2}, "together_group": "t", "external_cost": 1000},
    ]
    portfolio = small(epics=epics, epic_threshold=1000)
    assert oracle.violations(portfolio, {}) == []
    assert [text.split(":")[0] for text in oracle.violations(portfolio, {"X": (0, 1), "Y": (0, 1)})] == [
        "exclusive",
        "together",
    ]
    both = {"X": (0, 1), "Z": (1, 1)}
    assert [text.split(":")[0] for text in oracle.violations(portfolio, both)] == ["approval"]
    epics[2]["approved"] = True
    assert oracle.violations(portfolio, both) == []
    portfolio["dependencies"] = [{"predecessor": "X", "successor": "Z", "lag_periods": 1}]
    assert [text.split(":")[0] for text in oracle.violations(portfolio, both)] == ["dependency"]
    assert oracle.violations(portfolio, {"X": (0, 1), "Z": (2, 1)}) == []
    portfolio["dependencies"][0]["type"] = "needs"
    assert oracle.violations(portfolio, {"X": (2, 1), "Z": (0, 1)}) == []
    epics[1]["must"] = True
    epics[0]["start"] = "PI 2"
    assert [text.split(":")[0] for text in oracle.violations(portfolio, {})] == ["must", "must"]


def test_mix_guardrails() -> None:
    epics: list[examples.Epic] = [
        {"id": "X", "effort": {"A": 8, "B": 2}, "theme": "Trust", "horizon": "H1", "min_periods": 2},
        {"id": "Y", "effort": {"B": 6}, "theme": "Growth", "horizon": "H3"},
    ]
    for epic in epics:
        epic["benefit_per_week"] = 1
    portfolio = small(epics=epics)
    plan = {"X": (0, 2), "Y": (1, 1)}

    def excess(**limit: Any) -> list[float]:
        """By how much the plan breaks this guardrail, group by group."""
        return [breach.excess for breach in oracle.breaches(portfolio, plan, {"name": "g", **limit})]

    trust = {"theme": ["trust", "other"], "horizon": ["h1"]}
    assert excess(measure="effort", where=trust, at_most=9) == [1]
    assert excess(measure="effort", where={"value stream": ["b"]}, at_most=1) == [7]
    assert excess(measure="effort", per=["value stream"], at_least=0.1, of="capacity") == [-4, -4]
    assert excess(measure="effort", per=["theme", "value stream"], at_most=0.1, of="capacity") == [4, -2, -4, 2]
    assert excess(measure="effort", per=["period"], where={"theme": ["Growth"]}, at_least=0.5, of="selected") == [
        2.5,
        -0.5,
        0,
        0,
    ]
    assert excess(measure="epics", per=["period"], at_most=1) == [0, 1, -1, -1]
    assert excess(measure="epics", per=["value stream"], at_most=1) == [0, 1]
    assert excess(measure="epics", per=["budget period"], at_least=1) == [-1, 1]
    assert excess(measure="starts", per=["period"], at_least=1) == [0, 0, 1, 1]
    assert excess(measure="starts", where={"value stream": ["A"]}, at_most=0.5, of="selected") == [0]
    assert excess(measure="opex", per=["theme"], at_most=300) == [600, 0]
    portfolio["guardrails"] = [
        {"name": "soft", "measure": "epics", "at_most": 1, "enforce": "soft", "price": 7},
        {"name": "hard", "measure": "epics", "at_most": 2},
    ]
    assert oracle.violations(portfolio, plan) == []
    assert oracle.breach_price(portfolio, plan) == 7
    assert oracle.objective(portfolio, plan) == oracle.plan_value(portfolio, plan) - 7


def test_cuts_lose_nothing() -> None:
    """The brute force with its cuts finds what the one without cuts finds."""
    compared = 0
    for seed in range(200):
        portfolio = random_portfolio(seed)
        combinations = 1
        for found in oracle.options(portfolio).values():
            combinations *= len(found) + 1
        if combinations > 150:
            continue
        compared += 1
        allowed = [plan for plan in oracle.every_plan(portfolio) if not oracle.violations(portfolio, plan)]
        assert oracle.feasible_plans(portfolio) == allowed
        expected = max((oracle.objective(portfolio, plan) for plan in allowed), default=None)
        assert oracle.brute_force(portfolio)[0] == (None if expected is None else pytest.approx(expected))
    assert compared >= 20


@pytest.mark.parametrize("seed", range(20))
def test_random_portfolios_are_deterministic_and_checkable(seed: int) -> None:
    portfolio = random_portfolio(seed)
    assert portfolio == random_portfolio(seed)
    best, plan = oracle.brute_force(portfolio)
    if best is not None:
        assert oracle.violations(portfolio, plan) == []
        assert oracle.objective(portfolio, plan) == pytest.approx(best)
