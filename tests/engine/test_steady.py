"""Among equally good plans a comparison takes the one that changes least of the plan as it is, or of an agreed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from tests import asking, oracle
from tests.asking import Raw
from tests.random_portfolios import random_portfolio


def tied() -> Raw:
    """X and Y earn the same in PI 1 and PI 2; M takes what X needs in PI 1, so that X is done in PI 2 and Y in PI 1."""
    late = {"urgency": "deadline", "deadline": 40, "penalty": 5}
    return asking.small(
        asking.epic("X", 10, a=10, b=10, latest="PI 2", **late),
        asking.epic("Y", 10, a=10, latest="PI 2", **late),
        asking.epic("M", 100, a=0, b=10),
    )


def spans(comparison: object, number: int) -> dict[str, str | None]:
    """When each epic starts in one of the plans."""
    return {line.id: line.start for line in comparison.alternatives[number].answer.epics}  # type: ignore[attr-defined]


def test_what_a_scenario_does_not_touch_stays(tmp_path: Path) -> None:
    """Without M, X could as well be done first: it stays where it is, and nothing but M is shown as changed."""
    found = engine.compare(asking.loaded(tied(), tmp_path), {"No M": "ban M"}, gap=0.0)
    assert spans(found, 0) == {"M": "PI 1", "X": "PI 2", "Y": "PI 1"}
    assert spans(found, 1) == {"M": None, "X": "PI 2", "Y": "PI 1"}
    assert [line.id for line in found.changed_epics] == ["M"]
    assert found.alternatives[1].answer.outcome.claim == "proven best"


def test_against_an_agreed_plan(tmp_path: Path) -> None:
    """Where the agreed plan has X first, the scenario that allows it has X first, too."""
    loaded = asking.loaded(tied(), tmp_path)
    agreed = asking.bookings({"X": (0, 1), "Y": (1, 1), "M": (1, 1)})
    found = engine.compare(loaded, {"No M": "ban M"}, gap=0.0, agreed=agreed)
    assert spans(found, 1) == {"M": None, "X": "PI 1", "Y": "PI 2"}


@pytest.mark.parametrize("first", range(0, 30, 10))
def test_it_never_costs_value(first: int, tmp_path: Path) -> None:
    """With gap 0, every scenario is worth what brute force finds, and keeps every rule."""
    for seed in range(first, first + 10):
        raw = random_portfolio(seed)
        if not asking.is_sound(raw):
            continue
        stream = raw["value_streams"][0]["id"]
        found = engine.compare(asking.loaded(raw, tmp_path), {"Less": f"scale capacity of {stream} by 60%"}, gap=0.0)
        answer = found.alternatives[1].answer
        changed = {**raw, "value_streams": [dict(one) for one in raw["value_streams"]]}
        amounts = answer.portfolio.value_streams[0].capacity
        changed["value_streams"][0]["capacity"] = [*amounts]
        expected, _ = oracle.brute_force(changed)
        assert (answer.outcome.value is None) == (expected is None), seed
        if expected is not None:
            assert answer.outcome.value == pytest.approx(expected, rel=1e-6, abs=1e-6), seed
            assert oracle.violations(changed, asking.oracle_plan(answer.plan)) == [], seed
