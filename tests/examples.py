"""Worked examples with known answers as portfolios in JSON form: dicts, standard library only."""

from __future__ import annotations

import copy
from typing import Any

Portfolio = dict[str, Any]
Epic = dict[str, Any]
Plan = dict[str, tuple[int, int]]


def scored(epic_id: str, business: float, criticality: float, opportunity: float, size: float, **more: Any) -> Epic:
    """An epic with its WSJF columns and whatever else is given."""
    return {
        "id": epic_id,
        "title": f"Epic {epic_id}",
        "user_business_value": business,
        "time_criticality": criticality,
        "rr_oe": opportunity,
        "job_size": size,
        **more,
    }


def paid(epic_id: str, weeks: int, benefit: float, **more: Any) -> Epic:
    """An epic with money that takes so many weeks (periods of one week) of the only value stream."""
    money = {"benefit_per_week": benefit, "min_periods": weeks, "max_periods": weeks, "effort": {"Crew": weeks}}
    return scored(epic_id, 1, 1, 1, 1, **money, **more)


def in_sequence(name: str, epics: list[Epic], weeks: int, horizon: int) -> Portfolio:
    """Epics one at a time: one value stream, periods of one week, a WIP limit of 1 for the portfolio."""
    return {
        "format": 1,
        "name": name,
        "calendar": {"start": "2027-01-04", "period_weeks": 1, "periods": [f"W{week + 1}" for week in range(weeks)]},
        "value_horizon_weeks": horizon,
        "portfolio_wip_limit": 1,
        "value_streams": [{"id": "Crew", "name": "Crew", "capacity": [1] * weeks, "cost_per_unit": 0}],
        "epics": epics,
    }


def back_to_back(portfolio: Portfolio, order: str) -> Plan:
    """The plan that does these epics (ids with blanks between) one after the other, without a pause."""
    durations = {epic["id"]: epic["min_periods"] for epic in portfolio["epics"]}
    plan: Plan = {}
    week = 0
    for epic_id in order.split():
        plan[epic_id] = (week, durations[epic_id])
        week += durations[epic_id]
    return plan


def ranking_only(name: str, epics: list[Epic]) -> Portfolio:
    """The bare minimum that ranks: one period, one value stream that nobody needs."""
    return {
        "format": 1,
        "name": name,
        "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1"]},
        "value_streams": [{"id": "Crew", "name": "Crew", "capacity": [100]}],
        "epics": epics,
    }


def example_a() -> Portfolio:
    """A. Relative WSJF: the order is E, B, C, A, D."""
    return ranking_only(
        "A. Relative WSJF",
        [
            scored("A", 13, 8, 1, 8),
            scored("B", 5, 20, 3, 3),
            scored("C", 1, 1, 13, 5),
            scored("D", 20, 3, 2, 20),
            scored("E", 8, 5, 8, 1),
        ],
    )


def example_b() -> Portfolio:
    """B. A published 1-10 table: the order is that of the rows."""
    return ranking_only(
        "B. A published 1-10 table",
        [
            scored("checkout", 8, 9, 3, 1),
            scored("CSV export", 5, 3, 2, 2),
            scored("onboarding", 9, 4, 4, 5),
            scored("SSO", 7, 5, 5, 8),
            scored("notifications", 6, 3, 3, 6),
        ],
    )


def example_c() -> Portfolio:
    """C. Sequence, one at a time: best P1, P2, P3 with delay cost 36."""
    return in_sequence("C. Sequence", [paid("P1", 1, 10), paid("P2", 3, 3), paid("P3", 10, 1)], weeks=14, horizon=14)


def example_d() -> Portfolio:
    """D. The ratio is not the outcome: beside a base of 10 per week, B then A brings 60 in 6 weeks, A then B 40."""
    return in_sequence("D. Ratio and outcome", [paid("A", 2, 10), paid("B", 4, 30)], weeks=6, horizon=6)


def example_e() -> Portfolio:
    """E. Fixed horizon of 14 months (periods of one "week" each): best F2, F3, F1 = 109."""
    return in_sequence("E. Fixed horizon", [paid("F1", 3, 3), paid("F2", 4, 7), paid("F3", 6, 9)], weeks=14, horizon=14)


