"""A server that is killed at any moment: what was acknowledged is there again, once, and nothing else."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from portfolio.errors import WrongUseError
from portfolio.web.journal import Journal, journal_path
from tests.web.conftest import portfolio, scored

EPICS = 40
ACKNOWLEDGED = 62


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
            self.browser.open(self.link, timeout=20).close()

    def ask(self, path: str, body: object = None) -> dict[str, object]:
        """Asks for something, or sends something."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.origin + path, data, {"Origin": self.origin})
        with self.browser.open(request, timeout=20) as answer:
            found: dict[str, object] = json.loads(answer.read())
            return found

    def end(self, how: int = signal.SIGKILL) -> str:
        """Ends the server; what it said on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        _, said = self.process.communicate(timeout=20)
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


@pytest.mark.parametrize(
    ("browsers", "acknowledged"), [(2, ACKNOWLEDGED), pytest.param(4, 1000, marks=pytest.mark.many)]
)
def test_acknowledged_edits_survive_kill_9(file: Path, browsers: int, acknowledged: int) -> None:
    """Browsers send edits; the server is killed in between and started again: none is lost, and none counts twice."""
    served = Served(file)
    told, lock, killed = dict[str, float](), threading.Lock(), threading.Event()
    sent, count, codes = iter(range(1_000_000)), [0], set[int]()

    def send() -> None:
        while not killed.is_set():
            with lock:
                number = next(sent)
            name, value = f"E{number % EPICS}", 1 + number / 1000
            at = ["epics", name, "job_size"]
            body = {"seen": 10_000, "request": f"r{number}", "edits": [{"at": at, "to": value}]}
            try:
                served.ask("/api/edits", body)
            except urllib.error.HTTPError as refused:
                refused.close()
                codes.add(refused.code)
                time.sleep(0.1)
                continue
            except (OSError, http.client.HTTPException):
                continue
            with lock:
                told[name] = max(told.get(name, 0), value)
                count[0] += 1

    threads = [threading.Thread(target=send) for _ in range(browsers)]
    for thread in threads:
        thread.start()
    while count[0] < acknowledged:
        time.sleep(0.005)
    time.sleep(random.Random(1).random() / 20)
    served.process.kill()
    killed.set()
    for thread in threads:
        thread.join()
    served.end()
    assert codes <= {429}, "only the pace is ever refused"
    lines = [json.loads(line) for line in journal_path(file).read_text().splitlines()[1:]]
    assert len({line["request"] for line in lines}) == len(lines) >= acknowledged
    assert [line["revision"] for line in lines] == list(range(1, len(lines) + 1))
    again = Served(file)
    try:
        assert again.ask("/api/state")["untaken"]["requests"] == len(lines)  # type: ignore[index]
        assert again.ask("/api/takeover", {"take": True})["taken"]
        state = again.ask("/api/state")
        sizes = {epic["id"]: epic["job_size"] for epic in state["epics"]}  # type: ignore[attr-defined]
        last = {line["edits"][0]["at"][1]: line["edits"][0]["to"] for line in lines}
        assert {name: sizes[name] for name in last} == last
        assert set(told) <= set(last)
        assert (state["untaken"], state["unsaved"]) == (None, len(last))
        again.ask(
            "/api/edits",
            {"seen": 0, "request": lines[0]["request"], "edits": [{"at": ["epics", "E0", "job_size"], "to": 7}]},
        )
        assert again.ask("/api/state")["revision"] == state["revision"], "a request of before the kill is the same one"
        assert again.ask("/api/save", {})["saved"] == state["unsaved"]
        saved = {epic["id"]: epic["job_size"] for epic in json.loads(file.read_text())["epics"]}
        assert saved == sizes
    finally:
        said = again.end(signal.SIGTERM)
    assert (said, again.process.returncode) == ("", 0)
    assert not journal_path(file).exists(), "nothing is left to keep"


def test_a_second_server_names_the_first_one(file: Path) -> None:
    served = Served(file)
    try:
        other = Served(file)
        said = other.end()
        assert (other.process.returncode, "Traceback" in said) == (2, False)
        assert served.origin in said
    finally:
        served.end(signal.SIGTERM)


def test_an_open_stream_does_not_hold_the_server_back(file: Path) -> None:
    """Told to end, the server tells everybody and ends, however many listen."""
    served = Served(file)
    stream = served.browser.open(urllib.request.Request(served.origin + "/api/events"), timeout=20)
    assert stream.readline().startswith(b"retry")
    began = time.monotonic()
    said = served.end(signal.SIGTERM)
    assert (said, served.process.returncode) == ("", 0)
    assert time.monotonic() - began < 4
    assert b"event: closing" in stream.read()
    stream.close()


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


@pytest.mark.skipif(os.name == "nt", reason="permissions of folders")
def test_an_aside_journal_is_kept(file: Path) -> None:
    """Who leaves an earlier meeting's edits finds them under another name."""
    journal_path(file).write_text(
        '{"format": 1, "sha256": "x"}\n'
        '{"revision": 1, "request": "r", "edits": [{"at": ["epics", "E0", "job_size"], "was": 8, "to": 3}]}\n'
    )
    served = Served(file)
    try:
        with pytest.raises(urllib.error.HTTPError) as refused:
            served.ask(
                "/api/edits", {"seen": 0, "request": "q", "edits": [{"at": ["epics", "E0", "job_size"], "to": 5}]}
            )
        assert refused.value.code == 423
        refused.value.close()
        kept = served.ask("/api/takeover", {"take": False})["kept"]
        assert '"to": 3' in (file.parent / str(kept)).read_text()
        assert served.ask("/api/state")["unsaved"] == 0
    finally:
        served.end(signal.SIGTERM)
