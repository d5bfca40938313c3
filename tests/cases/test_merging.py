"""Merging: every cell that differs in a returned copy is merged, in conflict, or listed."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cases.reading import Command, case, holds, opened

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")


def merged(command: Command, folder: str, out: Path) -> tuple[int, dict[str, list[dict[str, object]]]]:
    """Merges the returned copy of a case; the exit code and what was said."""
    base, returned = case(folder) / "base.xlsx", case(folder) / "returned.xlsx"
    ended = command("merge", base, returned, "-o", out, "--json")
    return ended.code, ended.json


def test_changed_id_leaves_its_rows_behind(command: Command, tmp_path: Path) -> None:
    """A changed ID is followed on Epics only; the merged workbook cannot be planned (exit code 0)."""
    out = tmp_path / "merged.xlsx"
    code, said = merged(command, "changed-id-leaves-its-rows-behind", out)
    assert code == 0
    book = openpyxl.load_workbook(out)
    cells = [book["Effort"]["A2"], book["Effort"]["A3"], book["Dependencies"]["A2"]]
    assert [cell.value for cell in cells] == ["FER-17"] * 3
    assert {change["sheet"] for change in said["changes"]} >= {"Epics", "Effort", "Dependencies"}
    assert opened(command, out, tmp_path).code == 0


def test_decision_typed_over_lost_in_merge(command: Command, tmp_path: Path) -> None:
    """What somebody typed into a result column of Epics is neither merged nor listed (lost edit, no warning)."""
    _, said = merged(command, "decision-typed-over-lost-in-merge", tmp_path / "merged.xlsx")
    everything = json.dumps(said)
    assert holds(everything, ["Reject: no budget", "99"])
    listed = holds(everything, ["K2", "J3", "I4"])
    assert listed or len(said["conflicts"]) == 3


def test_text_on_the_plan_lost_in_merge(command: Command, tmp_path: Path) -> None:
    """An edit on a result sheet of a returned copy is neither merged nor listed (lost edit, no warning)."""
    _, said = merged(command, "text-on-the-plan-lost-in-merge", tmp_path / "merged.xlsx")
    warnings = [json.dumps(finding) for finding in said["findings"]]
    assert any(holds(warning, ["T4", "T5", "H5"]) for warning in warnings)
    assert any(holds(warning, ["Summary", "H3"]) for warning in warnings)


def test_periods_renamed_in_a_copy(command: Command, tmp_path: Path) -> None:
    """Renamed period columns are merged as further periods (wrong plan, exit code 0)."""
    out = tmp_path / "merged.xlsx"
    code, said = merged(command, "periods-renamed-in-a-copy", out)
    periods = opened(command, out, tmp_path).periods
    assert len(periods) == 3
    renamed = periods == ["2027 Q1", "2027 Q2", "2027 Q3"] and holds(json.dumps(said), ["PI 1", "2027 Q1"])
    assert renamed or (code == 1 and said["conflicts"])
