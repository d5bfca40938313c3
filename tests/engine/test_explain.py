"""Why an epic is in the plan or not, as a program gets it; by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from tests import asking


def two() -> asking.Raw:
    """Two epics of which one fits into the first period."""
    return asking.small(asking.epic("E", 10, a=8, latest="PI 1"), asking.epic("F", 4, a=8, latest="PI 1"))


def test_an_epic_that_waits_and_one_that_starts(tmp_path: Path) -> None:
    """Without E, F would start, so E is worth the difference; forcing F in costs the same."""
    found = {one.id: one for one in engine.explain(asking.loaded(two(), tmp_path), ["E", "f"]).epics}
    assert set(found) == {"E", "F"}
    difference = (10 - 4) * (40 + 52 - 10)
    for one in found.values():
        assert one.cost_at_least == one.cost_at_most == pytest.approx(difference)
    assert [(shift.id, shift.change) for shift in found["F"].shifts] == [("E", "dropped")]


def test_without_ids_there_are_the_reasons_of_the_plan(tmp_path: Path) -> None:
    """Nothing is solved again."""
    explained = engine.explain(asking.loaded(two(), tmp_path))
    assert explained.epics == ()
    assert [line["id"] for line in explained.as_json()["epics"]] == ["E", "F"]


def test_an_unknown_epic_is_wrong_use(tmp_path: Path) -> None:
    """The sentence names the nearest one."""
    raw = asking.small(asking.epic("PAY-17"), asking.epic("OPS-3"))
    with pytest.raises(WrongUseError, match="did you mean PAY-17"):
        engine.explain(asking.loaded(raw, tmp_path), "PAY-71")
