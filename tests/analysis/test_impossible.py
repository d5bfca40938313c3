"""Impossible portfolios in words: clashes with the cells of the user's own file, repairs as orders, golden."""

from __future__ import annotations

from pathlib import Path

from portfolio import engine
from tests import asking
from tests.asking import Raw, epic, small
from tests.intake.messy import MessyWorkbook


def repaired(raw: Raw, folder: Path) -> dict[str, list[str]]:
    """The changes of each repair in words, by unit, without their fields."""
    found = asking.answer(raw, folder).impossible
    assert found is not None
    return {line.unit: [change.change.split(" (")[0] for change in line.changes] for line in found.repairs}


def test_cells_of_a_workbook_are_named(tmp_path: Path) -> None:
    """Whatever the workbook looks like, each place named holds what the sentence says of it."""
    raw = small(epic("X", a=8, must=True, latest="PI 1"), epic("Y", a=8, must=True, latest="PI 1"))
    user = MessyWorkbook(raw, 3)
    path = user.save(tmp_path / "user.xlsx")
    answer = engine.plan(engine.load(path), gap=0)
    assert answer.impossible is not None
    (clash,) = answer.impossible.clashes
    named = {line.name + "".join(line.place.values()): line.fields for line in clash}
    sheet, row, column = user.cells["value_streams", 0, "capacity", 0]
    from openpyxl.utils.cell import get_column_letter

    assert named["CapacityAPI 1"] == (f"{sheet}!{get_column_letter(column)}{row}",)
    assert set(named) == {"CapacityAPI 1", "MustX", "MustY"}
    cells = {field for fields in named.values() for field in fields}
    assert all(cell in str(answer.findings[-1]) or cell in str(answer.findings) for cell in cells)


def test_two_clashes_that_share_nothing_are_both_named(tmp_path: Path) -> None:
    """Two places, each with two musts: something of each has to give."""
    raw = small(
        *(epic(name, a=8, must=True, latest="PI 1") for name in "WX"),
        *(epic(name, a=0, b=8, must=True, latest="PI 1") for name in "YZ"),
    )
    answer = asking.answer(raw, tmp_path)
    assert answer.impossible is not None
    members = [sorted({line.place.get("epic", "") for line in clash} - {""}) for clash in answer.impossible.clashes]
    assert sorted(members) == [["W", "X"], ["Y", "Z"]]
    (finding,) = (finding for finding in answer.findings if finding.severity == "error")
    assert " Nor can these: " in finding.rule
    assert finding.fix.startswith("One of each has to give; it is enough to ")
    assert sorted(repaired(raw, tmp_path)["effort"]) == [
        "raise capacity of A in PI 1 by 6",
        "raise capacity of B in PI 1 by 6",
    ]


def test_repairs_in_words(tmp_path: Path) -> None:
    """Dates, musts, groups, WIP limits, budgets and shares, as a portfolio manager would order them."""
    late = small(epic("X", a=8, must=True, latest="PI 1"), epic("Y", 9, a=8, must=True, latest="PI 1"))
    assert repaired(late, tmp_path) == {
        "effort": ["raise capacity of A in PI 1 by 6"],
        "rules": ["drop must of Y"],
        "periods": ["let Y end in PI 2 instead of PI 1"],
    }
    many = small(*(epic(name, a=8, must=True, min_periods=4) for name in "XY"), portfolio_wip_limit=1)
    assert repaired(many, tmp_path)["epics"] == ["raise the portfolio WIP limit from 1 to 2"]
    many["value_streams"][0]["wip_limit"] = many.pop("portfolio_wip_limit")
    assert repaired(many, tmp_path)["epics"] == ["raise the WIP limit of A from 1 to 2"]
    dear = small(epic("X", a=8, must=True, latest="PI 1"))
    dear["value_streams"][0]["budget"] = [100, 200, 300, 300]
    assert repaired(dear, tmp_path)["money"] == ["raise budget of A in FY27 by 500 EUR"]
    half = {"name": "H1", "measure": "spend", "where": {"horizon": ["H1"]}, "at_most": 0.5, "of": "selected"}
    mixed = small(epic("X", a=7, must=True, horizon="H1"), epic("Y", a=5, must=True, horizon="H2"), guardrails=[half])
    assert repaired(mixed, tmp_path)["money"] == ["raise at most of H1 from 50% to 58.4%"]
    apart = small(epic("X", must=True, exclusive_group="G"), epic("Y", must=True, exclusive_group="G"))
    assert repaired(apart, tmp_path)["rules"][0] in {"drop exclusive group G", "drop must of X", "drop must of Y"}
