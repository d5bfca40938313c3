"""Saving, and the file on the disk: merged with what others did to it, refused while it is open elsewhere, never lost."""

from __future__ import annotations

import json
import re
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from portfolio.engine.edit import open_for_edits
from portfolio.web.app import create_app
from portfolio.web.meeting import Meeting
from portfolio.web.people import Role
from tests.web.conftest import ORIGIN, Visitor, opened

Visit = Callable[[Role | None], Visitor]
SIZE = ["epics", "X", "job_size"]
BANK = Path(__file__).parents[2] / "samples/retail-bank/portfolio.xlsx"


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[tuple[Path, Meeting, Visitor]]:
    """A meeting about the bank's workbook, and who decides there."""
    path = tmp_path / "bank.xlsx"
    shutil.copy(BANK, path)
    for meeting in opened(path):
        with TestClient(create_app(meeting), base_url=ORIGIN) as server:
            yield path, meeting, Visitor(server, meeting, "decide")


def look(meeting: Meeting, someone: Visitor) -> bool:
    """Looks at the file now instead of in two seconds."""
    return bool(someone.portal.call(meeting.disk.look))  # type: ignore[union-attr]


def changed_elsewhere(file: Path, **fields: object) -> None:
    """Another program changes the first epic of a JSON file."""
    raw = json.loads(file.read_text())
    raw["epics"][0] |= fields
    file.write_text(json.dumps(raw))


def test_saving_puts_what_is_pending_into_the_file(meeting: Meeting, visitor: Visit, file: Path) -> None:
    ada = visitor("decide")
    ada.edit((SIZE, 5))
    answer = ada.post("/api/save", json={})
    assert answer.status_code == 200
    assert json.loads(file.read_text())["epics"][0]["job_size"] == 5
    state = ada.get("/api/state").json()
    assert (state["unsaved"], state["file"]["sha256"], answer.json()["saved"]) == (0, answer.json()["sha256"], 1)
    assert len(meeting.session.journal.path.read_text().splitlines()) == 1
    assert meeting.session.revision == 1, "saving changes nothing that anybody sees"
    ada.edit((SIZE, 8))
    assert ada.post("/api/save", json={}).status_code == 200
    assert json.loads(file.read_text())["epics"][0]["job_size"] == 8


def test_saving_merges_with_what_others_saved(visitor: Visit, file: Path) -> None:
    ada = visitor("decide")
    ada.edit((SIZE, 5), (["epics", "X", "time_criticality"], 2))
    changed_elsewhere(file, job_size=13, rr_oe=8)
    answer = ada.post("/api/save", json={})
    assert answer.status_code == 409
    assert answer.json()["conflicts"] == [{"at": SIZE, "was": 1, "page": 5, "file": 13}]
    assert {"at": ["epics", "X", "rr_oe"], "was": 3, "now": 8} in answer.json()["changes"]
    assert json.loads(file.read_text())["epics"][0]["job_size"] == 13
    choices = [{"at": SIZE, "take": "page"}]
    assert ada.post("/api/save", json={"choices": choices}).status_code == 200
    epic = json.loads(file.read_text())["epics"][0]
    assert (epic["job_size"], epic["time_criticality"], epic["rr_oe"]) == (5, 2, 8)


@pytest.mark.parametrize("choice", [{"at": "x", "take": "page"}, {"at": SIZE, "take": "mine"}, 5, {}])
def test_a_choice_that_is_none_is_refused(visitor: Visit, choice: object) -> None:
    assert visitor("decide").post("/api/save", json={"choices": [choice]}).status_code == 422


def test_the_file_s_own_value_can_be_chosen(visitor: Visit, file: Path) -> None:
    ada = visitor("decide")
    ada.edit((SIZE, 5))
    changed_elsewhere(file, job_size=13)
    assert ada.post("/api/save", json={"choices": [{"at": SIZE, "take": "file"}]}).status_code == 200
    state = ada.get("/api/state").json()
    assert (state["unsaved"], state["epics"][0]["job_size"]) == (0, 13)


