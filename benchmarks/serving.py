"""A meeting on one machine: 20 browsers listen, four edits a second are sent, while a plan is sought.

    python benchmarks/serving.py [epics ...]

For each size: seconds from the start of the command until the first answer; the time in which an edit is answered (median and
95 of 100); the time until another browser hears of it; a save of 50 edits into the workbook; memory before the first plan and at
the end; and whether as many edits were accepted as there are revisions.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

import generate

from portfolio.intake.read_portfolio import read_portfolio
from portfolio.storage.read_model import read_model
from portfolio.workbook.write_workbook import write_inputs

BROWSERS, EDITS, EDITS_A_SECOND, SAVED = 20, 80, 4, 50
FIELDS = ("user_business_value", "time_criticality", "rr_oe", "job_size")
SCALE = (1, 2, 3, 5, 8, 13, 20)


class Browser:
    """One browser that joined: it asks, and listens in a thread."""

    def __init__(self, address: str) -> None:
        parts = urllib.parse.urlsplit(address)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        self.connection.request("GET", f"{parts.path}?{parts.query}", headers={"Host": parts.netloc})
        answer = self.connection.getresponse()
        answer.read()
        cookie = answer.headers["set-cookie"].partition(";")[0]
        self.headers = {"Host": parts.netloc, "Origin": f"http://{parts.netloc}", "Cookie": cookie}
        self.heard: dict[int, float] = {}

    def ask(self, path: str, body: object = None) -> tuple[int, dict]:
        """Sends something, or asks for it."""
        method = "GET" if body is None else "POST"
        self.connection.request(method, path, None if body is None else json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def listen(self) -> None:
        """Notes when it hears of each revision."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        connection.request("GET", "/api/events", headers=self.headers)
        answer = connection.getresponse()
        while line := answer.readline():
            if line.startswith(b'data: {"revision"'):
                self.heard[json.loads(line[6:])["revision"]] = time.perf_counter()
            elif line.startswith(b"event: closing"):
                return


def memory(process: int) -> float:
    """Megabytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1000


def percentile(times: list[float], share: float) -> float:
    """The time within which this share of answers came."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main(epics: int) -> None:
    """Prints the figures for one size."""
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder, "p.json"), Path(folder, "p.xlsx")
        source.write_text(json.dumps(generate.generate(epics, 8, 1)), encoding="utf-8")
        portfolio = read_portfolio(source).portfolio
        assert portfolio is not None
        write_inputs(portfolio, read_model("safe"), path)
        began = time.perf_counter()
        command = [sys.executable, "-m", "portfolio", "serve", str(path), "--port", "0", "--no-browser"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            browsers = [Browser(server.stdout.readline().strip())]
            print(f"{epics:5} epics  first answer        {time.perf_counter() - began:7.2f} s")
            print(f"             memory at the start {memory(server.pid):7.0f} MB")
            address = browsers[0].ask("/api/state")[1]["links"]["decide"]
            browsers += [Browser(address) for _ in range(BROWSERS - 1)]
            for browser in browsers:
                threading.Thread(target=browser.listen, daemon=True).start()
            meet(browsers, epics)
            print(f"             memory at the end   {memory(server.pid):7.0f} MB")
        finally:
            server.terminate()
            server.wait(20)


def meet(browsers: list[Browser], epics: int) -> None:
    """Edits while a plan is sought, then saves."""
    draw, answers, told, good = random.Random(1), list[float](), list[float](), 0
    browsers[0].ask("/api/jobs", {"kind": "plan", "seconds": 60})
    for number in range(EDITS):
        begun = time.perf_counter()
        at = ["epics", f"EP-{draw.randrange(epics) + 1:04d}", draw.choice(FIELDS)]
        body = {"seen": 10**6, "request": f"r{number}", "edits": [{"at": at, "to": draw.choice(SCALE)}]}
        status, answer = browsers[number % BROWSERS].ask("/api/edits", body)
        done = time.perf_counter()
        answers.append(done - begun)
        good += status == 200
        if number % 8 == 0:
            browsers[0].ask("/api/jobs", {"kind": "plan", "seconds": 60})
        time.sleep(max(0.0, 1 / EDITS_A_SECOND - (time.perf_counter() - begun)))
        heard = [
            browser.heard[answer["revision"]] - begun for browser in browsers if answer["revision"] in browser.heard
        ]
        told += heard
    print(
        f"             edit answered       {statistics.median(answers) * 1000:7.0f} ms, 95 of 100 {percentile(answers, 0.95) * 1000:.0f} ms"
    )
    print(
        f"             others hear of it   {statistics.median(told) * 1000:7.0f} ms, 95 of 100 {percentile(told, 0.95) * 1000:.0f} ms"
    )
    state = browsers[0].ask("/api/state")[1]
    print(f"             accepted, revisions {good}, {state['revision']}")
    edits = [{"at": ["epics", f"EP-{turn + 1:04d}", "job_size"], "to": SCALE[turn % 7]} for turn in range(SAVED)]
    browsers[0].ask("/api/edits", {"seen": 10**6, "request": "saved", "edits": edits})
    begun = time.perf_counter()
    status, answer = browsers[0].ask("/api/save", {})
    print(
        f"             save                {time.perf_counter() - begun:7.2f} s, status {status}, {answer.get('saved')} cells"
    )


if __name__ == "__main__":
    for size in [int(text) for text in sys.argv[1:]] or [200, 1000]:
        main(size)
