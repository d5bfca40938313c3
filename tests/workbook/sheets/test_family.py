"""The family of result sheets: a new one is its own file and a line in the family, and is written wherever results are."""

from __future__ import annotations

import inspect
from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.merge.read_contents import read_contents
from portfolio.workbook import sheets
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.workbook.write_workbook import write_inputs, write_results
from portfolio.xlsx.write.book import Book
from tests.recalculate import cached, formulas, recalculate_ironcalc
from tests.workbook.answers import complete_answer
from tests.workbook.test_write_results import differences

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def write_late(book: Book, layout: Layout) -> None:
    """Writes who is done last: a row per epic, from the roadmap."""
    table, plan = layout.table("Late"), layout.table("Plan")
    page = book.page(layout.name("Late"))
    page.title("Late", "What is done in the last period.")
    page.headings(table.first - 1, ["ID", "Title", "User-business value", "Finish"])
    for row, source, line in zip(table.rows, plan.rows, layout.figures.roadmap, strict=True):
        finish = layout.figures.epic_lines[line.epic].finish or ""
        page.text(row, table.columns["id"], line.epic, "cell")
        page.formula(row, table.columns["finish"], f"={plan.at('finish', source)}", finish, "cell")


LATE = ResultSheet(
    "Late", write_late, table=lambda layout: (len(layout.figures.roadmap), ["id", "title", "value", "finish"])
)


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The family with a sheet more, after the roadmap; its names."""
    members = list(sheets.RESULT_SHEETS)
    members.insert([sheet.name for sheet in members].index("Plan") + 1, LATE)
    monkeypatch.setattr(sheets, "RESULT_SHEETS", tuple(members))
    return [sheet.name for sheet in members]


def shown(path: Path) -> list[str]:
    """The sheets of a workbook in their order."""
    book = openpyxl.load_workbook(path, read_only=True)
    names = list(book.sheetnames)
    book.close()
    return names


def test_a_new_sheet_stands_in_the_workbook_and_is_never_read(family: list[str], tmp_path: Path) -> None:
    """It follows the plan by its formulas; nobody takes it for epics, and a merge does not look at it."""
    path, answer = tmp_path / "results.xlsx", complete_answer()
    write_results(answer, path)
    assert [name for name in shown(path) if name in family] == [
        name for name in family if name not in {"Impossible", "Kept", "Words", "Levels"}
    ]
    assert differences(cached(path), recalculate_ironcalc(path), formulas(path)) == []
    assert [cells["A5"] for name, cells in cached(path).items() if name == "Late"] == ["E1"]
    read = read_portfolio(path).portfolio
    assert read is not None
    assert read == answer.portfolio
    assert "Late" not in read_contents(path.read_bytes(), path.name).outside


def test_a_new_sheet_is_not_taken_for_the_epics(family: list[str], tmp_path: Path) -> None:
    """Where the sheet Epics is gone, one with headings like it is not read in its place."""
    assert "Late" in family
    path = tmp_path / "results.xlsx"
    write_results(complete_answer(), path)
    book = openpyxl.load_workbook(path)
    del book["Epics"]
    book.save(path)
    assert [finding.what for finding in read_portfolio(path).findings][:1] == ["There is no sheet Epics."]


def test_a_new_sheet_stands_in_peoples_own_workbooks(family: list[str], tmp_path: Path) -> None:
    """It is written beside the others, and in its own place when it is written again."""
    assert "Late" in family
    path, answer = tmp_path / "own.xlsx", complete_answer()
    write_inputs(answer.portfolio, answer.model, path)
    for _ in range(2):
        engine.write_plan(answer, engine.load(path), add_columns=True)
        assert shown(path).count("Late") == 1
    assert [name for name in shown(path) if name in family] == [
        name for name in family if name not in {"Impossible", "Kept", "Words", "Levels"}
    ]
    assert cached(path)["Late"]["D5"] == answer.epics[0].finish


def test_results_that_were_written_before_are_replaced(tmp_path: Path) -> None:
    """A workbook that `-o` wrote takes new results in the place of the old ones, whatever they are called by now."""
    path, answer = tmp_path / "results.xlsx", complete_answer()
    write_results(answer, path)
    book = openpyxl.load_workbook(path)
    book["Plan"].title = "Our roadmap"
    book.save(path)
    before = shown(path)
    engine.write_plan(answer, engine.load(path))
    assert [name for name in shown(path) if name != "Inputs"] == before


@pytest.mark.parametrize("sheet", sheets.RESULT_SHEETS, ids=lambda sheet: sheet.name)
def test_every_member_says_what_it_shows(sheet: ResultSheet) -> None:
    """The reference describes a sheet by the first sentence of its file."""
    module = inspect.getmodule(sheet.write)
    assert module is not None
    assert (module.__doc__ or "").startswith(f"The sheet `{sheet.name}`: ")


def test_no_two_members_have_one_name() -> None:
    """Names are how formulas, people and later versions know a sheet."""
    names = [sheet.name.casefold() for sheet in sheets.RESULT_SHEETS]
    assert len(names) == len(set(names))
