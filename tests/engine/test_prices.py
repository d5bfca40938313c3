"""What a rule costs and what one unit more is worth, as a program gets it; by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from tests import asking


def test_a_must_costs_what_is_lost_for_it(tmp_path: Path) -> None:
    """Two epics of which one fits: the cheaper one is a must, so the must costs the difference of their values."""
    rich, poor = asking.epic("E", 10, a=8, latest="PI 1"), asking.epic("F", 4, a=8, latest="PI 1", must=True)
    found = engine.prices(asking.loaded(asking.small(rich, poor), tmp_path))
    (must,) = [line for line in found.rules if line.name == "Must"]
    assert must.at_least == must.at_most == pytest.approx((10 - 4) * (40 + 52 - 10))


def test_one_unit_more_is_worth_what_it_lets_in(tmp_path: Path) -> None:
    """Two units are missing in the first period: they are worth the second epic, one unit is worth nothing."""
    raw = asking.small(asking.epic("E", 10, a=8, latest="PI 1"), asking.epic("F", 4, a=4, latest="PI 1"))
    loaded = asking.loaded(raw, tmp_path)
    for units, worth in ((1.0, 0.0), (2.0, 4 * (40 + 52 - 10))):
        found = engine.prices(loaded, capacity=units)
        lines = {tuple(line.place.values()): line.at_most for line in found.units if line.name == "Capacity"}
        assert lines["A", "PI 1"] == pytest.approx(worth)


def test_there_are_no_prices_without_a_plan_or_a_value(tmp_path: Path) -> None:
    """The impossible has none; in the order of a sheet no value decides, which is wrong use."""
    impossible = asking.small(asking.epic("E", a=12, must=True, latest="PI 1"))
    assert engine.prices(asking.loaded(impossible, tmp_path)).rules == ()
    with pytest.raises(WrongUseError, match="cannot be priced"):
        engine.prices(asking.loaded(asking.small(asking.epic("E"), ranked_by="sheet"), tmp_path))
