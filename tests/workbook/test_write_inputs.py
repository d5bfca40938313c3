"""Input workbooks: reading them gives the same portfolio, whatever was in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from portfolio.domain import Portfolio
from portfolio.domain.uncertainty import ONLY_WHERE_GIVEN
from portfolio.errors import WrongUseError
from portfolio.intake import columns
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.storage.read_model import model_names, read_model
from portfolio.workbook.write_workbook import write_inputs, write_starter
from tests.random_portfolios import random_portfolio
from tests.workbook.answers import complete_portfolio

SAFE = read_model("safe")


def read_back(raw: dict[str, Any], path: Path) -> tuple[Portfolio, Portfolio | None]:
    portfolio = Portfolio.model_validate(raw)
    write_inputs(portfolio, SAFE, path)
    return portfolio, read_portfolio(path).portfolio


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """What a reader that knows nothing of this project sees."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == python_calamine.SheetVisibleEnum.Visible]
    return {name: book.get_sheet_by_name(name).to_python() for name in shown}


def test_everything_comes_back(tmp_path: Path) -> None:
    written, read = read_back(complete_portfolio(), tmp_path / "complete.xlsx")
    assert read == written


@pytest.mark.parametrize("seed", range(40))
def test_any_portfolio_comes_back(seed: int, tmp_path: Path) -> None:
    written, read = read_back(random_portfolio(seed), tmp_path / "random.xlsx")
    assert read == written


def test_sheets_and_columns_are_the_canonical_ones(tmp_path: Path) -> None:
    read_back(complete_portfolio(), tmp_path / "complete.xlsx")
    found = sheets(tmp_path / "complete.xlsx")
    assert [name for name in found if name != "Lists"] == [sheet.name for sheet in columns.SHEETS]
    assert found["Epics"][0] == [
        column.heading for column in columns.EPICS.columns if column.field not in ONLY_WHERE_GIVEN
    ]
    assert found["Capacity"][0] == ["Value stream", "PI 1", "PI 2", "PI 3", "PI 4"]


def test_only_sheets_with_something_to_hold(tmp_path: Path) -> None:
    """A bare list of scores is two sheets and the lists to choose from."""
    epics = [{"id": "A", "user_business_value": 1, "time_criticality": 1, "rr_oe": 1, "job_size": 1}]
    written, read = read_back({"epics": epics}, tmp_path / "bare.xlsx")
    assert read == written
    assert list(sheets(tmp_path / "bare.xlsx")) == ["Portfolio", "Epics", "Lists"]


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (["Budget 1", "Budget 1", "Budget 2", "Budget 2"], 2.0),
        (["Budget 1", "Budget 1", "Budget 1", "Budget 2"], 3.0),
        (["FY27", "FY27", "FY28", "FY28"], "FY27, FY27, FY28, FY28"),
        (["Budget 2", "Budget 2", "Budget 1", "Budget 1"], "Budget 2, Budget 2, Budget 1, Budget 1"),
    ],
)
def test_budget_periods_as_people_write_them(labels: list[str], shown: object, tmp_path: Path) -> None:
    raw = complete_portfolio()
    raw["calendar"]["budget_periods"] = labels
    raw["guardrails"] = []
    written, read = read_back(raw, tmp_path / "budget.xlsx")
    assert read == written
    settings = {row[0]: row[1] for row in sheets(tmp_path / "budget.xlsx")["Portfolio"]}
    assert settings["Budget periods"] == shown


def test_figures_keep_all_their_digits(tmp_path: Path) -> None:
    """0.1 + 0.2 is not 0.3, and stays so."""
    raw = complete_portfolio()
    raw["epics"][6]["effort"] = {"VS1": 0.1 + 0.2}
    written, read = read_back(raw, tmp_path / "digits.xlsx")
    assert read is not None
    assert read.epics[6].effort == written.epics[6].effort == {"VS1": 0.30000000000000004}


@pytest.mark.parametrize(
    "title", ["=1+1", "+1", "-1", "@x", "<r><t>x</t></r>", "a\nb", "_x0041_", "1", "TRUE", "https://x.org", "{=A1}"]
)
def test_any_title_stays_text(title: str, tmp_path: Path) -> None:
    raw = complete_portfolio()
    raw["epics"][0]["title"] = title
    path = tmp_path / "titles.xlsx"
    written, read = read_back(raw, path)
    assert read is not None
    assert read.epics[0].title == written.epics[0].title
    cell = openpyxl.load_workbook(path)["Epics"]["B2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    raw = complete_portfolio()
    raw["epics"][0]["title"] = "x" * 40_000
    with pytest.raises(WrongUseError, match=r"longer than the 32,767 characters a cell can hold; shorten it\.$"):
        read_back(raw, tmp_path / "long.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_same_portfolio_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        read_back(complete_portfolio(), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_drop_down_lists_offer_the_words_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "complete.xlsx"
    read_back(complete_portfolio(), path)
    book = openpyxl.load_workbook(path)
    for sheet in columns.SHEETS[1:]:
        rules = {
            str(area): rule.formula1
            for rule in book[sheet.name].data_validations.dataValidation
            for area in rule.sqref.ranges
        }
        for number, column in enumerate(sheet.columns, start=1):
            letter = openpyxl.utils.get_column_letter(number)
            offered = [source for area, source in rules.items() if area.startswith(f"{letter}2:")]
            if column.field not in ONLY_WHERE_GIVEN and (column.choices or column.kind == "yes/no"):
                assert _words(book, offered[0]) == list(column.choices or ("yes", "no"))


def _words(book: Any, source: str) -> list[str]:
    name, cells = source.split("!")
    return [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]


@pytest.mark.parametrize("name", model_names())
def test_a_starter_plans_as_it_stands(name: str, tmp_path: Path) -> None:
    """For every operating model, without a finding besides the figures that are each portfolio's own."""
    from portfolio import engine

    path = tmp_path / "starter.xlsx"
    write_starter(read_model(name), path)
    loaded = engine.load(path)
    assert [finding for finding in engine.check(loaded) if "no figure yet" not in finding.what] == []
    answer = engine.plan(loaded, gap=0)
    makes_no_plan = read_model(name).objective.maximise == "own choices"
    assert answer.outcome.claim == ("best found" if makes_no_plan else "proven best")
    assert 0 < len(answer.plan or ()) <= len(loaded.ready.epics)


def test_a_starter_explains_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "starter.xlsx"
    write_starter(SAFE, path)
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    assert book.active.title == "README"
    shown = [column for column in columns.EPICS.columns if column.field not in ONLY_WHERE_GIVEN]
    for number, column in enumerate(shown, start=1):
        note = book["Epics"].cell(1, number).comment
        assert note is not None
        assert column.description in note.text


def test_epics_print_on_two_pages_that_both_say_which_epic(tmp_path: Path) -> None:
    """Forty columns on one page would be too small to read."""
    path = tmp_path / "starter.xlsx"
    write_starter(SAFE, path)
    sheet = openpyxl.load_workbook(path)["Epics"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")
