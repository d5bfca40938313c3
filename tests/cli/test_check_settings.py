"""`check --explain-settings` under a scenario, and what a scenario may do to what the model filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import asking
from tests.cli.conftest import Command, saved

KANBAN = Path(__file__).parents[2] / "samples" / "ways-of-working" / "enterprise-kanban.json"
SCENARIO = """\
format: 1
scenarios:
  Mixed:
    - {set: WIP limit of A, to: 5}
    - {relax: Few at once}
    - {relax: WIP limit of B}
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A portfolio whose scenario changes one WIP limit, drops another and a guardrail."""
    raw = asking.small(asking.epic("X"), guardrails=[{"name": "Few at once", "measure": "epics", "at_most": 9}])
    for stream in raw["value_streams"]:
        stream["wip_limit"] = 3
    (tmp_path / "own.scenarios.yaml").write_text(SCENARIO, encoding="utf-8")
    return saved(raw, tmp_path / "own.json")


def told(command: Command, *arguments: str | Path) -> dict[str, tuple[Any, str]]:
    """Each setting with its value and where that came from; none is told twice."""
    listed = command("check", *arguments, "--explain-settings", "--json").json["settings"]
    names = [line["name"] for line in listed]
    assert len(names) == len(set(names))
    return {line["name"]: (line["value"], line["origin"]) for line in listed}


def test_what_a_scenario_changed_is_told_once(command: Command, mixed: Path) -> None:
    """The cell's own value, and a guardrail that is gone, are not told beside it."""
    before, after = told(command, mixed), told(command, mixed, "--scenario", "mixed")
    assert before["WIP limit of A"] == (3, "own.json, value_streams[0].wip_limit")
    assert after["WIP limit of A"] == (5, "scenario Mixed, own.scenarios.yaml, line 4")
    assert after["WIP limit of B"] == (None, "scenario Mixed, own.scenarios.yaml, line 6")
    assert "Guardrail Few at once" in before
    assert "Guardrail Few at once" not in after


def test_a_scenario_without_settings_to_show_is_wrong_use(command: Command, mixed: Path) -> None:
    """Nothing is left out in silence."""
    ended = command("check", mixed, "--scenario", "mixed")
    assert (ended.code, "give --explain-settings too" in ended.err) == (2, True)


def test_every_limit_of_a_policy_says_whether_it_is_the_models_own(command: Command, mixed: Path) -> None:
    """What the model names has its line there; what it leaves out is the check's."""
    found = told(command, mixed)
    lines = (KANBAN.parents[2] / "models" / "safe.yaml").read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if "check: big batches" in line)
    assert found["policy: big batches, periods"] == (2, f"safe.yaml, line {number}")
    assert found["policy: plans beyond evidence, sure_weeks"] == (52, "default")


def test_a_guardrail_that_a_model_brings_along_can_be_relaxed(command: Command, tmp_path: Path) -> None:
    """It stays away, also where it filters by class of service, and what it cost is seen side by side."""
    path = tmp_path / "kanban.json"
    path.write_bytes(KANBAN.read_bytes())
    text = "format: 1\nscenarios:\n  Free:\n    - {relax: One expedite at a time}\n"
    (tmp_path / "kanban.scenarios.yaml").write_text(text, encoding="utf-8")
    assert command("check", path).code == 0
    names = {line["name"] for line in command("plan", path, "--json").json["guardrails"]}
    free = {line["name"] for line in command("plan", path, "--scenario", "free", "--json").json["guardrails"]}
    assert names - free == {"One expedite at a time"}


def test_what_a_scenario_relaxes_is_not_in_its_workbook(command: Command, tmp_path: Path) -> None:
    """A default guardrail of the model is a row of the workbook with its status; relaxed it is neither."""
    path, before, after = tmp_path / "kanban.json", tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    path.write_bytes(KANBAN.read_bytes())
    text = "format: 1\nscenarios:\n  Free:\n    - {relax: One expedite at a time}\n"
    (tmp_path / "kanban.scenarios.yaml").write_text(text, encoding="utf-8")
    assert command("plan", path, "-o", before).code == 0
    assert command("plan", path, "--scenario", "free", "-o", after).code == 0
    for sheet in ("Guardrails", "Guardrail status"):
        assert "One expedite at a time" in first_column(before, sheet)
        assert "One expedite at a time" not in first_column(after, sheet)


def first_column(path: Path, sheet: str) -> set[str]:
    """What the first column of a sheet holds; nothing where there is no such sheet."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = book[sheet].iter_rows(max_col=1, values_only=True) if sheet in book.sheetnames else ()
    found = {str(cell) for (cell,) in rows if cell is not None}
    book.close()
    return found


def test_a_states_limit_on_work_in_progress_is_planned(command: Command, tmp_path: Path) -> None:
    """No two epics run at once where a state of the model allows one; its line says so, and a scenario may differ."""
    lines = (KANBAN.parents[2] / "models" / "enterprise-kanban.yaml").read_text(encoding="utf-8")
    model = tmp_path / "own-kanban.yaml"
    limited = lines.replace(
        "{name: In delivery, kind: active, wip: not prescribed,",
        "{name: In delivery, kind: active, wip: count in progress, limit: 1,",
    )
    model.write_text(limited, encoding="utf-8")
    (tmp_path / "own.scenarios.yaml").write_text(
        "format: 1\nscenarios:\n  Two:\n    - {set: Portfolio WIP limit, to: 2}\n", encoding="utf-8"
    )
    path = saved(asking.small(asking.epic("X"), asking.epic("Y")), tmp_path / "own.json")
    value, origin = told(command, path, "--model", model)["Portfolio WIP limit"]
    assert (value, origin.startswith("own-kanban.yaml, line ")) == (1, True)
    planned = {
        scenario: [line["start"] for line in command("plan", path, "--model", model, *scenario, "--json").json["epics"]]
        for scenario in ((), ("--scenario", "Two"))
    }
    assert len(set(planned[()])) == 2
    assert len(set(planned["--scenario", "Two"])) == 1
    ended = command("check", path, "--model", model, "--explain-settings", "--scenario", "Two", "--json")
    assert [line["value"] for line in ended.json["settings"] if line["name"] == "Portfolio WIP limit"] == [2]


def test_a_wip_limit_that_a_model_brings_along_can_be_relaxed(command: Command, tmp_path: Path) -> None:
    """The model fills in what is blank, and a scenario has the last word."""
    lines = (KANBAN.parents[2] / "models" / "enterprise-kanban.yaml").read_text(encoding="utf-8")
    model = tmp_path / "own-kanban.yaml"
    model.write_text(
        lines.replace(
            "last: In delivery, per: value stream}",
            "last: In delivery, per: value stream, limit: 4}",
        ),
        encoding="utf-8",
    )
    (tmp_path / "own.scenarios.yaml").write_text(
        "format: 1\nscenarios:\n  Free:\n    - {relax: WIP limit of A}\n", encoding="utf-8"
    )
    path = saved(asking.small(asking.epic("X")), tmp_path / "own.json")
    value, origin = told(command, path, "--model", model)["WIP limit of A"]
    assert (value, origin.startswith("own-kanban.yaml, line ")) == (4, True)
    ended = command("plan", path, "--model", model, "--scenario", "free", "--json")
    assert {line["wip_limit"] for line in ended.json["value_streams"] if line["id"] == "A"} == {None}
    assert {line["wip_limit"] for line in ended.json["value_streams"] if line["id"] == "B"} == {4}
