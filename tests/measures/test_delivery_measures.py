"""Delivery, integration and dependency measures by their worked examples, M5, M6 and M8."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from portfolio.domain.dependency import Dependency
from portfolio.domain.evidence import Blocked, Deployment, Integration
from portfolio.measures.days import hours_between
from portfolio.measures.delivery import delivery
from portfolio.measures.dependency_ageing import dependency_ageing, to_resolve
from portfolio.measures.integration import integration_health
from portfolio.results.flow.spread import Spread
from tests.measures.histories import day, number

MARCH = (
    ("01T04", "01T10", None, None), ("01T09", "02T09", True, "02T11"), ("02T12", "02T15", None, None),
    ("03T12", "05T12", None, None), ("08T12", "09T12", True, None), ("09T20", "10T08", None, None),
    ("12T10", "12T16", None, None), ("13T23", "14T23", None, None),
)  # fmt: skip
UNPLANNED = (2, 5)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2027-03-{text}:00")


def test_deployments_of_two_weeks() -> None:
    """M8: four a week, on 7 of 14 days, half within 12 hours; 2 of 8 failed and 2 of 8 were unplanned; one is not recovered."""
    rows = [
        Deployment(
            value_stream="S",
            first_commit=moment(first),
            deployed=moment(deployed),
            failed=bool(failed),
            recovered=None if recovered is None else moment(recovered),
            unplanned=place in UNPLANNED,
        )
        for place, (first, deployed, failed, recovered) in enumerate(MARCH)
    ]
    whole, own = delivery(rows, [], (number("03-01"), number("03-14")), None)
    assert (whole.group, own.group, own.per_week, whole.per_week) == (None, "S", 4, 4)
    assert str(whole.days_with) == "50% (7 of 14)"
    assert whole.lead_time.spread == Spread(12, 24)
    assert (str(whole.failed), str(whole.unplanned)) == ("25% (2 of 8)", "25% (2 of 8)")
    assert (whole.recovery.over, whole.recovery.open, whole.recovery.spread) == (1, 1, Spread())


def test_what_nobody_said_is_no_success() -> None:
    """Without a word on failures there is no rate of them, not one of 0."""
    (whole, _) = delivery(
        [Deployment(value_stream="S", deployed=day("03-01"))], [], (number("03-01"), number("03-14")), None
    )
    assert (whole.failed.share, str(whole.failed)) == (None, "-")


def test_hours_are_real_ones_when_clocks_change() -> None:
    """The night of 28 March 2027 has 23 hours in Berlin; between two zones there is no guess."""
    first, second = datetime(2027, 3, 27, 12), datetime(2027, 3, 28, 12)
    assert hours_between(first, second, ZoneInfo("Europe/Berlin")) == 23
    assert hours_between(first, second, None) == 24
    assert (
        hours_between(
            datetime.fromisoformat("2027-03-01T10:00+01:00"), datetime.fromisoformat("2027-03-01T10:00-05:00"), None
        )
        == 6
    )


def test_integrations_of_a_month() -> None:
    """M6: 28/31 a week, gaps of up to 14 days, 9 since the last one, 438 of 470 tests, half all green, three of four releasable."""
    rows = [
        Integration(value_stream="S", integrated=day(on), tests_run=run, tests_passed=passed, releasable=releasable)
        for on, passed, run, releasable in (
            ("03-01", 98, 100, True), ("03-03", 120, 120, True), ("03-08", 90, 120, False), ("03-22", 130, 130, True),
        )
    ]  # fmt: skip
    whole = integration_health(rows, (number("03-01"), number("03-31")), None)[0]
    assert whole.per_week == pytest.approx(28 / 31)
    assert (whole.longest_gap, whole.days_since, whole.days_since_releasable) == (14, 9, 9)
    assert Fraction(int(whole.tests.part), int(whole.tests.whole)) == Fraction(219, 235)
    assert (whole.all_passed.share, whole.releasable.share) == (0.5, 0.75)


def links() -> list[Dependency]:
    dates = [
        ("01-11", "02-15", "02-20"),
        ("02-01", "03-01", None),
        ("03-01", "04-30", None),
        ("02-10", "03-10", "03-05"),
    ]
    return [
        Dependency(
            predecessor=f"P{place}", successor=f"Q{place}", raised_on=day(raised), needed_by=day(needed),
            resolved_on=None if resolved is None else day(resolved),
        )
        for place, (raised, needed, resolved) in enumerate(dates)
    ]  # fmt: skip


def test_dependencies_age_and_wait() -> None:
    """M5: waits of 5, 30, 0, 0 days; open ones 58 and 30 days old; three in four take longer than 23 days, 3 in 8 than 40."""
    found = dependency_ageing(links(), [], number("03-31"), {}, (), [], [])
    assert found is not None
    by_successor = {line.successor: (line.age, line.wait, line.resolved_after) for line in found.lines}
    assert by_successor == {"Q0": (None, 5, 40), "Q1": (58, 30, None), "Q2": (30, 0, None), "Q3": (None, 0, 23)}
    curve = to_resolve(links(), number("03-31"))
    assert (list(curve.times), list(curve.share)) == ([23, 40], [0.75, 0.375])
    assert (found.to_resolve, found.by_age, found.waited) == (Spread(), (0, 1, 1, 0), 35)


def test_what_is_held_up_waits_for_another_value_stream() -> None:
    """Past the day it was needed, or blocked by a value stream; who waits for somebody outside or for its own is not counted."""
    homes = {"p1": "A", "q1": "B", "p2": "A", "q2": "B", "x": "A", "y": "A", "z": "A"}
    blocked = [
        Blocked(epic="X", since=day("03-01"), waits_for="B"),
        Blocked(epic="Y", since=day("03-01"), waits_for="outside"),
        Blocked(epic="Z", since=day("03-01"), until=day("03-20"), waits_for="B"),
    ]
    found = dependency_ageing(links(), blocked, number("03-31"), homes, (), ["Q1", "Q2", "X", "Y", "Z"], ["A", "B"])
    assert found is not None
    assert (found.held_up_epics, found.held_up.share) == (("Q1", "X"), 0.4)


def test_what_is_done_waits_no_longer_and_since_when_is_not_known() -> None:
    """A dependency of an epic that is done is not open, and nothing is made up of how long it took; a day that was entered counts."""
    found = dependency_ageing(links(), [], number("03-31"), {}, {"p0", "p1"}, [], [])
    assert found is not None
    lines = {line.successor: line for line in found.lines}
    assert (lines["Q1"].is_open, lines["Q1"].age, lines["Q1"].wait) == (False, None, None)
    assert (lines["Q0"].wait, lines["Q0"].resolved_after) == (5, 40)
    assert (found.open, found.resolved, found.by_age, found.waited) == (1, 2, (0, 1, 0, 0), 5)


def test_nothing_dated_is_no_table() -> None:
    assert dependency_ageing([Dependency(predecessor="A", successor="B")], [], number("03-31"), {}, (), [], []) is None
    assert delivery([], [], (0, 9), None) == ()
    assert integration_health([], (0, 9), None) == ()


def test_value_streams_stand_in_the_order_of_the_workbook() -> None:
    """Not by how often they deploy; what the workbook does not know comes after in the order of the rows."""
    rows = [Deployment(value_stream=name, deployed=day("03-02")) for name in ("web", "b", "b", "b", "A")]
    window = (number("03-01"), number("03-14"))
    assert [line.group for line in delivery(rows, [], window, None, ["A", "B"])] == [None, "A", "B", "web"]
