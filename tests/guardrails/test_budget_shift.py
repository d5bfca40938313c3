"""Budget shifts by hand: money that moves between value streams, and the capacity that follows it."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.guardrails import BudgetShift
from tests import asking, oracle

BOTH: oracle.Plan = {"X": (0, 2), "Y": (0, 2)}


def shifting(a: float, b: float, total_b: float | None = 500) -> asking.Raw:
    """X needs 12 of A a period, 2 above its capacity and worth 400; Y needs 6 of B and leaves 400 of its budget."""
    raw = asking.small(asking.epic("X", a=24, min_periods=2), asking.epic("Y", a=0, b=12, min_periods=2))
    stream_a, stream_b = raw["value_streams"]
    stream_a |= {"budget": [1000] * 4, "max_budget_shift": a}
    stream_b |= {"budget": None if total_b is None else [total_b] * 4, "max_budget_shift": b}
    return raw


@pytest.mark.parametrize(
    ("a", "b", "broken"),
    [(0.2, 0.4, []), (0.2, 0.39, ["Capacity", "Lean budget"]), (0.19, 0.4, ["Capacity", "Lean budget"])],
)
def test_just_enough_and_just_not(a: float, b: float, broken: list[str]) -> None:
    """The shift is just what each may gain and give; a hundredth less on either side breaks capacity and budget."""
    assert asking.broken(shifting(a, b), BOTH) == broken
    assert (oracle.violations(shifting(a, b), BOTH) == []) == (not broken)


def test_a_value_stream_without_a_budget_gives_nothing() -> None:
    """Nothing moves to or from a value stream without a budget."""
    assert asking.broken(shifting(0.2, 0.4, None), {"X": (0, 2)}) == ["Capacity", "Lean budget"]


def test_nothing_moves_across_budget_periods() -> None:
    """Work that crosses into the next budget period needs a shift in both."""
    raw = shifting(0.2, 0.4)
    assert asking.broken(raw, {"X": (1, 2), "Y": (1, 2)}) == []
    shifts = BudgetShift(asking.portfolio_of(raw)).needed(
        asking.problem_of(raw).options_of(asking.bookings({"X": (1, 2), "Y": (1, 2)}))
    )
    assert shifts == pytest.approx(np.array([[400, 400], [-400, -400]]))


def test_only_what_is_needed_moves() -> None:
    """A plan that fits as it is moves no money, however much might."""
    raw = shifting(1, 1)
    options = asking.problem_of(raw).options_of(asking.bookings({"Y": (0, 2)}))
    assert not BudgetShift(asking.portfolio_of(raw)).needed(options).any()


def test_moved_capacity_and_budget_are_shown() -> None:
    """With the shift, capacity and budget are shown as moved: 12 rather than 10, 2400 rather than 2000."""
    lines = asking.statuses(shifting(0.2, 0.4), BOTH)
    moved = {(line.name, *line.place.values()): line.at_most for line in lines}
    assert moved["Capacity", "A", "PI 1"] == pytest.approx(12)
    assert moved["Capacity", "B", "PI 1"] == pytest.approx(6)
    assert moved["Lean budget", "A", "FY27"] == pytest.approx(2400)
    assert moved["Lean budget", "B", "FY28"] == 1000
