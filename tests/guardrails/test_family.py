"""Every member of a family explains itself under the same headings, and brings all that is done with a guardrail.

That is: the fields it comes from, how it is dropped or loosened, how that is said, and its formulas in a workbook.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from dataclasses import replace
from typing import Any

import pytest

from portfolio.domain import Plan, Portfolio
from portfolio.domain.class_policy import ClassPolicy
from portfolio.edits import direction, edited, value_at
from portfolio.edits.change import Change
from portfolio.edits.change_words import condition, label, order
from portfolio.guardrails import (
    CHECKS,
    LIMITS,
    RULES,
    BudgetShift,
    Guardrail,
    check,
    guardrails_of,
    limits_of,
    rules_of,
)
from portfolio.guardrails.live import LiveStatus
from portfolio.scoring import METHODS
from portfolio.urgency import PROFILES
from tests import asking

HEADINGS = ("Rule", "Formula", "Unit", "Why", "Source", "Example")


def docstring(kind: Any) -> str:
    """The docstring of a limit's function, or of the class in the file of a rule's function."""
    found = inspect.getdoc(kind) or ""
    if "Rule:" in found:
        return found
    module = importlib.import_module(kind.__module__)
    classes = [
        member for _, member in inspect.getmembers(module, inspect.isclass) if member.__module__ == kind.__module__
    ]
    documented = [text for member in classes if "Rule:" in (text := inspect.getdoc(member) or "")]
    assert len(documented) == 1, f"{kind.__module__} explains itself {len(documented)} times"
    return documented[0]


MEMBERS = {
    **{f"urgency {profile.name}": inspect.getdoc(profile) or "" for profile in PROFILES},
    **{f"scoring {method.name}": inspect.getdoc(method) or "" for method in METHODS},
    **{f"guardrail {kind.__name__}": docstring(kind) for kind in (*LIMITS, *RULES, *CHECKS)},
    "budget shift": inspect.getdoc(BudgetShift) or "",
}


@pytest.mark.parametrize("name", MEMBERS)
def test_headings(name: str) -> None:
    """A first sentence, then Rule, Formula, Unit, Why, Source and Example, each once, in this order, each with text."""
    text = MEMBERS[name]
    first, _, rest = text.partition("\n")
    assert re.match(r"^[A-Z].*[.]$", first), first
    found = [match for match in re.findall(r"^(\w+): \S", rest, flags=re.MULTILINE) if match in HEADINGS]
    assert tuple(found) == HEADINGS


def portfolio_with_all() -> Portfolio:
    """A portfolio that has every guardrail there is; a new member is to be added here, and a test says so."""
    raw = asking.small(
        asking.epic("A1", owner="Ann", must=True, exclusive_group="G", together_group="T", latest="PI 3"),
        asking.epic("A2", b=2, start="PI 1", earliest="PI 1", exclusive_group="G", together_group="T", horizon="H3"),
        asking.epic("A3", a=9, horizon="H1"),
        asking.epic("A4", a=1, state="Implementing: MVP"),
        asking.epic("A5", b=1, state="Funnel", latest="PI 3"),
        asking.epic("A7", b=1, class_of_service="Fixed date", deadline=25, urgency="deadline"),
        asking.epic("A6", b=1, agreed_start="2027-01-04", agreed_finish="2027-03-14"),
        portfolio_wip_limit=3,
        reserve=0.05,
        epic_threshold=850,
        dependencies=[
            {"predecessor": "A1", "successor": "A3"},
            {"predecessor": "A2", "successor": "A3", "type": "needs"},
        ],
        guardrails=[
            {"name": "Share", "measure": "spend", "where": {"horizon": ["H3"]}, "at_most": 0.5, "of": "selected"},
            {
                "name": "Floor",
                "measure": "effort",
                "at_least": 0.01,
                "at_most": 0.9,
                "of": "capacity",
                "per": ["period"],
            },
            {"name": "Money", "measure": "capex", "at_most": 0.9, "of": "budget", "per": ["value stream"]},
            {"name": "Starts", "measure": "starts", "at_most": 2, "per": ["period", "owner"]},
        ],
    )
    for stream in raw["value_streams"]:
        stream |= {"budget": [4000] * 4, "wip_limit": 2}
    whole = asking.portfolio_of(raw)
    whole = whole.with_commitment(replace(whole.commitment, frozen=True))
    return whole.with_classes({"fixed date": ClassPolicy("Fixed date", meets_date=True)})


ALL = portfolio_with_all()
RULES_OF_ALL = {f"{rule.name} {dict(rule.place)}": rule for rule in rules_of(ALL) if not rule.fixed}
LEVELS_OF_ALL = {
    f"{limit.name} {dict(level.place)}": (limit, level) for limit in limits_of(ALL) for level in limit.levels(ALL)
}


class Named:
    """A workbook whose cells are called what a formula asks for."""

    def __getattr__(self, table: str) -> Any:
        return lambda *asked: f"<{table} {' '.join(map(str, asked))}>"


def test_the_portfolio_has_every_member() -> None:
    """Each kind of the family makes at least one guardrail of it."""
    assert [kind.__name__ for kind in (*LIMITS, *RULES, *CHECKS) if not kind(ALL)] == []


@pytest.mark.parametrize("name", RULES_OF_ALL)
def test_a_rule_says_where_people_change_it(name: str) -> None:
    """At least one field, in which something stands unless it is an approval or a review that is missing; Dates has any number."""
    rule = RULES_OF_ALL[name]
    fields = rule.inputs(ALL, rule.place)
    given = [value_at(ALL, field) is not None for field in fields]
    assert (fields and all(given)) or rule.name in {"Approval", "Dates", "Frozen until the next review"}, fields


@pytest.mark.parametrize("name", [name for name, rule in RULES_OF_ALL.items() if rule.name != "Dates"])
def test_a_rule_can_be_dropped(name: str) -> None:
    """Then it is gone, all else stays possible, and the order that says so names it."""
    rule = RULES_OF_ALL[name]
    change = rule.dropped(ALL)
    assert direction(ALL, change.edits) == 1
    assert all(value_at(ALL, edit.path) == edit.before for edit in change.edits)
    left = rules_of(edited(ALL, change.edits))
    assert not any((other.name, other.place) == (rule.name, rule.place) for other in left if not other.fixed)
    assert any(word in order(change, ALL) for word in rule.place.values())
    assert said(change)


@pytest.mark.parametrize("name", RULES_OF_ALL)
def test_a_rule_says_what_lets_an_epic_in(name: str) -> None:
    """Every change is about the epic, and says so as a condition."""
    rule = RULES_OF_ALL[name]
    for epic in ALL.epics:
        for change in rule.ways_in(ALL, epic):
            assert said(change)
            assert epic.id in {*change.place.values(), *rule.place.values()}


@pytest.mark.parametrize("guardrail", guardrails_of(ALL), ids=lambda guardrail: guardrail.name)
def test_what_a_price_drops_is_a_rule_less(guardrail: Guardrail) -> None:
    """Each price is of something that only allows more once it is gone; what has none cannot be left out."""
    changes = guardrail.priced(ALL)
    assert changes or guardrail.name in {"Capacity", "Lean budget", "Once"}
    assert all(direction(ALL, change.edits) == 1 and said(change) for change in changes)


@pytest.mark.parametrize("name", LEVELS_OF_ALL)
def test_a_limit_can_be_loosened_where_people_give_it(name: str) -> None:
    """Its figure is in the fields it names, and loosening it is said and allows more, but for what a floor is a share of."""
    limit, level = LEVELS_OF_ALL[name]
    assert level.figure is not None
    assert set(level.paths) <= set(limit.inputs(ALL, level.place))
    change = level.loosened(2.0)
    assert direction(ALL, change.edits) == (0 if level.kind == "capacity" else 1)
    assert order(change, ALL)
    assert said(change)


PLANS = {"empty": {}, "all of it": {"A1": (0, 1), "A2": (0, 1), "A3": (1, 1)}}


@pytest.mark.parametrize("plan", PLANS)
def test_every_status_has_formulas(plan: str) -> None:
    """What is used follows from cells for every guardrail and place; a formula asks for cells and is no constant."""
    booked = asking.bookings(PLANS[plan])
    by_name: dict[str, Guardrail] = {one.name: one for one in (*guardrails_of(ALL), *rules_of(ALL))}
    for status in check(asking.problem_for(ALL).options_of(booked)):
        live = by_name[status.name].live(Named(), status, booked)
        assert live.is_live, status
        assert "<" in (live.amount.formula or "")


def test_a_rule_that_nobody_breaks_has_formulas_too() -> None:
    """An epic is done once: shown only if it were broken."""
    (once,) = (rule for rule in rules_of(ALL) if rule.fixed)
    status = check(asking.problem_for(ALL).options_of(Plan()))[0]
    live = once.live(Named(), dataclasses.replace(status, place={"epic": "A1"}), Plan())
    assert isinstance(live, LiveStatus)
    assert live.is_live


def said(change: Change) -> bool:
    """Whether a change can be said in each of the three ways."""
    return all(words(change, ALL).strip() for words in (order, condition, label))
