"""What stands out in flow: the policies that are about it, as of the day that is looked at, and how old what is ranked is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from portfolio import engine
from portfolio.engine.policy_findings import ages
from tests import asking

AS_OF = date(2026, 12, 1)


def portfolio(folder: Path, *moves: tuple[str, str, str], **more: Any) -> engine.Loaded:
    """Three running epics of one value stream with a history of their own, and five that were done in ten days each."""
    history = [
        {"epic": f"P{n}", "state": state, "entered": day, "value_stream": "A"}
        for n in range(5)
        for state, day in (("Implementing: MVP", "2026-01-05"), ("Done", "2026-01-14"))
    ] + [{"epic": epic, "state": state, "entered": day} for epic, state, day in moves]
    epics = [asking.epic(name, a=2, user_business_value=3, time_criticality=3, rr_oe=3, job_size=3) for name in "XYZ"]
    return asking.loaded(asking.small(*epics, evidence={"history": history}, **more), folder)


RUNNING = (("X", "Implementing: MVP", "2026-11-20"), ("Y", "Implementing: MVP", "2026-11-30"))


def test_what_stands_out_is_said_as_of_the_day_that_is_looked_at(tmp_path: Path) -> None:
    """X is 12 days old on that day, older than all that was done; the check itself looks on the last day of history."""
    loaded = portfolio(tmp_path, *RUNNING)
    found = engine.flow(loaded, as_of=AS_OF).as_json()
    (alarm,) = [alarm for alarm in found["alarms"] if alarm["message"].startswith("X ")]
    assert alarm["message"].startswith(
        "X has been in progress for 12 days on 2026-12-01, longer than each of the 5 finished epics of A took."
    )
    assert "Finish it before anything new begins" in alarm["fix"]
    assert not any("Y has" in alarm["message"] for alarm in found["alarms"])
    assert any("X has been in progress for 11 days on 2026-11-30" in one.what for one in engine.check(loaded))


def test_what_comes_after_that_day_is_no_alarm(tmp_path: Path) -> None:
    """Three at once from the 2nd on are too many where two are allowed; a day earlier they are two."""
    loaded = portfolio(tmp_path, *RUNNING, ("Z", "Implementing: MVP", "2026-12-02"))
    streams = loaded.ready.value_streams
    assert streams[0].wip_limit is None
    alarms = engine.flow(loaded, as_of=date(2026, 12, 2)).alarms
    assert not any("in progress in A" in one.what for one in alarms)
    limited = portfolio(
        tmp_path, *RUNNING, ("Z", "Implementing: MVP", "2026-12-02"),
        value_streams=[{"id": name, "capacity": [10] * 4, "wip_limit": 2} for name in "AB"],
    )  # fmt: skip
    assert any(
        "3 epics are in progress in A" in one.what for one in engine.flow(limited, as_of=date(2026, 12, 2)).alarms
    )
    assert not any("in progress in A" in one.what for one in engine.flow(limited, as_of=AS_OF).alarms)


def test_without_history_nothing_stands_out(tmp_path: Path) -> None:
    """And JSON has no such list."""
    loaded = asking.loaded(asking.small(asking.epic("X", a=1)), tmp_path)
    assert "alarms" not in engine.flow(loaded, as_of=AS_OF).as_json()
    assert ages(loaded) == ()


def test_what_is_ranked_has_its_age(tmp_path: Path) -> None:
    """What has not begun has none."""
    assert [(age.epic, age.words) for age in ages(portfolio(tmp_path, *RUNNING))] == [
        ("X", "11 days, longer than each of the 5 finished epics took"),
        ("Y", "1 day"),
    ]
