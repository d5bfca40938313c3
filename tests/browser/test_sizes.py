"""Portfolios of every size: none, only ranked, and two thousand epics; and what the printer gets."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visits, cell, planned

SCORES = ("user_business_value", "time_criticality", "rr_oe", "job_size")
VIEWS = (
    "score",
    "ranking",
    "roadmap",
    "load",
    "guardrails",
    "difference",
    "value_and_duration",
    "frontier",
    "flow",
    "inputs",
)


def test_an_empty_portfolio_says_what_to_do(serve: Callable[..., Served], visit: Visits) -> None:
    """Every view offers one next step instead of an empty picture; the first epic is added on the page."""
    served = serve({"format": 1, "model": "safe", "name": "Brand new", "epics": []})
    page = visit(served)
    for view in ("score", "ranking", "roadmap", "load", "guardrails", "difference", "value_and_duration"):
        page.goto(f"{served.url}/#{view}")
        expect(page.locator("#view .empty button"), view).to_have_count(1)
        assert view in ("score", "ranking") or page.locator("#view button:visible").count() == 1, (
            f"{view} has no others"
        )
    page.locator("#view .empty button").click()
    page.get_by_label(re.compile("^Title")).fill("First things first")
    page.get_by_role("button", name="Add", exact=True).click()
    page.goto(f"{served.url}/#ranking")
    expect(page.locator(".tabulator")).to_contain_text("First things first")


def test_what_only_ranks(serve: Callable[..., Served], visit: Visits) -> None:
    """Without value streams there are ranks and the picture of value and duration; the other views say what they lack."""
    served = serve("scores-only")
    page = visit(served)
    expect(page.locator(".tabulator-row")).not_to_have_count(0)
    expect(page.locator("#status")).to_contain_text("ranks only")
    page.goto(f"{served.url}/#value_and_duration")
    expect(page.locator("#view canvas")).to_be_visible()
    page.goto(f"{served.url}/#roadmap")
    expect(page.locator("#view .empty")).to_contain_text("Nothing to plan with yet")


def test_two_thousand_epics(serve: Callable[..., Served], visit: Visits) -> None:
    """All can be ranked, found and scored; the grid is there at once and holds few rows of the page."""
    epics = [
        {"id": f"EP-{number:04}", "title": f"Epic {number}", **dict(zip(SCORES, (8, number % 13 + 1, 3, number % 7 + 1), strict=True))}
        for number in range(1, 2001)
    ]  # fmt: skip
    served = serve({"format": 1, "model": "safe", "epics": epics})
    page = visit(served, view="score")
    began = time.monotonic()
    page.reload()
    expect(page.locator(".tabulator-row").first).to_be_visible()
    assert time.monotonic() - began < 6
    assert page.locator(".tabulator-row").count() < 200
    page.keyboard.press("/")
    page.keyboard.type("1999")
    expect(page.locator(".tabulator-row")).to_have_count(1)
    cell(page, "EP-1999", "rr_oe").click()
    page.keyboard.press("5")
    expect(cell(page, "EP-1999", "rr_oe")).to_contain_text("5")
    page.goto(f"{served.url}/#value_and_duration")
    expect(page.locator("#view canvas")).to_be_visible()


def test_paper_is_not_blank_and_nothing_is_wider_than_a_telephone(first_steps: Served, visit: Visits) -> None:
    """What is printed has the view's heading and its rows, all of them, and no buttons; at 390 pixels no view scrolls sideways."""
    page = visit(first_steps)
    planned(page)
    for view, there in (("ranking", "E1"), ("load", "Shop"), ("roadmap", "Shop"), ("guardrails", "Budget")):
        page.goto(f"{first_steps.url}/#{view}")
        expect(page.locator("#view")).to_contain_text(there)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.locator("#view h2")).to_be_visible()
        assert page.locator("#view button:visible").count() == 0 or view == "load"
        expect(page.locator("#tabs")).to_be_hidden()
        if view == "ranking":
            expect(page.locator(".print-table tbody tr.epic:visible")).to_have_count(8)
        assert len(page.pdf(landscape=True)) > 5_000
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    for view in VIEWS:
        page.goto(f"{first_steps.url}/#{view}")
        expect(page.locator("#view h2").first).to_be_visible()
        assert wide(page) <= 390, view


def wide(page: Page) -> int:
    """How wide the page would like to be."""
    return int(page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"))
