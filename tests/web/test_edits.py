"""Edits: taken cell by cell, on the disk before the answer, one for each request, and never over somebody else's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from portfolio.web.app import create_app
from portfolio.web.guard import MOST_BYTES
from portfolio.web.meeting import Meeting
from portfolio.web.people import Role
from tests.web.conftest import ORIGIN, Visitor, opened

Visit = Callable[[Role | None], Visitor]
SIZE = ["epics", "X", "job_size"]


def journal_of(meeting: Meeting) -> list[dict[str, object]]:
    """The lines of the journal after the first one."""
    return [json.loads(line) for line in meeting.session.journal.path.read_text().splitlines()[1:]]


def test_an_edit_changes_state_ranking_and_journal(meeting: Meeting, visitor: Visit) -> None:
    ada = visitor("score")
    ada.post("/api/people", json={"name": "Ada"})
    answer = ada.edit((SIZE, "5,5"))
    assert (answer["status"], answer["revision"]) == (200, 1)
    assert answer["taken"] == [{"at": SIZE, "to": 5.5}]
    assert [row["id"] for row in answer["ranking"]]  # type: ignore[union-attr,index]
    state = ada.get("/api/state").json()
    epic = next(one for one in state["epics"] if one["id"] == "X")
    assert (epic["job_size"], epic["edited"], state["unsaved"]) == (5.5, ["job_size"], 1)
    assert [(line["by"], line["edits"]) for line in journal_of(meeting)] == [
        ("Ada", [{"at": SIZE, "was": 1, "to": 5.5}])
    ]


def test_the_file_stays_as_it_is_until_it_is_saved(visitor: Visit, file: Path) -> None:
    before = file.read_bytes()
    visitor("score").edit((SIZE, 5))
    assert file.read_bytes() == before


def test_a_stale_edit_of_the_same_cell_says_who_when_and_what(visitor: Visit) -> None:
    ada, ben = visitor("score"), visitor("score")
    ada.post("/api/people", json={"name": "Ada"})
    assert ada.edit((SIZE, 5), seen=0)["status"] == 200
    answer = ben.edit((SIZE, 8), (["epics", "Y", "job_size"], 3), seen=0)
    assert answer["status"] == 200
    (conflict,) = answer["conflicts"]  # type: ignore[misc]
    assert (conflict["at"], conflict["by"], conflict["value"]) == (SIZE, "Ada", 5)
    assert answer["taken"] == [{"at": ["epics", "Y", "job_size"], "to": 3}]
    assert ben.edit((SIZE, 8), seen=0)["status"] == 409
    assert ben.edit((SIZE, 5), seen=0)["status"] == 200, "the same value is no conflict"
    assert ada.edit((SIZE, 2), seen=0)["status"] == 200, "nobody is in conflict with themselves"
    assert ben.edit((SIZE, 8))["status"] == 200, "whoever has seen the newest may change it"


def test_the_same_request_twice_is_one(meeting: Meeting, visitor: Visit) -> None:
    ada = visitor("score")
    first = ada.edit((SIZE, 5), request="once")
    assert ada.edit((SIZE, 5), request="once") == first
    assert (meeting.session.revision, len(journal_of(meeting))) == (1, 1)


@pytest.mark.parametrize(
    ("at", "to", "words"),
    [
        (SIZE, "abc", "takes a number"),
        (SIZE, "1.2.3", "number"),
        (SIZE, True, "takes a number"),
        (SIZE, [5], "no value"),
        (SIZE, {"a": 1}, "no value"),
        (["epics", "X", "must"], "perhaps", "yes or no"),
        (["epics", "X", "deadline"], "soon", "date"),
        (["epics", "X", "urgency"], "whenever", "known word"),
        (["epics", "X", "min_periods"], 1.5, "whole number"),
        (["epics", "Q", "job_size"], 5, "unknown"),
        (["epics", "X", "id"], "Z", "no cell"),
        (["epics", "X", "__class__"], "Z", "no cell"),
        (["epics", "X"], "Z", "no cell"),
        (["epics"], "Z", "no cell"),
        ([], "Z", "no cell"),
        (["secrets", "X", "Y"], "Z", "no cell"),
        (["settings", "format"], 2, "no cell"),
        (["settings", "periods"], 2, "no cell"),
        (["value_streams", "A", "capacity", "PI 99"], 2, "unknown"),
        (["epics", "X", "title"], "x" * 10_001, "letters"),
        ("epics", 2, "no cell"),
        ([1, 2, 3], 2, "no cell"),
        (None, 2, "no cell"),
    ],
)
def test_what_no_cell_takes_is_refused_with_a_sentence(
    meeting: Meeting, visitor: Visit, at: object, to: object, words: str
) -> None:
    answer = visitor("score").edit((at, to))  # type: ignore[arg-type]
    assert answer["status"] == 422
    (refused,) = answer["refused"]  # type: ignore[misc]
    assert words in refused["message"]
    assert refused["fix"]
    assert (meeting.session.revision, journal_of(meeting)) == (0, [])


def test_what_breaks_a_rule_is_taken_and_shown(visitor: Visit) -> None:
    ada = visitor("score")
    assert ada.edit((SIZE, -3))["status"] == 200
    state = ada.get("/api/state").json()
    assert any("above 0" in finding["message"] for finding in state["findings"])
    assert next(one for one in state["epics"] if one["id"] == "X")["job_size"] == -3
    assert ada.edit((SIZE, 3))["status"] == 200
    assert not any("above 0" in finding["message"] for finding in ada.get("/api/state").json()["findings"])


def test_an_epic_that_lacks_a_score_counts_as_not_scored(visitor: Visit) -> None:
    """Else the first score that is emptied, or filled in, would stop the ranking for everybody."""
    ada = visitor("score")
    assert ada.edit((SIZE, ""))["status"] == 200
    epics = {one["id"]: one["rank"] for one in ada.get("/api/state").json()["epics"]}
    assert epics == {"X": None, "Y": 1}


def test_a_paste_is_one_request_whose_good_cells_are_taken(visitor: Visit) -> None:
    ada = visitor("score")
    answer = ada.edit((SIZE, 3), (["epics", "Y", "job_size"], "many"), (["epics", "Y", "time_criticality"], "8"))
    assert (answer["status"], len(answer["taken"]), len(answer["refused"])) == (200, 2, 1)  # type: ignore[arg-type]


def test_undo_takes_back_what_still_holds(visitor: Visit) -> None:
    ada, ben = visitor("score"), visitor("score")
    ben.post("/api/people", json={"name": "Ben"})
    ada.edit((SIZE, 5), (["epics", "Y", "job_size"], 3))
    ben.edit((SIZE, 8))
    answer = ada.post("/api/undo", json={"request": "u1"}).json()
    assert [one["at"] for one in answer["taken"]] == [["epics", "Y", "job_size"]]
    assert [(one["by"], one["value"]) for one in answer["conflicts"]] == [("Ben", 8)]
    assert ada.post("/api/undo", json={"request": "u2"}).status_code == 422
    assert ben.post("/api/undo", json={"request": "u3"}).json()["taken"] == [{"at": SIZE, "to": 5}]


def test_a_new_epic_stands_at_the_end(meeting: Meeting, visitor: Visit) -> None:
    ada = visitor("score")
    body = {"request": "e1", "id": " Z ", "fields": {"title": "=cmd|x", "job_size": "3"}}
    answer = ada.post("/api/epics", json=body)
    assert (answer.status_code, answer.json()["id"]) == (201, "Z")
    assert ada.post("/api/epics", json=body).json() == answer.json()
    last = ada.get("/api/state").json()["epics"][-1]
    assert (last["id"], last["title"], last["job_size"], last["is_new"]) == ("Z", "=cmd|x", 3, True)
    for wrong in (
        {"id": "z"},
        {"id": " "},
        {},
        {"id": 5},
        {"id": "N", "fields": {"job_size": "x"}},
        {"id": "N", "fields": {"nothing": 1}},
    ):
        assert ada.post("/api/epics", json={"request": json.dumps(wrong), **wrong}).status_code == 422
    assert meeting.session.revision == 1


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b"NaN", 400),
        (b'{"request": "x", "edits": [{"at": ["epics", "X", "job_size"], "to": NaN}], "seen": 0}', 400),
        (b'{"request": "x", "edits": [{"at": ["epics", "X", "title"], "to": "\\ud800"}], "seen": 0}', 400),
        (b'{"request": "x", "edits": [], "seen": 0}', 422),
        (b'{"request": "x", "edits": {}, "seen": 0}', 422),
        (b'{"request": "x", "edits": [1, null, "a"], "seen": 0}', 422),
        (b'{"request": "x", "edits": [{}], "seen": "0"}', 422),
        (b'{"request": "x", "edits": [{}], "seen": -1}', 422),
        (b'{"request": "x", "edits": [{}], "seen": true}', 422),
        (b'{"request": "", "edits": [{}], "seen": 0}', 422),
        (b'{"edits": [{}], "seen": 0}', 422),
        (b"[" * 100_000, 400),
        (b'{"a": "' + b"x" * MOST_BYTES + b'"}', 413),
        (b'{"request": "x", "seen": 0, "edits": [' + b",".join([b"{}"] * 10_001) + b"]}", 413),
    ],
)
def test_malformed_and_huge_requests_are_refused(meeting: Meeting, visitor: Visit, content: bytes, status: int) -> None:
    answer = visitor("score").post("/api/edits", content=content)
    assert answer.status_code == status
    assert meeting.session.revision == 0


def test_nobody_writes_faster_than_people_do(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """With three a second instead of thirty, so that a slow machine is quick enough to be refused."""
    monkeypatch.setattr("portfolio.web.guard.WRITES_A_SECOND", 3)
    with TestClient(create_app(meeting), base_url=ORIGIN) as server:
        ada, ben = (Visitor(server, meeting, "score") for _ in range(2))
        codes = {ada.post("/api/focus", json={"at": ["ranking"]}).status_code for _ in range(20)}
        assert codes == {200, 429}
        assert ben.edit((SIZE, 5))["status"] == 200, "others are not held up by that"


def test_a_full_disk_loses_nothing_and_says_so(
    meeting: Meeting, visitor: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    ada = visitor("score")
    monkeypatch.setattr(meeting.session.journal, "append", full)
    answer = ada.edit((SIZE, 5))
    assert (answer["status"], meeting.session.revision) == (507, 0)
    assert "No space left" in str(answer["message"])
    monkeypatch.undo()
    assert ada.edit((SIZE, 5))["status"] == 200


def test_every_answer_of_200_is_a_revision(meeting: Meeting, visitor: Visit) -> None:
    ada, ben = visitor("score"), visitor("score")
    good = sum(person.edit((SIZE, value))["status"] == 200 for value in (1, 1, 2, 3) for person in (ada, ben))
    assert good == meeting.session.revision == len(journal_of(meeting))


def test_a_clock_that_jumps_changes_neither_order_nor_conflicts(
    meeting: Meeting, visitor: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Revisions count, not moments: the clock goes back by a year, and who comes second is still in conflict."""
    ada, bo = visitor("score"), visitor("score")
    times = iter(["2027-06-01T10:00:00+02:00", "2026-06-01T09:00:00+02:00", "2028-01-01T00:00:00+01:00"])
    monkeypatch.setattr("portfolio.web.session.moment", lambda: next(times))
    ada.edit((SIZE, 5))
    refused = bo.edit((SIZE, 8), seen=0)
    assert (refused["status"], refused["conflicts"][0]["value"]) == (409, 5)  # type: ignore[index]
    assert bo.edit((SIZE, 13))["status"] == 200
    assert ada.edit((SIZE, 3))["status"] == 200
    lines = [json.loads(line) for line in meeting.session.journal.path.read_text().splitlines()[1:]]
    assert [(line["revision"], line["at"][:4]) for line in lines] == [(1, "2027"), (2, "2026"), (3, "2028")]
    assert ada.get("/api/state").json()["epics"][0]["job_size"] == 3


