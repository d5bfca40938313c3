"""An urgency is added in its own file and one line of the family: plan, workbook, prices and reference follow from that."""

from __future__ import annotations

import runpy
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from portfolio import engine, urgency
from portfolio.engine import Loaded
from portfolio.workbook.sheets import value
from tests import asking
from tests.recalculate import cached, recalculate_ironcalc
from tests.urgency.made_up import HalfEachYear

DOCS = Path(__file__).parents[2] / "docs"

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture(autouse=True)
def _one_line_in_the_family(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (urgency, value):
        monkeypatch.setattr(module, "PROFILES", (*urgency.PROFILES, HalfEachYear()))


def loaded(folder: Path) -> Loaded:
    """Two epics that both want the first period; the first has the made-up urgency, whose name the format does not know."""
    found = asking.loaded(asking.small(asking.epic("X", 50, a=8), asking.epic("Y", a=8, latest="PI 1")), folder)
    first, second = found.ready.epics
    epics = (first.model_copy(update={"urgency": HalfEachYear.name}), second)
    return replace(found, portfolio=found.ready.model_copy(update={"epics": epics}))


def test_a_plan_earns_what_it_says(tmp_path: Path) -> None:
    """X loses less by another period of waiting than Y would earn, so it makes room."""
    answer = engine.plan(loaded(tmp_path), gap=0)
    earned = {line.id: line.value for line in answer.epics}
    assert earned == {"X": pytest.approx(50 * 92 * 0.5 ** (20 / 52)), "Y": 820}


def test_prices_and_explanations_follow(tmp_path: Path) -> None:
    """Without Y its 820 are lost, and X begins a period earlier."""
    portfolio = loaded(tmp_path)
    (found,) = engine.explain(portfolio, ["Y"]).epics
    earlier = 50 * 92 * (0.5 ** (10 / 52) - 0.5 ** (20 / 52))
    assert found.cost_at_least == pytest.approx(820 - earlier)
    assert {finding.severity for finding in engine.check(portfolio)} <= {"warning"}


def test_the_workbook_computes_it(tmp_path: Path) -> None:
    """A column of its own on the sheet Value, whose formula says what the plan says."""
    answer = engine.plan(loaded(tmp_path), gap=0)
    path = tmp_path / "plan.xlsx"
    engine.write(answer, path)
    shown, anew = cached(path)["Value"], recalculate_ironcalc(path)["Value"]
    columns = [cell for cell, heading in shown.items() if heading == HalfEachYear.name]
    assert len(columns) == 3, "now, at once, and the urgency of X"
    worth = next(line.value for line in answer.epics if line.id == "X")
    cells = {cell for cell, number in shown.items() if number == pytest.approx(worth)}
    assert len(cells) >= 2, "by its profile, and by its own urgency"
    assert all(anew[cell] == pytest.approx(shown[cell], rel=1e-9) for cell in cells)


def test_the_reference_describes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page says what its docstring says."""
    monkeypatch.setattr(sys, "path", [str(DOCS), *sys.path])
    pages = runpy.run_path(str(DOCS / "make_reference.py"))["pages"]()
    assert "## half each year\n\nWhat is not done within a year is worth half." in pages["urgency.md"]
