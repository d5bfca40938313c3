"""How earlier forecasts and promises held stands beside every forecast, and nowhere where nothing is known of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from portfolio import engine
from portfolio.engine.track_record import track_record_of
from portfolio.results.flow.efficiency import PlanKept, Predictability
from portfolio.results.flow.track_record import SCALES_NOTHING, track_record
from tests import asking

EVIDENCE: dict[str, Any] = {
    "forecasts": [
        {"made_on": "2026-01-05", "subject": "P", "question": "done", "by": f"2026-0{month}-01", "p85": f"2026-0{month}-01",
         "outcome": f"2026-0{month}-0{day}", "known_on": f"2026-0{month}-09"}
        for month, day in ((2, 1), (3, 2), (4, 1))
    ],
    "actuals": [
        {"epic": "P", "estimated_effort": 4, "estimated_low": 3, "estimated_high": 6, "actual_effort": 7, "finished": "2026-02-01"},
        {"epic": "Q", "estimated_effort": 4, "estimated_low": 3, "estimated_high": 6, "actual_effort": 5, "finished": "2026-02-01"},
    ],
    "objectives": [{"period": "PI 0", "planned_value": 8, "actual_value": 6}],
}  # fmt: skip
SAID = (
    "Track record: what should hold in 85 of 100 cases held 2 of 3 times; 1 of 2 past epics ended inside their range, where 80% should; "
    f"periods brought 75% of the value that they promised. {SCALES_NOTHING}"
)


def test_what_is_known_is_said_in_one_line() -> None:
    """By the last day that the forecasts know; of a portfolio without any of it nothing."""
    raw = asking.small(asking.epic("X", a=1))
    assert track_record_of(asking.portfolio_of(raw)) == ""
    assert track_record_of(asking.portfolio_of(raw | {"evidence": EVIDENCE})) == SAID


def test_it_stands_beside_a_forecast_by_throughput(tmp_path: Path) -> None:
    """In JSON; without a forecast it is not there, nor where nothing is known."""
    raw = asking.small(asking.epic("X", a=4, min_periods=1))
    loaded = asking.loaded(raw | {"evidence": EVIDENCE}, tmp_path)
    day = date(2026, 12, 31)
    assert engine.flow(loaded, as_of=day, forecast=True).as_json()["track_record"] == SAID
    assert "track_record" not in engine.flow(loaded, as_of=day).as_json()


def test_only_the_last_periods_are_named_and_agreed_plans_are_counted_together() -> None:
    """Three of four promises; periods without an answer say nothing."""
    promised = [Predictability(f"PI {n}", 10, n, n / 10) for n in range(1, 5)] + [
        Predictability("PI 5", 9, None, None, 1)
    ]
    assert track_record(None, promised, (PlanKept("PI 1", 3, 2), PlanKept("PI 2", 2, 2))) == (
        "Track record: periods brought 20%, 30%, 40% of the value that they promised; 4 of 5 epics of agreed plans were done by the end of "
        f"their period. {SCALES_NOTHING}"
    )
    assert track_record(None, ()) == ""
