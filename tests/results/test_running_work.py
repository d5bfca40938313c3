"""Running work is decided again: what the figures propose, at which review, and when an MVP is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portfolio.cli.tables.answer import show_answer
from portfolio.errors import WrongUseError
from portfolio.results.answer import Answer
from portfolio.storage.read_model import read_model
from tests import asking, oracle
from tests.operating_model.test_contradictions import OWN

SCORES = {"user_business_value": 1, "time_criticality": 1, "rr_oe": 1, "job_size": 3}


def epic(name: str, effort: dict[str, float], worth: float, **more: Any) -> dict[str, Any]:
    """An approved epic that earns so much a week."""
    return {"id": name, "effort": effort, "benefit_per_week": worth, "approved": True} | more


def raw(model: str = "safe") -> dict[str, Any]:
    """R is an MVP that takes nothing from anybody, S keeps N waiting, which is worth more."""
    return {
        "format": 1,
        "model": model,
        "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1", "PI 2", "PI 3"]},
        "value_streams": [
            {"id": "A", "capacity": [10, 10, 10], "cost_per_unit": 100},
            {"id": "B", "capacity": [10, 10, 10], "cost_per_unit": 100},
        ],
        "epics": [
            epic("R", {"B": 14}, 5, state="Implementing: MVP", min_periods=2, mvp_cost=800),
            epic("S", {"A": 10}, 3, state="Implementing: Persevere"),
            epic("N", {"A": 10}, 50, latest="PI 1", state="Ready"),
        ],
    }


def found(raw: dict[str, Any], folder: Path) -> Answer:
    """The plan."""
    return asking.answer(raw, folder)


def test_going_on_is_proposed_where_it_costs_nothing_and_stopping_where_it_does(tmp_path: Path) -> None:
    """SAFe: pivot or persevere after the MVP, and an epic may be stopped in any state; running epics were `Decided already`."""
    answer = found(raw(), tmp_path)
    proposed = {line.id: answer.proposal(line) for line in answer.running}
    assert proposed == {"R": "persevere, to be judged after PI 1", "S": "stop, pivot or pause"}


def test_the_figure_is_what_the_best_plan_is_worth_more_without_going_on(tmp_path: Path) -> None:
    """By brute force: the best plan where S only competes, less the best one where it goes on."""
    answer = found(raw(), tmp_path)
    free = raw()
    free["epics"][1]["state"] = "Ready"
    (line,) = [line for line in answer.running if line.id == "S"]
    best = asking.value(free)
    held = asking.value(raw())
    assert best is not None
    assert held is not None
    assert line.at_least == pytest.approx(best - held)
    assert line.at_most == pytest.approx(best - held)
    assert best > held


def test_the_review_the_right_and_the_day_are_said(tmp_path: Path) -> None:
    """By the model's own cadence and rights."""
    answer = found(raw(), tmp_path)
    assert "It is decided again at the Portfolio sync" in answer.decided_again
    assert "Lean Portfolio Management may stop epics" in answer.decided_again
    rage = found(
        raw("rage") | {"epics": [one | SCORES | {"state": "In progress"} for one in raw()["epics"][:1]]}, tmp_path
    )
    assert "It is decided again at the Portfolio meeting, next on 2027-03-15" in rage.decided_again


def test_the_terminal_says_when_an_mvp_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the workbook does in `Decide after`; the plan in the terminal did not."""
    show_answer(found(raw(), tmp_path))
    shown = capsys.readouterr().out
    assert "Pivot or persevere: R after PI 1." in shown
    assert "in progress, to be decided again" in shown
    judged = raw()
    judged["epics"][0]["state"] = "Implementing: Persevere"
    assert found(judged, tmp_path).mvp_words == ""


def test_what_was_spent_counts_nowhere(tmp_path: Path) -> None:
    """Sunk cost is left out: the same proposals whatever was done already."""
    done = raw()
    for one in done["epics"][:2]:
        one["effort_done"] = 0
        one["started"] = "2026-05-04"
    before, after = found(raw(), tmp_path), found(done, tmp_path)
    assert [before.proposal(line) for line in before.running] == [after.proposal(line) for line in after.running]


def test_a_model_that_says_nothing_decides_nothing_again(tmp_path: Path) -> None:
    """No price is asked for what goes on, and nothing is said of a review."""
    answer = found(raw("cost-of-delay"), tmp_path)
    assert answer.running
    assert all(line.at_least is None for line in answer.running)
    assert answer.decided_again == ""


def test_the_review_is_one_of_the_cadence(tmp_path: Path) -> None:
    """Another word is refused with what was meant."""
    path = tmp_path / "own.yaml"
    text = OWN.replace("longest_weeks: 5}", "longest_weeks: 5, reviews: [{name: Council, when: monthly}]}")
    path.write_text(text + "running_work: {source: a test, review: Councel}\n", encoding="utf-8")
    with pytest.raises(WrongUseError, match="did you mean Council"):
        read_model(path)


def test_the_plan_itself_is_what_the_oracle_finds(tmp_path: Path) -> None:
    """Proposals change no plan."""
    answer = found(raw(), tmp_path)
    assert oracle.violations(raw(), asking.oracle_plan(answer.plan)) == []
