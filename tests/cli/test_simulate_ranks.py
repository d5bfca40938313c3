"""`portfolio simulate --ranks`: alone where no plan is possible, beside the plan where one is, and its sheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import examples
from tests.cli.running import Ended, run


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    """A portfolio with scores and no efforts, so that it can be ranked only."""
    path = tmp_path / "scored.json"
    path.write_text(json.dumps(examples.example_a()))
    return path


@pytest.fixture
def simulate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Runs `portfolio simulate`."""
    return lambda *arguments: run(capsys, monkeypatch, "simulate", *map(str, arguments))


def test_a_portfolio_that_can_only_be_ranked_gets_its_ranks(scored: Path, simulate: Callable[..., Ended]) -> None:
    """Without efforts nothing can be planned, and the ranking is tried alone."""
    said = simulate(scored, "--ranks", "--top", 2, "--draws", 200).out
    assert "5 epics ranked by WSJF, anew in 200 possible futures" in " ".join(said.split())
    assert "In the first 2" in said


def test_an_epic_that_cannot_be_ranked_is_a_finding(scored: Path, simulate: Callable[..., Ended]) -> None:
    """A missing score is never a zero: the others are ranked, and it is said."""
    raw = json.loads(scored.read_text())
    raw["epics"][1]["rr_oe"] = None
    scored.write_text(json.dumps(raw))
    ended = simulate(scored, "--ranks", "--draws", 200, "--json")
    assert ended.code == 1
    assert {epic["id"] for epic in ended.json["ranks"]["epics"]} == {"A", "C", "D", "E"}
    assert "RR/OE is empty" in json.dumps(ended.json["findings"])


def test_the_same_seed_gives_the_same_json(scored: Path, simulate: Callable[..., Ended]) -> None:
    """Figures follow from the seed; without a plan nobody knows how many are funded."""
    one, other = (simulate(scored, "--ranks", "--draws", 1500, "--json").json for _ in range(2))
    assert one == other
    assert set(one["ranks"]) >= {"epics", "bands", "above", "exact"}
    assert one["ranks"]["epics"][0]["in_top"] is None
    assert sum(epic["first"] for epic in one["ranks"]["epics"]) == pytest.approx(1)


def test_the_sheet_has_a_chart_and_the_tables_every_pair(
    scored: Path, tmp_path: Path, simulate: Callable[..., Ended]
) -> None:
    """The workbook draws the intervals, and the tables say of each two epics which ranks above."""
    book, folder = tmp_path / "ranks.xlsx", tmp_path / "tables"
    assert simulate(scored, "--ranks", "--draws", 200, "-o", book, "--tables", folder).code == 0
    sheet = load_workbook(book)["Ranks"]
    assert len(sheet._charts) == 1
    assert sheet["C9"].value == "E"
    pairs = list(csv.DictReader((folder / "rank_pairs.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(pairs) == 10


def test_top_without_ranks_is_refused(scored: Path, simulate: Callable[..., Ended]) -> None:
    """An option that would do nothing is not taken silently."""
    ended = simulate(scored, "--top", 2)
    assert ended.code == 2
    assert "--ranks" in ended.err


def test_ranks_stand_beside_a_plan_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as the plan funds are the first that count; the plan's chances are there too."""
    raw = examples.example_a()
    for epic in raw["epics"]:
        epic["effort"] = {"Crew": 40}
    path, planned = tmp_path / "sized.json", tmp_path / "plan.json"
    path.write_text(json.dumps(raw))
    planned.write_text(run(capsys, monkeypatch, "plan", path, "--json").out)
    found = run(capsys, monkeypatch, "simulate", path, "--plan", planned, "--ranks", "--draws", "200", "--json").json
    assert found["ranks"]["top"] == len(found["epics"]) == 2
    assert 0 <= found["ranks"]["epics"][-1]["in_top"] <= 1
