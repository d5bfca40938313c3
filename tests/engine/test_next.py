"""Closing a period: the portfolio that goes on is the one that an oracle makes of the same sentences."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.domain import Portfolio
from portfolio.errors import WrongUseError
from portfolio.storage.portfolio_json import to_json
from tests import asking, closing_oracle, oracle
from tests.random_portfolios import random_portfolio

ACTIVE, DONE = "Implementing: MVP", "Done"


def planned(raw: dict[str, Any], folder: Path) -> tuple[Path, Path, oracle.Plan] | None:
    """A portfolio and its plan as files; None where it has none that could be closed."""
    file, plan = folder / "portfolio.json", folder / "plan.json"
    answer = asking.answer(raw, folder)
    if not answer.plan or len(raw["calendar"]["periods"]) < 2:
        return None
    plan.write_text(json.dumps(answer.as_json()), encoding="utf-8")
    return file, plan, asking.oracle_plan(answer.plan)


def with_facts(raw: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same portfolio after the period: some say how much was done, some did not begin, some money was spent."""
    rng = random.Random(seed)
    for epic in raw["epics"]:
        if rng.random() < 0.3 and sum(epic.get("effort", {}).values()) > 0:
            epic["effort_done"] = rng.choice((0, 0.5, 1)) * sum(epic["effort"].values())
        if rng.random() < 0.15:
            epic["state"] = rng.choice(oracle.ACTIVE)
    for stream in raw["value_streams"]:
        if rng.random() < 0.3 and stream.get("budget"):
            stream["spent"] = round(rng.uniform(0, 1.5) * stream["budget"][0], 2)
    return raw


def close_to(found: Any, expected: Any, at: str) -> None:
    """The same, figures up to rounding; what is blank may be left out."""
    if isinstance(expected, dict):
        keys = {key for side in (found, expected) for key, value in side.items() if value not in (None, {}, [])}
        for key in keys:
            close_to(found.get(key), expected.get(key), f"{at}.{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), at
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            close_to(one, other, f"{at}[{number}]")
    elif isinstance(expected, float | int) and not isinstance(expected, bool):
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-6), at
    else:
        assert found == expected, at


@pytest.mark.parametrize("first", range(0, 90, 30))
def test_the_next_portfolio_is_the_oracles(first: int, tmp_path: Path) -> None:
    """Every field of every epic, value stream and the calendar, on random portfolios; money and effort add up."""
    compared = 0
    for seed in range(first, first + 30):
        raw = with_facts(random_portfolio(seed), seed)
        if not asking.is_sound(raw) or (files := planned(raw, tmp_path)) is None:
            continue
        file, plan, bookings = files
        closing = engine.next_period(file, raw["calendar"]["periods"][0], plan=plan)
        expected = closing_oracle.closed(raw, bookings, ACTIVE, DONE)
        close_to(to_json(closing.after), to_json(Portfolio.model_validate(expected)), f"{seed}")
        adds_up(raw, closing)
        compared += 1
    assert compared > 10


def adds_up(raw: dict[str, Any], closing: Any) -> None:
    """Effort done and left is the effort before; spent and left is the budget before, for what its budget period keeps."""
    for line in closing.closed[0].epics:
        assert line.effort_done + line.effort_left == pytest.approx(line.effort_before, abs=1e-6) or line.re_estimated
    for line in closing.closed[0].value_streams:
        if not line.kept:
            continue
        period = oracle.periods_of(raw, oracle.budget_period_of(raw, 0))
        stream = next(one for one in raw["value_streams"] if one["id"] == line.id)
        before = sum(stream["budget"][turn] for turn in period)
        after = next(one for one in closing.after.value_streams if one.id == line.id).budget
        assert max(0.0, before - line.spent) == pytest.approx(sum(after[turn - 1] for turn in period[1:]), abs=1e-6)


def small() -> dict[str, Any]:
    """Two epics, one that takes two of the four periods, and budgets for two periods each."""
    raw = asking.small(asking.epic("X", 90, a=20, min_periods=2, external_cost=100), asking.epic("Y", 20, a=10))
    for stream in raw["value_streams"]:
        stream["budget"] = [1500, 1500, 1500, 1500]
    return raw


def test_two_periods_at_once_are_the_same_as_one_after_the_other(tmp_path: Path) -> None:
    """Closing PI 1 and PI 2 is closing PI 1, then PI 2, where nothing was told in between."""
    files = planned(small(), tmp_path)
    assert files is not None
    file, plan, _ = files
    both = engine.next_period(file, ["PI 1", "PI 2"], plan=plan, add="PI 5")
    assert both.after.calendar.periods == ("PI 3", "PI 4", "PI 5")
    assert both.after.calendar.budget_periods == ("FY28", "FY28", "FY29")
    assert [(line.id, line.outcome) for period in both.closed for line in period.epics] == [
        ("X", "began"),
        ("X", "done"),
    ]
    done = both.done[0]
    assert (done.effort_planned, done.effort_done, done.spend_planned, done.spend) == (20, 20, 2100, 2100)
    assert (str(done.agreed_start), str(done.agreed_finish)) == ("2027-01-04", "2027-05-23")
    assert (str(done.started), str(done.finished)) == ("2027-01-04", "2027-05-23")
    assert both.after.value_streams[0].budget == (1500, 1500, 1500)


def test_what_was_not_started_stays_as_it_was_and_is_late(tmp_path: Path) -> None:
    """Nothing done, or said to be not started: no effort comes off, no money is spent, and what bound it is said."""
    raw = small()
    raw["epics"][0]["start"] = "PI 1"
    files = planned(raw, tmp_path)
    assert files is not None
    raw["epics"][0]["state"] = "Not started"
    asking.loaded(raw, tmp_path)
    closing = engine.next_period(files[0], "PI 1", plan=files[1])
    line = closing.closed[0].epics[0]
    assert (line.outcome, line.effort_done, line.effort_left, line.spent) == ("not started", 0, 20, 0)
    epic = closing.after.epics[0]
    assert (epic.start, epic.must, epic.effort, epic.state) == (None, True, {"A": 20}, "Not started")
    assert "X is decided for PI 1, which is over, and it has not begun." in [one.what for one in closing.findings]


@pytest.mark.parametrize(
    ("closed", "more", "words"),
    [
        (["PI 2"], {}, "close PI 1, not PI 2"),
        (["PI 1", "PI 3"], {}, "close PI 1 and then PI 2"),
        (["PI 9"], {}, "has no period PI 9; its periods are PI 1"),
        ([], {}, "Name the period to close"),
        (["PI 1"], {"add": "pi 2"}, "has a period pi 2 already"),
        (["PI 1", "PI 2", "PI 3", "PI 4"], {}, "would be left to plan in"),
        (["PI 1"], {"plan": None}, "has no plan of these periods"),
    ],
)
def test_wrong_use_is_one_sentence(closed: list[str], more: dict[str, Any], words: str, tmp_path: Path) -> None:
    """Periods that are not the first ones, unknown ones, no plan, nothing left."""
    files = planned(small(), tmp_path)
    assert files is not None
    with pytest.raises(WrongUseError, match=words):
        engine.next_period(files[0], closed, **{"plan": files[1], **more})


def test_a_plan_without_days_cannot_be_closed(tmp_path: Path) -> None:
    """Without Start nobody knows which days a period has."""
    raw = small()
    del raw["calendar"]["start"]
    files = planned(raw, tmp_path)
    assert files is not None
    with pytest.raises(WrongUseError, match="has no Start"):
        engine.next_period(files[0], "PI 1", plan=files[1])
