"""What the work is for: a way of working may ask for a link from every epic, and for objectives that are measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.domain import FieldFinding
from portfolio.operating_model import OperatingModel, check_model
from portfolio.storage.read_model import read_model
from tests import asking
from tests.operating_model.test_contradictions import OWN

WAYS = Path(__file__).parents[2] / "samples" / "ways-of-working"
SPEED = {"objective": "Speed", "key_result": "Two days", "measure": "days", "baseline": 5, "target": 2}


def own(tmp_path: Path, strategy: str) -> OperatingModel:
    """A model of one's own that asks for this."""
    path = tmp_path / "own.yaml"
    path.write_text(f"{OWN}strategy: {{source: a test, {strategy}}}\n", encoding="utf-8")
    return read_model(path)


def findings(model: OperatingModel, raw: dict[str, Any]) -> list[FieldFinding]:
    """What a model says of what the work is for."""
    found = check_model(model, asking.portfolio_of(raw))
    return [problem for problem in found if problem.path[0] == "outcomes" or problem.path[-1] == "outcome"]


def two(**more: Any) -> dict[str, Any]:
    """Two epics, of which one serves an objective."""
    return asking.small(asking.epic("X", a=1, outcome="speed"), asking.epic("Y", a=1), **more)


@pytest.mark.parametrize(("strength", "severity"), [("must", "error"), ("should", "warning")])
def test_an_epic_without_an_objective_is_as_wrong_as_the_source_says(
    tmp_path: Path, strength: str, severity: str
) -> None:
    """The first place, all names; nothing once it has one."""
    model = own(tmp_path, f"every_epic: {strength}")
    raw = two(outcomes=[SPEED])
    (found,) = findings(model, raw)
    assert (found.path, found.severity) == (("epics", 1, "outcome"), severity)
    assert found.what == "Y serves no objective."
    raw["epics"][1]["outcome"] = "SPEED"
    assert findings(model, raw) == []


def test_no_strategy_is_said_once(tmp_path: Path) -> None:
    """Not for every epic."""
    (found,) = findings(own(tmp_path, "every_epic: must"), two())
    assert found.what == "There is no strategy: the sheet Outcomes holds no objective."
    assert findings(own(tmp_path, "measured: must"), two()) == []


def test_an_objective_is_measured_by_one_of_its_key_results(tmp_path: Path) -> None:
    """From where and to where; one row of several is enough."""
    model = own(tmp_path, "measured: should")
    vague = {"objective": "Speed", "key_result": "Faster", "target": 2}
    (found,) = findings(model, two(outcomes=[vague]))
    assert (found.path, found.severity) == (("outcomes", 0, "target"), "warning")
    assert findings(model, two(outcomes=[vague, SPEED])) == []


def test_no_strategy_stops_agile_portfolio_management() -> None:
    """AgilePfM: do not proceed without a strategy; six initiatives were planned without one, and check was clean."""
    loaded = engine.load(WAYS / "cost-of-delay.json", model="agile-portfolio-management")
    assert any("There is no strategy" in finding.what and finding.severity == "error" for finding in loaded.findings)
    with pytest.raises(engine.HasErrorsError, match="There is no strategy"):
        engine.plan(loaded)
    assert engine.check(engine.load(WAYS / "agile-portfolio-management.json")) == ()


def test_autonomous_teams_are_given_outcomes() -> None:
    """Problems to solve and outcomes to achieve; a bet without one is warned about, and still chosen."""
    loaded = engine.load(WAYS / "cost-of-delay.json", model="aligned-autonomy")
    (found,) = [finding for finding in loaded.findings if "There is no strategy" in finding.what]
    assert found.severity == "warning"


def test_models_that_ask_for_no_strategy_say_nothing() -> None:
    """Absent means as it was."""
    assert findings(read_model("safe"), two()) == []


def test_safe_asks_for_a_theme_where_there_are_themes() -> None:
    """SAFe 6.0: an epic connects to a strategic theme; a portfolio that keeps no sheet Outcomes is asked nothing."""
    assert findings(read_model("safe"), two()) == []
    (found,) = findings(read_model("safe"), two(outcomes=[SPEED]))
    assert (found.path[-1], found.severity) == ("outcome", "warning")
    assert "In SAFe 6.0 every epic serves an objective of the strategy." in found.rule