@pytest.mark.parametrize(
    "path",
    [
        "/api/jobs/99999999999999999999",
        "/api/jobs/-1",
        "/api/views/__class__",
        "/api/views/difference?job=7",
        "/api/views/" + "x" * 3000,
        "/static/0000000000000000/js/main.js",
        "/static/../session.py",
        "/api/nothing",
    ],
)
def test_what_is_not_there_is_said(visitor: Visit, path: str) -> None:
    """Pages of an earlier version, numbers that nobody gave, and addresses that somebody made up."""
    answer = visitor("decide").get(path)
    assert answer.status_code == 404
    assert {"message", "fix"} <= set(answer.json())


@pytest.mark.parametrize(
    "path", ["/api/state?part=,,plan,nothing", "/api/views/load?job=x&job=%00", "/api/events?after=%ff&wait=1e999"]
)
def test_what_asks_for_nonsense_gets_an_answer(visitor: Visit, path: str) -> None:
    """What a query says that means nothing is left alone."""
    assert visitor("look").get(path).status_code == 200


def test_a_huge_request_is_refused_while_it_comes_in(meeting: Meeting, visitor: Visit) -> None:
    """Sent in pieces and without its length: what was not read yet is never read."""
    sent = list[int]()

    def pieces() -> Iterator[bytes]:
        for turn in range(200):
            sent.append(turn)
            yield b"[" * 100_000

    answer = visitor("score").post("/api/edits", content=pieces())
    assert (answer.status_code, meeting.session.revision) == (413, 0)
    assert answer.json()["fix"]


