"""The sheet Ranking shows what a way of working ranks by, and nothing that it does not have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from portfolio import engine
from tests.recalculate import cached, formulas, recalculate_ironcalc
from tests.samples.ways_of_working import FOLDER
from tests.workbook.test_write_results import differences

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
SCORES = {"User-business value", "Time criticality", "RR/OE", "Cost of delay", "Job size", "WSJF", "WSJF rank"}


def shown(model: str, folder: Path) -> list[dict[str, Any]]:
    """The table as one sees it: a row for each epic, without the columns that are folded away."""
    path = folder / "out.xlsx"
    engine.write(engine.plan(engine.load(FOLDER / f"{model}.json"), gap=0), path)
    sheet = load_workbook(path)["Ranking"]
    rows = list(sheet.iter_rows())
    first = next(number for number, row in enumerate(rows) if row[0].value == "Rank")
    folded = {
        column for look in sheet.column_dimensions.values() if look.hidden for column in range(look.min, look.max + 1)
    }
    visible = [cell for cell in rows[first] if cell.value and cell.column not in folded]
    cells = cached(path)["Ranking"]
    return [
        {str(head.value): cells.get(f"{head.column_letter}{row[0].row}") for head in visible}
        for row in rows[first + 1 :]
        if row[1].value
    ]


def test_a_rank_within_each_product(tmp_path: Path) -> None:
    """Nexus and LeSS keep an order for each product: the sheet says each one's place there, as the terminal does."""
    rows = shown("less", tmp_path)
    assert {row["ID"]: (row["Product"], row["Rank in product"]) for row in rows} == {
        "L2": ("Online", 1), "L1": ("Online", 2), "L4": ("Online", 3), "L6": ("Online", 4),
        "L3": ("Halls", 1), "L8": ("Halls", 2), "L5": ("Halls", 3), "L7": ("Halls", 4),
    }  # fmt: skip
    path = tmp_path / "out.xlsx"
    assert differences(cached(path), recalculate_ironcalc(path), formulas(path)) == []


def test_one_order_has_no_such_column(tmp_path: Path) -> None:
    """LeSS Huge keeps one order across the product."""
    assert not any("Rank in" in heading for heading in shown("less-huge", tmp_path)[0])


@pytest.mark.parametrize(("model", "scored"), [("safe", True), ("less", False), ("cost-of-delay", False)])
def test_scores_are_shown_where_there_are_any(model: str, scored: bool, tmp_path: Path) -> None:
    """Where money or an order alone ranks, empty columns of scores are folded away."""
    headings = set(shown(model, tmp_path)[0])
    assert (headings & SCORES != set()) == scored