def example_f() -> Portfolio:
    """F. A prerequisite (days as periods): the optimum F2, R, F3, F1 costs 92,333.33."""
    epics = [paid("F1", 3, 1000), paid("F2", 4, 7000 / 3), paid("F3", 6, 3000), paid("R", 10, 0)]
    portfolio = in_sequence("F. A prerequisite", epics, weeks=23, horizon=23)
    portfolio["dependencies"] = [
        {"predecessor": "R", "successor": "F1", "type": "finish to start", "lag_periods": 0},
        {"predecessor": "R", "successor": "F3"},
    ]
    return portfolio


def example_g() -> Portfolio:
    """G. A deadline beats CD3 and "start at the latest moment": G R F costs 159."""
    epics = [
        paid("R", 4, 50, urgency="deadline", deadline=10, penalty=0),
        paid("F", 8, 10),
        paid("G", 3, 3),
    ]
    return in_sequence("G. A deadline", epics, weeks=15, horizon=15)


def example_h() -> Portfolio:
    """H. A cut line is not a selection: by ratio 160, the optimum is 220 (B, C)."""
    epics = [
        scored("A", 20, 20, 20, 10, effort={"Crew": 10}),
        scored("B", 40, 40, 20, 20, effort={"Crew": 20}),
        scored("C", 40, 40, 40, 30, effort={"Crew": 30}),
    ]
    portfolio = ranking_only("H. A cut line", epics)
    portfolio["calendar"]["period_weeks"] = 12
    portfolio["value_horizon_weeks"] = 13
    portfolio["value_streams"][0]["capacity"] = [50]
    return portfolio


def example_h_extreme() -> Portfolio:
    """H, the extreme: by ratio 20, the optimum is 100."""
    portfolio = example_h()
    portfolio["value_streams"][0]["capacity"] = [10]
    portfolio["epics"] = [
        scored("A", 8, 8, 4, 1, effort={"Crew": 1}),
        scored("B", 40, 40, 20, 10, effort={"Crew": 10}),
    ]
    return portfolio


def example_i(wip_limit: int = 1) -> Portfolio:
    """I. WIP has a price: one value stream of 10 points per period, 6 periods; c, a, b, d one at a time is 178."""
    portfolio = in_sequence(
        "I. WIP has a price",
        [
            scored("a", 1, 1, 1, 1, benefit_per_week=12, effort={"Crew": 10}, min_periods=1, max_periods=4),
            scored("b", 1, 1, 1, 1, benefit_per_week=9, effort={"Crew": 10}, min_periods=1, max_periods=4),
            scored("c", 1, 1, 1, 2, benefit_per_week=30, effort={"Crew": 20}, min_periods=2, max_periods=5),
            scored("d", 1, 1, 1, 1, benefit_per_week=4, effort={"Crew": 10}, min_periods=1, max_periods=4),
        ],
        weeks=6,
        horizon=6,
    )
    portfolio["value_streams"][0]["capacity"] = [10] * 6
    portfolio["portfolio_wip_limit"] = wip_limit
    return portfolio


# The plans of example I, by WIP: capacity split equally over what is in progress. In the last one c works 2.5 points
# in each of four periods and 10 in the fifth, which is uneven: as five even periods the plan needs 11.5 at first.
PLANS_I: dict[int, Plan] = {
    1: {"c": (0, 2), "a": (2, 1), "b": (3, 1), "d": (4, 1)},
    2: {"a": (0, 2), "c": (0, 4), "b": (2, 2), "d": (4, 1)},
    4: {"a": (0, 4), "b": (0, 4), "d": (0, 4), "c": (0, 5)},
}


