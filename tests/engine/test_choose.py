"""Advice on a way of working: what binds is measured, patterns address it, and no name is ever the advice."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.operating_model import OperatingModel
from portfolio.operating_model.patterns import CONSTRAINTS, PATTERNS, Answers, Condition
from portfolio.policies import BY_NAME
from portfolio.storage.read_model import model_names, read_model

NOBODY = Answers()


def portfolio(**changes: Any) -> dict[str, Any]:
    """Six small epics of two value streams that bind nothing: room for all, no links, each within a period."""
    streams = ("Till", "Shelf")
    return {
        "model": "cost-of-delay",
        "name": "Grocer",
        "calendar": {"periods": ["A", "B", "C", "D"], "period_weeks": 4},
        "value_streams": [{"id": name, "capacity": [10] * 4} for name in streams],
        "epics": [
            {"id": f"G{number}", "benefit_per_week": 100 + 7 * number, "effort": {streams[number % 2]: 5}}
            for number in range(6)
        ],
    } | changes


def loaded_from(raw: dict[str, Any]) -> engine.Loaded:
    """The portfolio as it is loaded from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grocer.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        return engine.load(path)


def constraints(raw: dict[str, Any], answers: Answers = NOBODY) -> dict[str, list[str]]:
    """What binds, with where that was seen."""
    advice = engine.choose(loaded_from(raw), answers, 5)
    return {one.constraint.name: [seen.source for seen in one.evidence] for one in advice.binding}


def test_where_nothing_binds_nothing_is_added() -> None:
    """The best advice for a portfolio that flows."""
    advice = engine.choose(loaded_from(portfolio()), Answers(), 5)
    assert not advice.binding
    assert not advice.advised
    assert "add nothing" in advice.headline


def test_prices_of_the_portfolio_itself_show_what_binds() -> None:
    """A dependency across value streams that costs value; capacity of which one more is worth something."""
    late = {"id": "Slow", "benefit_per_week": 1, "effort": {"Shelf": 40}, "max_periods": 4, "min_periods": 4}
    raw = portfolio(dependencies=[{"predecessor": "Slow", "successor": "G0"}])
    raw["epics"].append(late)
    found = constraints(raw)
    assert "prices" in found["Work waits for other teams"]
    narrow = portfolio(value_streams=[{"id": "Till", "capacity": [5] * 4}, {"id": "Shelf", "capacity": [4] * 4}])
    assert "prices" in constraints(narrow)["People are not where the work is"]


def test_checks_count_whatever_the_model_turns_on() -> None:
    """Aligned autonomy has no policy on batches; that work is too big is seen all the same."""
    raw = portfolio(model="scrum-of-scrums")
    for epic in raw["epics"]:
        epic |= {"min_periods": 4, "max_periods": 4}
    assert constraints(raw)["Work is too big to be judged soon"][0] == "check"


@pytest.mark.parametrize(
    ("answers", "binds"),
    [
        (Answers(teams=6, products=1), "Several teams change one product"),
        (Answers(products=3, coupling="none"), "Several products are ordered in one list"),
        (Answers(coupling="much"), "Work waits for other teams"),
        (Answers(regulated=True), "Little of it is a choice"),
        (Answers(central_funding=True), "Money is not where the work is"),
    ],
)
def test_answers_show_what_no_portfolio_says(answers: Answers, binds: str) -> None:
    """Each by itself; its opposite shows nothing."""
    assert constraints(portfolio(), answers) == {binds: ["answers"]}
    opposite = Answers(teams=1, products=1, coupling="some", regulated=False, central_funding=False)
    assert constraints(portfolio(), opposite) == {}


def test_what_nobody_said_is_said_to_be_open() -> None:
    """An answer is never guessed."""
    advice = engine.choose(loaded_from(portfolio()), Answers(teams=3), 5)
    assert "how many products" in advice.unknown
    assert "how many teams there are" not in advice.unknown


def test_an_order_has_no_price_and_says_so() -> None:
    """Checks are measured, and what could not be is told."""
    advice = engine.choose(loaded_from(portfolio(model="less")), Answers(), 5)
    assert "nothing has a price" in advice.not_measured


def test_no_name_is_the_advice() -> None:
    """Models are named as places to copy a part from; advice ends with the anti-pattern."""
    advice = engine.choose(loaded_from(portfolio()), Answers(teams=6, products=1), 5)
    names = {*model_names(), *(read_model(name).title for name in model_names())}
    said = [
        advice.headline,
        *(one.pattern.name for one in advice.advised),
        *(one.pattern.does for one in advice.advised),
    ]
    assert not [name for name in names for text in said if name.lower() in text.lower()]
    assert "not the name" in [*advice.closing][-1]


def test_the_data_fits_together() -> None:
    """Every pattern addresses constraints that exist, every constraint has a pattern, checks and parts are real."""
    known = {constraint.name for constraint in CONSTRAINTS}
    assert {name for pattern in PATTERNS for name in pattern.addresses} == known
    assert {check for constraint in CONSTRAINTS for check in constraint.checks} <= set(BY_NAME)
    assert all(pattern.adds and pattern.source and pattern.parts for pattern in PATTERNS)
    sections = set(OperatingModel.model_fields)
    assert {part.section for pattern in PATTERNS for part in pattern.parts} <= sections


def test_a_condition_needs_its_answer() -> None:
    """Within its bounds, both ends included."""
    several = Condition("teams", "several", least=2, most=9)
    assert [several.met(Answers(teams=number)) for number in (None, 1, 2, 9, 10)] == [False, False, True, True, False]
