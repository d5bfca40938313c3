"""Scenarios beside each other, as a program gets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from tests import asking

SCENARIOS = """format: 1
scenarios:
  Less of A:
    - {scale: capacity of A, by: 50%}
  Without F:
    - {ban: F}
"""


def loaded_with(folder: Path, scenarios: str = SCENARIOS) -> engine.Loaded:
    """Two epics that both fit, and scenarios beside them."""
    (folder / "portfolio.scenarios.yaml").write_text(scenarios, encoding="utf-8")
    return asking.loaded(asking.small(asking.epic("E", 10, a=8), asking.epic("F", 4, a=4)), folder)


def test_each_scenario_is_planned_beside_the_portfolio_as_it_is(tmp_path: Path) -> None:
    """Its epics, and by how much its value differs; the portfolio itself stays as it was."""
    loaded = loaded_with(tmp_path)
    comparison = engine.compare_scenarios(loaded, engine.scenarios_of(loaded).scenarios)
    base, less, without = comparison.alternatives
    assert (less.name, without.name) == ("Less of A", "Without F")
    plans = [asking.oracle_plan(one.answer.plan) for one in (base, less, without)]
    assert [set(plan) for plan in plans] == [{"E", "F"}, {"F"}, {"E"}]
    values = [one.answer.outcome.value for one in (base, less, without)]
    assert values[0] > values[2] > values[1]
    assert [epic.id for epic in loaded.ready.epics] == ["E", "F"]


def test_what_is_wrong_with_a_scenario_stops_the_comparison(tmp_path: Path) -> None:
    """With a finding at its line."""
    loaded = loaded_with(tmp_path, "format: 1\nscenarios:\n  Odd:\n    - {ban: G}\n")
    with pytest.raises(engine.HasErrorsError) as problem:
        engine.compare_scenarios(loaded, engine.scenarios_of(loaded).scenarios)
    assert any("line 4" in finding.place for finding in problem.value.findings)


def test_a_scenario_is_a_portfolio_of_its_own(tmp_path: Path) -> None:
    """By its name, or as changes said in sentences."""
    loaded = loaded_with(tmp_path)
    named = engine.scenario(loaded, "Less of A")
    said = engine.scenario(loaded, "mine", "scale capacity of A by 50%")
    for changed in (named, said):
        assert [stream.capacity for stream in changed.ready.value_streams] == [(5, 5, 5, 5), (10, 10, 10, 10)]
