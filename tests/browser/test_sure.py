"""How sure a plan is, on the page: beside the ranking and on the roadmap, once it is known; nowhere without ranges."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import expect

from portfolio import engine
from portfolio.engine.edit import json_raw
from tests.browser.conftest import SAMPLES, Served, Visits, cell, planned


def test_it_comes_beside_the_ranking_and_on_the_roadmap(serve: Callable[..., Served], visit: Visits) -> None:
    """An epic whose size is a range has the ranks of most futures and a chance to be funded, and its bar one to keep its date."""
    raw = json.loads(json.dumps(json_raw(engine.read_as_given(SAMPLES / "first-steps" / "portfolio.xlsx").raw)))
    for epic in raw["epics"]:
        effort = sum(epic["effort"].values())
        epic |= {"effort_low": effort * 0.6, "effort_high": effort * 2}
    page = visit(serve(raw))
    planned(page)
    expect(page.locator(".tabulator-col[tabulator-field=ranks]")).to_be_visible()
    expect(cell(page, "E1", "funded")).to_contain_text("%")  # type: ignore[arg-type]
    page.locator("#tabs a", has_text="Roadmap").click()
    expect(page.locator("svg .bar-label").first).to_contain_text("% ")
    expect(page.locator("#view")).to_contain_text("The per cent before a name")


def test_nothing_is_there_without_ranges(serve: Callable[..., Served], visit: Visits) -> None:
    served = serve("first-steps")
    sureness = served.meeting.planning.sureness
    sureness.quiet = 0.0
    page = visit(served)
    planned(page)
    expect(page.locator(".tabulator-row").first).to_be_visible()
    while sureness.of is None:
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)
    assert page.locator(".tabulator-col[tabulator-field=ranks]").count() == 0
