"""Levels: where the figures of limits stand, and what loosening them does to them."""

from __future__ import annotations

from portfolio.edits.change import changed
from portfolio.guardrails import limits_of
from portfolio.guardrails.level import Level
from tests import asking
from tests.asking import Raw, epic, small


def levels(raw: Raw, name: str) -> list[Level]:
    """The figures of one limit."""
    portfolio = asking.portfolio_of(raw)
    return [level for limit in limits_of(portfolio) if limit.name == name for level in limit.levels(portfolio)]


def with_budget() -> Raw:
    """Stream A has a budget, two periods to a budget period, and a WIP limit."""
    raw = small(epic("X"))
    raw["value_streams"][0] |= {"budget": [100, 200, 300, 400], "wip_limit": 2}
    return raw


def test_capacity_is_a_figure_for_each_period() -> None:
    """Of two value streams in four periods; one more unit in one of them is in one cell."""
    found = levels(small(epic("X")), "Capacity")
    assert len(found) == 8
    change = found[5].loosened(1.5)
    (edit,) = change.edits
    assert (edit.path, edit.before, edit.after) == (("value_streams", 1, "capacity", 1), 10, 11.5)
    assert (change.kind, change.name, change.place) == ("capacity", "Capacity", {"value stream": "B", "period": "PI 2"})


def test_a_budget_is_spread_over_its_periods() -> None:
    """Half of the money in each; of the value stream that has none, nothing is limited."""
    found = levels(with_budget(), "Lean budget")
    assert [level.place["budget period"] for level in found] == ["FY27", "FY28"]
    after = changed(asking.portfolio_of(with_budget()), [found[1].loosened(50.0)])
    assert after.value_streams[0].budget == (100, 200, 325, 425)
    assert found[1].figures == [300, 400]


def test_slots_are_whole() -> None:
    """A fraction of an epic in progress is rounded to the nearest."""
    (level,) = levels(with_budget(), "WIP limit")
    change = level.loosened(0.9999999)
    assert (change.amount, change.after, type(change.after)) == (1, 3, int)


def test_a_floor_goes_down_and_never_below_nothing() -> None:
    """Each side of a line is a figure of its own; what allows more is the other way round below."""
    line = {"name": "Band", "measure": "effort", "at_least": 3, "at_most": 9}
    floor, ceiling = levels(small(epic("X"), guardrails=[line]), "Band")
    assert (floor.loosened(2).after, floor.loosened(5).after, ceiling.loosened(5).after) == (1, 0, 14)
    assert (floor.place, ceiling.place) == ({"limit": "at_least"}, {"limit": "at_most"})
    assert floor.moved_to(None).edits[0].path == ("guardrails", 0, "at_least")
