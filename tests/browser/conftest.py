"""A portfolio that is really served, and people who look at it with a real browser: Debian's Chromium, without the network."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from portfolio.web.meeting import Meeting
from portfolio.web.people import Role
from portfolio.web.serve import open_meeting
from portfolio.web.settings import Settings

CHROMIUM = "/usr/bin/chromium"
SAMPLES = Path(__file__).parents[2] / "samples"
PATIENCE = 20_000
"""Milliseconds that a test waits for what is to happen: machines of tests are slow."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs all of these, where the tests are spread by groups."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


RUNNING = ExitStack()
"""The browser, as long as tests of this folder follow each other."""
OPEN: list[Browser] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    """Ends the browser after the last of these tests: the loop in which it runs would be in the way of tests that run one of their own."""
    yield
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        OPEN.clear()
        RUNNING.close()


@pytest.fixture
def browser() -> Browser:
    """The browser. Where CI is set it has to be there; elsewhere these tests are skipped without it."""
    if not Path(CHROMIUM).exists():
        missing = f"{CHROMIUM} is not installed."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    if not OPEN:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        playwright = RUNNING.enter_context(sync_playwright())
        OPEN.append(playwright.chromium.launch(executable_path=CHROMIUM, args=arguments))
        RUNNING.callback(OPEN[0].close)
    return OPEN[0]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server looks at its file more often than people need it."""
    monkeypatch.setattr("portfolio.web.meeting.WATCH_SECONDS", 0.3)


@dataclass
class Served:
    """A meeting that is served from a thread of this process."""

    meeting: Meeting
    url: str
    stop: Callable[[], None]

    @property
    def file(self) -> Path:
        """The file that is served."""
        return self.meeting.session.path

    def link(self, role: Role) -> str:
        """The link by which people of this role come."""
        return f"{self.url}/join?key={self.meeting.people.keys[role]}"


def start(file: Path, agreed: Path | None = None) -> Served:
    """Serves a file at a free port."""
    import uvicorn

    from portfolio.web.app import create_app

    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    meeting = open_meeting(file, Settings(port=port), agreed=agreed)
    meeting.planning.quiet = 0.3
    config = uvicorn.Config(create_app(meeting), log_level="critical", access_log=False, timeout_graceful_shutdown=2)
    loops: list[asyncio.AbstractEventLoop] = []

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            loops.append(asyncio.get_running_loop())
            await super().startup(sockets)

    server = Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()

    def stop() -> None:
        if loops and thread.is_alive():
            loops[0].call_soon_threadsafe(meeting.session.events.close)
        server.should_exit = True
        thread.join(15)
        listening.close()
        meeting.session.journal.close()

    return Served(meeting, f"http://127.0.0.1:{port}", stop)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Serves a copy of a sample by its name, or a portfolio given as JSON."""
    running: list[Served] = []

    def serving(portfolio: str | dict[str, object], agreed: Path | None = None) -> Served:
        if isinstance(portfolio, str):
            file = tmp_path / "portfolio.xlsx"
            shutil.copy(SAMPLES / portfolio / "portfolio.xlsx", file)
        else:
            file = tmp_path / "portfolio.json"
            file.write_text(json.dumps(portfolio), encoding="utf-8")
        running.append(start(file, agreed))
        return running[-1]

    yield serving
    for served in running:
        served.stop()


MOVES = """(() => { let sum = 0; globalThis.shifted = () => sum;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true }); })()"""
"""Adds up how far things on a page moved though nobody did anything, as browsers measure it."""


@pytest.fixture(scope="module")
def first_steps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The first sample, served once for all tests of a file that change nothing in it."""
    file = tmp_path_factory.mktemp("first-steps") / "portfolio.xlsx"
    shutil.copy(SAMPLES / "first-steps" / "portfolio.xlsx", file)
    served = start(file)
    yield served
    assert served.meeting.session.revision == 0, "a test changed what others look at"
    served.stop()


@dataclass
class Visits:
    """Who opened pages, and what must not happen on any of them."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    """Errors of scripts, and what the page's own policy refused."""
    foreign: list[str] = field(default_factory=list)
    """Requests to anywhere but the server."""

    def __call__(
        self,
        served: Served,
        role: Role = "decide",
        name: str = "Ada",
        view: str = "ranking",
        size: tuple[int, int] = (1280, 720),
        **options: object,
    ) -> Page:
        """Somebody joins by a link and opens a view."""
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.request.get(served.link(role), headers={"Sec-Fetch-Site": "none"})
        if name:
            context.request.post(f"{served.url}/api/people", data={"name": name}, headers={"Origin": served.url})
        page = context.new_page()
        page.add_init_script(MOVES)
        self.watch(page, served.url)
        page.goto(f"{served.url}/#{view}")
        expect(page.locator("#view h2").first).to_be_visible()
        return page

    @staticmethod
    def moved(page: Page) -> float:
        """How far things on a page have moved since it was opened: shares of the window, times how much of it moved."""
        return float(page.evaluate("shifted()"))

    def watch(self, page: Page, url: str) -> None:
        """Remembers everything on a page that must not be."""
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("request", lambda request: self._asked(request.url, url))

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            self.faults.append(text)

    def _asked(self, asked: str, url: str) -> None:
        if not asked.startswith((url, "data:", "blob:")):
            self.foreign.append(asked)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Opens the page for people; at the end nothing has failed in their browsers, and nothing was asked of others."""
    visits = Visits(browser)
    expect.set_options(timeout=PATIENCE)
    yield visits
    for context in browser.contexts:
        context.close()
    assert visits.faults == [], "\n".join(visits.faults)
    assert visits.foreign == []


def planned(page: Page) -> None:
    """Waits until a plan is shown and nothing is being planned."""
    expect(page.locator("#status [data-act=plan]")).to_be_visible()
    expect(page.locator("#status .figure")).not_to_be_empty()


def cell(page: Page, epic: str, column: str) -> object:
    """A cell of the grid that is shown, by its row's ID and its column."""
    row = page.locator(".tabulator-row", has=page.locator(f".epic-id:text-is('{epic}')"))
    return row.locator(f".tabulator-cell[tabulator-field='{column}']")