def epics_j() -> list[Epic]:
    """The epics of example J: scores add up to the value, sizes give the WSJF order E7, E1, E3, E4, E2, E5."""

    def epic(epic_id: str, scores: tuple[int, int, int, int], cost: float, effort: dict[str, float], mix: str) -> Epic:
        """One row of the example; its cost is an external cost."""
        horizon, kind = mix.split()
        return scored(epic_id, *scores, external_cost=cost, effort=effort, horizon=horizon, type=kind)

    return [
        epic("E1", (20, 20, 2, 5), 600, {"A": 50}, "H1 Business"),
        epic("E2", (20, 8, 2, 8), 400, {"A": 20, "B": 20}, "H1 Business"),
        epic("E3", (20, 5, 3, 5), 350, {"B": 35}, "H2 Business"),
        epic("E4", (20, 3, 1, 5), 300, {"A": 30}, "H1 Business"),
        epic("E5", (13, 3, 2, 8), 250, {"B": 25}, "H2 Business"),
        epic("E6", (3, 2, 1, 3), 200, {"B": 20}, "H2 Enabler"),
        epic("E7", (8, 3, 1, 1), 150, {"A": 10}, "H3 Business"),
        epic("E8", (3, 1, 1, 5), 100, {"A": 10}, "H1 Enabler"),
    ]


def example_j() -> Portfolio:
    """J. A whole portfolio: the unique optimum is E1, E3, E6, E7, E8 = 93.

    Value = score * (13 - 12) weeks. The budget of 1500 is for the whole portfolio, so it is a guardrail.
    """
    epics = epics_j()
    for epic in epics:
        if epic["id"] in ("E4", "E5"):
            epic["exclusive_group"] = "E4 or E5"
    limits = [
        {"name": "Budget", "measure": "spend", "at_most": 1500},
        {"name": "H3 floor", "measure": "spend", "where": {"horizon": ["H3"]}, "at_least": 0.1, "of": "selected"},
        {"name": "H1 ceiling", "measure": "spend", "where": {"horizon": ["H1"]}, "at_most": 0.65, "of": "selected"},
        {"name": "Enablers", "measure": "effort", "where": {"type": ["Enabler"]}, "at_least": 0.1, "of": "selected"},
    ]
    return {
        "format": 1,
        "name": "J. A whole portfolio",
        "currency": "EUR",
        "calendar": {"start": "2027-01-04", "period_weeks": 12, "periods": ["PI 1"], "budget_periods": ["FY27"]},
        "value_horizon_weeks": 13,
        "portfolio_wip_limit": 5,
        "value_streams": [
            {"id": "A", "name": "Stream A", "capacity": [80], "cost_per_unit": 0},
            {"id": "B", "name": "Stream B", "capacity": [60], "cost_per_unit": 0},
        ],
        "epics": epics,
        "dependencies": [{"predecessor": "E6", "successor": "E3", "type": "needs"}],
        "guardrails": [{**limit, "per": [], "enforce": "hard"} for limit in limits],
    }


def example_j_of_budget() -> Portfolio:
    """J with the H3 floor measured against the approved budget, 1500: lean budgets of 900 and 600 that move freely."""
    portfolio = example_j()
    for stream, budget in zip(portfolio["value_streams"], (900, 600), strict=True):
        stream["budget"] = [budget]
        stream["max_budget_shift"] = 1
    portfolio["guardrails"] = [limit for limit in portfolio["guardrails"] if limit["name"] != "Budget"]
    guardrail(portfolio, "H3 floor")["of"] = "budget"
    return portfolio


def guardrail(portfolio: Portfolio, name: str) -> dict[str, Any]:
    """The guardrail with this name."""
    return next(limit for limit in portfolio["guardrails"] if limit["name"] == name)


def without_guardrail(portfolio: Portfolio, name: str) -> Portfolio:
    """A copy of the portfolio in which one guardrail is gone."""
    changed = copy.deepcopy(portfolio)
    changed["guardrails"].remove(guardrail(changed, name))
    return changed


def example_k() -> Portfolio:
    """K. Score order X, Y, Z costs 156,000; the money order Y, Z, X 123,000."""
    epics = [
        {**paid("X", 3, 1000), "user_business_value": 80, "time_criticality": 80, "rr_oe": 80, "job_size": 3},
        {**paid("Y", 4, 9000), "user_business_value": 30, "time_criticality": 30, "rr_oe": 30, "job_size": 4},
        {**paid("Z", 8, 6000), "user_business_value": 50, "time_criticality": 50, "rr_oe": 50, "job_size": 8},
    ]
    return in_sequence("K. Score order against money order", epics, weeks=15, horizon=15)


def example_l() -> Portfolio:
    """L. Small money: 100,000 per month (a "week" here), three months late costs 300,000."""
    return in_sequence("L. Small money", [paid("P", 3, 100_000)], weeks=3, horizon=12)
