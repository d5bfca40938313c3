"""Plans beside each other, word for word; and the sheet, the terminal and the JSON say the same of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from portfolio.optimizer.outcome import Outcome
from portfolio.results.comparison import Comparison
from tests import asking, examples


@pytest.fixture
def comparison(tmp_path: Path) -> Comparison:
    """Example J as it is, with one epic fewer at once, and without its floor."""
    loaded = asking.loaded(examples.example_j(), tmp_path)
    scenarios = {"Fewer at once": "set WIP limit to 4", "No floor": "relax H3 floor"}
    return engine.compare(loaded, scenarios, gap=0)


def test_what_may_be_read_into_a_plan_beside_another(comparison: Comparison) -> None:
    """A proven plan is worth so much more; where nothing is proven, nothing is claimed of the best there is."""
    fewer = comparison.others[0]
    assert fewer.claim_against("As it is") == (
        "Fewer at once: proven best. Against As it is the best plan is worth -5 points."
    )
    assert fewer.effect is not None
    opened = replace(fewer.effect.value, at_least=-9.0, at_most=2.0, within_gap=True)
    unsure = replace(fewer, effect=replace(fewer.effect, value=opened))
    assert (
        "Against A the best plan is worth -9 to +2 points: within the gaps, so there may be no difference."
        in unsure.claim_against("A")
    )
    unknown = replace(fewer.effect.value, at_least=None, at_most=None, within_gap=None)
    told = replace(fewer, effect=replace(fewer.effect, value=unknown)).claim_against("A")
    assert told.startswith("Fewer at once is worth -5 points against A. Nothing is known")
    impossible = replace(fewer, answer=replace(fewer.answer, outcome=Outcome("impossible", None, None, None, 1, None)))
    assert replace(impossible, effect=None).claim_against("A") == "Fewer at once: impossible."


def test_the_epics_that_differ(comparison: Comparison) -> None:
    """Only those, each with when it is done everywhere, and the sign of what happens to it."""
    lines = {line.id: (list(line.spans), list(line.signs)) for line in comparison.changed_epics}
    assert lines["E8"][0][:2] == ["PI 1", ""]
    assert lines["E8"][1][:2] == ["", "-"]
    every = {line.id for line in comparison.epics}
    assert set(lines) < every == {epic["id"] for epic in examples.example_j()["epics"]}
    assert comparison.legend == "+ starts, ~ at another time, - waits, each against As it is."


def test_sheet_and_json_hold_the_same_figures(comparison: Comparison, tmp_path: Path) -> None:
    """Each figure of each plan, whichever medium shows it."""
    path = tmp_path / "comparison.xlsx"
    engine.write(comparison, path)
    sheet = openpyxl.load_workbook(path)["Comparison"]
    rows = {str(row[0]): row[1:] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] is not None}
    alternatives = comparison.as_json()["alternatives"]
    assert list(rows["Value, points"]) == [one["outcome"]["value"] for one in alternatives]
    assert list(rows["Claim"]) == [one["outcome"]["claim"] for one in alternatives]
    assert list(rows["Spend, EUR"]) == [one["spend"] for one in alternatives]
    assert list(rows["Epics that start"]) == [one["epics_started"] for one in alternatives]
    assert list(rows["Capacity used"]) == pytest.approx([one["utilisation"] for one in alternatives])
    assert list(rows["Guardrails broken"]) == [one["guardrails_broken"] for one in alternatives]
    for turn, stream in enumerate(alternatives[0]["value_streams"]):
        uses = [one["value_streams"][turn] for one in alternatives]
        shares = [use["effort"] / use["capacity"] for use in uses]
        assert list(rows[f"Capacity used, {stream['title']}"]) == pytest.approx(shares)


def test_what_a_scenario_makes_different_is_written_down(comparison: Comparison, tmp_path: Path) -> None:
    """Line by line, before and after; of a whole record only that it was there. Below: whose decision each is."""
    path = tmp_path / "comparison.xlsx"
    engine.write(comparison, path)
    cells = [row[:5] for row in openpyxl.load_workbook(path)["Changes"].iter_rows(min_row=5, values_only=True)]
    assert cells[:3] == [
        ("Fewer at once", "set WIP limit to 4", "Portfolio WIP limit", "5", "4"),
        ("No floor", "relax H3 floor", "H3 floor", "there", "-"),
        (None,) * 5,
    ]
    right = "Lean Portfolio Management may change guardrails at the strategic portfolio review; next on 2027-02-22."
    assert [row[0] for row in cells[3:]] == [f"Fewer at once: {right}", f"No floor: {right}"]
