"""Several people on one portfolio: who changed what, who may what, and what happens when the server goes away."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Served, Visits, cell
from tests.browser.test_score import held

STARTS = 90_000
"""Milliseconds within which a server that was just started has read its file, on a machine that does much else."""


def test_an_edit_of_somebody_else_is_seen_and_a_stale_one_is_shown(serve: Callable[..., Served], visit: Visits) -> None:
    """What one changes the other sees; what both change is a conflict with who, when and what, and can be set all the same."""
    served = serve("first-steps")
    ada, bo = visit(served, view="score"), visit(served, role="score", name="Bo", view="score")
    expect(ada.locator(".person[title^=Bo]")).to_have_count(1)
    cell(ada, "E1", "rr_oe").click()
    cell(bo, "E1", "rr_oe").click()
    ada.context.set_offline(True)
    ada.evaluate(
        "() => { dispatchEvent(new Event('pagehide')); document.dispatchEvent(new Event('visibilitychange')); }"
    )
    ada.keyboard.press("3")
    expect(ada.locator("[data-banner=connection]")).to_contain_text("1 cell that was typed is kept")
    expect(ada.locator(".scale-key").first).to_be_disabled()
    bo.keyboard.press("8")
    expect(cell(bo, "E1", "rr_oe")).to_contain_text("8")
    ada.context.set_offline(False)
    dialogue = ada.get_by_role("dialog")
    expect(dialogue).to_contain_text("Somebody else changed this meanwhile")
    expect(dialogue.locator("tbody tr")).to_contain_text(re.compile(r"E1, RR/OE.*Bo, \d\d:\d\d.*8.*3"))
    assert held(served, "E1", "rr_oe") == 8
    dialogue.get_by_role("checkbox").check()
    dialogue.get_by_role("button", name="Set mine where ticked").click()
    expect(cell(bo, "E1", "rr_oe")).to_contain_text("3")
    assert held(served, "E1", "rr_oe") == 3
    expect(ada.locator("[data-banner=connection]")).to_have_count(0)


def test_a_proxy_that_holds_the_stream_back(serve: Callable[..., Served], visit: Visits) -> None:
    """Nothing comes through the stream, so the page asks instead, and sees what others do."""
    served = serve("first-steps")
    ada, bo = visit(served, view="score"), visit(served, role="score", name="Bo", view="score")
    ada.clock.install()
    ada.route("**/api/events?last=*", lambda _: None)
    ada.reload()
    expect(cell(ada, "E1", "rr_oe")).to_contain_text("2")
    cell(bo, "E1", "rr_oe").click()
    bo.keyboard.press("8")
    expect(cell(bo, "E1", "rr_oe")).to_contain_text("8")
    ada.clock.fast_forward(31_000)
    expect(cell(ada, "E1", "rr_oe")).to_contain_text("8")
    ada.unroute_all()


def test_a_link_to_look_cannot_write(serve: Callable[..., Served], visit: Visits) -> None:
    """Cells take no digit, buttons are closed; and the server would refuse."""
    served = serve("first-steps")
    page = visit(served, role="look", name="Cy", view="score")
    cell(page, "E1", "rr_oe").click()
    page.keyboard.press("8")
    expect(page.locator(".scale-key").first).to_be_disabled()
    expect(cell(page, "E1", "rr_oe")).to_contain_text("2")
    page.goto(f"{served.url}/#ranking")
    cell(page, "E4", "title").click()
    expect(page.locator("#panel [data-act=explain]")).to_be_disabled()
    answer = page.request.post(f"{served.url}/api/edits", data={}, headers={"Origin": served.url})
    assert answer.status == 403
    assert served.meeting.session.revision == 0


def test_who_comes_for_the_first_time_is_asked_for_a_name(serve: Callable[..., Served], visit: Visits) -> None:
    """The link that was given leads to the page, and the key is not in the address any more."""
    served = serve("first-steps")
    page = visit(served, role="score", name="")
    dialogue = page.get_by_role("dialog")
    expect(dialogue).to_contain_text("Who are you?")
    page.get_by_label("Name", exact=True).fill("Dee Dee")
    page.keyboard.press("Enter")
    expect(page.get_by_label(re.compile("you are Dee Dee"))).to_be_visible()
    assert "key=" not in page.url


def test_without_a_link_the_page_says_so(serve: Callable[..., Served], visit: Visits) -> None:
    """Whoever has not joined sees nothing but what to do."""
    served = serve("first-steps")
    page = visit.browser.new_context().new_page()
    page.goto(served.url)
    expect(page.locator("#view")).to_contain_text("You have not joined yet")


def test_after_kill_9_what_was_entered_is_taken_over(tmp_path: Path, visit: Visits) -> None:
    """The journal has it: the next start offers it, and nothing is lost."""
    file = tmp_path / "portfolio.json"
    scores = {"user_business_value": 5, "time_criticality": 3, "rr_oe": 2, "job_size": 5}
    epics = [{"id": f"E{number}", **scores} for number in range(1, 6)]
    file.write_text(json.dumps({"format": 1, "model": "safe", "epics": epics}), encoding="utf-8")
    first, link = command(file)
    context = visit.browser.new_context()
    context.set_default_timeout(STARTS)
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Name", exact=True).fill("Ada")
    page.keyboard.press("Enter")
    page.goto(page.url.split("#")[0] + "#score")
    cell(page, "E4", "job_size").click()
    page.keyboard.press("8")
    expect(page.locator("[data-act=save]")).to_have_text("Save 1")
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    first.stdout.close()  # type: ignore[union-attr]
    expect(page.locator("[data-banner=connection]")).to_contain_text("The connection is lost")
    context.close()
    second, link = command(file)
    try:
        page = visit.browser.new_context().new_page()
        page.goto(link)
        page.get_by_role("button", name="Later").click(timeout=STARTS)
        expect(page.locator("[data-banner=untaken]")).to_contain_text("1 change unsaved")
        page.locator("[data-act=take-over]").click()
        expect(page.locator("[data-act=save]")).to_have_text("Save 1")
        state = json.loads(page.request.get(page.url.split("#")[0] + "api/state").text())
        assert next(epic for epic in state["epics"] if epic["id"] == "E4")["job_size"] == 8
    finally:
        second.terminate()
        second.communicate(timeout=15)


def command(file: Path) -> tuple[subprocess.Popen[str], str]:
    """The command as people start it, and the address that it prints."""
    arguments = [sys.executable, "-m", "portfolio", "serve", str(file), "--no-browser", "--port", "0"]
    started = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert started.stdout is not None
    return started, started.stdout.readline().strip()
