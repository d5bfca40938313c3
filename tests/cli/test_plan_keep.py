"""`plan --keep`: among plans that are good enough, the one that changes least of what was agreed."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from tests import asking, oracle
from tests.asking import Raw
from tests.cli.conftest import Command, saved


def agreed() -> Raw:
    """X in PI 1, Y in PI 2: one at a time, X is worth more and so comes first."""
    return asking.small(
        asking.epic("X", benefit=10, a=10, latest="PI 2"),
        asking.epic("Y", benefit=9, a=10, latest="PI 2"),
        asking.epic("Z", benefit=1, a=0, b=1),
    )


@pytest.fixture
def plan(command: Command, tmp_path: Path) -> Path:
    """The plan that was agreed."""
    path = tmp_path / "agreed.json"
    path.write_text(
        command("plan", saved(agreed(), tmp_path / "old.json"), "--gap", "0", "--json").out, encoding="utf-8"
    )
    return path


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Y earns a little more than X now, so that the best plan swaps them for hardly anything."""
    raw = copy.deepcopy(agreed())
    raw["epics"][1]["benefit_per_week"] = 10.1
    return saved(raw, tmp_path / "new.json")


def starts(told: Raw) -> dict[str, str]:
    """When each epic starts."""
    return {line["id"]: line["start"] for line in told["epics"] if line["start"]}


def test_a_swap_that_is_worth_little_is_not_made(command: Command, plan: Path, changed: Path) -> None:
    """Within one per cent nothing moves; with no tolerance the best plan is taken, and what it moves is told."""
    best = command("plan", changed, "--gap", "0", "--json").json
    assert starts(best) == {"X": "PI 2", "Y": "PI 1", "Z": "PI 1"}
    kept = command("plan", changed, "--gap", "0", "--keep", plan, "--json").json
    assert starts(kept) == {"X": "PI 1", "Y": "PI 2", "Z": "PI 1"}
    told = kept["kept"]
    assert (told["agreed"], told["dropped"], told["moved"], told["started"], told["fewest"]) == (3, [], [], [], True)
    assert told["cost"] == pytest.approx(1)
    assert told["best_value"] == pytest.approx(best["outcome"]["value"])
    assert kept["outcome"]["claim"] == "best found"
    assert kept["outcome"]["gap"] == pytest.approx(1 / told["value"])
    strict = command("plan", changed, "--gap", "0", "--keep", plan, "--tolerance", "0%", "--json").json
    assert starts(strict) == starts(best)
    assert {line["id"] for line in strict["kept"]["moved"]} == {"X", "Y"}
    assert strict["outcome"]["claim"] == "proven best"


def test_it_is_told_as_people_say_it(command: Command, plan: Path, changed: Path) -> None:
    """How many stay, move and wait, what it costs, and that fewer changes are proven impossible."""
    ended = command("plan", changed, "--gap", "0", "--keep", plan, "--tolerance", "1%")
    assert ended.code == 0
    assert "3 epics were agreed: 3 keep their time; no other epic starts." in ended.out
    assert "Keeping costs 1 EUR" in ended.out
    assert "No plan worth as much changes less: proven." in ended.out


def test_what_is_gone_is_told(command: Command, plan: Path, changed: Path) -> None:
    """An agreed epic that the portfolio no longer has."""
    raw = json.loads(changed.read_text(encoding="utf-8"))
    raw["epics"].pop()
    saved(raw, changed)
    told = command("plan", changed, "--gap", "0", "--keep", plan, "--json").json["kept"]
    assert (told["agreed"], told["left_out"]) == (2, {"Z": "it is no longer in the portfolio"})
    assert "Agreed, but not to be kept: Z" in command("plan", changed, "--keep", plan).out


def test_what_can_no_longer_be_done_then_moves(command: Command, plan: Path, changed: Path) -> None:
    """An agreed epic that may only begin later now is no fault of ours: it moves, and that is told."""
    raw = json.loads(changed.read_text(encoding="utf-8"))
    raw["epics"][0] |= {"earliest": "PI 2"}
    ended = command("plan", saved(raw, changed), "--gap", "0", "--keep", plan, "--json")
    assert ended.code == 0
    moved = {line["id"]: (line["before"], line["after"]) for line in ended.json["kept"]["moved"]}
    assert moved["X"] == (["PI 1", "PI 1"], ["PI 2", "PI 2"])


def test_the_plan_in_the_workbook_itself(command: Command, tmp_path: Path, changed: Path) -> None:
    """A workbook written by `plan --write` is its own agreed plan."""
    path = tmp_path / "p.xlsx"
    command("convert", tmp_path / "old.json" if (tmp_path / "old.json").exists() else changed, path)
    command("plan", path, "--gap", "0", "--write", "--add-columns")
    told = command("plan", path, "--gap", "0", "--keep", path, "--json").json["kept"]
    assert (told["dropped"], told["moved"], told["started"], told["cost"]) == ([], [], [], 0)


def test_no_plan_is_possible(command: Command, plan: Path, changed: Path) -> None:
    """Then nothing is kept, and it is said as always."""
    raw = json.loads(changed.read_text(encoding="utf-8"))
    for epic in raw["epics"][:2]:
        epic |= {"must": True, "latest": "PI 1"}
    saved(raw, changed)
    ended = command("plan", changed, "--keep", plan, "--json")
    assert ended.code == 1
    assert "kept" not in ended.json
    assert oracle.brute_force(raw)[0] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--tolerance", "1%"), "give --keep PLAN too"),
        (("--keep", "agreed.json", "--tolerance", "101%"), "is not a share"),
        (("--keep", "agreed.json", "--tolerance", "much"), "is not a share"),
        (("--keep", "nowhere.json"), "does not exist"),
        (("--keep", "agreed.json", "--formulation", "x.mps"), "one of them at a time"),
    ],
)
def test_wrong_use(
    command: Command,
    plan: Path,
    changed: Path,
    arguments: tuple[str, ...],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One sentence and exit code 2."""
    monkeypatch.chdir(plan.parent)
    ended = command("plan", changed, *arguments)
    assert (ended.code, words in ended.err) == (2, True), ended.err
