"""Reading scenarios: YAML and sheet say the same, and what is wrong is said with its line or cell."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio.edits import Scenario
from portfolio.errors import WrongUseError
from portfolio.intake.read_scenarios import Scenarios, read_scenarios
from tests import asking

YAML = """\
format: 1
scenarios:
  Fewer people:
    - set: capacity of A in PI 2
      to: 6
    - {scale: budget, by: 90%}
    - lock: X
      in: PI 1
  No rules:
    - relax: WIP limit
    - ban: Y
    - set: deadline of X
      to: 2027-08-01
    - {add: dependency of X on Y}
    - {set: must of X, to: yes}
"""
ROWS: list[list[Any]] = [
    ["What if ...", None, None, None, None],
    [],
    ["Change", "Value", "Scenario", "Where", "Note"],
    ["set", 6, "Fewer people", "capacity of A in PI 2", "half the team"],
    ["Scale", "90%", None, "budget", None],
    ["lock", "PI 1", None, "X", None],
    ["relax", None, "No rules", "WIP limit", None],
    ["ban", None, None, "Y", None],
    ["set", datetime(2027, 8, 1), "no rules", "deadline of X", None],
    ["add", None, None, "dependency of X on Y", None],
    ["set", True, None, "must of X", None],
]


def portfolio(folder: Path) -> Path:
    """A portfolio as JSON."""
    path = folder / "portfolio.json"
    path.write_text(json.dumps(asking.small(asking.epic("X"), asking.epic("Y"))), encoding="utf-8")
    return path


def workbook(folder: Path, rows: list[list[Any]], title: str = "Scenarios") -> Path:
    """A workbook with a sheet of scenarios besides its epics."""
    book = openpyxl.Workbook()
    book.active.title = "Epics"
    book["Epics"].append(["ID", "Title", "Job size"])
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    path = folder / "portfolio.xlsx"
    book.save(path)
    return path


def yaml(folder: Path, text: str, name: str = "portfolio.scenarios.yaml") -> Path:
    """A file of scenarios."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told(found: Scenarios) -> list[tuple[str, list[str]]]:
    """The scenarios without their places."""
    return [(one.name, [str(change) for change in one.lines]) for one in found.scenarios]


def places(scenario: Scenario) -> list[str]:
    """Where a scenario's changes stand."""
    return [change.place for change in scenario.lines]


def test_yaml_and_sheet_say_the_same(tmp_path: Path) -> None:
    yaml(tmp_path, YAML)
    from_yaml = read_scenarios(portfolio(tmp_path))
    (tmp_path / "sheet").mkdir()
    from_sheet = read_scenarios(workbook(tmp_path / "sheet", ROWS, "What-ifs"))
    assert from_yaml.findings == from_sheet.findings == ()
    assert told(from_yaml) == told(from_sheet)
    assert told(from_yaml)[0] == (
        "Fewer people",
        ["set capacity of A in PI 2 to 6", "scale budget by 90%", "lock X in PI 1"],
    )
    assert [change.value for change in from_yaml.scenarios[1].lines] == [None, None, "2027-08-01", None, True]
    assert places(from_yaml.scenarios[0]) == [f"portfolio.scenarios.yaml, line {line}" for line in (4, 6, 7)]
    assert places(from_sheet.scenarios[1])[0] == "portfolio.xlsx, What-ifs!D7"


def test_a_name_is_found_whatever_its_case(tmp_path: Path) -> None:
    yaml(tmp_path, YAML)
    found = read_scenarios(portfolio(tmp_path))
    assert found.named(" fewer PEOPLE").name == "Fewer people"
    with pytest.raises(WrongUseError, match="Did you mean No rules"):
        found.named("no rule")


def test_no_scenarios_are_no_mistake(tmp_path: Path) -> None:
    found = read_scenarios(portfolio(tmp_path))
    assert (found.scenarios, found.findings, found.sources) == ((), (), ())
    with pytest.raises(WrongUseError, match="nor any other"):
        found.named("A")


