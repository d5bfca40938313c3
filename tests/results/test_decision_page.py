"""The page for those who decide: what stops, what slips, what is due, what is tight; each part where it applies, and no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import portfolio as pf
from portfolio import engine
from portfolio.results.answer import Answer
from portfolio.results.decision_page import MOST_LINES, PagePart, decision_page, rules_words
from tests import asking
from tests.asking import epic, small


def planned(raw: asking.Raw) -> Answer:
    """The best plan, proven."""
    return pf.plan(asking.in_memory(raw), gap=0)


def page(raw: asking.Raw) -> dict[str, PagePart]:
    """Its parts by their headings."""
    return {part.title: part for part in decision_page(planned(raw))}


def due(name: str, deadline: Any, **more: Any) -> asking.Raw:
    """An epic with a deadline that it need not meet."""
    return epic(name, urgency="deadline", deadline=deadline, penalty=50, **more)


def test_parts_that_do_not_apply_are_left_out() -> None:
    """Nothing is running, agreed or due: only what is tight is said."""
    assert list(page(small(epic("X"), epic("Y")))) == ["What is tight"]
    assert decision_page(planned(small(epic("X", a=11, must=True)))) == ()


def test_deadlines_that_are_missed_or_nearly_so() -> None:
    """What waits first, then what is late, then what has less than a period to spare; what has more is no risk."""
    found = page(
        small(
            due("LATE", "2027-02-01", a=2, title="Too late"),
            due("NEAR", "2027-03-29", a=2),
            due("SAFE", "2027-12-24", a=2),
            due("DAY", "2027-03-14", a=2),
            due("OUT", "2027-12-24", a=11),
        )
    )["Deadlines at risk"]
    assert found.shown == (
        ("OUT", "waits; due 2027-12-24"),
        ("LATE Too late", "done by 2027-03-14, due 2027-02-01: 5.9 weeks late"),
        ("DAY", "done by 2027-03-14, due 2027-03-14: nothing to spare"),
        ("NEAR", "done by 2027-03-14, due 2027-03-29: 2.1 weeks to spare"),
    )


def test_deadlines_with_room() -> None:
    """It is said that none is at risk."""
    found = page(small(due("SAFE", "2027-12-24")))["Deadlines at risk"]
    assert found.shown == (("None: each is met with a PI or more to spare.", ""),)


def test_what_was_agreed_and_is_late_or_waits() -> None:
    """By the days that were agreed, the latest first; in time is no slip."""
    found = page(
        small(
            epic("LATE", earliest="PI 2", agreed_start="2027-01-04", agreed_finish="2027-03-14"),
            epic("GONE", a=11, agreed_start="2027-01-04", agreed_finish="2027-03-14"),
            epic("SAME", agreed_start="2027-01-04", agreed_finish="2027-03-14"),
        )
    )["What slips against the agreed plan"]
    assert found.shown == (
        ("GONE", "agreed by 2027-03-14, now waits"),
        ("LATE", "agreed by 2027-03-14, now 2027-05-23: 10 weeks later"),
    )


def test_what_is_tight_is_said_once_for_all_periods() -> None:
    """A guardrail that people wrote before those of value streams; the periods in which it is full together."""
    limits = [{"name": "Two at most", "measure": "starts", "at_most": 2}]
    raw = small(epic("X", a=10, latest="PI 1"), epic("Y", a=10), epic("Z", a=3, b=3), guardrails=limits)
    found = page(raw)["What is tight"]
    assert found.shown[0] == ("Two at most", "2, at most 2: at its limit")
    assert found.shown[1] == ("Capacity of Stream A", "10, at most 10: at its limit in PI 1, PI 2")


def test_a_part_has_room_for_a_few_lines() -> None:
    """The rest is counted, so that the page stays one page."""
    part = PagePart("Title", tuple((f"line {number}", "") for number in range(20)), "", "on Plan")
    assert len(part.shown) == MOST_LINES + 1
    assert part.shown[-1] == ("14 more", "on Plan")


def test_what_all_rules_cost() -> None:
    """Against no rules at all: what two rules cost together, which neither costs alone; only where it was asked."""
    limits = [
        {"name": f"One {name}", "measure": "starts", "where": {"epic": ["X", "Y"]}, "at_most": 1} for name in "ab"
    ]
    raw = small(epic("X", 10), epic("Y", 4), guardrails=limits)
    loaded = asking.in_memory(raw)
    answer = pf.plan(loaded, gap=0)
    assert rules_words(answer) == "not known"
    priced = engine.with_cost_of_rules(loaded, answer, 60)
    assert isinstance(priced, Answer)
    value = 4 * (40 + 52 - 10)
    assert priced.cost_of_rules == (value, value)
    assert rules_words(priced) == f"{value} EUR"
    free = asking.in_memory(small(epic("X")))
    assert rules_words(engine.with_cost_of_rules(free, pf.plan(free, gap=0), 60)) == "nothing"  # type: ignore[arg-type]


def test_what_stops_with_what_going_on_would_cost() -> None:
    """First of all; where all goes on, that is said."""
    raw = small(
        epic("OLD", 1, a=10, latest="PI 1", state="Implementing: MVP"),
        epic("NEW", 20, a=10, latest="PI 1"),
        running_epics="may stop",
    )
    answer = planned(raw)
    assert [line.decision for line in answer.running] == ["stop"]
    part = decision_page(answer)[0]
    assert part.title == "What stops or pauses"
    price = (20 - 1) * (40 + 52 - 10)
    assert part.shown == (("OLD", f"stops; going on would cost: {price:,} EUR"),)
    raw["running_epics"] = "continue"
    dear = f"goes on until PI 1, which costs {price:,} EUR; proposed: stop, pivot or pause"
    assert decision_page(planned(raw))[0].shown == (("OLD", dear),)
    raw["epics"].pop()
    assert decision_page(planned(raw))[0].shown == (("Nothing: all epics in progress go on.", ""),)


def test_what_slips_against_a_plan_that_was_to_be_kept(tmp_path: Path) -> None:
    """What waits now and what finishes later; what starts earlier or is new is no slip."""
    raw = small(epic("X", 10, a=10, latest="PI 2"), epic("Y", 9, a=10, latest="PI 2"), epic("Z", 1, a=0, b=3))
    agreed = tmp_path / "agreed.json"
    agreed.write_text(json.dumps(planned(raw).as_json()), encoding="utf-8")
    raw["value_streams"][0]["capacity"] = [0, 10, 10, 10]
    report = engine.replan(asking.loaded(raw, tmp_path), agreed, 0.01, gap=0)
    parts = {part.title: part for part in decision_page(report.answer, report.effect)}
    slips = parts["What slips against the agreed plan"]
    assert slips.shown == (("Y", "agreed PI 2, now waits"), ("X", "agreed PI 1, now PI 2"))
