"""What changed between two portfolios, as a program gets it."""

from __future__ import annotations

from pathlib import Path

from portfolio import engine
from tests import asking


def pair(folder: Path) -> tuple[engine.Loaded, engine.Loaded]:
    """A portfolio, and one in which an epic is worth more and another is new."""
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    first = asking.small(asking.epic("E", 10, a=8))
    second = asking.small(asking.epic("E", 12, a=8), asking.epic("F", 4, a=4))
    return asking.loaded(first, folder / "a"), asking.loaded(second, folder / "b")


def test_every_change_with_its_effect(tmp_path: Path) -> None:
    """The fields that differ, the new epic, and what the plan gains."""
    found = engine.diff(*pair(tmp_path))
    assert found.changes is not None
    assert {(line.id, line.field, line.change) for line in found.changes} == {
        ("E", "benefit_per_week", "changed"),
        ("F", None, "added"),
    }
    assert found.plan is not None
    assert [(line.id, line.change) for line in found.plan.epics] == [("F", "started")]


def test_nothing_differs_from_itself(tmp_path: Path) -> None:
    """No change, and no plan is sought where none is asked for."""
    loaded, _ = pair(tmp_path)
    found = engine.diff(loaded, loaded, with_plans=False)
    assert found.changes == ()
    assert found.plan is None
