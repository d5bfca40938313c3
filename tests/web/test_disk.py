"""What happens to the file while the page is open: each is one clear sentence, and nothing that was entered is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.web.meeting import Meeting
from portfolio.web.people import Role
from tests.web.conftest import Visitor, portfolio, scored
from tests.web.test_saving import look

Visit = Callable[[Role | None], Visitor]
SIZE = ["epics", "X", "job_size"]


def state_of(someone: Visitor) -> dict[str, object]:
    """What the page knows of the file."""
    found: dict[str, object] = someone.get("/api/state?part=file").json()["file"]
    return found


def locked_by_excel(file: Path) -> None:
    file.with_name(f"~${file.name}").touch()


def locked_by_libreoffice(file: Path) -> None:
    file.with_name(f".~lock.{file.name}#").touch()


def taken_away(file: Path) -> None:
    file.rename(file.with_name("elsewhere.json"))


def made_read_only(file: Path) -> None:
    file.chmod(0o444)


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def emptied(file: Path) -> None:
    file.write_bytes(b"  \n")


def half_written(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:40])


def made_a_workbook_by_name_alone(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" + b"\0" * 60)


@pytest.mark.parametrize(
    ("happens", "state", "status", "said"),
    [
        (locked_by_excel, "open", 423, "open in another program"),
        (locked_by_libreoffice, "open", 423, "open in another program"),
        (taken_away, "gone", 404, "gone"),
        (made_read_only, "read-only", 403, "protected against writing"),
        (made_a_folder, "gone", 404, "gone"),
        (emptied, "broken", 503, "empty"),
        (half_written, "broken", 503, "small.json"),
        (made_a_workbook_by_name_alone, "broken", 503, "small.json"),
    ],
)
def test_each_is_said_once_and_nothing_is_lost(
    meeting: Meeting,
    visitor: Visit,
    file: Path,
    happens: Callable[[Path], None],
    state: str,
    status: int,
    said: str,
) -> None:
    """Everybody hears what is the matter; saving says the same; edits, undo and a copy go on; once it is mended, it is saved."""
    ada, kept = visitor("decide"), file.read_bytes()
    assert ada.edit((SIZE, 5))["status"] == 200
    known = ada.get("/api/state?part=event").json()["event"]
    happens(file)
    for _ in range(3):
        assert not look(meeting, ada)
    told = [one["data"] for one in ada.get(f"/api/events?after={known}").json()["events"] if one["event"] == "file"]
    assert [one["state"] for one in told] == [state], "it is told once"
    assert said in told[0]["message"]
    refused = ada.post("/api/save", json={})
    assert refused.status_code == status
    assert said in refused.json()["message"]
    assert refused.json()["fix"]
    assert ada.edit((SIZE, 8))["status"] == 200
    assert json.loads(ada.get("/download/workbook").content)["epics"][0]["job_size"] == 8
    assert ada.post("/api/undo", json={"request": "u"}).status_code == 200
    mended(file, kept)
    look(meeting, ada)
    assert state_of(ada)["state"] == "same"
    assert ada.post("/api/save", json={}).status_code == 200
    assert json.loads(file.read_text())["epics"][0]["job_size"] == 5


def mended(file: Path, content: bytes) -> None:
    """The file as it was, and nobody has it open."""
    if file.is_dir():
        file.rmdir()
    if file.exists():
        file.chmod(0o644)
    for lock in file.parent.glob("*~*"):
        lock.unlink()
    for lock in file.parent.glob(".~*"):
        lock.unlink()
    file.write_bytes(content)


def test_a_file_that_is_replaced_by_another_portfolio(meeting: Meeting, visitor: Visit, file: Path) -> None:
    """The other one is taken in; what was entered about an epic that is not in it is kept, said, and still there when it is back."""
    ada = visitor("decide")
    ada.edit((SIZE, 5), (["epics", "Y", "job_size"], 3))
    kept = file.read_bytes()
    other = file.with_name("other.json")
    other.write_text(json.dumps(portfolio(scored("Y", 1, 1, 1, 2), scored("Z", 2, 2, 2, 2))))
    other.replace(file)
    assert look(meeting, ada)
    state = ada.get("/api/state").json()
    assert [epic["id"] for epic in state["epics"]] == ["Y", "Z"]
    assert "changed elsewhere" in state["file"]["message"]
    answer = ada.post("/api/save", json={})
    assert answer.status_code == 200
    assert [one["at"] for one in answer.json()["unwritten"]] == [SIZE]
    assert json.loads(file.read_text())["epics"][0]["job_size"] == 3
    file.write_bytes(kept)
    look(meeting, ada)
    assert ada.get("/api/state").json()["epics"][0]["job_size"] == 5


def test_a_clock_that_stands_still_hides_no_change(visitor: Visit, file: Path) -> None:
    """Another program changes a cell; the file has the same size and the same time as before. Saving sees it all the same."""
    ada = visitor("decide")
    ada.edit((SIZE, 5))
    before = file.stat()
    file.write_text(file.read_text().replace('"rr_oe": 3', '"rr_oe": 9'))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert ada.post("/api/save", json={}).status_code == 200
    epic = json.loads(file.read_text())["epics"][0]
    assert (epic["job_size"], epic["rr_oe"]) == (5, 9)


def test_a_folder_that_is_moved_away_accepts_nothing_until_it_is_back(
    meeting: Meeting, visitor: Visit, file: Path
) -> None:
    """Where the journal cannot be written, nothing is accepted that could be lost; what was accepted before is there again."""
    folder = file.parent
    ada = visitor("decide")
    assert ada.edit((SIZE, 5))["status"] == 200
    away = folder.with_name(f"{folder.name} away")
    folder.rename(away)
    try:
        refused = ada.edit((SIZE, 8))
        assert (refused["status"], meeting.session.revision) == (507, 1)
        assert refused["fix"]
    finally:
        away.rename(folder)
    assert ada.edit((SIZE, 8))["status"] == 200
    lines = [json.loads(line) for line in meeting.session.journal.path.read_text().splitlines()[1:]]
    assert [line["edits"][0]["to"] for line in lines] == [5, 8]


def test_what_is_put_aside_twice_in_a_second_is_kept_twice(meeting: Meeting, visitor: Visit) -> None:
    """Also where the clock jumps back to a second that was there before."""
    ada = visitor("decide")
    kept = []
    for value in (5, 8):
        ada.edit((SIZE, value))
        kept.append(meeting.session.journal.put_aside())
    assert [f'"to": {value}' in path.read_text() for value, path in zip((5, 8), kept, strict=True)] == [True, True]
    assert len({*kept}) == 2
