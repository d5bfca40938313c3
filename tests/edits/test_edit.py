"""Edits: the same portfolio whether its JSON form is changed by hand or edits are made, and nothing stale in it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json, record_form
from portfolio.edits import Edit, edit, edited, value_at
from tests import asking
from tests.asking import Raw, epic


def raw() -> Raw:
    """Three epics, two dependencies, two guardrails, one budget."""
    found = asking.small(epic("X", a=4, b=2, must=True), epic("Y", deadline="2027-06-30"), epic("Z", latest="PI 2"))
    found["value_streams"][0]["budget"] = [100, 200, 300, 400]
    found["dependencies"] = [{"predecessor": "X", "successor": "Y"}, {"predecessor": "X", "successor": "Z"}]
    found["guardrails"] = [
        {"name": "Floor", "measure": "effort", "at_least": 1},
        {"name": "Cap", "measure": "effort", "at_most": 50},
    ]
    return found


CASES: list[tuple[list[tuple[Path, Json]], Callable[[Any], object]]] = [
    ([(("portfolio_wip_limit",), 3)], lambda p: p.update(portfolio_wip_limit=3)),
    ([(("calendar", "period_weeks"), 8)], lambda p: p["calendar"].update(period_weeks=8)),
    ([(("epics", 0, "must"), None)], lambda p: p["epics"][0].pop("must")),
    ([(("epics", 1, "deadline"), "2027-08-01")], lambda p: p["epics"][1].update(deadline="2027-08-01")),
    ([(("epics", 1, "deadline"), 12.0)], lambda p: p["epics"][1].update(deadline=12)),
    ([(("epics", 2, "effort"), None)], lambda p: p["epics"][2].pop("effort")),
    ([(("epics", 0, "effort", "B"), 7.0)], lambda p: p["epics"][0]["effort"].update(B=7)),
    ([(("epics", 0, "effort", "B"), None)], lambda p: p["epics"][0]["effort"].pop("B")),
    ([(("epics", 2, "value_curve"), [[0, 9], [5, 1]])], lambda p: p["epics"][2].update(value_curve=[[0, 9], [5, 1]])),
    ([(("value_streams", 0, "capacity", 2), 11.5)], lambda p: p["value_streams"][0]["capacity"].__setitem__(2, 11.5)),
    ([(("value_streams", 0, "budget"), None)], lambda p: p["value_streams"][0].pop("budget")),
    (
        [(("value_streams", 0, "budget"), [1, 1, 1, 1]), (("value_streams", 0, "budget", 3), 2)],
        lambda p: p["value_streams"][0].update(budget=[1, 1, 1, 2]),
    ),
    ([(("guardrails", 1, "at_most"), 60)], lambda p: p["guardrails"][1].update(at_most=60)),
    ([(("guardrails", 0), None), (("guardrails", 1, "at_most"), 60)], lambda p: p.update(
        guardrails=[{"name": "Cap", "measure": "effort", "at_most": 60}])),
    ([(("dependencies", 0), None)], lambda p: p["dependencies"].pop(0)),
    ([(("dependencies", 0), None), (("dependencies", 1), None)], lambda p: p.pop("dependencies")),
    (
        [(("dependencies", 2), {"predecessor": "Y", "successor": "Z", "type": "needs"})],
        lambda p: p["dependencies"].append({"predecessor": "Y", "successor": "Z", "type": "needs"}),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("places", "change"), CASES)
def test_an_edit_is_what_a_hand_would_change(places: list[tuple[Path, Json]], change: Callable[[Raw], object]) -> None:
    """Settings, fields, dates, amounts of one period, whole records: as if the file had said so."""
    portfolio, by_hand = asking.portfolio_of(raw()), copy.deepcopy(raw())
    change(by_hand)
    after = edited(portfolio, [edit(portfolio, path, value) for path, value in places])
    assert after == asking.portfolio_of(by_hand)
    assert portfolio == asking.portfolio_of(raw())


def test_the_opposite_edits_undo_it() -> None:
    """What stood there before is known, so every edit of a field can be taken back."""
    portfolio = asking.portfolio_of(raw())
    for places, _ in CASES:
        edits = [edit(portfolio, path, value) for path, value in places]
        if any(len(one.path) == 2 and one.path[0] != "calendar" for one in edits):
            continue  # a record that is gone has no place to go back to
        back = [Edit(one.path, one.after, one.before) for one in reversed(edits)]
        assert record_form(edited(edited(portfolio, edits), back)) == record_form(portfolio)


def test_what_was_computed_before_is_forgotten() -> None:
    """A portfolio remembers where its epics stand; one that has fewer of them remembers anew."""
    portfolio = asking.portfolio_of(raw())
    assert portfolio.epic_index == {"X": 0, "Y": 1, "Z": 2}
    assert edited(portfolio, [edit(portfolio, ("epics", 0), None)]).epic_index == {"Y": 0, "Z": 1}


def test_what_stands_at_a_path() -> None:
    """As JSON holds it; nothing where nothing was given."""
    portfolio = asking.portfolio_of(raw())
    assert value_at(portfolio, ("epics", 1, "deadline")) == "2027-06-30"
    assert value_at(portfolio, ("value_streams", 0, "budget")) == [100, 200, 300, 400]
    assert value_at(portfolio, ("value_streams", 1, "budget", 2)) is None
    assert value_at(portfolio, ("dependencies", 1)) == {"predecessor": "X", "successor": "Z"}
    assert value_at(portfolio, ("dependencies", 7)) is None
