"""`plan --from`: an earlier plan is where the next one begins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.domain import Booking
from portfolio.intake.read_plan import read_plan
from portfolio.optimizer import hybrid
from tests import asking
from tests.cli.conftest import Command, saved


def planned(command: Command, portfolio: Path, folder: Path, suffix: str) -> Path:
    """A portfolio's plan, as JSON or as a workbook."""
    path = folder / f"plan{suffix}"
    if suffix == ".json":
        path.write_text(command("plan", portfolio, "--json").out, encoding="utf-8")
    else:
        command("plan", portfolio, "-o", path)
    return path


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_what_was_written_is_read(command: Command, example_j: Path, tmp_path: Path, suffix: str) -> None:
    """Both forms in which `plan` writes a plan are read back as that plan."""
    loaded = engine.load(example_j)
    expected = engine.plan(loaded, gap=0).plan
    found = read_plan(planned(command, example_j, tmp_path, suffix), loaded.ready)
    assert expected is not None
    assert dict(found.bookings) == dict(expected.bookings)


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_a_plan_from_a_plan(
    command: Command, example_j: Path, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is the same as without, and as good, also where the portfolio has changed meanwhile."""
    monkeypatch.setattr(hybrid, "FROM_OPTIONS", 0)
    previous = planned(command, example_j, tmp_path, suffix)
    raw = json.loads(example_j.read_text(encoding="utf-8"))
    raw["portfolio_wip_limit"] = 4
    changed = saved(raw, tmp_path / "changed.json")
    for portfolio, worth in ((example_j, 93), (changed, 88)):
        ended = command("plan", portfolio, "--gap", "0", "--from", previous, "--json")
        assert json.loads(ended.out)["outcome"]["value"] == worth
        assert json.loads(ended.out)["outcome"]["claim"] == "proven best"


def test_what_no_longer_exists_is_passed_over(command: Command, example_j: Path, tmp_path: Path) -> None:
    """Epics and periods that are gone are left out; the rest is where the plan begins."""
    previous = planned(command, example_j, tmp_path, ".json")
    raw = json.loads(example_j.read_text(encoding="utf-8"))
    raw["epics"] = [epic for epic in raw["epics"] if epic["id"] != "E8"]
    found = read_plan(previous, asking.portfolio_of(raw))
    assert set(found) == {"E1", "E3", "E6", "E7"}
    assert found.bookings["E1"] == Booking(0, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "is not a plan"),
        ('{"format": 1, "epics": []}', "is not a plan"),
        ('{"outcome": {}, "epics": [{"id": 7, "decision": "start", "start": null}, 3]}', "starts no epic of this"),
        ('{"outcome": {}, "epics": []}', "starts no epic of this"),
        ("", "is empty"),
        ("{", "is not valid JSON"),
    ],
)
def test_what_is_no_plan(command: Command, example_j: Path, tmp_path: Path, content: str, words: str) -> None:
    """One sentence says what the file is not, and exit code 2; nothing is planned."""
    path = tmp_path / "previous.json"
    path.write_text(content, encoding="utf-8")
    ended = command("plan", example_j, "--from", path)
    assert ended.code == 2
    assert words in ended.err
    assert ended.out == ""


def test_a_workbook_without_a_plan(command: Command, example_j: Path, tmp_path: Path) -> None:
    """A portfolio's own workbook has no planned starts, and a file that is not there is said to be missing."""
    command("convert", example_j, tmp_path / "portfolio.xlsx")
    for name, words in (("portfolio.xlsx", "no planned starts"), ("nowhere.xlsx", "does not exist")):
        ended = command("plan", example_j, "--from", tmp_path / name)
        assert (ended.code, words in ended.err) == (2, True)
