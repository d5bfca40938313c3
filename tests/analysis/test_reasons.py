"""Reasons, word for word: one small portfolio for each kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests import asking, examples
from tests.asking import epic


def reasons(raw: asking.Raw, folder: Path) -> dict[str, str]:
    """Why each epic starts or waits."""
    return {line.id: line.reason for line in asking.answer(raw, folder).epics}


def test_a_whole_portfolio(tmp_path: Path) -> None:
    """Example J: every epic has its reason, with the numbers that anybody can add up."""
    assert reasons(examples.example_j(), tmp_path) == {
        "E7": "Worth its place: starts in PI 1, worth 12 points.",
        "E1": "Worth its place: starts in PI 1, worth 42 points.",
        "E3": "Worth its place: starts in PI 1, worth 28 points.",
        "E4": "Waits: starting in PI 1 needs 30 of Capacity of A in PI 1, "
        "and the epics that start leave 10; 3 other guardrails stand in the way.",
        "E2": "Waits: starting in PI 1 needs 20 of Capacity of B in PI 1, "
        "and the epics that start leave 5; 4 other guardrails stand in the way.",
        "E5": "Waits: starting in PI 1 needs 25 of Capacity of B in PI 1, "
        "and the epics that start leave 5; 3 other guardrails stand in the way.",
        "E6": "Needed by E3: starts in PI 1, worth 6 points.",
        "E8": "Worth its place: starts in PI 1, worth 5 points.",
    }


def test_decided_and_must(tmp_path: Path) -> None:
    """What had to be in the plan says so."""
    found = reasons(asking.small(epic("S", start="PI 2"), epic("M", must=True)), tmp_path)
    assert found == {
        "S": "Start given (forecast): starts in PI 2, worth 720 EUR.",
        "M": "A must: starts in PI 1, worth 820 EUR.",
    }


def test_longer_than_a_period(tmp_path: Path) -> None:
    """An epic of several periods says when it is done."""
    found = reasons(asking.small(epic("L", min_periods=3)), tmp_path)
    assert found["L"] == "Worth its place: starts in PI 1 and is done by PI 3, worth 620 EUR."


def test_needed_by_others(tmp_path: Path) -> None:
    """A predecessor names what needs it."""
    links = [{"predecessor": "P", "successor": name} for name in ("N", "O")]
    found = reasons(asking.small(epic("P", benefit=0, a=1), epic("N"), epic("O"), dependencies=links), tmp_path)
    assert found["P"] == "Needed by N, O: starts in PI 1, worth 0 EUR."


def test_deadlines(tmp_path: Path) -> None:
    """In time, or late and still worth it."""
    urgent: dict[str, Any] = {"urgency": "deadline", "deadline": 15, "penalty": 90}
    found = reasons(asking.small(epic("D", **urgent), epic("L", earliest="PI 2", **urgent)), tmp_path)
    assert found == {
        "D": "Meets its deadline: starts in PI 1, worth 860 EUR.",
        "L": "Late, and still worth it (forecast): starts in PI 2, worth 720 EUR.",
    }


def test_no_room(tmp_path: Path) -> None:
    """What is needed and what is left, in the place that is tightest."""
    found = reasons(asking.small(epic("X", benefit=90, a=8, latest="PI 1"), epic("Y", latest="PI 1")), tmp_path)
    assert found["Y"] == ("Waits: starting in PI 1 needs 4 of Capacity of A in PI 1, and the epics that start leave 2.")


def test_no_room_in_progress(tmp_path: Path) -> None:
    """The same for a limit on epics in progress."""
    raw = asking.small(epic("X", benefit=90, latest="PI 1"), epic("Y", latest="PI 1"), portfolio_wip_limit=1)
    assert reasons(raw, tmp_path)["Y"] == (
        "Waits: starting in PI 1 needs 1 of Portfolio WIP limit in PI 1, and the epics that start leave nothing."
    )


def test_not_approved(tmp_path: Path) -> None:
    """Its cost, the threshold, and who may approve it."""
    found = reasons(asking.small(epic("X", a=9), epic("Y", a=1), epic_threshold=800), tmp_path)
    assert found["X"] == (
        "Waits: it costs 900 EUR, above the epic threshold of 800 EUR, and is not approved; Lean Portfolio Management may "
        "approve it at the go or no-go at the end of Analyzing."
    )


def test_predecessor_waits(tmp_path: Path) -> None:
    """An epic that depends on one that waits names it."""
    raw = asking.small(
        epic("X", a=9), epic("Y", a=1), epic_threshold=800, dependencies=[{"predecessor": "X", "successor": "Y"}]
    )
    assert reasons(raw, tmp_path)["Y"] == "Waits: it depends on X, which waits."


def test_exclusive(tmp_path: Path) -> None:
    """The one that was chosen instead."""
    raw = asking.small(epic("X", exclusive_group="Core"), epic("Y", benefit=90, exclusive_group="Core"))
    assert reasons(raw, tmp_path)["X"] == "Waits: Y was chosen from the same exclusive group, Core."


def test_cannot_finish(tmp_path: Path) -> None:
    """Too long for what is left of the plan."""
    found = reasons(asking.small(epic("X", min_periods=3, earliest="PI 3"), epic("Y")), tmp_path)
    assert found["X"] == "Waits: it needs 3 PIs from PI 3 and cannot be done by PI 4."


def test_not_known(tmp_path: Path) -> None:
    """Not scored, and without effort: left out, and said so."""
    found = reasons(asking.small(epic("X"), {"id": "new", "effort": {"A": 1}}, epic("idle", a=0)), tmp_path)
    assert found["new"] == "Waits: new is not scored yet."
    assert found["idle"] == "Waits: idle has no effort in any value stream."


def test_worthless(tmp_path: Path) -> None:
    """What earns nothing wherever it starts does not start."""
    found = reasons(asking.small(epic("X", life_weeks=5), epic("Y", a=1)), tmp_path)
    assert found["X"].startswith("Waits: ")
    assert "earn" in found["X"]


def test_every_epic_has_one_sentence(tmp_path: Path) -> None:
    """On random portfolios: one reason for each epic, starting with the decision, ending with a full stop."""
    from tests.random_portfolios import random_portfolio

    for seed in range(20):
        raw = random_portfolio(seed)
        if not asking.is_sound(raw):
            continue
        answer = asking.answer(raw, tmp_path)
        assert [line.id for line in answer.epics] == [line.id for line in answer.ranking.epics]
        for line in answer.epics:
            assert line.reason.startswith("Waits: ") == (line.decision == "wait"), seed
            assert line.reason.endswith("."), seed
            assert ".." not in line.reason, seed
            assert "search ended before" not in line.reason, seed
