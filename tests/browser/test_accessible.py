"""Everyone can use the page: axe finds nothing, the keyboard reaches everything, and nothing moves for whom motion disturbs."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visits, cell, planned
from tests.browser.test_sizes import VIEWS

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast"]
"""By night the same elements are there in other colours."""
KNOWN = {("scrollable-region-focusable", ".tabulator-tableholder")}
"""The part of the grid that scrolls takes no focus of its own: the grid around it has it, and its arrows scroll."""


def test_axe_finds_nothing(first_steps: Served, visit: Visits) -> None:
    """In every view, with the panel and dialogues open, by day and by night."""
    served = first_steps
    page = visit(served, color_scheme="light", reduced_motion="reduce", bypass_csp=True)
    planned(page)
    for view in VIEWS:
        page.goto(f"{served.url}/#{view}")
        expect(page.locator("#view h2").first).to_be_visible()
        expect(page.locator("#view .spinner")).to_have_count(0)
        page.wait_for_timeout(120)
        assert problems(page) == [], view
    page.goto(f"{served.url}/#inputs")
    for part in ("Value streams", "Guardrails", "Settings"):
        page.get_by_role("button", name=part, exact=True).click()
        assert problems(page) == [], part
    page.goto(f"{served.url}/#ranking")
    cell(page, "E4", "title").click()
    page.locator("[data-act=explain]").click()
    expect(page.locator("#panel .ways")).to_be_visible()
    assert problems(page) == [], "panel"
    page.keyboard.press("?")
    assert problems(page) == [], "keys"
    page.keyboard.press("Escape")
    for act in ("save", "what-if"):
        page.locator(f"[data-act={act}]").click()
        assert problems(page) == [], act
        page.keyboard.press("Escape")


def problems(page: Page) -> list[tuple[str, list[str], str]]:
    """What axe finds by day, and in the other colours of the same elements by night; each rule with where it is broken."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    by_day = broken(page, RULES)
    page.emulate_media(color_scheme="dark")
    by_night = broken(page, COLOURS)
    page.emulate_media(color_scheme="light")
    return by_day + by_night


def broken(page: Page, rules: list[str]) -> list[tuple[str, list[str], str]]:
    """Which of these rules are broken, and where."""
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})", rules
    )
    return [
        (one["id"], where, one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if (where := [str(node["target"][-1]) for node in one["nodes"] if (one["id"], str(node["target"][-1])) not in KNOWN])
    ]  # fmt: skip


def test_everything_by_keyboard(first_steps: Served, visit: Visits) -> None:
    """Views by `g` and a letter, the grid by arrows, an epic by Enter, back by Escape to where one was."""
    page = visit(first_steps)
    planned(page)
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page.locator("#view h2")).to_have_text("Load")
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.locator("#view h2")).to_have_text("Ranking")
    page.locator(".tabulator").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("E1")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".tabulator")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("undo my last edit")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_others_change_is_read_aloud(serve: Callable[..., Served], visit: Visits) -> None:
    """A polite live region tells it, without taking the focus away."""
    served = serve("first-steps")
    ada, bo = visit(served), visit(served, name="Bo", view="score")
    cell(bo, "E1", "rr_oe").click()
    bo.keyboard.press("8")
    expect(ada.locator("#live")).to_contain_text("Bo changed a cell")
    assert ada.locator("#live").get_attribute("aria-live") == "polite"


def test_readers_of_screens_find_everything_and_nothing_moves(first_steps: Served, visit: Visits) -> None:
    """There is one main part, headings are in order, the focus is seen; with reduced motion no animation runs."""
    page = visit(first_steps, reduced_motion="reduce")
    planned(page)
    cell(page, "E4", "title").click()
    assert page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0
    assert page.locator("main").count() == page.locator("nav").count() == page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => Number(one.tagName[1]))")
    assert all(after - before <= 1 for before, after in pairwise(levels))
    page.goto(page.url.replace("#ranking", "#load"))
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_be_visible()
