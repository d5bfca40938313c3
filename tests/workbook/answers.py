"""Answers made by hand: a small portfolio that uses every feature, and a plan for it that nobody optimised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from portfolio.analysis.funding import funding_of
from portfolio.analysis.measured_plan import measured_plan
from portfolio.analysis.work import work_of
from portfolio.domain import Booking, Plan, Portfolio
from portfolio.guardrails import BudgetShift, check
from portfolio.operating_model import OperatingModel, with_guardrails
from portfolio.optimizer.outcome import Outcome
from portfolio.options import Options, options_of
from portfolio.results.allocation import StreamLine
from portfolio.results.answer import Answer
from portfolio.results.epic_decisions import EpicLine
from portfolio.results.measured import MeasuredPlan
from portfolio.scoring import benefits, rank
from portfolio.storage.read_model import read_model
from portfolio.urgency import expected_value

SCORES = ("user_business_value", "time_criticality", "rr_oe", "job_size")


def complete_portfolio() -> dict[str, Any]:
    """Every field of the JSON format at least once; texts that look like formulas, money of all kinds."""
    return {
        "format": 1,
        "name": "Every feature",
        "model": "safe",
        "currency": "EUR",
        "calendar": {
            "start": "2027-01-04",
            "period_weeks": 10,
            "periods": ["PI 1", "PI 2", "PI 3", "PI 4"],
            "budget_periods": ["FY27", "FY27", "FY28", "FY28"],
        },
        "value_horizon_weeks": 100,
        "portfolio_wip_limit": 5,
        "epic_threshold": 40000,
        "point_value": 100,
        "outcomes": [
            {"objective": "=Faster", "key_result": "+Two days", "measure": "days", "baseline": 5.5, "target": 2},
            {"objective": "=Faster", "key_result": "Fewer calls", "baseline": 0},
            {"objective": "Trusted"},
        ],
        "value_streams": [
            {
                "id": "VS1",
                "name": "Payments",
                "capacity": [36, 40, 40, 40],
                "budget": [6000, 6000, 5000, 5000],
                "cost_per_unit": 110,
                "wip_limit": 3,
                "max_budget_shift": 0.2,
            },
            {
                "id": "VS2",
                "name": "=Lending",
                "capacity": [30, 30, 30, 25.5],
                "budget": [4000, 4000, 4000, 4000],
                "cost_per_unit": 97.3,
                "wip_limit": 2,
                "max_budget_shift": 0.2,
            },
            {"id": "VS3", "name": "Platform", "capacity": [20, 20, 20, 20], "cost_per_unit": 50},
        ],
        "epics": [
            _epic(
                "E1",
                '=HYPERLINK("http://x")',
                13,
                8,
                3,
                8,
                {"VS1": 40, "VS2": 20},
                type="Business",
                horizon="H1",
                theme="growth",
                owner="CFO office",
                max_periods=2,
                external_cost=1500,
                mvp_periods=1,
                mvp_cost=2000,
                capex_share=0.6,
                must=True,
                outcome="=Faster",
            ),
            _epic(
                "E2",
                "+1 click",
                5,
                8,
                8,
                8,
                {"VS1": 30},
                type="Enabler",
                horizon="H2",
                theme="trust",
                min_periods=2,
                state="Ready",
                max_periods=3,
                capex_share=0.25,
                mvp_periods=2,
                mvp_cost=100,
                urgency="peak lost",
                peak_loss=0.005,
            ),
            _epic(
                "E3",
                "-minus",
                3,
                20,
                1,
                5,
                {"VS2": 18},
                type="Business",
                horizon="H1",
                theme="trust",
                urgency="deadline",
                deadline="2027-08-02",
                penalty=250000,
                benefit_per_week=900,
                approved=False,
            ),
            _epic(
                "E4",
                "@mention",
                8,
                5,
                3,
                16,
                {"VS3": 20, "VS1": 10},
                type="Enabler",
                horizon="H3",
                urgency="short life",
                life_weeks=80,
                earliest="PI 2",
                latest="PI 4",
                exclusive_group="Core",
                external_cost=700,
            ),
            _epic(
                "E5",
                'Read <b>&amp; "quotes"',
                8,
                5,
                3,
                16,
                {"VS3": 15, "VS2": 15},
                type="Business",
                horizon="H1",
                exclusive_group="Core",
                confidence=0.8,
                external_cost=40,
            ),
            _epic(
                "E6",
                "Curve",
                1,
                2,
                2,
                3,
                {"VS3": 10},
                type="Business",
                horizon="H1",
                urgency="curve",
                together_group="Launch",
                value_curve=[[0, 9000], [20.5, 5000], [40, 0]],
                category="Product",
                fund="Core",
            ),
            _epic(
                "E7",
                "Pair",
                2,
                1,
                1,
                2,
                {"VS1": 8},
                type="Business",
                horizon="H2",
                together_group="Launch",
                start="PI 1",
                approved=True,
            ),
            _epic(
                "E8", "Waits", 1, 1, 1, 20, {"VS1": 60, "VS2": 20}, type="Business", horizon="H1", external_cost=90000
            ),
            {"id": "E9", "title": "Not scored yet", "horizon": "H3"},
        ],
        "dependencies": [
            {"predecessor": "E2", "successor": "E4", "lag_periods": 0},
            {"predecessor": "E7", "successor": "E6", "type": "needs"},
            {"predecessor": "E4", "successor": "E8", "type": "finish to start", "lag_periods": 1},
        ],
        "guardrails": [
            {"name": "H3 floor", "measure": "spend", "where": {"horizon": ["H3"]}, "at_least": 0.1, "of": "selected"},
            {
                "name": "Horizon 1",
                "measure": "effort",
                "where": {"horizon": ["H1", "H0"]},
                "per": ["budget period"],
                "at_most": 0.6,
                "of": "capacity",
            },
            {
                "name": "CapEx",
                "measure": "capex",
                "per": ["value stream", "budget period"],
                "at_most": 0.5,
                "of": "budget",
            },
            {"name": "OpEx", "measure": "opex", "per": ["period"], "at_most": 9000},
            {
                "name": "Owner WIP",
                "measure": "epics",
                "where": {"type": ["business"]},
                "per": ["owner", "period"],
                "at_most": 1,
            },
            {"name": "Epics by type", "measure": "epics", "per": ["type"], "at_least": 0.3, "of": "selected"},
            {"name": "Starts", "measure": "starts", "where": {"type": ["Business"]}, "per": ["period"], "at_most": 2},
            {
                "name": "Trust per stream",
                "measure": "epics",
                "where": {"theme": ["trust"]},
                "per": ["value stream"],
                "at_most": 1,
                "enforce": "soft",
                "price": 10,
            },
            {
                "name": "In VS2 or VS3",
                "measure": "epics",
                "where": {"value stream": ["VS2", "VS3"]},
                "per": ["budget period"],
                "at_most": 3,
            },
        ],
    }


def _epic(
    epic_id: str,
    title: str,
    business: float,
    criticality: float,
    opportunity: float,
    size: float,
    effort: dict[str, float],
    **more: Any,
) -> dict[str, Any]:
    return {
        "id": epic_id,
        "title": title,
        **dict(zip(SCORES, (business, criticality, opportunity, size), strict=True)),
        "effort": effort,
        **more,
    }


COMPLETE_PLAN = {"E1": (0, 2), "E2": (0, 3), "E3": (2, 1), "E4": (3, 1), "E6": (1, 1), "E7": (0, 1)}
"""First period (from 0) and number of periods."""


def complete_answer() -> Answer:
    """The complete portfolio with its plan."""
    return answer_for(complete_portfolio(), COMPLETE_PLAN)


def answer_for(raw: dict[str, Any], bookings: dict[str, tuple[int, int]], **model_changes: Any) -> Answer:
    """An answer for any portfolio and any plan, right or wrong."""
    model = read_model(raw.get("model") or "safe")
    if model_changes:
        model = model.model_copy(update={"scoring": model.scoring.model_copy(update=model_changes)})
    return answer_of(Portfolio.model_validate(raw), model, bookings)


def answer_of(read: Portfolio, model: OperatingModel, bookings: Mapping[str, tuple[int, int]]) -> Answer:
    """An answer for a portfolio that was read, and any plan."""
    portfolio = with_guardrails(model, read)
    plan = Plan({epic: Booking(*booking) for epic, booking in bookings.items()})
    rules = model.scoring.rules
    options = options_of(portfolio, benefits(portfolio, rules), plan)
    ranking = rank(portfolio, rules)
    value = float(options.value.sum())
    return Answer(
        portfolio,
        model,
        ranking,
        Outcome("best found", value, value * 1.0004, 0.0004, 1.5, "gap"),
        plan,
        tuple(_epic_lines(portfolio, model, plan, options, ranking)),
        (),
        MeasuredPlan(
            tuple(_stream_lines(portfolio, options)),
            tuple(check(options)),
            funding_of(options, BudgetShift(portfolio).needed(options), model.categories.released),
            work_of(options),
        ),
    )


def without_plan(answer: Answer) -> Answer:
    """The same answer where no plan was found."""
    benefit = benefits(answer.portfolio, answer.model.scoring.rules)
    measured = measured_plan(options_of(answer.portfolio, benefit, Plan()), answer.model.categories.released)
    return replace(answer, plan=None, epics=(), measured=measured)


def _epic_lines(
    portfolio: Portfolio, model: OperatingModel, plan: Plan, options: Options, ranking: Any
) -> list[EpicLine]:
    found, earned = [], benefits(portfolio, model.scoring.rules)
    rows = {int(epic): row for row, epic in enumerate(options.epic)}
    for index, epic in enumerate(portfolio.epics):
        booking, row, ranked = plan.bookings.get(epic.id), rows.get(index), ranking.by_id[epic.id]
        labels = portfolio.calendar.periods
        best = float(expected_value(epic, np.zeros(1), earned.get(epic.id, 0.0), portfolio)[0])
        value = float(options.value[row]) if row is not None else 0.0
        found.append(
            EpicLine(
                id=epic.id,
                rank=ranked.rank,
                wsjf=ranked.wsjf,
                decision="start" if booking else "wait",
                start=labels[booking.start] if booking else None,
                finish=labels[booking.finish] if booking else None,
                periods=booking.periods if booking else None,
                value=value,
                delay_cost=best - value,
                spend=float(options.spend[row]) if row is not None else 0.0,
                reason=f"Because of {epic.id}.",
            )
        )
    return found


def _stream_lines(portfolio: Portfolio, options: Options) -> list[StreamLine]:
    work, shift = options.work, BudgetShift(portfolio)
    moved = shift.needed(options)
    found = []
    for number, stream in enumerate(portfolio.value_streams):
        for period, label in enumerate(portfolio.calendar.periods):
            mine = (work.stream == number) & (work.period == period)
            budget_period = portfolio.calendar.budget_index[period]
            length = portfolio.calendar.budget_index.count(budget_period)
            amount = float(moved[number, budget_period])
            budget = None if stream.budget is None else stream.budget[period]
            found.append(
                StreamLine(
                    id=stream.id,
                    period=label,
                    capacity=stream.capacity[period] + amount * float(shift.capacity_per_money[number, budget_period]),
                    effort=float(work.effort[mine].sum()),
                    wip=int(mine.sum()),
                    wip_limit=stream.wip_limit,
                    budget=budget,
                    funded=None if budget is None else budget + amount / length,
                    spend=float(work.spend[mine].sum()),
                )
            )
    return found