def test_a_cookie_of_an_earlier_run_lets_nobody_in(meeting: Meeting, visitor: Visit) -> None:
    """Nor one that somebody made up; each hears what to do."""
    someone = visitor(None)
    for cookie in ("", "x" * 4000, "another-run", "caf\u00e9"):
        said = {b"cookie": f"{meeting.settings.cookie}={cookie}".encode("latin-1")}
        answer = someone.post("/api/edits", json={}, headers=said)
        assert (answer.status_code, "link" in answer.json()["fix"]) == (401, True)


def test_a_page_of_an_earlier_run_does_not_write_over_others(meeting: Meeting, file: Path) -> None:
    """Ada typed before a kill what Ben changed after she looked: what she saw of the earlier run still counts."""
    with TestClient(create_app(meeting), base_url=ORIGIN) as server:
        ada, ben = (Visitor(server, meeting, "score") for _ in range(2))
        for value in (2, 3, 5):
            ada.edit((SIZE, value))
        seen = meeting.session.revision
        ben.edit((SIZE, 8))
    meeting.session.journal.close()
    for again in opened(file):
        with TestClient(create_app(again), base_url=ORIGIN) as server:
            ada, ben = (Visitor(server, again, "decide") for _ in range(2))
            assert ben.post("/api/takeover", json={"take": True}).status_code == 200
            assert ada.edit((SIZE, 13), seen=seen)["status"] == 409, "Ben changed it since"
            assert ada.edit((SIZE, 13), seen=again.session.revision)["status"] == 200
