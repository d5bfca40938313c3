"""Who may decide what, where and when next: printed where the change is made, a finding where a model says `only`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.domain import Calendar
from portfolio.operating_model.cadence import Review
from portfolio.operating_model.rights import decisions_on, next_occasion
from portfolio.storage.read_model import model_names, read_model


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        ({"every_periods": 1}, "on 2027-02-01, before Two"),
        ({"every_periods": 2}, "on 2027-03-01, before Three"),
        ({"every_periods": 1, "weeks_before": 1}, "on 2027-01-25, before Two"),
        ({"every_periods": 1, "weeks_before": 4}, "on 2027-02-01, before Three"),
        ({"every_weeks": 6}, "on 2027-02-15"),
        ({"every_periods": 9}, "on 2027-09-13"),
        ({}, None),
    ],
)
def test_the_next_occasion_follows_from_rhythm_and_plan(rhythm: dict[str, Any], said: str | None) -> None:
    """Counted by hand from Monday 2027-01-04 in periods of 4 weeks; what takes place before the plan begins is over."""
    calendar = Calendar(start=date(2027, 1, 4), period_weeks=4, periods=("One", "Two", "Three"))
    assert next_occasion(Review(name="Review", when="sometimes", **rhythm), calendar) == said


def test_without_a_start_the_period_is_named() -> None:
    """Nobody invents a date."""
    calendar = Calendar(period_weeks=4, periods=("One", "Two"))
    assert next_occasion(Review(name="R", when="x", every_periods=1), calendar) == "before Two"


def test_what_changed_says_whose_decision_it_was() -> None:
    """By the fields that differ."""
    assert decisions_on(["budget"]) == ["change budgets"]
    assert decisions_on(["capacity", "user_business_value"]) == ["order epics", "move people"]
    assert decisions_on(["title"]) == []


def test_scrum_at_scale_orders_by_its_chief_product_owner() -> None:
    """scrumatscale/official-guide (2025-06): the CPO creates the backlog, the MetaScrum is when; it may fall inside a Sprint."""
    model = read_model("scrum-at-scale")
    said = model.decision_rights_text("order epics")
    assert said.startswith("Only Chief Product Owner may order initiatives")
    assert "at the Executive MetaScrum and at no other time" in said
    assert not [name for name in model_names() if "mid-Sprint" in read_model(name).model_dump_json()]


def test_area_product_owners_order_their_areas() -> None:
    """LeSS Huge rules: the Product Owner across the product, an Area Product Owner in an area."""
    said = read_model("less-huge").decision_rights_text("order epics")
    assert "Product Owner may order" in said
    assert "across the whole product" in said
    assert "Area Product Owner may order" in said
    assert "in a requirement area" in said


def portfolio(folder: Path, name: str, order: str = "AB", **stream: Any) -> Path:
    """Two epics in an order."""
    raw = {
        "model": "scrum-at-scale",
        "calendar": {"periods": ["Sprint 1", "Sprint 2"], "start": "2027-01-04"},
        "value_streams": [{"id": "Team", "capacity": [10, 10]} | stream],
        "epics": [{"id": one, "effort": {"Team": 6}} for one in order],
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_a_reserved_change_is_a_finding_with_who_and_when(tmp_path: Path) -> None:
    """A new order, people moved: who did it is not in a file, that it is reserved is; a title is nobody's."""
    before, other, moved = (
        portfolio(tmp_path, "a"),
        portfolio(tmp_path, "b", "BA"),
        portfolio(tmp_path, "c", capacity=[9, 9]),
    )
    for after, who in ((other, "Chief Product Owner"), (moved, "Executive MetaScrum")):
        found = engine.diff(engine.load(before), engine.load(after), with_plans=False)
        reserved = [finding for finding in found.findings if "reserves" in finding.what]
        assert [finding.severity for finding in reserved] == ["warning"]
        assert who in reserved[0].rule
        assert "next on 2027-01-18, before Sprint 2" in reserved[0].rule
    same = engine.diff(engine.load(before), engine.load(portfolio(tmp_path, "d")), with_plans=False)
    assert not same.findings


def test_the_day_that_was_agreed_counts(tmp_path: Path) -> None:
    """Next review of the portfolio is the date of the review in which plans change; other reviews keep their rhythm."""
    loaded = engine.load(portfolio(tmp_path, "a"))
    agreed = loaded.ready.model_copy(update={"next_review": date(2027, 1, 11)})
    said = loaded.model.decision_rights_text("order epics", portfolio=agreed)
    assert said.endswith("; next on 2027-01-11.")
    safe = read_model("safe").decision_rights_text("change budgets", portfolio=agreed)
    assert "2027-01-11" not in safe


def test_a_plan_in_json_says_whose_decisions_it_takes() -> None:
    """Each right with its scope and next date, as the terminal says it; nothing where a model has none."""
    ways = Path(__file__).parents[2] / "samples" / "ways-of-working"
    told = engine.plan(engine.load(ways / "less-huge.json"), gap=0).as_json()
    assert told["rights"][1] == {  # type: ignore[index]
        "decision": "order epics", "by": "Area Product Owner", "where": "in a requirement area", "when": "", "only": False,
        "next": "on 2027-01-18, before Sprint 2",
        "text": "Area Product Owner may order roadmap items in a requirement area; next on 2027-01-18, before Sprint 2.",
    }  # fmt: skip
    assert "rights" not in engine.plan(engine.load(ways / "cost-of-delay.json"), gap=0).as_json()
