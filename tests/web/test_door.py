"""The door: the page is there before the portfolio is read, fills as soon as it is, and says why where it cannot be."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from portfolio.errors import WrongUseError
from portfolio.web.app import Entered
from portfolio.web.door import Door, entrance
from portfolio.web.people import People
from portfolio.web.serve import open_meeting
from portfolio.web.settings import Settings
from tests.web.conftest import ORIGIN, no_solver

SETTINGS = Settings(port=8765)


class Reading:
    """A file that is read as soon as the test says so, or cannot be."""

    def __init__(self, file: Path) -> None:
        self.file, self.people = file, People()
        self.go, self.failure = threading.Event(), None
        self.ended = threading.Event()
        self.door = Door(SETTINGS, self.people, "small", self.read, failed=self.ended.set)

    def read(self) -> Entered:
        assert self.go.wait(10)
        if self.failure is not None:
            raise self.failure
        meeting = open_meeting(self.file, SETTINGS, people=self.people)
        meeting.planning.solver = no_solver  # type: ignore[assignment]
        return Entered(meeting)


@pytest.fixture
def reading(file: Path) -> Reading:
    return Reading(file)


@pytest.fixture
def visitor(reading: Reading) -> Iterator[TestClient]:
    """Somebody who came by a link while the file is read."""
    with TestClient(entrance(reading.door), base_url=ORIGIN, headers={"origin": ORIGIN}) as found:
        answer = found.get(f"/join?key={reading.people.keys['decide']}", follow_redirects=False)
        assert answer.status_code == 303
        yield found
        reading.go.set()


def asked(visitor: TestClient, path: str) -> Future[Response]:
    """Asks for something in a thread, since the answer comes later."""
    return ThreadPoolExecutor(1).submit(visitor.get, path)


def test_the_page_is_there_before_the_file_is_read(reading: Reading, visitor: TestClient) -> None:
    """The page and its files come at once; what is about the portfolio waits, and then it is the portfolio."""
    page = visitor.get("/")
    assert (page.status_code, "small" in page.text) == (200, True)
    script = page.text.partition('type="module" src="')[2].partition('"')[0]
    assert visitor.get(script).status_code == 200
    assert visitor.get("/healthz").text == "ok"
    assert visitor.get("/", headers={"host": "evil.example"}).status_code == 400
    state = asked(visitor, "/api/state")
    reading.go.set()
    answer = state.result(10)
    assert [epic["id"] for epic in answer.json()["epics"]] == ["X", "Y"]
    assert answer.json()["you"]["role"] == "decide"


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (WrongUseError("small.json is protected by a password; save it without one."), "protected by a password"),
        (KeyError("x"), "our fault: KeyError"),
    ],
)
def test_who_waits_hears_why_it_cannot_be_read(
    reading: Reading, visitor: TestClient, failure: Exception, said: str
) -> None:
    """In the page's own words, with what to do; then the server ends."""
    reading.failure = failure  # type: ignore[assignment]
    state = asked(visitor, "/api/state")
    reading.go.set()
    answer = state.result(10)
    assert (answer.status_code, said in answer.json()["message"], bool(answer.json()["fix"])) == (503, True, True)
    assert reading.ended.wait(2)
    assert reading.door.failure is failure


def test_nobody_waits_for_a_server_that_ends(reading: Reading, visitor: TestClient) -> None:
    """A server that is told to end while it reads tells those who wait."""
    state = asked(visitor, "/api/state")
    visitor.portal.call(reading.door.close)  # type: ignore[union-attr]
    answer = state.result(10)
    assert (answer.status_code, "ends" in answer.json()["message"]) == (503, True)


def test_the_command_says_it_on_the_page_and_in_the_terminal(tmp_path: Path) -> None:
    """A file that is no workbook: the page has the sentence of the terminal, exit code 2, and no journal stays."""
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    command = [sys.executable, "-m", "portfolio", "serve", str(file), "--port", "0", "--no-browser"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None
    link = urllib.parse.urlsplit(server.stdout.readline().strip())
    browser = http.client.HTTPConnection("127.0.0.1", link.port or 0, timeout=20)
    browser.request("GET", f"{link.path}?{link.query}", headers={"Host": link.netloc})
    joined = browser.getresponse()
    joined.read()
    browser.request("GET", "/api/state", headers={"Cookie": joined.headers["set-cookie"].partition(";")[0]})
    answer = browser.getresponse()
    said = json.loads(answer.read())["message"]
    browser.close()
    _, complaint = server.communicate(timeout=20)
    assert (answer.status, server.returncode) == (503, 2)
    assert "broken.xlsx" in said
    assert said in " ".join(complaint.split())
    assert [one.name for one in tmp_path.iterdir()] == ["broken.xlsx"]
