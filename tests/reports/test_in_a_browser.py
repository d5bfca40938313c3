"""The report in a real browser: nothing runs and nothing is fetched, everyone can read it, and it prints."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from portfolio.reports.html_report import html_of
from portfolio.reports.report import Report, Source
from tests.reports.test_html_report import HOSTILE, hostile, report

pytestmark = pytest.mark.xdist_group("browser")
CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[1] / "browser" / "axe" / "axe.min.js"
SIZES = ((390, 844), (1280, 720), (1920, 1080))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where CI is set it has to be there."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is not installed.")
        pytest.skip(f"{CHROMIUM} is not installed.")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield found
        found.close()


def opened(browser: Browser, text: str, folder: Path) -> tuple[Page, list[str]]:
    """The report as people open it, and what it did besides being shown: requests, dialogs, complaints."""
    path = folder / "report.html"
    path.write_text(text, "utf-8", newline="\n")
    page = browser.new_context(color_scheme="light").new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.on("dialog", lambda dialog: seen.append(dialog.message))
    page.goto(path.as_uri())
    return page, [one for one in seen if one != path.as_uri()]


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_runs_and_nothing_is_fetched(name: str, browser: Browser, tmp_path: Path) -> None:
    """Whatever people call things, with the report's own policy and without it."""
    text = html_of(Report(hostile(name), Source(name, name, name), ()))
    for shown in (text, re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)):
        page, seen = opened(browser, shown, tmp_path)
        assert seen == []
        assert (
            page.locator("script, img, iframe, object, foreignObject, [onload], [onerror], [onmouseover]").count() == 0
        )
        page.context.close()


def test_everyone_can_read_it(browser: Browser, tmp_path: Path) -> None:
    """The rules of axe find nothing, by day and in the other colours by night, and nothing makes the page itself scroll sideways."""
    page, _ = opened(browser, html_of(report()), tmp_path)
    page.evaluate(AXE.read_text("utf-8"))
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert broken(page, {}) == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.emulate_media(color_scheme="dark")
    assert broken(page, {"runOnly": ["color-contrast"]}) == []
    page.context.close()


def broken(page: Page, more: dict[str, object]) -> list[tuple[str, list[object]]]:
    """What axe finds: each rule with where it is broken first."""
    found = page.evaluate("more => axe.run({resultTypes: ['violations'], ...more})", more)
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]]


def test_it_prints_each_section_on_a_page(browser: Browser, tmp_path: Path) -> None:
    """In landscape, none of the pages blank."""
    page, _ = opened(browser, html_of(report()), tmp_path)
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(boxes) >= 1 + page.locator("main > section").count()
    assert all(float(width) > float(height) for width, height in boxes)
    page.context.close()
