"""`portfolio next`: what people see, and what is written only when it is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import asking
from tests.cli.conftest import Command, saved


@pytest.fixture
def planned(command: Command, tmp_path: Path) -> tuple[Path, Path]:
    """A portfolio in JSON and its plan."""
    raw = asking.small(asking.epic("X", 90, a=20, min_periods=2), asking.epic("Y", 20, a=10))
    file, plan = saved(raw, tmp_path / "portfolio.json"), tmp_path / "plan.json"
    plan.write_text(command("plan", file, "--gap", "0", "--json").out, encoding="utf-8")
    return file, plan


def test_it_shows_and_writes_nothing_unless_asked(command: Command, planned: tuple[Path, Path]) -> None:
    """What came of every epic, what was spent, and that effort and money add up."""
    file, plan = planned
    before = file.read_bytes()
    ended = command("next", file, "--closed", "PI 1", "--plan", plan)
    assert ended.code == 0
    assert "PI 1 closed, until 2027-03-14: 1 goes on." in ended.out
    assert "PI 1: 10 of 20 units of effort done, 10 left." in ended.out
    assert (file.read_bytes(), sorted(path.name for path in file.parent.iterdir())) == (
        before,
        ["plan.json", "portfolio.json"],
    )


def test_a_portfolio_in_json_keeps_what_was_closed_beside_it(command: Command, planned: tuple[Path, Path]) -> None:
    """The history goes along from file to file; what goes on is planned against what was agreed."""
    file, plan = planned
    folder = file.parent
    second, third = folder / "second.json", folder / "third.json"
    assert command("next", file, "--closed", "PI 1", "--add", "PI 5", "--plan", plan, "-o", second).code == 0
    plan.write_text(command("plan", second, "--keep", second, "--gap", "0", "--json").out, encoding="utf-8")
    kept = json.loads(plan.read_text(encoding="utf-8"))["kept"]
    assert (kept["agreed"], kept["moved"], kept["dropped"]) == (2, [], [])
    told = command("next", second, "--closed", "PI 2", "--plan", plan, "-o", third, "--json").json
    assert [line["id"] for line in told["done"]] == ["X"]
    assert told["done"][0]["effort_done"] == 20
    history = json.loads((folder / "third.closed.json").read_text(encoding="utf-8"))["closed"]
    assert [row["period"] for row in history if row["kind"] == "epic"] == ["PI 1", "PI 2"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing option"),
        (("--closed", "PI 2"), "close PI 1, not PI 2"),
        (("--closed", "PI 7"), "has no period PI 7"),
        (("--closed", "PI 1"), "give --plan a file that holds it"),
        (("--closed", "PI 1", "-o", "x.xlsx"), "give --plan"),
        (("--closed", "PI 1", "--write", "-o", "x.json"), "Give -o for a new file, or --write"),
        (("--closed", "PI 1", "--plan", "nowhere.json"), "does not exist"),
    ],
)
def test_wrong_use(command: Command, planned: tuple[Path, Path], arguments: tuple[str, ...], words: str) -> None:
    """One sentence and exit code 2; nothing is written."""
    ended = command("next", planned[0], *arguments)
    assert (ended.code, words in ended.err) == (2, True), ended.err


def test_another_kind_of_file_is_refused(command: Command, planned: tuple[Path, Path]) -> None:
    """JSON goes on as JSON."""
    file, plan = planned
    ended = command("next", file, "--closed", "PI 1", "--plan", plan, "-o", file.with_name("next.xlsx"))
    assert (ended.code, "let the new name end in .json" in ended.err) == (2, True)
