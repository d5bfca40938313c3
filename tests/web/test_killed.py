"""A server that is killed at any moment: what was acknowledged is there again, once, and nothing else."""

from __future__ import annotations

import http.client
import json
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from portfolio.errors import WrongUseError
from portfolio.web.app import create_app
from portfolio.web.journal import Journal, journal_path
from portfolio.web.serve import serve
from portfolio.web.settings import Settings
from tests.web.conftest import ORIGIN, Visitor, opened, portfolio, scored

EPICS = 40
STARTS = 90.0
"""Seconds within which a server that was just started has read its file, on a machine that does much else."""


class Served:
    """A real server of a file, in a process of its own, and a browser that joined it."""

    def __init__(self, file: Path) -> None:
        command = [sys.executable, "-m", "portfolio", "serve", str(file), "--port", "0", "--no-browser"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.link = self.process.stdout.readline().strip()
        self.origin = self.link.partition("/join")[0]
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        if self.link:
            self.browser.open(self.link, timeout=STARTS).close()

    def ask(self, path: str, body: object = None) -> dict[str, object]:
        """Asks for something, or sends something."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.origin + path, data, {"Origin": self.origin})
        with self.browser.open(request, timeout=STARTS) as answer:
            found: dict[str, object] = json.loads(answer.read())
            return found

    def send(self, path: str, body: object) -> dict[str, object]:
        """Sends something, and again as long as that is said to be too soon."""
        while True:
            try:
                return self.ask(path, body)
            except urllib.error.HTTPError as refused:
                refused.close()
                if refused.code != 429:
                    raise
                time.sleep(0.1)

    def end(self, how: int = signal.SIGKILL) -> str:
        """Ends the server; what it said on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        _, said = self.process.communicate(timeout=STARTS)
        return said


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A portfolio that only ranks, so that nothing is solved."""
    raw = portfolio(*[scored(f"E{number}", 5, 3, 2, 8) for number in range(EPICS)])
    for name in ("value_streams", "calendar", "guardrails"):
        del raw[name]
    for epic in raw["epics"]:  # type: ignore[union-attr,attr-defined]
        del epic["effort"]
    path = tmp_path / "many.json"
    path.write_text(json.dumps(raw))
    return path


@dataclass
class Browser:
    """Somebody who enters one value after the other into cells of their own, and sends again what was not answered."""

    number: int
    of: int
    edits: int
    draw: random.Random
    acknowledged: list[tuple[str, str, float]] = field(default_factory=list)
    """The name of each request that was answered, its epic and its value, in this order."""
    refused: set[int] = field(default_factory=set)

    def work(self, meeting: Room) -> None:
        """Enters everything; after a kill it goes on with the server that was started again."""
        for turn in range(self.edits):
            name = f"E{self.draw.randrange(EPICS // self.of) * self.of + self.number}"
            value = 1 + turn + self.number / 10
            body = {
                "seen": meeting.revision,
                "request": f"{self.number}-{turn}",
                "edits": [{"at": ["epics", name, "job_size"], "to": value}],
            }
            while not self._sent(meeting, body):
                time.sleep(0.02)
            self.acknowledged.append((str(body["request"]), name, value))
            meeting.answered()

    def _sent(self, meeting: Room, body: dict[str, object]) -> bool:
        try:
            answer = meeting.served.ask("/api/edits", body)
        except urllib.error.HTTPError as refused:
            refused.close()
            self.refused.add(refused.code)
            return False
        except (OSError, http.client.HTTPException):
            return False
        assert len(answer["taken"]) == 1  # type: ignore[arg-type]
        meeting.revision = max(meeting.revision, int(answer["revision"]))  # type: ignore[call-overload]
        return True


class Room:
    """The meeting: the server that runs now, and how much was answered by now."""

    def __init__(self, file: Path) -> None:
        self.file, self.served, self.revision, self.count = file, Served(file), 0, 0
        self.lock = threading.Lock()

    def answered(self) -> None:
        with self.lock:
            self.count += 1

    def kill(self, after: int, delay: float) -> None:
        """Kills the server some moment after so many answers; then it is started again, and what is unsaved taken over."""
        while self.count < after:
            time.sleep(0.002)
        time.sleep(delay)
        self.served.process.kill()
        self.served.end()
        again = Served(self.file)
        assert again.ask("/api/takeover", {"take": True})["taken"]
        self.served = again


@pytest.fixture
def room(file: Path) -> Iterator[Room]:
    """A meeting about the file, whose server is gone at the end whatever happens."""
    room = Room(file)
    yield room
    if room.served.process.poll() is None:
        room.served.end()


@pytest.mark.parametrize(
    ("seed", "browsers", "edits", "kills"),
    [
        (1, 2, 60, 1),
        pytest.param(2, 4, 1000, 2, marks=pytest.mark.many),
        pytest.param(3, 4, 1000, 3, marks=pytest.mark.many),
        pytest.param(4, 3, 400, 5, marks=pytest.mark.many),
    ],
)
def test_acknowledged_edits_survive_kill_9(
    file: Path, room: Room, seed: int, browsers: int, edits: int, kills: int
) -> None:
    """The server is killed in the middle, at moments that the seed says: no answered edit is lost, none counts twice, and all go on."""
    draw = random.Random(seed)
    people = [Browser(number, browsers, edits // browsers, random.Random(seed + number)) for number in range(browsers)]
    threads = [threading.Thread(target=one.work, args=(room,)) for one in people]
    for thread in threads:
        thread.start()
    for after in sorted(draw.sample(range(edits // 10, edits * 9 // 10), kills)):
        room.kill(after, draw.random() / 20)
    for thread in threads:
        thread.join()
    assert set.union(*(one.refused for one in people)) <= {423, 429}, "refused are those who are too early or too fast"
    told = {name: value for one in people for _, name, value in one.acknowledged}
    state = room.served.ask("/api/state")
    sizes = {epic["id"]: epic["job_size"] for epic in state["epics"]}  # type: ignore[attr-defined]
    assert {name: sizes[name] for name in told} == told, "each cell holds what was last entered and answered"
    assert state["unsaved"] == len(told)
    assert state["revision"] <= edits + 2 * kills, "none was taken twice"  # type: ignore[operator]
    for one in people:
        request, name, _ = one.acknowledged[0]
        old = {"seen": state["revision"], "request": request, "edits": [{"at": ["epics", name, "job_size"], "to": 99}]}
        room.served.send("/api/edits", old)
    again = room.served.ask("/api/state")
    assert again["revision"] == state["revision"], "a request that was answered before a kill is still the same one"
    assert room.served.send("/api/save", {})["saved"] == len(told)
    saved = {epic["id"]: epic["job_size"] for epic in json.loads(file.read_text())["epics"]}
    assert saved == sizes
    said = room.served.end(signal.SIGTERM)
    assert (said, room.served.process.returncode) == ("", 0)
    assert not journal_path(file).exists(), "nothing is left to keep"


def test_a_second_server_names_the_first_one(file: Path) -> None:
    """It says where the first one is, before it prints an address of its own, and leaves what the first one keeps."""
    said = list[str]()
    for first in opened(file, Settings(port=9123)):
        with pytest.raises(WrongUseError, match=r"many\.json is served already at http://127\.0\.0\.1:9123/"):
            serve(file, Settings(), lambda address, _: said.append(address))
        assert (said, first.session.journal.path.exists()) == ([], True)


def test_a_torn_last_line_was_never_accepted(tmp_path: Path) -> None:
    """What was being written when the power went is cut off; a line that somebody damaged costs no other line."""
    file = tmp_path / "a.json"
    file.write_text("{}")
    path = journal_path(file)
    path.write_bytes(b'{"format": 1, "sha256": "x"}\n{"revision": 1, "edits": []}\nrubbish\n{"revision": 2}\n{"revis')
    journal = Journal.open(file, {"format": 1})
    assert [line["revision"] for line in journal.lines] == [1, 2]
    journal.append({"revision": 3})
    journal.close()
    assert path.read_bytes().endswith(b'rubbish\n{"revision": 2}\n{"revision": 3}\n')


def test_a_journal_that_is_deleted_comes_back_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}")
    journal = Journal.open(file, {"format": 1})
    journal.begin()
    journal.append({"revision": 1})
    journal.path.unlink()
    journal.append({"revision": 2})
    assert [json.loads(line).get("revision") for line in journal.path.read_text().splitlines()] == [None, 1, 2]
    with pytest.raises(WrongUseError):
        Journal.open(file, {})
    journal.close(remove=True)
    assert not journal.path.exists()


def test_an_aside_journal_is_kept(file: Path) -> None:
    """Who leaves an earlier meeting's edits finds them under another name; until somebody says so, nothing is taken."""
    journal_path(file).write_text(
        '{"format": 1, "sha256": "x"}\n'
        '{"revision": 1, "request": "r", "edits": [{"at": ["epics", "E0", "job_size"], "was": 8, "to": 3}]}\n'
    )
    for meeting in opened(file, Settings(port=8765)):
        with TestClient(create_app(meeting), base_url=ORIGIN) as server:
            ada = Visitor(server, meeting, "decide")
            assert ada.edit((["epics", "E0", "job_size"], 5))["status"] == 423
            kept = ada.post("/api/takeover", json={"take": False}).json()["kept"]
            assert '"to": 3' in (file.parent / kept).read_text()
            assert ada.edit((["epics", "E0", "job_size"], 5))["status"] == 200
            assert ada.get("/api/state").json()["unsaved"] == 1
