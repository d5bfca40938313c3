"""What a way of working does not have is not shown: value where an order decides, WIP limits and money where there are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Command

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")


def portfolio(folder: Path, model: str, **changes: Any) -> Path:
    """Two epics in one value stream, without scores, money or limits unless they are given."""
    raw: dict[str, Any] = {
        "model": model,
        "name": "Bakery",
        "calendar": {"periods": ["One", "Two"], "start": "2027-01-04"},
        "value_streams": [{"id": "Oven", "capacity": [10, 10]}],
        "epics": [{"id": "Rye", "effort": {"Oven": 6}}, {"id": "Spelt", "effort": {"Oven": 6}}],
    }
    path = folder / f"{model}.json"
    path.write_text(json.dumps(raw | changes), encoding="utf-8")
    return path


@pytest.mark.parametrize("model", ["less", "nexus", "scrum-at-scale", "spotify"])
def test_an_order_shows_no_value(command: Command, tmp_path: Path, model: str) -> None:
    """`Value, points 0` says that all work is worth nothing; models-review C9: those in rank order know no value."""
    shown = command("plan", portfolio(tmp_path, model)).out
    assert "Rye" in shown
    for word in ("Value", "Spend", "WIP", "points"):
        assert word not in shown


def test_limits_and_money_are_shown_where_there_are_some(command: Command, tmp_path: Path) -> None:
    """The same portfolio with a limit and a cost."""
    oven = {"id": "Oven", "capacity": [10, 10], "wip_limit": 1, "cost_per_unit": 5}
    shown = " ".join(command("plan", portfolio(tmp_path, "less", value_streams=[oven], currency="EUR")).out.split())
    assert "in progress / WIP limit)" in shown
    assert "Spend, EUR" in shown
    assert "Value" not in shown


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("less", "2 of 2 roadmap items start"),
        ("flight-levels", "2 of 2 initiatives are pulled"),
        ("aligned-autonomy", "2 of 2 bets are chosen, guardrails kept"),
    ],
)
def test_the_models_own_verb(command: Command, tmp_path: Path, model: str, said: str) -> None:
    """Work starts, is pulled or was chosen, in the words of those who do it."""
    epics = [
        {"id": name, "effort": {"Oven": 6}, "start": label, "benefit_per_week": 5}
        for name, label in (("Rye", "One"), ("Spelt", "Two"))
    ]
    changes = {"epics": epics} if model == "aligned-autonomy" else {}
    assert said in command("plan", portfolio(tmp_path, model, **changes)).out


def test_choices_are_never_said_to_be_the_best_found(command: Command, tmp_path: Path) -> None:
    """Nothing was searched: what they are worth rests on central estimates, and that is said."""
    epics = [{"id": "Rye", "effort": {"Oven": 6}, "start": "Two", "benefit_per_week": 5}]
    shown = command("plan", portfolio(tmp_path, "aligned-autonomy", epics=epics)).out
    assert "best found" not in shown
    assert "by these estimates" in shown
    assert "price of choosing locally" not in shown


def test_the_summary_has_no_value_where_an_order_decides(command: Command, tmp_path: Path) -> None:
    """Neither does it claim that nothing is worth more; `Plan` folds the columns away."""
    out = tmp_path / "out.xlsx"
    command("plan", portfolio(tmp_path, "less"), "-o", out)
    book = openpyxl.load_workbook(out)
    texts = [str(cell.value) for row in book["Summary"].iter_rows() for cell in row if cell.value is not None]
    assert not [text for text in texts if "Value of the plan" in text or "worth more" in text or "points" in text]
    heading = next(cell for row in book["Plan"].iter_rows() for cell in row if cell.value == "Value")
    assert book["Plan"].column_dimensions[heading.column_letter].hidden
