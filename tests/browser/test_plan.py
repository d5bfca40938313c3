"""The plan on the page: why, what if, make it so, better while one looks, impossible and repaired."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page, expect

from portfolio import engine
from portfolio.engine.edit import json_raw
from tests.browser.conftest import SAMPLES, Served, Visits, cell, planned

COLOURS = """async (count) => {
    const { content } = await import(document.querySelector("script[type=module]").src.replace("main.js", "views/difference.js"));
    const totals = Array(count).fill({ heading: "", after: 2, difference: "+1" });
    const [, tiles] = content({ totals, sentences: [], epics: [], steps: [], guardrails: [], money: [] });
    return [...tiles.querySelectorAll(".tile > :last-child")].map((one) => one.className);
}"""
"""How the last of value, delay cost and spend are coloured where there is more of each."""


def test_why_is_it_out_try_it_make_it_so(serve: Callable[..., Served], visit: Visits) -> None:
    """From an epic that waits to its smallest change, tried beside the plan and made so: then it starts."""
    served = serve("first-steps")
    page = visit(served)
    planned(page)
    cell(page, "E4", "title").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("Waits: starting in PI 1 needs 30 of Capacity of A")
    panel.locator("[data-act=explain]").click()
    panel.locator("[data-act=try]").first.click()
    expect(panel.locator("[data-whatif=value]")).to_contain_text("+7 points to 100 points, proven best")
    expect(panel).to_contain_text("E4")
    panel.locator("[data-act=make-it-so]").click()
    expect(page.locator("#status .figure")).to_have_text("100 points")
    expect(page.locator(".tabulator-group").first).to_contain_text("4 epics start")
    expect(page.locator("[data-act=save]")).to_have_text("Save 1")


def test_forced_in_it_costs_what_it_costs(serve: Callable[..., Served], visit: Visits) -> None:
    """The key `w` opens the epic under the cursor; forced in, the page says what that costs and who goes."""
    page = visit(serve("first-steps"))
    planned(page)
    cell(page, "E4", "rank").click()
    page.keyboard.press("w")
    panel = page.locator("#panel")
    expect(panel.locator(".ways li")).to_have_count(1)
    panel.locator("[data-act=force]").click()
    expect(panel.locator("[data-whatif=value]")).to_contain_text("\u221218 points")
    expect(panel).to_contain_text("1 epic out")
    page.get_by_role("button", name="Keep as scenario").click()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".toast").last).to_contain_text("Kept as \u201cWith E4\u201d")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def stopped(page: Page) -> None:
    """Stops planning; a click that met a plan which had just been replaced is made again, as people do."""
    stop = page.locator("#status [data-act=stop]")
    for _ in range(4):
        if stop.is_visible():
            stop.click()
        with suppress(AssertionError):
            expect(page.locator("#status [data-act=plan]")).to_be_visible(timeout=5_000)
            break
    planned(page)


def test_less_capacity_a_plan_at_once_that_gets_better_and_stops(serve: Callable[..., Served], visit: Visits) -> None:
    """After an edit a plan comes by itself; while it gets better nothing moves on the page; stopped, the best is kept."""
    served = serve("retail-bank")
    ranking = visit(served, role="look", name="Cy")
    page = visit(served, view="inputs")
    page.get_by_role("button", name="Value streams").click()
    field = page.get_by_label("Capacity of PAY in PI 1")
    stop = page.locator("#status [data-act=stop]")
    expect(page.locator("#status .figure")).to_have_text(re.compile(r"\d\d\.\d\d M EUR"))
    expect(stop).to_be_visible()
    was = stop.bounding_box()
    expect(page.locator("#status .claim")).to_have_text(re.compile(r"at most .* below the best"))
    assert stop.bounding_box() == was
    expect(ranking.locator(".tabulator-group").first).to_contain_text("in the plan")
    stopped(page)
    assert visit.moved(ranking) < 0.01
    served.meeting.planning.first_plan = 60
    less = round(float(field.input_value()) * 0.85)
    field.fill(str(less))
    field.press("Tab")
    expect(page.locator("[data-act=save]")).to_have_text("Save 1")
    expect(stop).to_be_visible()
    expect(page.locator("[data-banner=stale]")).to_have_count(0)
    stopped(page)
    page.goto(f"{served.url}/#load")
    expect(page.locator(".load-table tbody tr").first).to_contain_text(re.compile(r"\d+ %"))
    plan = served.meeting.planning.shown
    assert plan is not None
    assert plan.of_revision == served.meeting.session.revision == 1
    assert all(
        line.effort <= less + 1e-6 for line in plan.answer.value_streams if (line.id, line.period) == ("PAY", "PI 1")
    )


def test_impossible_is_said_and_repaired(serve: Callable[..., Served], visit: Visits) -> None:
    """Where no plan keeps all rules, the page says which clash, and each way out can be tried and made so."""
    raw = as_json("first-steps")
    raw["guardrails"].append({"name": "Spend it", "measure": "spend", "at_least": 5000})  # type: ignore[attr-defined]
    page = visit(serve(raw), view="load")
    page.locator("#view").get_by_role("button", name="What clashes?").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("Spend it")
    panel.locator("[data-act=make-it-so]").first.click()
    expect(page.locator(".load-table")).to_be_visible()
    expect(page.locator("#status .figure")).to_contain_text("points")


def test_an_error_keeps_the_last_plan_and_is_mended(serve: Callable[..., Served], visit: Visits) -> None:
    """An error stops the next plan for everybody; the last one stays, grey, and the finding has a field to mend it."""
    page = visit(serve("first-steps"), view="inputs")
    planned(page)
    page.get_by_role("button", name="Value streams").click()
    field = page.get_by_label("Capacity of A in PI 1")
    field.fill("-5")
    field.press("Tab")
    expect(page.locator("[data-banner=stale]")).to_contain_text("an error stops the next one")
    page.locator("[data-findings]").click()
    panel = page.locator("#panel")
    expect(panel.locator(".finding.error")).to_have_count(1)
    mend = panel.locator(".finding.error input")
    mend.fill("70")
    mend.press("Enter")
    expect(page.locator("[data-banner=stale]")).to_have_count(0)
    expect(panel).to_contain_text("Nothing is wrong")


def test_a_decision_goes_with_the_plan_and_its_reason(
    serve: Callable[..., Served], visit: Visits, tmp_path: Path
) -> None:
    """Against the agreed plan: what is in, what is out; then it is approved, and everybody hears of it."""
    loaded = engine.load(SAMPLES / "first-steps" / "portfolio.xlsx")
    answer = engine.plan(loaded).as_json()
    lines = answer["epics"]
    for line in lines:  # type: ignore[attr-defined]
        if line["id"] == "E3":
            line.update(decision="wait", start=None, finish=None, periods=None)
    agreed = tmp_path / "agreed.json"
    agreed.write_text(json.dumps(answer), encoding="utf-8")
    served = serve("first-steps", agreed)
    page, other = visit(served, view="difference"), visit(served, role="look", name="Cy")
    expect(page.locator("#view")).to_contain_text("E3 Cargo bikes for the city centre")
    assert page.evaluate(COLOURS, 3) == ["change-up", "change-down", "change"]
    assert page.evaluate(COLOURS, 1) == ["change"], "more spend alone is neither good nor bad"
    page.locator("[data-act=approve]").click()
    page.get_by_label("Because").fill("It fits, and Ops agreed.")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(other.locator("#live")).to_contain_text("Ada decided: Plan approved")
    page.get_by_role("button", name="Decisions").click()
    expect(page.locator("#panel")).to_contain_text("It fits, and Ops agreed.")


def as_json(sample: str) -> dict[str, object]:
    """A sample as its JSON form."""
    return json_raw(engine.read_as_given(SAMPLES / sample / "portfolio.xlsx").raw)