def test_both_places_are_read_and_a_name_counts_once(tmp_path: Path) -> None:
    """A sheet and a file beside it; the same name in both is a finding at the second."""
    path = workbook(tmp_path, ROWS)
    yaml(tmp_path, "format: 1\nscenarios:\n  no RULES:\n    - ban: X\n  More:\n    - ban: Y\n")
    found = read_scenarios(path)
    assert [one.name for one in found.scenarios] == ["Fewer people", "No rules", "More"]
    assert [finding.place for finding in found.findings] == ["portfolio.scenarios.yaml, line 3"]
    assert "portfolio.xlsx, Scenarios!D7" in found.findings[0].message


def test_bad_rows_are_findings_at_their_cells(tmp_path: Path) -> None:
    """All at once; rows that are sound are read all the same."""
    rows = [
        ["Scenario", "Change", "What", "Value"],
        [None, "set", "budget", 3],
        ["A", "scal", "budget", 3],
        ["A", None, "budget", 3],
        ["A", "ban", "X", 3],
        ["A", "set", None, 3],
        ["A", "scale", "budget", "1.234"],
        ["A", "ban", "X", None],
    ]
    found = read_scenarios(workbook(tmp_path, rows))
    assert [(finding.place.split("!")[1], finding.message.split(".")[0]) for finding in found.findings] == [
        ("A2", "Scenario is empty"),
        ("B3", 'Change is "scal"'),
        ("B4", "Change is empty"),
        ("D5", "Value is 3"),
        ("C6", "What is empty"),
        ("D7", 'Value is the text "1'),
    ]
    assert found.findings[1].fix == "Write scale."
    assert "ban X" in told(found)[0][1]


@pytest.mark.parametrize("rows", [[["A", "set", "budget", 3]], [["Name", "Value"], ["Best case", 3]]])
def test_a_sheet_of_something_else_is_a_warning(tmp_path: Path, rows: list[list[Any]]) -> None:
    """People may have a sheet of that name already; nothing is read from it, and nothing stops."""
    found = read_scenarios(workbook(tmp_path, rows))
    assert found.scenarios == ()
    assert [(finding.severity, finding.place) for finding in found.findings] == [
        ("warning", "portfolio.xlsx, Scenarios")
    ]
    assert "Scenario, Change, What, Value" in found.findings[0].message


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("7", "a change is written like"),
        ("{ban: X, lock: Y}", "two of them are here"),
        ("{forbid: X}", "none of them is here"),
        ("{set: budget, by: 3}", "set takes `to` and nothing else"),
        ("{ban: X, to: 3}", "ban takes nothing else"),
        ("{set: [budget], to: 3}", "set names what it changes"),
        ('{scale: budget, by: "1.234"}', "can be read as 1234 or 1.234"),
    ],
)
def test_bad_yaml_is_refused_with_its_line(tmp_path: Path, entry: str, words: str) -> None:
    yaml(tmp_path, f"format: 1\nscenarios:\n  A:\n    - ban: X\n    - {entry}\n")
    with pytest.raises(WrongUseError) as refused:
        read_scenarios(portfolio(tmp_path))
    assert "portfolio.scenarios.yaml, line 5: " in str(refused.value)
    assert words in str(refused.value)


def test_a_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="does not exist"):
        read_scenarios(portfolio(tmp_path), tmp_path / "other.yaml")
    found = read_scenarios(portfolio(tmp_path), yaml(tmp_path, YAML, "other.yaml"))
    assert found.sources == ("other.yaml",)


def test_the_sheet_is_no_part_of_the_portfolio(tmp_path: Path) -> None:
    """It is never taken for the epics, and reading the workbook says nothing about it."""
    from portfolio.intake.read_portfolio import read_portfolio

    rows = [["Scenario", "Change", "What", "Value"], ["A", "nonsense", "budget", 3]]
    path = workbook(tmp_path, rows)
    reading = read_portfolio(path)
    assert not any("Scenarios" in str(finding) for finding in reading.findings)
