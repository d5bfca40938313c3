"""Whatever people call things, names are text: no script runs, no element appears, nothing is asked of anybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visits, planned
from tests.browser.test_sizes import VIEWS

NAMES = (
    '<img src=x onerror="hit()">',
    "</script><script>hit()</script>",
    '"><svg onload="hit()">',
    "javascript:hit()",
    "=cmd|'/c calc'!A1",
    "\x1b[31mred\u202egnp.exe",
    "{{constructor.constructor('hit()')()}}",
    "{a|b}<b>bold</b>&lt;i&gt;",
)
LONG = "W" * 10_000
FORBIDDEN = "#view img, #view script, #view iframe, #view b b, #panel img, #panel script, body > script, dialog img, [onerror], [onload]"


def portfolio() -> dict[str, object]:
    """A portfolio in which every name is one of these."""
    texts = [name.replace("\x1b", "") for name in NAMES]
    name = iter(range(10_000))

    def text() -> str:
        return texts[next(name) % len(texts)]

    streams = [{"id": f"{text()}{number}", "name": text(), "capacity": [30, 40], "wip_limit": 3} for number in range(3)]
    epics = [
        {
            "id": f"{text()} {number}", "title": LONG if number == 5 else text(), "theme": text(), "owner": text(),
            "category": text(), "fund": text(), "horizon": "H1" if number % 2 else "H2", "type": "Business",
            "user_business_value": 5, "time_criticality": number % 8 + 1, "rr_oe": 3, "job_size": number % 5 + 1,
            "effort": {streams[number % 3]["id"]: 12}, "exclusive_group": text() if number in (3, 4) else None,
        }
        for number in range(12)
    ]  # fmt: skip
    for epic in epics:
        if epic["exclusive_group"] is None:
            del epic["exclusive_group"]
    return {
        "format": 1,
        "model": "safe",
        "name": NAMES[0],
        "currency": "EUR",
        "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": [NAMES[2], NAMES[6]]},
        "value_streams": streams,
        "epics": epics,
        "dependencies": [{"predecessor": epics[0]["id"], "successor": epics[1]["id"], "type": "needs"}],
        "guardrails": [{"name": NAMES[0], "measure": "starts", "at_most": 9}, {"name": NAMES[7], "measure": "effort", "where": {"theme": [NAMES[1]]}, "at_most": 60}],
    }  # fmt: skip


@pytest.mark.parametrize("policy", ["with its policy", "without"])
def test_names_are_text_in_every_view(policy: str, serve: Callable[..., Served], visit: Visits) -> None:
    """With the page's policy, and with a browser that knows none."""
    served = serve(portfolio())
    page = visit(served, name=NAMES[0], bypass_csp=policy == "without")
    page.evaluate("() => { window.hits = 0; window.hit = () => { window.hits += 1; }; }")
    page.on("dialog", lambda dialog: visit.faults.append(dialog.message))
    planned(page)
    for view in VIEWS:
        page.evaluate("view => { location.hash = view; }", view)
        expect(page.locator("#view h2").first).to_be_visible()
        sound(page, view)
    page.evaluate("() => { location.hash = 'roadmap'; }")
    page.locator("svg.roadmap g.bar").first.click()
    expect(page.locator("#panel h2")).to_be_visible()
    page.locator("[data-act=force]").click()
    expect(page.locator("#panel section[aria-busy=false]")).to_be_visible()
    sound(page, "what if")
    for act in ("save", "what-if"):
        page.locator(f"[data-act={act}]").click()
        sound(page, act)
        page.keyboard.press("Escape")
    page.get_by_label("you are").click()
    expect(page.get_by_role("dialog")).to_contain_text("<img src=x")
    sound(page, "people")


def sound(page: Page, where: str) -> None:
    """Nothing that a name holds has become more than text."""
    assert page.evaluate("window.hits") == 0, where
    assert page.locator(FORBIDDEN).count() == 0, where
    assert page.title() != "red", where


def test_what_nobody_sees_is_shown_as_a_sign(serve: Callable[..., Served], visit: Visits) -> None:
    """A name that turns the direction of letters around cannot pretend to be another."""
    served = serve({"format": 1, "model": "safe", "epics": [{"id": "A", "title": "pay\u202egnp.exe", "job_size": 1}]})
    page = visit(served, view="score")
    expect(page.locator(".epic-title")).to_have_text("pay\ufffdgnp.exe")
