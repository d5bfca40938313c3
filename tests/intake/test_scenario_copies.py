"""Scenarios go along when a portfolio is written elsewhere, and say the same there."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from portfolio.engine.convert import write_portfolio
from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.intake.read_scenarios import read_scenarios
from portfolio.intake.scenario_copies import rows_for, write_beside
from portfolio.storage.read_model import read_model
from portfolio.workbook.write_workbook import write_starter
from tests.intake.test_read_scenarios import YAML, portfolio, told, yaml


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A portfolio in JSON with a YAML file of scenarios beside it."""
    yaml(tmp_path, YAML)
    return portfolio(tmp_path)


def as_workbook(source: Path, target: Path) -> Path:
    """The same portfolio as a workbook."""
    reading = read_portfolio(source)
    assert reading.portfolio is not None, reading.findings
    write_portfolio(reading.portfolio, target, rows_for(reading, target))
    return target


def test_they_say_the_same_on_a_sheet_and_back_in_yaml(source: Path, tmp_path: Path) -> None:
    """JSON to a workbook, to another workbook, and back to JSON: each finds the scenarios of the first."""
    first = as_workbook(as_workbook(source, tmp_path / "first.xlsx"), tmp_path / "copy.xlsx")
    assert "Scenarios" in openpyxl.load_workbook(first).sheetnames
    beside = write_beside(read_portfolio(first), tmp_path / "back.json")
    assert beside == tmp_path / "back.scenarios.yaml"
    wanted = told(read_scenarios(source))
    assert len(wanted) == 2
    assert told(read_scenarios(first)) == told(read_scenarios(portfolio(tmp_path), beside))[-2:] == wanted


def test_a_workbook_that_finds_the_yaml_itself_has_no_sheet(source: Path, tmp_path: Path) -> None:
    """Else every scenario would stand in two places, and a later change in one of them would clash."""
    target = as_workbook(source, tmp_path / "portfolio.xlsx")
    assert "Scenarios" not in openpyxl.load_workbook(target).sheetnames
    assert len(read_scenarios(target).scenarios) == 2


def test_a_workbook_and_its_json_share_the_yaml(source: Path, tmp_path: Path) -> None:
    """The same name with the same changes in both places is one scenario; with other changes it is a mistake."""
    book = as_workbook(source, tmp_path / "both.xlsx")
    beside = write_beside(read_portfolio(book), tmp_path / "both.json")
    assert beside is not None
    found = read_scenarios(book)
    assert (len(found.scenarios), found.findings) == (2, ())
    assert write_beside(read_portfolio(book), tmp_path / "both.json") == beside
    beside.write_text(beside.read_text(encoding="utf-8").replace("0.9", "0.8"), encoding="utf-8")
    assert [finding.severity for finding in read_scenarios(book).findings] == ["error"]


def test_other_scenarios_are_never_written_over(source: Path, tmp_path: Path) -> None:
    """What somebody wrote by hand beside the new file stays."""
    book = as_workbook(source, tmp_path / "book.xlsx")
    by_hand = yaml(tmp_path, "format: 1\nscenarios:\n  Mine:\n    - ban: X\n", "new.scenarios.yaml")
    before = by_hand.read_bytes()
    with pytest.raises(WrongUseError, match="holds other scenarios"):
        write_beside(read_portfolio(book), tmp_path / "new.json")
    assert by_hand.read_bytes() == before


def test_results_carry_the_sheet_but_not_the_scenario_that_they_are_of(source: Path, tmp_path: Path) -> None:
    """A plan of a scenario holds its changes already; another time they would count twice."""
    loaded = engine.load(as_workbook(source, tmp_path / "book.xlsx"))
    target = tmp_path / "results.xlsx"
    engine.write(engine.plan(loaded, gap=0), target, source=loaded)
    assert told(read_scenarios(target)) == told(read_scenarios(source))
    changed, _ = engine.with_scenario(loaded, engine.scenarios_of(loaded).named("no rules"))
    engine.write(engine.plan(changed, gap=0), target, source=changed)
    assert [one.name for one in read_scenarios(target).scenarios] == ["Fewer people"]


def test_a_mistake_on_the_sheet_goes_along_as_it_stands(source: Path, tmp_path: Path) -> None:
    """A copy loses nothing; JSON is not written from it, for a YAML file cannot hold a mistake."""
    book = as_workbook(source, tmp_path / "book.xlsx")
    opened = openpyxl.load_workbook(book)
    opened["Scenarios"].append(["Typo", "sett", "WIP limit", "1.234"])
    opened.save(book)
    copy = as_workbook(book, tmp_path / "copy.xlsx")
    last = list(openpyxl.load_workbook(copy)["Scenarios"].values)[-1]
    assert last[:4] == ("Typo", "sett", "WIP limit", "1.234")
    with pytest.raises(WrongUseError, match="sett"):
        write_beside(read_portfolio(book), tmp_path / "new.json")
    assert not (tmp_path / "new.scenarios.yaml").exists()


def test_a_starter_offers_an_empty_sheet(tmp_path: Path) -> None:
    """Its headings explain themselves, the changes drop down, and an empty sheet is no mistake."""
    path = tmp_path / "starter.xlsx"
    write_starter(read_model("safe"), path)
    sheet = openpyxl.load_workbook(path)["Scenarios"]
    assert [cell.value for cell in sheet[1]] == ["Scenario", "Change", "What", "Value"]
    assert sheet.max_row == 1
    assert all(cell.comment is not None for cell in sheet[1])
    assert [str(rule.sqref).split(":")[0] for rule in sheet.data_validations.dataValidation] == ["B2"]
    loaded = engine.load(path)
    assert engine.check_scenarios(loaded, engine.scenarios_of(loaded)) == ()