def test_changes_on_the_disk_are_taken_in(meeting: Meeting, visitor: Visit, file: Path) -> None:
    ada = visitor("decide")
    known = ada.get("/api/state").json()["event"]
    ada.edit((SIZE, 5))
    changed_elsewhere(file, job_size=13, title="Renamed")
    assert look(meeting, ada)
    state = ada.get("/api/state").json()
    assert (state["epics"][0]["title"], state["epics"][0]["job_size"], state["unsaved"]) == ("Renamed", 5, 1)
    assert (state["file"]["state"], state["file"]["conflicts"]) == (
        "changed",
        [{"at": SIZE, "was": 1, "page": 5, "file": 13}],
    )
    told = [event["event"] for event in ada.get(f"/api/events?after={known}").json()["events"]]
    assert "file" in told
    assert not look(meeting, ada)
    answer = visitor("score").edit((["epics", "X", "title"], "Mine"), seen=0)
    assert answer["conflicts"][0]["by"] == "small.json"  # type: ignore[index]


def test_saving_into_a_workbook_and_its_copy(bank: tuple[Path, Meeting, Visitor]) -> None:
    path, _, ada = bank
    ada.edit((["epics", "RB-101", "job_size"], 13), (["value_streams", "PAY", "capacity", "PI 2"], 50))
    copy = ada.get("/download/workbook").content
    assert ada.post("/api/save", json={}).status_code == 200
    assert path.read_bytes() == copy
    raw = open_for_edits(path).raw
    assert (raw["epics"][0]["job_size"], raw["value_streams"][0]["capacity"][1]) == (13, 50)


def test_saving_with_results_needs_a_plan_of_these_figures(bank: tuple[Path, Meeting, Visitor]) -> None:
    path, meeting, ada = bank
    meeting.planning.quiet = 60
    ada.edit((["epics", "RB-101", "must"], ""))
    assert ada.post("/api/save", json={"results": True}).status_code == 409
    ada.post("/api/jobs", json={"kind": "plan"})
    for _ in range(200):
        plan = ada.get("/api/state?part=plan").json()["plan"]
        if plan is not None and plan["of_revision"] == 1:
            break
        time.sleep(0.02)
    assert ada.post("/api/save", json={"results": True}).status_code == 200
    with zipfile.ZipFile(path) as package:
        names = re.findall(r'<sheet [^>]*?name="([^"]*)"', package.read("xl/workbook.xml").decode())
    assert {"Plan", "Ranking", "Allocation", "Epics"} <= set(names)
    assert meeting.session.unsaved == 0


def test_votes_stay_secret_and_go_to_their_sheet(bank: tuple[Path, Meeting, Visitor]) -> None:
    path, meeting, ada = bank
    for turn, value in enumerate((3, 5, 13)):
        voter = Visitor(ada.server, meeting, "score")
        told = voter.post("/api/votes", json={"epic": "RB-101", "field": "job_size", "value": value}).json()["votes"]
        assert (told["voted"], told["revealed"]) == (turn + 1, None)
    assert ada.post("/api/votes", json={"take": True, "value": 5, "request": "v"}).status_code == 409
    shown = ada.post("/api/votes/reveal").json()["votes"]["revealed"]
    assert shown == {"counts": {"3": 1, "5": 1, "13": 1}, "median": 5}
    assert ada.post("/api/votes", json={"take": True, "value": shown["median"], "request": "v"}).status_code == 200
    decision = {"kind": "approved", "subject": "plan", "because": "=fits", "request": "d", "price": 12}
    assert ada.post("/api/decisions", json=decision).status_code == 201
    assert ada.post("/api/decisions", json=decision).status_code == 201
    assert ada.get("/api/state").json()["unsaved"] == 3
    assert ada.post("/api/save", json={}).status_code == 200
    from openpyxl import load_workbook

    book = load_workbook(path)
    assert sorted(row[2].value for row in book["Votes"].iter_rows(min_row=2)) == [3, 5, 13]
    rows = list(book["Decisions"].iter_rows(min_row=2, values_only=True))
    assert [(row[2], row[3], row[4], row[5]) for row in rows] == [("approved", "plan", "=fits", 12)]
    assert ada.get("/api/state").json()["unsaved"] == 0
