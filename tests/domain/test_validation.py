"""What can be planned, and what would be said twice."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.domain.building import build
from portfolio.domain.validation import plannable

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
