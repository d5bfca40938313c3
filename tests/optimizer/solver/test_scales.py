"""Numbers far apart: what cannot be, or is never paid, must not blur what decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import oracle
from tests.asking import answer, best, broken, epic, oracle_plan, small


@pytest.mark.parametrize("price", [1.0, 1e3, 1e6, 1e9, 1e12])
def test_a_price_that_nobody_pays(price: float) -> None:
    """However high the price of a soft limit, the plan that keeps it is found and proven."""
    cap = {"name": "Spend cap", "measure": "spend", "at_most": 500, "enforce": "soft", "price": price}
    raw = small(epic("X", 7, 1), epic("Y", 8, 2), epic("Z", 9, 3), epic("W", 10, 4), guardrails=[cap])
    found = best(raw)
    expected, _ = oracle.brute_force(raw)
    assert found.outcome.claim == "proven best"
    assert found.outcome.value == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("unreachable", [1e3, 1e6, 1e9, 1e12])
def test_a_fortune_that_cannot_start(unreachable: float) -> None:
    """An epic that never fits may be worth anything; the small one beside it is still started, and proven."""
    raw = small(epic("Fortune", unreachable, 50), epic("Small", 1, 5))
    found = best(raw)
    assert found.outcome.claim == "proven best"
    assert set(oracle_plan(found.plan)) == {"Small"}


@pytest.mark.parametrize("unreachable", [1e6, 1e12])
def test_a_fortune_out_of_reach_by_its_predecessor(unreachable: float) -> None:
    """The same where no single guardrail keeps it out: what it depends on never fits."""
    links = [{"predecessor": "Gate", "successor": "Fortune"}]
    raw = small(epic("Gate", 0, 50), epic("Fortune", unreachable, 5), epic("Small", 1, 5), dependencies=links)
    found = best(raw)
    assert found.outcome.claim == "proven best"
    assert set(oracle_plan(found.plan)) == {"Small"}


def test_two_soft_limits_have_a_price_each() -> None:
    """The breach of each is paid at its own price."""
    limits = [
        {"name": name, "measure": "spend", "at_most": 100, "enforce": "soft", "price": price}
        for name, price in (("Cheap", 0.001), ("Dear", 0.01))
    ]
    raw = small(epic("X", 10, 4), guardrails=limits)
    found = best(raw)
    assert found.outcome.value == pytest.approx(oracle.brute_force(raw)[0])


def test_rounding_is_no_shift_and_no_breach() -> None:
    """Spend above its budget by less than rounding needs no money from others, and hinders no shift elsewhere."""
    raw = small(*(epic(name, 10, 10 / 3) for name in "XYZ"), epic("V", 10, 0, 10.5))
    raw["value_streams"][0]["budget"] = [999.9999999, 0, 0, 0]
    raw["value_streams"][1] |= {"capacity": [11, 10, 10, 10], "budget": [500, 0, 0, 0], "max_budget_shift": 0.2}
    raw["value_streams"].append(
        {"id": "C", "capacity": [10] * 4, "cost_per_unit": 50, "budget": [500, 0, 0, 0], "max_budget_shift": 0.2}
    )
    raw["calendar"]["budget_periods"] = ["FY27"] * 4
    plan = dict.fromkeys("XYZV", (0, 1))
    assert broken(raw, plan) == []


def test_a_threshold_met_but_for_rounding(tmp_path: Path) -> None:
    """3 x 0.1 is not above 0.3."""
    raw = small(epic("E", 10, 3), epic_threshold=0.3)
    raw["value_streams"][0]["cost_per_unit"] = 0.1
    assert answer(raw, tmp_path).epics[0].decision == "start"


def test_a_booking_beyond_the_plan_breaks_its_dates() -> None:
    """A plan from elsewhere may say anything; it is judged, never a fault."""
    assert broken(small(epic("E", max_periods=2)), {"E": (3, 2)}) == ["Dates"]
