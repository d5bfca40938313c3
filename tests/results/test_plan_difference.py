"""What lies between two plans, word for word: what gaps leave open, what the old plan breaks, which guardrails move."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from portfolio.analysis.difference import difference_of_plans, names_of
from portfolio.guardrails import GuardrailStatus
from portfolio.optimizer.outcome import Outcome
from portfolio.results.plan_difference import GuardrailMove, OldPlan, PlanEffect, PlannedEpic, StreamUse, Total
from tests import asking


def effect(before: Outcome, after: Outcome, folder: Path) -> PlanEffect:
    """What lies between two plans of which this can be claimed."""
    answer = asking.answer(asking.small(asking.epic("X")), folder)
    names = names_of(answer.portfolio, answer.portfolio)
    return difference_of_plans(replace(answer, outcome=before), replace(answer, outcome=after), names)


def proven(value: float) -> Outcome:
    return Outcome("proven best", value, value, 0.0, 1.0, None)


def best_found(value: float, bound: float | None) -> Outcome:
    return Outcome("best found", value, bound, None if bound is None else (bound - value) / value, 1.0, None)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (proven(93), proven(88), "Neither gap leaves anything open: the change makes the best plan worth -5 EUR."),
        (
            best_found(90, 100),
            best_found(95, 97),
            "The difference in value is within the gaps, which leave -5 to +7 EUR open: neither it nor what starts "
            "otherwise is to be read as an effect of the change.",
        ),
        (
            best_found(90, 100),
            best_found(101, 103),
            "Whatever the gaps hide, the change makes the best plan worth +1 to +13 EUR; differences within that are not "
            "to be read as an effect.",
        ),
        (best_found(90, None), proven(95), "How much of the difference in value the gaps explain is not known."),
    ],
)
def test_what_may_be_read_into_a_difference(before: Outcome, after: Outcome, words: str, tmp_path: Path) -> None:
    """Both claims first, then only as much as the gaps allow."""
    claims, reading = effect(before, after, tmp_path).claims("a", "b").split("\n")
    assert claims.startswith(f"a: {before.claim}")
    assert f"b: {after.claim}" in claims
    assert reading == words


def test_without_a_plan_nothing_is_read_into_it(tmp_path: Path) -> None:
    """Only the claims are left."""
    impossible = Outcome("impossible", None, None, None, 1.0, None)
    assert effect(proven(93), impossible, tmp_path).claims("a", "b") == "a: proven best. b: impossible."


def moved(change: str, before: str | None, after: str | None, reason: str) -> PlannedEpic:
    return PlannedEpic("E1", "Pay by phone", change, before, before, after, after, 30.0, 10.0, reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            moved("started", None, "PI 1", "A must: starts in PI 1."),
            ("+", "starts now", "waits", "PI 1", "A must"),
        ),
        (
            moved("moved", "PI 1", "PI 2", "Worth its place: starts in PI 2."),
            ("~", "moves", "PI 1", "PI 2", "Worth its place"),
        ),
        (
            moved("dropped", "PI 1", None, "Waits: it depends on E2, which waits."),
            ("-", "waits now", "PI 1", "waits", "it depends on E2, which waits."),
        ),
    ],
)
def test_an_epic_that_starts_moves_or_waits(line: PlannedEpic, words: tuple[str, ...]) -> None:
    """Its sign, what happens to it, when it was and is done, and why."""
    assert (line.sign, line.happens, line.before, line.after, line.why) == words
    assert (line.label, line.gain) == ("E1 Pay by phone", -20.0)


def status(
    name: str, place: dict[str, str], used: float, at_most: float, enforce: Literal["hard", "soft"], unit: str
) -> GuardrailStatus:
    """A guardrail that is not met."""
    return GuardrailStatus(name, place, used, None, at_most, met=False, binding=False, unit=unit, enforce=enforce)


def test_a_plan_that_no_longer_holds() -> None:
    """What it breaks, with what is used and what would be right; what was left out; what it breaches at its price."""
    broken = (
        status("Capacity", {"value stream": "A", "period": "PI 1"}, 12, 9, "hard", "effort"),
        status("Must", {"epic": "E4"}, 0, 1, "hard", "epics"),
        status("H3 ceiling", {}, 0.25, 0.2, "soft", "share of selected"),
    )
    old = OldPlan(False, None, broken, {"E9": "it is no longer in the portfolio"})
    assert old.sentences("EUR", "a", "b") == [
        "The plan of a no longer holds in b. It breaks: Capacity of A in PI 1 (12, at most 9); Must E4.",
        "Left out of it: E9: it is no longer in the portfolio.",
        "It breaches at their price: H3 ceiling (25.0%, at most 20.0%).",
    ]


def test_a_plan_that_still_holds() -> None:
    """What it is worth now."""
    assert OldPlan(True, 1234.5, (), {}).sentences("EUR", "a", "b") == [
        "The plan of a still holds in b, where it is worth 1,234 EUR."
    ]


def test_places_in_which_a_guardrail_moves_alike_stand_in_one_line(tmp_path: Path) -> None:
    """One line for each guardrail and standing; what is not there is said so."""
    moves = tuple(
        GuardrailMove("Capacity", {"value stream": "A", "period": period}, "kept", "at its limit")
        for period in ("PI 1", "PI 3")
    )
    gone = GuardrailMove("Floor", {}, "broken", None)
    told = replace(effect(proven(1), proven(1), tmp_path), guardrails=(*moves, gone)).guardrail_moves
    assert [(move.name, move.before, move.after, move.where) for move in told] == [
        ("Capacity", "kept", "at its limit", "A, PI 1; A, PI 3"),
        ("Floor", "broken", "not there", ""),
    ]


def test_figures_of_different_units_have_no_difference() -> None:
    """Nor has one that is not known on both sides."""
    assert Total("Spend, EUR", 100.0, 80.0, comparable=True).difference == "-20"
    assert Total("Spend, USD", 100.0, 80.0, comparable=False).difference == "-"
    assert Total("Value, EUR", None, 80.0, comparable=True).difference == "-"


def test_what_is_used_of_a_value_stream() -> None:
    """The share with both figures; nothing where the value stream is not there, no division where it has nothing."""
    use = StreamUse("A", 70, 80, 0, 0)
    assert (use.before, use.after) == ("88% (70 of 80)", "0% (0 of 0)")
    assert StreamUse("A", None, None, 1, 2).before == "-"
