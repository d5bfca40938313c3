"""Usual limits whose figures nobody prescribes: a row of the starter each, which limits nothing until it is filled in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from portfolio.storage.read_model import read_model


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "safe",
            [
                "Horizon 0",
                "Horizon 1",
                "Horizon 2",
                "Horizon 3",
                "Capacity for business epics",
                "Capacity for enablers",
            ],
        ),
        ("disciplined-agile", ["Delivery capacity", "Exploratory capacity", "Operational capacity"]),
    ],
)
def test_a_starter_has_a_row_for_each_and_plans_as_it_is(tmp_path: Path, name: str, rows: list[str]) -> None:
    """scaledagileframework.com/guardrails, pmi.org practices: which ones, and no figure of theirs."""
    path = tmp_path / "a.xlsx"
    engine.new(path, name)
    loaded = engine.load(path)
    open_rows = [limit for limit in loaded.ready.guardrails if limit.at_least is None and limit.at_most is None]
    assert [limit.name for limit in open_rows] == rows
    assert loaded.findings == ()
    found = [finding for finding in engine.check(loaded) if "no figure yet" in finding.what]
    assert [(one.severity, *one.what.removesuffix(": no figure yet.").split(", ")) for one in found] == [
        ("warning", *rows)
    ]
    answer = engine.plan(loaded)
    assert answer.plan is not None
    assert not {status.name for status in answer.guardrails} & set(rows)


def test_a_figure_makes_it_a_limit(tmp_path: Path) -> None:
    """Enter one, and the plan keeps it; results are written as well while others are open."""
    path = tmp_path / "a.xlsx"
    engine.new(path, "safe")
    book = openpyxl.load_workbook(path)
    sheet = book["Guardrails"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, 12) if sheet.cell(row, columns["Name"]).value == "Capacity for enablers")
    sheet.cell(row, columns["At most"]).value = 0.3
    book.save(path)
    answer = engine.plan(engine.load(path))
    status = next(status for status in answer.guardrails if status.name == "Capacity for enablers")
    assert status.used <= 0.3
    engine.write(answer, tmp_path / "out.xlsx")
    assert engine.load(tmp_path / "out.xlsx").ready.guardrails == engine.load(path).ready.guardrails


def test_any_other_row_without_a_figure_is_an_error(tmp_path: Path) -> None:
    """Whoever writes a guardrail means one."""
    path = tmp_path / "a.xlsx"
    engine.new(path, "safe")
    book = openpyxl.load_workbook(path)
    book["Guardrails"].append(("Own rule", "effort"))
    book.save(path)
    loaded = engine.load(path)
    assert [one.severity for one in loaded.findings if "Own rule has neither" in one.what] == ["error"]


def test_templates_are_no_limits_of_the_model() -> None:
    """A portfolio without these rows has none of them."""
    assert read_model("safe").limits == ()
