"""What a study says of what it rests on: nothing uncertain, too little evidence, and past epics that still run."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.domain import Booking, Plan
from tests import asking
from tests.asking import Raw

PLAN = Plan({"A": Booking(0, 1)})


def findings(folder: Path, **more: object) -> list[tuple[str, str]]:
    """The places and first sentences of what a study of one epic says."""
    raw = asking.small(asking.epic("A", 10, a=5, **more.pop("epic", {})), **more)  # type: ignore[arg-type]
    found = engine.simulate(asking.loaded(raw, folder), PLAN, draws=10).findings
    return [(finding.place.split(", ")[-1], finding.what) for finding in found]


def delivered(periods: int) -> Raw:
    """Past periods of value stream A."""
    rows = [{"value_stream": "A", "period": f"Q{turn}", "capacity": 10, "delivered": 8} for turn in range(periods)]
    return {"delivered": rows}


def actuals(finished: int, running: int) -> Raw:
    """Past epics; those that run have taken more than their estimate."""
    done = [{"finished": "2026-09-01"}] * finished + [{}] * running
    return {
        "actuals": [
            {"epic": f"X{turn}", "estimated_effort": 10, "actual_effort": 15, **one} for turn, one in enumerate(done)
        ]
    }


NOTHING = "Nothing is uncertain."


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ({}, [NOTHING]),
        (delivered(1), [NOTHING, "There is 1 past period of A, and past periods count from 6 on."]),
        (delivered(5), [NOTHING, "There are 5 past periods of A, and past periods count from 6 on."]),
        (delivered(6), []),
        (actuals(1, 0), [NOTHING, "Of past epics 1 is finished with an estimate and an actual effort, and they count from 5 on."]),
        (actuals(5, 0), []),
        (actuals(5, 2), ["Of 2 past epics not finished 2 have taken more than their estimate already."]),
        (actuals(5, 1), ["Of 1 past epic not finished 1 has taken more than its estimate already."]),
    ],
)  # fmt: skip
def test_evidence_that_counts_for_nothing_is_said(evidence: Raw, said: list[str], tmp_path: Path) -> None:
    """One period of history, or few past epics, say nothing: in a sentence, and not silently."""
    assert [what for _, what in findings(tmp_path, evidence=evidence)] == said


def test_evidence_that_is_not_asked_for_is_not_missed(tmp_path: Path) -> None:
    """Ranges from history are turned off, or value streams have stated ranges."""
    assert [what for _, what in findings(tmp_path, evidence=actuals(1, 1), ranges_from_history=False)] == [NOTHING]
    [(place, _)] = findings(tmp_path, evidence=delivered(2), epic={"effort_low": 4, "effort_high": 7})
    assert place == "Delivered"


def test_futures_without_a_plan_and_a_single_plan_are_said() -> None:
    """Where some futures leave no plan possible, and where there is nothing to choose among."""
    must = asking.epic("A", 10, a=5, latest="PI 1", must=True, effort_cases=[[5, 0.5], [1000, 0.5]])
    loaded = asking.in_memory(asking.small(must, shared_by_portfolio=0, shared_by_value_stream=0))
    asked = engine.Choosing(anew=True, information=True, robust="mean", plans=5)
    found = engine.simulate(loaded, PLAN, draws=10, choices=asked)
    assert found.anew is not None
    assert found.robust is not None
    assert "for each of 1 future, " in found.anew.sentence("money")
    assert "In 1 more future no plan keeps every hard guardrail, so it counts for nothing here." in found.anew.sentence(
        "money"
    )
    assert found.anew.as_json()["impossible"] == 1
    assert "would be as good in all of them, both played forward" in found.anew.sentence("money")
    assert found.robust.sentence("money").startswith("There is one plan to choose from, today's plan, worth ")


FEW_VOTES = "A has votes of fewer than 3 scorers on what it is ranked by."


@pytest.mark.parametrize(
    ("scored", "chance", "said", "instead"),
    [
        (["user_business_value"] * 2, None, [FEW_VOTES], "move a step of their scale instead"),
        (["user_business_value"] * 2, 0, [FEW_VOTES], "stay as they are"),
        (
            ["user_business_value", "user_business_value", "reach"],
            None,
            [FEW_VOTES],
            "move a step of their scale instead",
        ),
        (["user_business_value", "time_criticality", "rr_oe"], None, [], ""),
    ],
)
def test_votes_of_too_few_are_said(
    scored: list[str], chance: float | None, said: list[str], instead: str, tmp_path: Path
) -> None:
    """Three voters say how far a score may be off, and two do not; nor does one who scored what the ranking does not use."""
    scores = {"user_business_value": 5, "time_criticality": 3, "rr_oe": 1, "job_size": 2}
    raw = asking.small(asking.epic("A", 10, a=5, **scores), asking.epic("B", 10, a=5, **scores))
    votes = [{"epic": "A", "scorer": f"s{turn}", field: 3 + turn} for turn, field in enumerate(scored)]
    more = {} if chance is None else {"score_step_chance": chance}
    found = engine.ranks(asking.loaded(raw | more | {"evidence": {"votes": votes}}, tmp_path), draws=10)
    few = [finding for finding in found.findings if "scorers" in finding.what]
    assert [finding.what for finding in few] == said
    assert all(instead in finding.rule for finding in few)
