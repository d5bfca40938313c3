"""WIP over a span of states: CONWIP counts from the commitment to the delivery together, not the smallest of its states.

Kanban: limits begin at the commitment (Steyaert), end to end (CONWIP); upstream keeps a minimum of options.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from tests.cli.conftest import saved

STATES = [
    {"name": "Options", "kind": "before", "wip": "minimum", "limit": 3},
    {"name": "Committed", "kind": "before", "wip": "count per value stream", "limit": 1},
    {"name": "In delivery", "kind": "active", "wip": "count per value stream", "limit": 3},
    {"name": "Done", "kind": "done"},
]


def own_model(folder: Path, flow: dict[str, Any]) -> Path:
    """A way of working with a board of its own."""
    import yaml

    path = folder / "own.yaml"
    content = {
        "format": 1, "name": "own", "title": "Own", "summary": "A board.",
        "scoring": {"source": "a test", "method": "cd3"},
        "objective": {"source": "a test", "maximise": "value"},
        "flow": {"source": "a test", **flow},
    }  # fmt: skip
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def loaded(folder: Path, flow: dict[str, Any], states: dict[str, str], **stream: Any) -> engine.Loaded:
    """Items of 1 unit each in these states, with far more capacity than they need, all worth starting at once."""
    raw = {
        "format": 1,
        "calendar": {"start": "2027-01-04", "period_weeks": 4, "periods": ["P1", "P2"]},
        "value_streams": [{"id": "S", "capacity": [100.0, 100.0], **stream}],
        "epics": [
            {"id": name, "state": state, "effort": {"S": 1}, "benefit_per_week": 10, "min_periods": 2}
            for name, state in states.items()
        ],
    }
    return engine.load(saved(raw, folder / "p.json"), model=str(own_model(folder, flow)))


def started(found: engine.Loaded) -> int | None:
    """How many the best plan does at once; each takes the whole plan."""
    return engine.plan(found, gap=0).started


EIGHT = {f"I{number}": "Options" for number in range(8)}


def test_what_waits_before_the_work_is_not_in_progress(tmp_path: Path) -> None:
    """Committed 1 beside In delivery 3 lets three be in delivery: the smaller number belongs to what waits."""
    assert started(loaded(tmp_path, {"states": STATES}, EIGHT)) == 3


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_one_limit_from_commitment_to_delivery(limit: int, tmp_path: Path) -> None:
    """The span's number counts, whatever its states say; that of a value stream comes first."""
    span = {"name": "CONWIP", "first": "Committed", "last": "In delivery", "limit": limit}
    flow = {"states": STATES, "spans": [span]}
    assert started(loaded(tmp_path, flow, EIGHT)) == limit
    assert started(loaded(tmp_path, flow, EIGHT, wip_limit=4)) == 4


def test_one_limit_for_the_whole_portfolio(tmp_path: Path) -> None:
    """It is the portfolio's WIP limit then."""
    span = {"name": "CONWIP", "first": "Committed", "last": "In delivery", "per": "portfolio", "limit": 2}
    found = loaded(tmp_path, {"states": STATES, "spans": [span]}, EIGHT)
    assert found.ready.portfolio_wip_limit == 2
    assert started(found) == 2


def test_the_board_is_counted_together(tmp_path: Path) -> None:
    """Two committed and two in delivery are four of three, though neither state is beyond its own number."""
    span = {"name": "CONWIP", "first": "Committed", "last": "In delivery", "limit": 3}
    plain = [state | {"wip": "not prescribed", "limit": None} for state in STATES]
    states = {"A": "Committed", "B": "Committed", "C": "In delivery", "D": "in delivery", "E": "Options"}
    found = loaded(tmp_path, {"states": plain, "spans": [span]}, states)
    assert [finding.what for finding in found.findings] == ["4 epics of S are between Committed and In delivery."]
    assert found.findings[0].rule == "CONWIP allows 3 of them together."


def test_too_few_options_upstream_are_said(tmp_path: Path) -> None:
    """A minimum of options to choose from."""
    found = loaded(tmp_path, {"states": STATES}, {"A": "Options", "B": "In delivery"})
    assert "Own keeps at least 3 there to choose from." in [finding.rule for finding in found.findings]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [("In delivery", "Committed", "comes before"), ("Nowhere", "Done", "is Nowhere, which is not a state here")],
)
def test_a_span_that_is_none_is_said(first: str, last: str, words: str, tmp_path: Path) -> None:
    """With its line in the model's file."""
    from portfolio.errors import WrongUseError

    span = {"name": "CONWIP", "first": first, "last": last, "limit": 3}
    with pytest.raises(WrongUseError, match=words):
        loaded(tmp_path, {"states": STATES, "spans": [span]}, EIGHT)
