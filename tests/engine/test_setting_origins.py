"""Every setting that an answer depends on, with where it came from, as a program gets it."""

from __future__ import annotations

from pathlib import Path

from portfolio import engine
from tests import asking


def test_each_says_where_it_came_from(tmp_path: Path) -> None:
    """A field of the file, a line of the model, or the default."""
    found = {one.name: one for one in engine.settings(asking.loaded(asking.small(asking.epic("E")), tmp_path))}
    assert (found["Currency"].value, found["Currency"].origin) == ("EUR", "portfolio.json, currency")
    assert found["Model"].origin == "default"
    assert found["model: scoring.denominator"].value == "job_size"
    assert found["model: scoring.denominator"].origin.startswith("safe.yaml, line ")


def test_what_a_scenario_changes_comes_first(tmp_path: Path) -> None:
    """With the scenario's line in place of the file's field."""
    (tmp_path / "portfolio.scenarios.yaml").write_text(
        "format: 1\nscenarios:\n  Fewer at once:\n    - {set: portfolio WIP limit, to: 1}\n", encoding="utf-8"
    )
    loaded = asking.loaded(asking.small(asking.epic("E"), portfolio_wip_limit=3), tmp_path)
    first, *others = engine.settings(loaded, engine.own_scenario(loaded, "Fewer at once"))
    assert (first.name, first.value) == ("Portfolio WIP limit", 1)
    assert "line 4" in first.origin
    assert all(one.path != first.path for one in others)
