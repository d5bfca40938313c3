"""Scoring together: by keys, by votes, by a block from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visits, cell, planned


def test_a_score_by_keys_moves_a_rank(serve: Callable[..., Served], visit: Visits) -> None:
    """A digit takes the value of the scale, two digits within a moment make 13, and ranks move as people speak."""
    served = serve("first-steps")
    page = visit(served, view="score")
    expect(cell(page, "E4", "rank")).to_contain_text("4")
    cell(page, "E4", "time_criticality").click()
    page.keyboard.press("1")
    page.keyboard.press("3")
    expect(cell(page, "E4", "time_criticality")).to_contain_text("13")
    expect(cell(page, "E4", "rank")).to_contain_text("3\u25b21")
    expect(page.locator("[data-act=save]")).to_have_text("Save 1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("8")
    expect(cell(page, "E5", "time_criticality")).to_contain_text("8")
    assert held(served, "E4", "time_criticality") == 13
    page.keyboard.press("Delete")
    expect(cell(page, "E5", "time_criticality")).to_contain_text("\u2013")
    expect(page.locator(".score-keys")).to_contain_text("1 still blank")
    expect(cell(page, "E5", "score")).to_contain_text("not scored")
    page.keyboard.press("Control+z")
    expect(cell(page, "E5", "time_criticality")).to_contain_text("8")
    assert held(served, "E5", "time_criticality") == 8


def test_who_is_smallest_is_asked_while_no_one_is(serve: Callable[..., Served], visit: Visits) -> None:
    """A column without a 1 says so until somebody gets it by a click."""
    page = visit(serve("first-steps"), view="score")
    page.get_by_role("button", name="Job size").first.click()
    expect(page.locator(".score-keys")).not_to_contain_text("no 1 yet")
    cell(page, "E7", "job_size").click()
    page.locator(".scale-key[data-value='3']").click()
    expect(page.locator(".score-keys")).to_contain_text("no 1 yet: who is smallest?")


def test_hidden_votes(serve: Callable[..., Served], visit: Visits) -> None:
    """Each picks in secret; revealed, all see how many chose what without names, and the median is taken."""
    served = serve("first-steps")
    ada, bo = visit(served, view="score"), visit(served, role="score", name="Bo", view="score")
    for page, key in ((ada, "8"), (bo, "5")):
        page.get_by_label("Hidden votes").check()
        cell(page, "E1", "user_business_value").click()
        page.keyboard.press(key)
    expect(ada.locator("[data-votes=count]")).to_have_text("2 of 2 voted")
    expect(bo.locator("[data-act=reveal]")).to_have_count(0)
    ada.locator("[data-act=reveal]").click()
    expect(bo.locator(".vote-bars li")).to_have_count(2)
    ada.locator("[data-act=take-vote]").click()
    expect(cell(bo, "E1", "user_business_value")).to_contain_text("5")


def test_a_pasted_block_is_shown_before_it_is_taken(serve: Callable[..., Served], visit: Visits) -> None:
    """Of 50 x 4 cells two are no numbers: the preview counts them, says why, and the others go in one request."""
    fields = ("user_business_value", "time_criticality", "rr_oe", "job_size")
    epics = [{"id": f"EP-{number}", "title": f"Epic {number}", **dict.fromkeys(fields, 1)} for number in range(1, 51)]
    served = serve({"format": 1, "model": "safe", "epics": epics})
    page = visit(served, view="score")
    cell(page, "EP-1", "user_business_value").click()
    rows = [["2", "3", "5,0", "8"] for _ in epics]
    rows[3][1], rows[10][2], rows[0][0] = "soon", "n/a", "1"
    before = served.meeting.session.revision
    paste(page, "\n".join("\t".join(row) for row in rows))
    expect(page.locator("dialog .tile").nth(0)).to_contain_text("197")
    expect(page.locator("dialog .tile").nth(1)).to_contain_text("1")
    expect(page.locator("dialog .tile").nth(2)).to_contain_text("2")
    expect(page.locator("dialog")).to_contain_text("EP-4, Time criticality")
    expect(page.locator("dialog")).to_contain_text("is no number")
    page.get_by_role("button", name="Take 197 cells").click()
    expect(page.locator("[data-act=save]")).to_have_text("Save 197")
    expect(cell(page, "EP-2", "rr_oe")).to_contain_text("5")
    assert served.meeting.session.revision == before + 1
    assert (held(served, "EP-4", "time_criticality"), held(served, "EP-50", "job_size")) == (1, 8)


def test_a_block_is_copied_as_a_spreadsheet_takes_it(serve: Callable[..., Served], visit: Visits) -> None:
    """Shift and arrows select a block; what is copied has tabs and lines."""
    page = visit(serve("first-steps"), view="score")
    cell(page, "E1", "user_business_value").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    copied = page.evaluate(
        "() => { const data = new DataTransfer(); const event = new ClipboardEvent('copy', {clipboardData: data, bubbles: true,"
        " cancelable: true}); document.activeElement.dispatchEvent(event); return data.getData('text/plain'); }"
    )
    assert copied == "20\t20\n20\t8"


def test_fields_are_edited_and_a_word_is_refused_where_a_number_belongs(
    serve: Callable[..., Served], visit: Visits
) -> None:
    """Of the many columns those in sight are drawn, and the cursor brings others there; what is no number is said at once, with what to type, and the cell keeps what it holds."""
    served = serve("first-steps")
    page = visit(served, view="inputs")
    planned(page)
    grid = page.locator(".tabulator")
    row = grid.locator(".tabulator-row").first
    row.locator("[tabulator-field=title]").dblclick()
    page.locator("input.typing").fill("Order again, by voice")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Order again, by voice")
    cells = grid.locator(".tabulator-cell").count()
    assert cells < grid.locator(".tabulator-row").count() * grid.locator(".tabulator-col").count() / 2, "all are drawn"
    row.locator("[tabulator-field=title]").click()
    for _ in range(grid.locator(".tabulator-col").count()):
        page.keyboard.press("ArrowRight")
    last = grid.locator(".tabulator-cell.cursor")
    expect(last).to_have_attribute("tabulator-field", "effort/B")
    expect(last).to_be_in_viewport(ratio=0.9)
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(row.locator("[tabulator-field='effort/B']")).to_have_text("7")
    page.get_by_role("button", name="Value streams").click()
    field = page.get_by_label("Capacity of A in PI 1")
    field.fill("lots")
    field.press("Tab")
    expect(page.locator(".toast.bad")).to_contain_text("is no number")
    expect(field).to_have_value("80")


def held(served: Served, epic: str, field: str) -> object:
    """What the server holds in a field of an epic."""
    return next(one for one in served.meeting.session.raw["epics"] if one["id"] == epic).get(field)  # type: ignore[union-attr]


def paste(page: Page, text: str) -> None:
    """Pastes a text as the keyboard would: on plain http, browsers give pages no clipboard of their own."""
    page.evaluate(
        "text => { const data = new DataTransfer(); data.setData('text/plain', text); document.activeElement.dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }",
        text,
    )
