"""The pictures of the how-to come from the page itself: `make pictures` keeps them, every run takes them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visits, cell, planned

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/how-to/run-the-meeting.md"
KEPT = ROOT / "docs/how-to/pictures"


def test_pictures_of_the_how_to(serve: Callable[..., Served], visit: Visits, tmp_path: Path) -> None:
    """Scoring a column, why an epic waits, and a what-if beside the plan; each picture that is named is taken."""
    folder = KEPT if os.environ.get("PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    taken: list[str] = []

    def take(page: Page, name: str) -> None:
        page.screenshot(path=folder / name, animations="disabled")
        taken.append(name)

    served = serve("first-steps")
    page = visit(served, view="score", size=(1280, 640))
    planned(page)
    cell(page, "E4", "time_criticality").click()
    take(page, "score.png")
    page.goto(f"{served.url}/#ranking")
    cell(page, "E4", "title").click()
    panel = page.locator("#panel")
    panel.locator("[data-act=explain]").click()
    expect(panel.locator("[data-act=try]").first).to_be_visible()
    take(page, "why.png")
    panel.locator("[data-act=try]").first.click()
    expect(panel.locator("[data-whatif=value]")).to_contain_text("+7 points")
    take(page, "what-if.png")

    assert taken == re.findall(r"\]\(pictures/([\w-]+\.png)\)", DOCUMENT.read_text(encoding="utf-8"))
    for name in taken:
        assert (KEPT / name).stat().st_size > 10_000, f"{name} is empty or missing: make pictures"
        assert (folder / name).stat().st_size > 10_000, f"{name} is blank"
