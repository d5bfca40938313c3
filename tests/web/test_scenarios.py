"""A what-if is kept by a name: it waits in the journal, goes to the sheet Scenarios, and can be compared by its name."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.web.meeting import Meeting
from portfolio.web.people import Person
from portfolio.web.problem import Problem
from portfolio.web.scenarios import keep
from tests.web.conftest import opened

SAMPLE = Path(__file__).parents[2] / "samples" / "first-steps" / "portfolio.xlsx"
ADA = Person("p", "Ada", "decide")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook of its own."""
    return Path(shutil.copy(SAMPLE, tmp_path / "portfolio.xlsx"))


def test_what_is_kept_is_saved_and_compared(workbook: Path) -> None:
    """The saved workbook has the scenario, with every kind of change, and the engine reads it."""
    changes = ["lock E4", "scale capacity of A in PI 1 by 110%", "relax Budget", "set job size of E2 to 3"]
    for meeting in opened(workbook):
        kept = keep(meeting.session, ADA, {"name": " Loyalty first ", "changes": changes})
        assert kept["unsaved"] == 1
        keep(meeting.session, ADA, {"name": "Less", "changes": ["ban E4"]})
        saved(meeting)
        assert meeting.session.unsaved == 0
        with pytest.raises(Problem, match="There is a scenario less already"):
            keep(meeting.session, ADA, {"name": "less", "changes": ["lock E4"]})
    loaded = engine.load(workbook)
    there = engine.own_scenario(loaded, "Loyalty first")
    assert [line.verb for line in there.lines] == ["lock", "scale", "relax", "set"]
    assert engine.check_scenarios(loaded, engine.scenarios_of(loaded)) == ()


def test_what_is_kept_outlives_a_kill(workbook: Path) -> None:
    """The next start offers it with everything else that is unsaved."""
    for meeting in opened(workbook):
        keep(meeting.session, ADA, {"name": "Less", "changes": ["ban E4"]})
    for meeting in opened(workbook):
        assert meeting.untaken() is not None
        meeting.session.take_over(take=True)
        saved(meeting)
    assert engine.own_scenario(engine.load(workbook), "Less").lines[0].name == "E4"


WRONG = (
    ({"name": "", "changes": ["lock E4"]}, "needs a name"),
    ({"name": "x", "changes": []}, "changes nothing"),
    ({"name": "x", "changes": ["lock E99"]}, "E99"),
    ({"name": "x", "changes": ["double everything"]}, "is not a change"),
    ({"name": "x" * 300, "changes": ["lock E4"]}, "needs a name"),
)


@pytest.mark.parametrize(("body", "said"), WRONG)
def test_what_is_no_scenario_is_refused(workbook: Path, body: dict[str, object], said: str) -> None:
    """A sentence says why, and nothing is kept."""
    for meeting in opened(workbook):
        with pytest.raises(Problem, match=said):
            keep(meeting.session, ADA, body)
        assert meeting.session.unsaved == 0


def test_json_has_no_sheet(file: Path) -> None:
    """For a portfolio in JSON the page says where scenarios stand."""
    for meeting in opened(file):
        with pytest.raises(Problem, match="no workbook") as refused:
            keep(meeting.session, ADA, {"name": "x", "changes": ["lock X"]})
        assert "small.scenarios.yaml" in refused.value.fix


def saved(meeting: Meeting) -> None:
    """Saves as the route does."""
    accepted = asyncio.run(meeting.disk.save({"results": False, "choices": []}, None))
    assert accepted.status == 200, accepted.answer
