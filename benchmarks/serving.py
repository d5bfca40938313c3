"""A meeting on one machine: 20 browsers listen, four edits a second are sent, while a plan is sought.

    python benchmarks/serving.py [epics ...]

For each size: seconds from the start of the command until the page is there, and until it is filled; the time in which an edit
is answered (median and 95 of 100); the time until another browser hears of it; the server's processor time for an edit, and how
long it waited for a processor, which on a busy machine is the machine's doing; a save of 50 edits into the workbook; memory
before the first plan and at the end, of the server and of what solves for it; and whether as many edits were accepted as there
are revisions.
"""

from __future__ import annotations

import http.client
import json
import os
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
REVISION = b'data: {"revision":'


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

    def page(self) -> None:
        """Asks for the page itself."""
        self.connection.request("GET", "/", headers=self.headers)
        self.connection.getresponse().read()

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
            if line.startswith(REVISION):
                self.heard[int(line[len(REVISION) :].partition(b",")[0])] = time.perf_counter()
            elif line.startswith(b"event: closing"):
                return


def memory(process: int) -> str:
    """Megabytes that a process holds, and those of the processes that it began."""
    children = [
        one for task in Path(f"/proc/{process}/task").iterdir() for one in (task / "children").read_text().split()
    ]
    found = []
    for one in (process, *children):
        status = Path(f"/proc/{one}/status").read_text()
        found.append(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1000)
    return f"{found[0]:7.0f} MB, solver {sum(found[1:]):.0f} MB"


def spent(process: int) -> tuple[float, float]:
    """Seconds for which the server's loop had a processor, and for which it waited for one."""
    ran, waited, _ = Path(f"/proc/{process}/task/{process}/schedstat").read_text().split()
    return int(ran) / 1e9, int(waited) / 1e9


def processor_time(process: int) -> float:
    """Seconds of processor that the server has used, in all its threads."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


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
            browsers[0].page()
            print(f"{epics:5} epics  page there          {time.perf_counter() - began:7.2f} s")
            address = browsers[0].ask("/api/state")[1]["links"]["decide"]
            print(f"             page filled         {time.perf_counter() - began:7.2f} s")
            print(f"             memory at the start {memory(server.pid)}")
            browsers += [Browser(address) for _ in range(BROWSERS - 1)]
            for browser in browsers:
                threading.Thread(target=browser.listen, daemon=True).start()
            meet(browsers, epics, server.pid)
            print(f"             memory at the end   {memory(server.pid)}")
        finally:
            server.terminate()
            server.wait(20)


def meet(browsers: list[Browser], epics: int, server: int) -> None:
    """Edits while a plan is sought, then saves."""
    draw, answers, told, good = random.Random(1), list[float](), list[float](), 0
    browsers[0].ask("/api/jobs", {"kind": "plan", "seconds": 60})
    ran, waited = spent(server)
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
    now_ran, now_waited = spent(server)
    print(
        f"             of the loop, an edit{(now_ran - ran) / EDITS * 1000:7.0f} ms of processor, {(now_waited - waited) / EDITS * 1000:.0f} ms waiting for one"
    )
    state = browsers[0].ask("/api/state")[1]
    print(f"             accepted, revisions {good}, {state['revision']}")
    browsers[0].ask("/api/save", {})
    edits = [{"at": ["epics", f"EP-{turn + 1:04d}", "title"], "to": f"Renamed {turn}"} for turn in range(SAVED)]
    browsers[0].ask("/api/edits", {"seen": 10**6, "request": "saved", "edits": edits})
    begun, used = time.perf_counter(), processor_time(server)
    status, answer = browsers[0].ask("/api/save", {})
    took = time.perf_counter() - begun
    print(
        f"             save                {took:7.2f} s, {processor_time(server) - used:.2f} s of processor, "
        f"status {status}, {answer.get('saved')} cells"
    )


if __name__ == "__main__":
    for size in [int(text) for text in sys.argv[1:]] or [200, 1000]:
        main(size)
