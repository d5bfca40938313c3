"""The file on the disk stays the truth: others change it, open it, take it away, and nothing that was entered is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import Served, Visits, cell


def test_saved_while_another_program_changed_the_file(serve: Callable[..., Served], visit: Visits) -> None:
    """Their other cells are taken in; where both changed the same cell, people choose."""
    served = serve("first-steps")
    page = visit(served, view="score")
    score(page, "E1", "5")
    score(page, "E2", "13")
    change(served.file, {("E1", "RR/OE"): 8, ("E3", "Job size"): 13})
    expect(page.locator("[data-banner=file]")).to_contain_text("changed elsewhere")
    expect(cell(page, "E3", "job_size")).to_contain_text("13")
    page.locator("[data-act=save]").click()
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    clash = page.get_by_role("dialog").locator("tbody tr")
    expect(clash).to_have_count(1)
    expect(clash).to_contain_text("E1, RR/OE")
    clash.get_by_label("what the file holds").check()
    page.get_by_role("button", name="Save so").click()
    expect(page.locator("[data-act=save]")).to_have_text("Saved")
    assert written(served.file, "E1", "RR/OE") == 8
    assert written(served.file, "E2", "RR/OE") == 13
    assert written(served.file, "E3", "Job size") == 13
    expect(cell(page, "E1", "rr_oe")).to_contain_text("8")


def test_open_in_excel(serve: Callable[..., Served], visit: Visits, tmp_path: Path) -> None:
    """While Excel has the file, saving says so, and a copy can be taken all the same."""
    served = serve("first-steps")
    page = visit(served, view="score")
    score(page, "E1", "5")
    lock = served.file.with_name(f"~${served.file.name}")
    lock.write_bytes(b"")
    expect(page.locator("[data-banner=file]")).to_contain_text("open in another program")
    page.locator("[data-act=save]").click()
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast.bad")).to_contain_text("open in another program")
    with page.expect_download() as download:
        page.locator("[data-banner=file] a").click()
    download.value.save_as(tmp_path / "copy.xlsx")
    assert written(tmp_path / "copy.xlsx", "E1", "RR/OE") == 5
    lock.unlink()
    expect(page.locator("[data-banner=file]")).to_have_count(0)
    page.locator("[data-act=save]").click()
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-act=save]")).to_have_text("Saved")
    assert written(served.file, "E1", "RR/OE") == 5


def test_the_file_is_gone(serve: Callable[..., Served], visit: Visits) -> None:
    """The page says so and goes on; put back, all is well."""
    served = serve("first-steps")
    page = visit(served, view="score")
    away = served.file.rename(served.file.with_name("elsewhere.xlsx"))
    expect(page.locator("[data-banner=file]")).to_contain_text("is gone")
    score(page, "E1", "5")
    away.rename(served.file)
    expect(page.locator("[data-banner=file]")).to_have_count(0)


def score(page: object, epic: str, key: str) -> None:
    """Gives an epic a score in the column RR/OE by keys."""
    cell(page, epic, "rr_oe").click()  # type: ignore[arg-type]
    page.keyboard.press(key[0])  # type: ignore[attr-defined]
    if len(key) > 1:
        page.keyboard.press(key[1])  # type: ignore[attr-defined]
    expect(cell(page, epic, "rr_oe")).to_contain_text(key)  # type: ignore[arg-type]


def change(file: Path, cells: dict[tuple[str, str], float]) -> None:
    """Another program saves the file with other figures."""
    book = load_workbook(file)
    for (epic, heading), value in cells.items():
        row, column = found(book["Epics"], epic, heading)
        book["Epics"].cell(row, column).value = value
    book.save(file)


def written(file: Path, epic: str, heading: str) -> object:
    """What stands in a cell of the sheet Epics."""
    sheet = load_workbook(file, data_only=True)["Epics"]
    return sheet.cell(*found(sheet, epic, heading)).value


def found(sheet: object, epic: str, heading: str) -> tuple[int, int]:
    """Row and column of an epic's field."""
    rows = list(sheet.iter_rows())  # type: ignore[attr-defined]
    head = next(row for row in rows if any(one.value == "ID" for one in row))
    column = next(one.column for one in head if one.value == heading)
    return next(one.row for row in rows for one in row if one.value == epic), column
