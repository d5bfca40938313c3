"""The product as tests ask it: a portfolio as a JSON dict in, the product's own objects or the oracle's out."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from portfolio import engine
from portfolio.domain import Booking, Plan, Portfolio
from portfolio.domain.parsing import build
from portfolio.engine.load import completed
from portfolio.guardrails import GuardrailStatus, check
from portfolio.operating_model import OperatingModel
from portfolio.optimizer.optimize import Best, optimize
from portfolio.optimizer.problem import Problem
from portfolio.optimizer.solver import Limits
from portfolio.results.answer import Answer
from portfolio.scoring import benefits, rank
from portfolio.storage.read_model import read_model
from tests import oracle

Raw = dict[str, Any]


@cache
def safe() -> OperatingModel:
    """The operating model that portfolios have unless they name another."""
    return read_model("safe")


def is_sound(raw: Mapping[str, Any]) -> bool:
    """Whether the portfolio has no finding of severity error; a must without its approval has one."""
    return build(raw)[0] is not None


def portfolio_of(raw: Mapping[str, Any]) -> Portfolio:
    """A sound portfolio, completed by the model; an error in it fails the test."""
    portfolio, problems = build(raw)
    assert portfolio is not None, [problem for problem in problems if problem.severity == "error"]
    return completed(safe(), portfolio)


def problem_of(raw: Mapping[str, Any]) -> Problem:
    """What the optimiser is asked."""
    return problem_for(portfolio_of(raw))


def problem_for(portfolio: Portfolio) -> Problem:
    """What the optimiser is asked about a portfolio that is complete."""
    rules = safe().scoring.rules
    return Problem(portfolio, benefits(portfolio, rules), [epic.id for epic in rank(portfolio, rules).epics])


def best(raw: Mapping[str, Any], gap: float = 0.0, seconds: float = 60.0) -> Best:
    """The product's best plan with its claim."""
    problem = problem_of(raw)
    return optimize(problem, problem.formulation(), Limits(gap=gap, seconds=seconds))


def value(raw: Mapping[str, Any]) -> float | None:
    """The value of the product's best plan, proven; None where it says that none is possible."""
    found = best(raw)
    assert found.outcome.claim in {"proven best", "impossible"}, found.outcome
    return found.outcome.value


def bookings(plan: oracle.Plan) -> Plan:
    """A plan of the oracle's as the product knows it."""
    return Plan({epic_id: Booking(*option) for epic_id, option in plan.items()})


def oracle_plan(plan: Plan | None) -> oracle.Plan:
    """A plan of the product's as the oracle knows it."""
    assert plan is not None
    return {epic_id: (booking.start, booking.periods) for epic_id, booking in plan.bookings.items()}


def statuses(raw: Mapping[str, Any], plan: oracle.Plan) -> list[GuardrailStatus]:
    """How the product judges a plan, wherever it came from."""
    return check(problem_of(raw).options_of(bookings(plan)))


def broken(raw: Mapping[str, Any], plan: oracle.Plan) -> list[str]:
    """The names of the hard guardrails that a plan breaks, each once, in the product's order."""
    return list(
        dict.fromkeys(status.name for status in statuses(raw, plan) if not status.met and status.enforce == "hard")
    )


def loaded(raw: Mapping[str, Any], folder: Path) -> engine.Loaded:
    """The portfolio after a round over a JSON file."""
    path = folder / "portfolio.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return engine.load(path)


def in_memory(raw: Mapping[str, Any]) -> engine.Loaded:
    """The portfolio from frames, without any file."""
    streams = [
        {key: value for key, value in one.items() if key not in {"capacity", "budget"}} for one in raw["value_streams"]
    ]
    periods = raw["calendar"]["periods"]
    amounts = {
        field: [
            {"value_stream": one["id"], **dict(zip(periods, one[field], strict=True))}
            for one in raw["value_streams"]
            if one.get(field) is not None
        ]
        for field in ("capacity", "budget")
    }
    tables = {name: raw.get(name, []) for name in ("epics", "dependencies", "guardrails")}
    given = {"epics", "value_streams", "dependencies", "guardrails", "format"}
    settings = {name: value for name, value in raw.items() if name not in given}
    return engine.from_frames(**tables, value_streams=streams, **amounts, settings=settings)


def answer(raw: Mapping[str, Any], folder: Path, gap: float = 0.0) -> Answer:
    """The whole answer, from a JSON file on."""
    return engine.plan(loaded(raw, folder), gap=gap)


def small(*epics: Raw, **more: Any) -> Raw:
    """Value streams A and B with 10 units in each of four periods of ten weeks, two to a budget period."""
    return copy.deepcopy(
        {
            "format": 1,
            "name": "Small",
            "currency": "EUR",
            "calendar": {
                "start": "2027-01-04",
                "period_weeks": 10,
                "periods": ["PI 1", "PI 2", "PI 3", "PI 4"],
                "budget_periods": ["FY27", "FY27", "FY28", "FY28"],
            },
            "value_streams": [
                {"id": "A", "name": "Stream A", "capacity": [10, 10, 10, 10], "cost_per_unit": 100},
                {"id": "B", "name": "Stream B", "capacity": [10, 10, 10, 10], "cost_per_unit": 50},
            ],
            "epics": list(epics),
            **more,
        }
    )


def epic(epic_id: str, benefit: float = 10, a: float = 4, b: float = 0, **more: Any) -> Raw:
    """An epic that earns this much a week and needs `a` and `b` units of the two value streams."""
    needed = {stream: units for stream, units in (("A", a), ("B", b)) if units}
    return {"id": epic_id, "benefit_per_week": benefit, "effort": needed, **more}
