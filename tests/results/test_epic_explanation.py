"""Explanations word for word, one small portfolio for each kind; as a good portfolio manager would say them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.results.epic_explanation import EpicShift, shift_words
from portfolio.results.price_words import range_words
from tests import asking, examples
from tests.asking import epic, small


def told(raw: asking.Raw, folder: Path, epic_id: str) -> list[str]:
    """What is said of one epic after its reason."""
    (explanation,) = engine.explain(asking.loaded(raw, folder), [epic_id]).epics
    return explanation.sentences[1:]


J = {
    "E1": [
        "It takes 50 of the capacity of Stream A in PI 1. It costs 600 EUR.",
        "Without it the best plan would be worth 18 points less: E4 starts instead.",
    ],
    "E2": [
        "Forcing it in costs 28 points: E1, E3 and E6 wait; E5 starts instead.",
        "It comes in with 15 more capacity of Stream B in PI 1: the best plan is then worth 100 points.",
    ],
    "E4": [
        "Forcing it in costs 18 points: E1 waits.",
        "It comes in if H3 floor is 10 percentage points lower: the best plan is then worth 100 points.",
    ],
    "E5": [
        "Forcing it in costs 10 points: E3 waits.",
        "No single change of capacity, budget, limits, dates or rules lets it in.",
    ],
    "E6": [
        "It takes 20 of the capacity of Stream B in PI 1. It costs 200 EUR.",
        "E3 depends on it.",
        "Without it the best plan would be worth 16 points less: E3 waits; E5 starts instead.",
    ],
    "E8": [
        "It takes 10 of the capacity of Stream A in PI 1. It costs 100 EUR.",
        "Without it the best plan would be worth 5 points less, and nothing takes its place.",
    ],
}


@pytest.mark.parametrize("epic_id", J)
def test_example_j(epic_id: str, tmp_path: Path) -> None:
    """J, epic by epic."""
    assert told(examples.example_j(), tmp_path, epic_id) == J[epic_id]


def scarce(**more: Any) -> asking.Raw:
    """X takes most of the first period, and Y has to be done in it."""
    return small(epic("X", benefit=90, a=8, latest="PI 1"), epic("Y", latest="PI 1"), **more)


def test_capacity_or_a_later_date(tmp_path: Path) -> None:
    """What is lacking, or more time."""
    assert told(scarce(), tmp_path, "Y") == [
        "Forcing it in costs 6,560 EUR: X waits.",
        "It comes in with 2 more capacity of Stream A in PI 1: the best plan is then worth 8,200 EUR.",
        "It comes in if it may end as late as PI 2: the best plan is then worth 8,100 EUR.",
    ]


def test_a_wip_slot(tmp_path: Path) -> None:
    """One slot more, in the portfolio or in a value stream."""
    raw = small(epic("X", benefit=90, latest="PI 1"), epic("Y", latest="PI 1"), portfolio_wip_limit=1)
    assert "It comes in with one more WIP slot in the portfolio: the best plan is then worth 8,200 EUR." in told(
        raw, tmp_path, "Y"
    )
    raw.pop("portfolio_wip_limit")
    raw["value_streams"][0]["wip_limit"] = 1
    assert "It comes in with one more WIP slot in Stream A: the best plan is then worth 8,200 EUR." in told(
        raw, tmp_path, "Y"
    )


def test_an_approval_and_what_depends_on_it(tmp_path: Path) -> None:
    """Hard reasons first: they cannot be forced, and one decision changes that."""
    raw = small(
        epic("X", a=9), epic("Y", a=1), epic_threshold=800, dependencies=[{"predecessor": "X", "successor": "Y"}]
    )
    hard = "It cannot be forced in: every plan with it breaks a rule."
    assert told(raw, tmp_path, "X") == [hard, "It comes in once it is approved: the best plan is then worth 1,540 EUR."]
    assert told(raw, tmp_path, "Y") == [
        hard,
        "It comes in if its dependency on X is dropped: the best plan is then worth 820 EUR.",
    ]


def test_a_group(tmp_path: Path) -> None:
    """An alternative that is chosen instead."""
    raw = small(epic("X", exclusive_group="Core"), epic("Y", benefit=90, exclusive_group="Core"))
    assert told(raw, tmp_path, "X") == [
        "Forcing it in costs 6,560 EUR: Y waits.",
        "It comes in if it leaves the exclusive group Core: the best plan is then worth 8,200 EUR.",
    ]


def test_a_budget(tmp_path: Path) -> None:
    """The money that is lacking."""
    raw = small(epic("X", a=9, benefit=20))
    raw["calendar"]["budget_periods"] = ["FY27"] * 4
    raw["value_streams"][0]["budget"] = [500, 0, 0, 0]
    assert told(raw, tmp_path, "X")[1:] == [
        "It comes in with 400 EUR more budget for Stream A in FY27: the best plan is then worth 1,640 EUR.",
        "It comes in if Stream B does it: the best plan is then worth 1,640 EUR.",
    ]


def test_a_deadline(tmp_path: Path) -> None:
    """A penalty that a later deadline avoids."""
    urgent: dict[str, Any] = {"urgency": "deadline", "deadline": 10, "penalty": 900}
    dates = {"earliest": "PI 2", "latest": "PI 2"}
    raw = small(epic("X", benefit=10, a=10, **dates), epic("D", a=10, benefit=1, **dates, **urgent))
    assert told(raw, tmp_path, "D") == [
        "Forcing it in costs 648 EUR: X waits.",
        "It comes in with 10 more capacity of Stream A in PI 2: the best plan is then worth 792 EUR.",
        "It comes in if it may end as late as PI 3: the best plan is then worth 782 EUR.",
        "It comes in if its deadline moves to the end of PI 2: the best plan is then worth 972 EUR.",
    ]


def test_a_must_that_costs(tmp_path: Path) -> None:
    """What would be gained without it is said as a gain, with who moves up."""
    raw = small(epic("M", must=True, benefit=0, a=10, latest="PI 1"), epic("Y", benefit=50))
    assert told(raw, tmp_path, "M")[-1] == "Without it the best plan would be worth 500 EUR more: Y moves to PI 1."


def test_not_scored(tmp_path: Path) -> None:
    """Where the reason says all, nothing is added."""
    assert told(small(epic("X"), {"id": "new", "effort": {"A": 1}}), tmp_path, "new") == []


def test_a_tie_costs_nothing(tmp_path: Path) -> None:
    """Of two equal epics with room for one, the other one costs nothing."""
    raw = small(epic("X", a=8, latest="PI 1"), epic("Y", a=8, latest="PI 1"))
    assert told(raw, tmp_path, "Y") == ["Forcing it in costs nothing: X waits."]


@pytest.mark.parametrize(
    ("at_least", "at_most", "said"),
    [
        (5, 5, "5 EUR"),
        (1_200_000, 1_400_000, "between 1,200,000 and 1,400,000 EUR"),
        (0, 300, "at most 300 EUR"),
        (12, None, "at least 12 EUR, at most not known"),
        (None, None, "not known"),
    ],
)
def test_what_a_gap_leaves_open(at_least: float | None, at_most: float | None, said: str) -> None:
    """One figure, or the two between which it lies."""
    assert range_words(at_least, at_most, "EUR") == said


def test_moves_to_one_period_are_said_together() -> None:
    """A long list of moves is read by period; what waits, moves and starts is told apart."""
    shifts = [
        EpicShift("A", "dropped", ("PI 1", "PI 1"), None),
        EpicShift("B", "moved", ("PI 1", "PI 1"), ("PI 2", "PI 2")),
        EpicShift("C", "moved", ("PI 1", "PI 1"), ("PI 3", "PI 3")),
        EpicShift("D", "moved", ("PI 1", "PI 1"), ("PI 2", "PI 2")),
        EpicShift("E", "started", None, ("PI 1", "PI 1")),
    ]
    assert shift_words(shifts) == ": A waits; B and D move to PI 2; C moves to PI 3; E starts instead"
