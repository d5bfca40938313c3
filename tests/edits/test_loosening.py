"""Whether edits only allow more: what is certain, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json
from portfolio.edits import direction, edit
from tests import asking
from tests.asking import epic


@pytest.mark.parametrize(
    ("path", "after", "sign"),
    [
        (("value_streams", 0, "capacity", 0), 11, 1),
        (("value_streams", 0, "capacity", 0), 9, -1),
        (("value_streams", 0, "wip_limit"), None, 1),
        (("value_streams", 1, "wip_limit"), 3, -1),
        (("value_streams", 0, "budget"), None, 1),
        (("guardrails", 0), None, 1),
        (("guardrails", 0, "at_least"), 2, -1),
        (("dependencies", 0), None, 1),
        (("epics", 0, "latest"), "PI 3", 1),
        (("epics", 0, "latest"), "PI 1", -1),
        (("epics", 0, "earliest"), "PI 1", 1),
        (("epics", 1, "start"), "PI 3", 0),
        (("epics", 1, "approved"), True, 1),
        (("epics", 0, "benefit_per_week"), 99, 0),
    ],
)
def test_direction(path: Path, after: Json, sign: int) -> None:
    """More capacity, a rule less, a later date: 1; the opposite: -1; everything else: 0."""
    raw = asking.small(epic("X", earliest="PI 2", latest="PI 2"), epic("Y", start="PI 2"))
    raw["value_streams"][0] |= {"budget": [100] * 4, "wip_limit": 2}
    raw["guardrails"] = [{"name": "Floor", "measure": "effort", "at_least": 1}]
    raw["dependencies"] = [{"predecessor": "X", "successor": "Y"}]
    portfolio = asking.portfolio_of(raw)
    assert direction(portfolio, [edit(portfolio, path, after)]) == sign


@pytest.mark.parametrize(
    "more",
    [
        {"guardrails": [{"name": "Floor", "measure": "effort", "at_least": 0.1, "of": "capacity"}]},
        {"guardrails": [{"name": "Floor", "measure": "spend", "at_least": 0.1, "of": "budget"}]},
    ],
)
def test_more_of_what_a_floor_is_a_share_of(more: dict[str, Any]) -> None:
    """A floor rises with what it is a share of, so more of that may allow less."""
    raw = asking.small(epic("X"), **more)
    raw["value_streams"][0]["budget"] = [100] * 4
    portfolio, field = asking.portfolio_of(raw), more["guardrails"][0]["of"]
    assert direction(portfolio, [edit(portfolio, ("value_streams", 0, field, 0), 200)]) == 0


def test_a_budget_that_may_shift_takes_capacity_along() -> None:
    """Without it there is no money to move, so dropping it may allow less."""
    raw = asking.small(epic("X"))
    raw["value_streams"][0] |= {"budget": [100] * 4, "max_budget_shift": 0.1}
    portfolio = asking.portfolio_of(raw)
    assert direction(portfolio, [edit(portfolio, ("value_streams", 0, "budget"), None)]) == 0
