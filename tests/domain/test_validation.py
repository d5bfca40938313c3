"""What can be planned, and what would be said twice."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.domain import limit_spec
from portfolio.domain.parsing import build
from portfolio.domain.validation import plannable
from tests import asking

SCORES = {"user_business_value": 8, "time_criticality": 5, "rr_oe": 3, "job_size": 2}
FULL = {"id": "A", **SCORES, "effort": {"VS": 1}}
PLAN = {"calendar": {"periods": ["PI 1", "PI 2"]}, "value_streams": [{"id": "VS", "capacity": [10, 10]}]}


@pytest.mark.parametrize(
    ("epic", "settings", "reason"),
    [
        ({"effort": {"VS": 1}, **SCORES}, {}, None),
        (SCORES, {}, "B has no effort in any value stream."),
        ({"effort": {"VS": 0}, **SCORES}, {}, "B has no effort in any value stream."),
        ({"effort": {"VS": 1}}, {}, "B is not scored yet."),
        ({"effort": {"VS": 1}, **SCORES}, {"point_value": 5}, None),
    ],
)
def test_what_can_be_planned(epic: dict[str, Any], settings: dict[str, Any], reason: str | None) -> None:
    portfolio, _ = build({**PLAN, **settings, "epics": [FULL, {"id": "B", **epic}]})
    assert portfolio is not None
    assert plannable(portfolio.epics[1], portfolio) == reason


def test_money_without_scores_says_nothing() -> None:
    portfolio, problems = build({**PLAN, "epics": [{"id": "A", "benefit_per_week": 5, "effort": {"VS": 1}}]})
    assert portfolio is not None
    assert problems == []
    assert plannable(portfolio.epics[0], portfolio) is None


def test_references_are_found_whatever_their_case() -> None:
    epics = [{**FULL, "effort": {"vs": 1}, "earliest": "pi 2"}, {**FULL, "id": "B"}]
    links = [{"predecessor": "a", "successor": "b", "type": "Finish_to_Start"}]
    portfolio, problems = build({**PLAN, "epics": epics, "dependencies": links})
    assert problems == []
    assert portfolio is not None
    assert portfolio.epics[0].effort == {"VS": 1}
    assert portfolio.epics[0].earliest == "PI 2"
    assert (portfolio.dependencies[0].predecessor, portfolio.dependencies[0].type) == ("A", "finish to start")


def test_a_field_is_reported_once() -> None:
    """A deadline that cannot be read is not reported as missing too, nor effort as absent."""
    epic = {**FULL, "urgency": "deadline", "deadline": "soon", "effort": {"VS": "lots"}, "must": True}
    _, problems = build({**PLAN, "epics": [epic]})
    assert [problem.path[2:] for problem in problems] == [("deadline",), ("effort", "VS")]


def test_every_circle_is_named_once() -> None:
    epics = [{**FULL, "id": name} for name in "ABCDE"]
    links = [{"predecessor": before, "successor": after} for before, after in ("AB", "BA", "CD", "DE", "EC", "AC")]
    _, problems = build({**PLAN, "epics": epics, "dependencies": links})
    circles = [problem.what for problem in problems]
    assert len(circles) == 2
    assert any("A -> B -> A" in what or "B -> A -> B" in what for what in circles)
    assert any(what.count("->") == 3 for what in circles)


def test_a_long_chain_of_dependencies_is_no_circle() -> None:
    epics = [{**FULL, "id": str(number)} for number in range(3000)]
    links = [{"predecessor": str(number), "successor": str(number + 1)} for number in range(2999)]
    portfolio, _ = build({**PLAN, "epics": epics, "dependencies": links})
    assert portfolio is not None


def _problem(**fields: Any) -> tuple[str, str]:
    _, problems = build({**PLAN, "epics": [FULL], **fields})
    (problem,) = problems
    return ".".join(map(str, problem.path)), f"{problem.what} {problem.rule} {problem.fix}"


def test_two_guardrails_of_one_name() -> None:
    limit = {"measure": "effort", "at_most": 5}
    path, text = _problem(guardrails=[{"name": "Cap", **limit}, {"name": "cap", **limit}])
    assert path == "guardrails.1.name"
    assert text.startswith('Guardrail "cap" is given twice.')


def test_a_rounding_error_does_not_need_approval() -> None:
    stream = {"id": "VS", "capacity": [10, 10], "cost_per_unit": 0.1}
    portfolio, problems = build(
        {**PLAN, "value_streams": [stream], "epic_threshold": 0.3, "epics": [{**FULL, "effort": {"VS": 3}, "must": 1}]}
    )
    assert portfolio is not None
    assert problems == []


@pytest.mark.parametrize("number", [1.1e15, -1e30, 10**400, "2e20"])
def test_numbers_too_large_to_compute_with(number: Any) -> None:
    path, text = _problem(epics=[{**FULL, "external_cost": number}])
    assert path == "epics.0.external_cost"
    assert text.endswith("are too large to compute with. Check the unit, and enter a smaller number.")


def test_a_discount_rate_in_percent() -> None:
    path, text = _problem(discount_rate=8)
    assert path == "discount_rate"
    assert text == "Discount rate is 8. A share lies between 0 and 1. Write 8% or 0.08."


def test_a_date_without_a_date_format() -> None:
    path, text = _problem(epics=[{**FULL, "urgency": "deadline", "deadline": 46661}])
    assert path == "epics.0.deadline"
    assert text.startswith("Deadline is 46661.")
    assert "Format the cell as a date" in text


@pytest.mark.parametrize("dimension", limit_spec.EPIC_ATTRIBUTES)
def test_a_guardrail_may_filter_by_everything_that_it_may_name(dimension: str) -> None:
    """A word that nothing has is said of every attribute, also of those whose name is several words."""
    limit = {"name": "Few", "measure": "epics", "where": {dimension: ["Nowhere"]}, "at_most": 1}
    _, problems = build(asking.small(asking.epic("X"), guardrails=[limit]))
    assert any("Nowhere" in problem.what for problem in problems)
