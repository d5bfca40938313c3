"""Planning: running epics, the next quarter, deadlines, scenarios without a plan, external cost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cases.reading import Command, case, holds
from tests.cli.conftest import saved


def started(command: Command, path: Path) -> dict[str, str]:
    """The period in which each epic starts that the plan starts."""
    epics = command("plan", path, "--json", "--gap", "0").json["epics"]
    return {epic["id"]: epic["start"] for epic in epics if epic["decision"] != "wait" and epic["start"]}


def test_running_epic_dropped(command: Command) -> None:
    """K2: what a state says (finished, cancelled, running) has no effect outside the importers."""
    path = case("running-epic-dropped") / "plant.xlsx"
    shown = command("plan", path, "--gap", "0")
    kept = started(command, path) == {"E1": "PI 1"}
    warned = any(holds(line, ["E1", "Implementing", "PI 1"]) for line in shown.err.splitlines())
    assert kept or warned


@pytest.mark.parametrize(
    "state",
    ["In Progress", "In Arbeit", "En cours", "Выполняется", "Doing"],
    ids=["English", "German", "French", "Russian", "board"],
)
def test_other_running_epics(command: Command, tmp_path: Path, state: str) -> None:
    """K2: an epic that is running, in the words of any tool, goes on; or a warning names it and its state."""
    from tests.cases.tables import workbook

    scored = ("Business value", "Time criticality", "RR/OE", "Job size")
    head = ("ID", "Title", *scored, "Status", "Value stream", "Effort")
    epics = (head, ("E1", "Kiln", 2, 1, 1, 8, state, "Kiln", 10), ("E2", "Idea", 20, 13, 8, 2, None, "Kiln", 10))
    path = workbook(tmp_path / "plant.xlsx", {"Epics": epics, "Capacity": [["Value stream", "PI 1"], ["Kiln", 10]]})
    shown = command("plan", path, "--gap", "0")
    kept = started(command, path) == {"E1": "PI 1"}
    assert kept or any(holds(line, ["E1", state]) for line in shown.err.splitlines())


def test_keep_after_the_quarter(command: Command, tmp_path: Path) -> None:
    """A stable re-plan after a period has passed says that agreed epics were not agreed (wrong statement)."""
    folder, plan = case("keep-after-the-quarter"), tmp_path / "plan.xlsx"
    assert command("plan", folder / "agreed.xlsx", "--gap", "0", "-o", plan).code == 0
    shown = command("plan", folder / "next.xlsx", "--keep", plan, "--gap", "0").out
    kept = command("plan", folder / "next.xlsx", "--keep", plan, "--gap", "0", "--json").json["kept"]
    assert kept["agreed"] == 3
    assert kept["started"] == []
    assert {moved["id"] for moved in kept["moved"]} == {"E1", "E2"}
    assert kept["dropped"] == ["E3"]
    changes = shown[shown.index("Changes to what was agreed") :]
    assert re.search(r"~ +E1 Signals +PI 1 +PI 2", changes)
    assert re.search(r"~ +E2 Points +PI 2 +PI 3", changes)
    assert re.search(r"- +E3 Platforms +PI 3 +waits", changes)


def test_deadline_on_the_last_day(command: Command) -> None:
    """A date is the beginning of its day, the end of a period is the beginning of the next one (wrong value)."""
    planned = command("plan", case("deadline-on-the-last-day") / "gas.xlsx", "--json", "--gap", "0")
    assert planned.json["outcome"]["value"] == pytest.approx(1_492)
    assert planned.json["findings"] == []


@pytest.mark.parametrize(
    ("start", "weeks", "deadline"),
    [("2027-01-01", 13, "2027-04-01"), ("2027-01-04", 10, "2027-03-14"), ("2027-01-04", 12, "2027-03-28")],
)
def test_other_deadlines_at_the_end(command: Command, tmp_path: Path, start: str, weeks: int, deadline: str) -> None:
    """A deadline on the last day of the first period is met by an epic done in it; a day earlier it is not."""
    import datetime

    scores = {"user_business_value": 8, "time_criticality": 5, "rr_oe": 3, "job_size": 5}
    urgent = {"urgency": "deadline", "deadline": deadline, "penalty": 500, "effort": {"Grid": 30}}
    raw = {
        "format": 1,
        "calendar": {"start": start, "period_weeks": weeks, "periods": ["PI 1", "PI 2"]},
        "value_streams": [{"id": "Grid", "capacity": [30, 30]}],
        "epics": [{"id": "E1", **scores, **urgent}],
    }
    in_time = command("plan", saved(raw, tmp_path / "in-time.json"), "--json", "--gap", "0").json["outcome"]["value"]
    raw["epics"][0]["deadline"] = str(datetime.date.fromisoformat(deadline) - datetime.timedelta(days=1))  # type: ignore[index]
    late = command("plan", saved(raw, tmp_path / "late.json"), "--json", "--gap", "0").json["outcome"]["value"]
    assert in_time == pytest.approx(late + 500)


def test_impossible_scenario_beside_others(command: Command) -> None:
    """A scenario without any plan is shown as a plan in which every epic waits (wrong statement)."""
    path = case("impossible-scenario-beside-others") / "bridge.xlsx"
    shown = command("compare", path, "--gap", "0")
    assert not re.search(r"E[12] \w+ .*waits", shown.out)
    assert re.search(r"Guardrails broken +0 +-", shown.out)
    assert re.search(r"Bridge now: impossible: .*E2.*E1", shown.out)
    impossible = command("compare", path, "--gap", "0", "--json").json["alternatives"][1]
    assert impossible["guardrails_broken"] is None
    assert impossible["effect"] is None or impossible["effect"]["epics"] == []


def test_external_cost_with_equal_efforts(command: Command, tmp_path: Path) -> None:
    """What is not said: where external cost goes when two value streams do equally much."""
    raw = json.loads((case("external-cost-with-equal-efforts") / "tie.json").read_text(encoding="utf-8"))
    for name in ("as it is", "turned round"):
        assert started(command, saved(raw, tmp_path / f"{name}.json")) == {}, name
        raw["value_streams"].reverse()
    for stream in raw["value_streams"]:
        stream["budget"] = [11.5 if stream["id"] == "S1" else 30]
    assert started(command, saved(raw, tmp_path / "enough.json")) == {"E1": "PI 1"}
