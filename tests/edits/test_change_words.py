"""Changes in words: orders, conditions and lines, as a portfolio manager would say them."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json
from portfolio.edits.change import Change
from portfolio.edits.change_words import condition, label, order
from portfolio.edits.edit import edit
from tests import asking
from tests.asking import Raw, epic


def raw() -> Raw:
    """Two value streams with budgets, dated epics, a dependency, two guardrails."""
    found = asking.small(
        epic("E6"), epic("E7", start="PI 1", earliest="PI 1", latest="PI 2", must=True), portfolio_wip_limit=3
    )
    found["value_streams"][0] |= {"budget": [100, 200, 300, 400], "wip_limit": 1}
    found["dependencies"] = [{"predecessor": "E6", "successor": "E7"}]
    found["guardrails"] = [
        {"name": "Floor", "measure": "effort", "at_least": 83},
        {"name": "Share", "measure": "spend", "at_most": 0.5, "of": "selected"},
        {"name": "Cap", "measure": "spend", "at_most": 5000},
    ]
    return found


def change(path: Path, after: Json, **more: Any) -> Change:
    """A change of one field; the words of no rule come along."""
    kind, name, place = more.pop("kind", ""), more.pop("name", ""), more.pop("place", {})
    return Change(kind, name, place, (edit(asking.portfolio_of(raw()), path, after),), **more)


@pytest.mark.parametrize(
    ("path", "after", "words"),
    [
        (("value_streams", 0, "capacity", 0), 18, "raise capacity of A in PI 1 by 8"),
        (("value_streams", 1, "capacity", 3), 7.5, "lower capacity of B in PI 4 by 2.5"),
        (("value_streams", 0, "budget", 2), 800, "raise budget of A in FY28 by 500 EUR"),
        (("value_streams", 0, "wip_limit"), 2, "raise the WIP limit of A from 1 to 2"),
        (("portfolio_wip_limit",), 4, "raise the portfolio WIP limit from 3 to 4"),
        (("portfolio_wip_limit",), None, "drop portfolio WIP limit"),
        (("guardrails", 0, "at_least"), 29, "lower at least of Floor from 83 to 29"),
        (("guardrails", 1, "at_most"), 0.584, "raise at most of Share from 50% to 58.4%"),
        (("guardrails", 1, "at_most"), None, "drop at most of Share"),
        (("guardrails", 2, "at_most"), 6000, "raise at most of Cap from 5,000 EUR to 6,000 EUR"),
        (("epics", 1, "start"), "PI 2", "start E7 in PI 2 instead of PI 1"),
        (("epics", 1, "earliest"), "PI 2", "let E7 begin in PI 2 instead of PI 1"),
        (("epics", 1, "latest"), "PI 4", "let E7 end in PI 4 instead of PI 2"),
        (("epics", 1, "start"), None, "drop start of E7"),
        (("epics", 1, "must"), None, "drop must of E7"),
        (("epics", 0, "theme"), "Trust", "set theme of E6 to Trust"),
        (("epics", 0, "effort", "A"), 7, "set effort of E6 to 7"),
    ],
)
def test_orders(path: Path, after: Json, words: str) -> None:
    """A figure, a level, a date, a rule, and any other field."""
    assert order(change(path, after), asking.portfolio_of(raw())) == words


def test_orders_about_a_record() -> None:
    """A record that comes or goes is named by the change."""
    place = {"predecessor": "E6", "successor": "E7"}
    dropped = change(("dependencies", 0), None, name="Dependency", place=place)
    assert order(dropped, asking.portfolio_of(raw())) == "drop dependency of E7 on E6"
    assert dropped.fields == (("dependencies", 0, "successor"),)
    assert (dropped.before, dropped.after, dropped.raised_by) == (None, None, 0.0)


STREAM, PERIOD = {"value stream": "A"}, {"value stream": "A", "period": "PI 1"}
MONEY = {"value stream": "A", "budget period": "FY27"}


@pytest.mark.parametrize(
    ("path", "after", "more", "if_so", "line"),
    [
        (
            ("value_streams", 0, "capacity", 0), 25, {"kind": "capacity", "place": PERIOD, "amount": 15, "unit": "effort"},
            "with 15 more capacity of Stream A in PI 1", "15 more capacity, Stream A, PI 1",
        ),
        (
            ("value_streams", 0, "budget", 0), 300, {"kind": "budget", "place": MONEY, "amount": 400, "unit": "money"},
            "with 400 EUR more budget for Stream A in FY27", "400 EUR more budget, Stream A, FY27",
        ),
        (
            ("value_streams", 0, "wip_limit"), 2, {"kind": "WIP slot", "place": STREAM, "amount": 1, "unit": "epics"},
            "with one more WIP slot in Stream A", "one more WIP slot, Stream A",
        ),
        (
            ("portfolio_wip_limit",), 5, {"kind": "WIP slot", "amount": 2, "unit": "epics"},
            "with 2 more WIP slots in the portfolio", "one more WIP slot, the portfolio",
        ),
        (
            ("guardrails", 1, "at_most"), 0.6, {"kind": "share", "name": "Share", "amount": 0.1, "unit": "share"},
            "if Share is 10 percentage points higher", "0.1 more share, the portfolio",
        ),
        (
            ("guardrails", 0, "at_least"), 80, {"kind": "guardrail", "name": "Floor", "amount": 3, "unit": "effort"},
            "if Floor is 3 lower", "3 more guardrail, the portfolio",
        ),
        (
            ("epics", 1, "must"), None, {"kind": "must", "name": "Must", "place": {"epic": "E7"}},
            "without Must E7", "Must E7",
        ),
        (
            ("epics", 1, "must"), None, {"name": "Must", "condition": "if need be", "label": "the must"},
            "if need be", "the must",
        ),
    ],
)  # fmt: skip
def test_conditions_and_lines(path: Path, after: Json, more: dict[str, Any], if_so: str, line: str) -> None:
    """What would let an epic in, and the same as a line of a price list; a rule's own words come first."""
    made, portfolio = change(path, after, **more), asking.portfolio_of(raw())
    assert (condition(made, portfolio), label(made, portfolio)) == (if_so, line)
