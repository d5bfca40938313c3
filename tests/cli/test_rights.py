"""Rights are printed where a change is made: by `plan`, `compare` and `next`, and on the starter's first page."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.conftest import Command
from tests.operating_model.test_rights import portfolio


def test_plan_compare_and_next_print_it(command: Command, tmp_path: Path) -> None:
    """Where the change is made, with the next date."""
    path = portfolio(tmp_path, "a", capacity=[12, 12])
    next_date = "next on 2027-01-18, before Sprint 2"
    assert next_date in " ".join(command("plan", path).out.split())
    (tmp_path / "a.scenarios.yaml").write_text(
        "format: 1\nscenarios:\n  More:\n    - set: capacity of Team\n      to: 20\n", encoding="utf-8"
    )
    compared = " ".join(command("compare", path, "-o", tmp_path / "c.xlsx").out.split())
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    changes = [str(cell.value) for row in book["Changes"].iter_rows() for cell in row]
    assert any("Only Executive MetaScrum may move people" in text and next_date in text for text in changes)
    figures = [str(row[0].value) for row in book["Comparison"].iter_rows()]
    assert "Claim" in figures
    assert not [text for text in figures if "Value" in text or text in ("Bound", "Gap")]
    assert "Only Executive MetaScrum may move people" in compared
    assert "order initiatives" not in compared
    planned = tmp_path / "plan.json"
    planned.write_text(command("plan", path, "--json").out, encoding="utf-8")
    closed = " ".join(command("next", path, "--closed", "Sprint 1", "--add", "Sprint 3", "--plan", planned).out.split())
    assert "next on 2027-02-01, before Sprint 3" in closed


def test_the_starter_says_it(command: Command, tmp_path: Path) -> None:
    """On its first page."""
    command("new", tmp_path / "a.xlsx", "--model", "scrum-at-scale")
    texts = [
        str(cell.value) for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["README"].iter_rows() for cell in row
    ]
    assert any("Only Chief Product Owner" in text and "next on 2027-01-18" in text for text in texts)
