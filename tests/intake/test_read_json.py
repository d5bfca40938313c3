"""Portfolios in JSON: read with findings at their path, written the same every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from portfolio.domain.parsing import build
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.storage.portfolio_json import dump, schema, to_json
from tests.random_portfolios import portfolios

EPIC = {"id": "EP-1", "user_business_value": 8, "time_criticality": 5, "rr_oe": 3, "job_size": 2}


def findings(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "p.json").write_text(text, encoding="utf-8")
    return [str(finding).removeprefix("p.json, ") for finding in read_portfolio(tmp_path / "p.json").findings]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"benfit_per_week": 3}, "epics[0].benfit_per_week: benfit_per_week is not a field of the format. "
         "An unknown field would be silently lost. Did you mean benefit_per_week? Rename it."),
        ({"job_size": float("nan")}, "epics[0].job_size: Job size is nan. It has to be a finite number. Enter a number, for example 8."),
        ({"job_size": float("inf")}, "epics[0].job_size: Job size is inf. It has to be a finite number. Enter a number, for example 8."),
        ({"job_size": 10**400}, "epics[0].job_size: Job size is a huge number. Numbers beyond 1e+15 are too large to compute with. Check the unit, and enter a smaller number."),
        ({"title": 5}, 'epics[0].title: Title is 5. It has to be text. Write it as text: "5".'),
        ({"effort": [1]}, "epics[0].effort: Effort is a list. It has to give each name its value. "
         'Write for example { "VS1": 40 }.'),
        ({"must": "maybe"}, 'epics[0].must: Must is "maybe". It is either yes or no. Write yes, or leave it blank.'),
        ({"min_periods": 1.5}, "epics[0].min_periods: Min periods is 1.5. It has to be a whole number. "
         "Enter a whole number, for example 1."),
        ({"confidence": 80}, "epics[0].confidence: Confidence is 80. A share lies between 0 and 1. Write 80% or 0.8."),
    ],
)  # fmt: skip
def test_finding_at_its_path(tmp_path: Path, change: dict[str, Any], line: str) -> None:
    assert findings(tmp_path, json.dumps({"epics": [{**EPIC, **change}]})) == [line]


def test_all_problems_at_once_and_cross_checks_too(tmp_path: Path) -> None:
    content = {
        "epics": [{**EPIC, "job_size": "big"}, {**EPIC, "id": "EP-2", "rr_oe": None}, 7, {**EPIC, "id": "ep-1"}],
        "dependencies": [{"predecessor": "EP-9", "successor": "EP-1"}, {"predecessor": "EP-2"}],
        "calender": {},
    }
    places = [line.partition(":")[0] for line in findings(tmp_path, json.dumps(content))]
    assert sorted(places) == [
        "calender", "dependencies[0].predecessor", "dependencies[1].successor", "epics[0].job_size", "epics[1].rr_oe",
        "epics[2]", "epics[3].id",
    ]  # fmt: skip


def test_references_to_something_without_a_readable_name_are_not_blamed(tmp_path: Path) -> None:
    content = {
        "epics": [{**EPIC, "id": 1}, {**EPIC, "id": "EP-2"}],
        "dependencies": [{"predecessor": "1", "successor": "EP-2"}],
    }
    assert findings(tmp_path, json.dumps(content)) == [
        'epics[0].id: ID is 1. It has to be text. Write it as text: "1".'
    ]


def test_field_given_twice(tmp_path: Path) -> None:
    text = '{"epics": [{"id": "EP-1", "job_size": 1, "job_size": 2, "user_business_value": 1, "time_criticality": 1, "rr_oe": 1}]}'
    assert findings(tmp_path, text) == [
        "epics[0].job_size: job_size is given twice. Only the last one would count. Delete one of the two."
    ]


def test_null_is_absent(tmp_path: Path) -> None:
    assert (
        findings(tmp_path, json.dumps({"epics": [{**EPIC, "effort": None, "title": None}], "guardrails": None})) == []
    )


@settings(max_examples=100, deadline=None)
@given(portfolios())
def test_building_and_writing_are_a_fixed_point(raw: dict[str, Any]) -> None:
    """A portfolio survives JSON and back, and its text never changes again."""
    portfolio, problems = build(raw)
    if portfolio is None:
        assert any(problem.severity == "error" for problem in problems)
        return
    written = to_json(portfolio)
    again, _ = build(json.loads(dump(written)))
    assert again == portfolio
    assert dump(to_json(again)) == dump(written)


def test_schema_describes_every_field() -> None:
    described = schema()
    assert set(described["properties"]) >= {"format", "epics", "value_streams", "calendar", "guardrails"}
    assert described["$defs"]["Epic"]["additionalProperties"] is False
    assert described["$defs"]["Epic"]["properties"]["job_size"]["title"] == "Job size"


def test_whole_numbers_have_no_decimals() -> None:
    portfolio, _ = build({"name": "Büro", "epics": [EPIC], "discount_rate": 0.08})
    assert portfolio is not None
    assert dump(to_json(portfolio)).splitlines()[:4] == [
        "{",
        ' "format": 1,',
        ' "name": "Büro",',
        ' "discount_rate": 0.08,',
    ]
    assert '"job_size": 2\n' in dump(to_json(portfolio))
