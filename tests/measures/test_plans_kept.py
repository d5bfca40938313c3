"""What was agreed for closed periods against what was done by their ends."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.measures.predictability import plans_kept
from portfolio.results.closing import ClosedEpic, Outcome
from portfolio.storage.history import write_json_history
from tests import asking

FIRST = date(2026, 1, 5)


def closed(name: str, period: int, outcome: Outcome, agreed: int | None) -> ClosedEpic:
    """An epic in a closed period of four weeks, agreed to be done by the end of another one."""
    first = FIRST + timedelta(weeks=4 * period)
    finish = None if agreed is None else FIRST + timedelta(weeks=4 * agreed + 4, days=-1)
    return ClosedEpic(
        f"PI {period}", first, first + timedelta(days=27), name, None, outcome, 4.0, 4.0, 4.0, 0.0, 0.0, 0.0, 0.0, None, finish, None
    )  # fmt: skip


def test_epics_agreed_for_a_period_and_done_by_its_end() -> None:
    """Of three agreed for the first period one is late; it is done in the second, of whose own two one was done sooner."""
    rows = [
        closed("A", 0, "done", 0), closed("B", 0, "done", 0), closed("C", 0, "went on", 0), closed("D", 0, "done", 1),
        closed("C", 1, "done", 0), closed("E", 1, "not started", 1), closed("F", 1, "began", 2), closed("G", 1, "stopped", None),
    ]  # fmt: skip
    found = plans_kept(rows, date(2027, 1, 1))
    assert [(line.period, line.planned, line.done) for line in found] == [("PI 0", 3, 2), ("PI 1", 2, 1)]
    assert plans_kept(rows, FIRST + timedelta(days=30)) == found[:1]
    assert plans_kept(rows[:4], FIRST) == ()


@pytest.mark.parametrize("seed", range(20))
def test_every_count_is_one_by_hand(seed: int) -> None:
    """Random closings in any order, each epic agreed anew now and then, counted epic by epic."""
    rng, rows = random.Random(seed), []
    for name in "ABCDEF":
        for period in range(4):
            outcome = rng.choice(("began", "went on", "done", "stopped", "not started"))
            rows.append(closed(name, period, outcome, rng.choice((None, period, period + 1, period - 1))))
            if outcome == "done":
                break
    rng.shuffle(rows)
    expected = []
    for period in sorted({int(row.period[3:]) for row in rows}):
        first = FIRST + timedelta(weeks=4 * period)
        last, planned, done = first + timedelta(days=27), 0, 0
        for name in "ABCDEF":
            own = sorted((row for row in rows if row.id == name and row.last_day <= last), key=lambda row: row.last_day)
            agreed = [row.agreed_finish for row in own if row.agreed_finish is not None]
            if agreed and first <= agreed[-1] <= last:
                planned, done = planned + 1, done + any(row.outcome == "done" for row in own)
        if planned:
            expected.append((f"PI {period}", planned, done))
    assert [(line.period, line.planned, line.done) for line in plans_kept(rows, date(2027, 1, 1))] == expected


def test_it_stands_beside_predictability(tmp_path: Path) -> None:
    """In JSON where periods were closed, and not at all where none was."""
    raw: dict[str, Any] = asking.small(asking.epic("X", a=1))
    raw["evidence"] = {"objectives": [{"period": "PI 0", "planned_value": 8, "actual_value": 6}]}
    loaded = asking.loaded(raw, tmp_path)
    assert "plans_kept" not in engine.flow(loaded, as_of=date(2026, 12, 31)).as_json()
    write_json_history(tmp_path / "portfolio.json", (closed("A", 0, "done", 0), closed("B", 0, "went on", 0)))
    found = json.loads(json.dumps(engine.flow(loaded, as_of=date(2026, 12, 31)).as_json()))
    assert found["predictability"][0]["share"] == 0.75
    assert found["plans_kept"] == [{"period": "PI 0", "planned": 2, "done": 1, "share": 0.5}]
