"""The oracle of flow, delivery and outcomes, against worked examples with known answers: M1 to M10."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from tests import measures_oracle as measured

KINDS = {
    "funnel": "before",
    "analyzing": "before",
    "ready": "waiting",
    "implementing": "active",
    "done": "done",
    "stopped": "stopped",
}
HALF, MOST = Fraction(1, 2), Fraction(85, 100)


def day(text: str) -> datetime.date:
    """A day of 2027."""
    return datetime.date.fromisoformat(f"2027-{text}")


AS_OF = day("03-31")
EPOCH = day("01-01")


def numbered(number: int) -> datetime.date:
    """Day 1, 2, ... of an example that counts its days."""
    return EPOCH + datetime.timedelta(days=number - 1)


def moves(text: str) -> list[measured.Row]:
    """`E1 Ready 01-04, Done 01-23; E2 ...` as rows of History."""
    rows = []
    for epic in text.split("; "):
        name, rest = epic.split(" ", 1)
        for move in rest.split(", "):
            state, entered = move.split()
            rows.append({"epic": name, "state": state, "entered": f"2027-{entered}"})
    return rows


def only_life(text: str) -> measured.Life:
    """The life of the only epic."""
    (found,) = measured.lives(moves(f"E {text}"), KINDS, AS_OF).values()
    return found


def spans(*found: tuple[int, int | None]) -> list[measured.Life]:
    """Epics begun and finished on numbered days."""
    return [
        measured.Life(str(place), numbered(first), None if last is None else numbered(last), None, 0, [])
        for place, (first, last) in enumerate(found)
    ]


# --- M1: lead times with what is open ---------------------------------------------------------------------------------

M1 = (
    "E1 Implementing 01-04, Done 01-23; E2 Implementing 01-11, Done 02-09; E3 Implementing 01-18, Done 03-08; "
    "E4 Implementing 02-01, Done 03-02; E5 Implementing 02-15, Done 03-26; E9 Implementing 01-25, Done 02-18; "
    "E6 Implementing 02-20; E7 Implementing 03-12; E8 Implementing 01-01"
)


def test_m1_lead_times_with_what_is_open() -> None:
    lives = measured.lives(moves(M1), KINDS, AS_OF)
    assert [measured.lead_time(lives[f"E{n}"]) for n in (1, 2, 3, 4, 5, 9)] == [20, 30, 50, 30, 40, 25]
    assert [measured.age(lives[f"E{n}"], AS_OF) for n in (6, 7, 8)] == [40, 20, 90]
    seen = measured.observed(lives.values(), None, AS_OF)
    assert measured.survival(seen) == {
        20: Fraction(8, 9),
        25: Fraction(16, 21),
        30: Fraction(32, 63),
        40: Fraction(8, 21),
        50: Fraction(4, 21),
    }
    assert [measured.percentile(seen, share) for share in (HALF, MOST)] == [40, measured.MoreThan(90)]
    finished = [lead for one in lives.values() if (lead := measured.lead_time(one)) is not None]
    assert [measured.naive_percentile(finished, share) for share in (HALF, MOST)] == [30, 50]


def test_m1_seen_through_a_window() -> None:
    lives = measured.lives(moves(M1), KINDS, AS_OF)
    seen = measured.observed(lives.values(), day("02-01"), AS_OF)
    assert sorted(one.entry for one in seen if one.entry) == [7, 14, 21, 31]
    assert [sum(one.entry < t <= one.reached for one in seen) for t in (25, 30, 40, 50)] == [6, 5, 4, 2]
    assert measured.survival(seen) == {25: Fraction(5, 6), 30: HALF, 40: Fraction(3, 8), 50: Fraction(3, 16)}
    assert measured.percentile(seen, HALF) == 30


def test_m1_cumulative_flow_and_throughput() -> None:
    lives = measured.lives(moves(M1), KINDS, AS_OF)
    reached = measured.cumulative(lives.values(), day("02-28"), ["Implementing", "Done"])
    assert reached == [8, 3]
    months = [(day("01-01"), day("01-31")), (day("02-01"), day("02-28")), (day("03-01"), day("03-31"))]
    by_stream = [[lives[f"E{n}"] for n in numbers] for numbers in ((1, 2, 4, 9), (3, 5))]
    assert [measured.throughput(found, months) for found in by_stream] == [[1, 2, 1], [0, 0, 2]]


def test_a_window_that_is_too_short_says_nothing() -> None:
    seen = [measured.Observed(0, 5, True), measured.Observed(20, 40, True)]
    assert measured.is_too_short(seen)
    assert not measured.is_too_short([measured.Observed(0, 5, True), measured.Observed(4, 40, True)])


# --- M2: Little's law -------------------------------------------------------------------------------------------------


def test_m2_littles_law() -> None:
    inside = [(1, 4), (3, 8), (5, 10)]
    check = measured.little(spans(*inside), numbered(1), numbered(10))
    assert check[:4] == (Fraction(8, 5), Fraction(3, 10), Fraction(16, 3), 1)
    assert not check.is_valid
    check = measured.little(spans(*inside, (9, None), (10, None)), numbered(1), numbered(10))
    assert (check.load, check.ratio, check.arrived, check.finished) == (Fraction(19, 10), Fraction(16, 19), 5, 3)
    assert [len(check.before), len(check.after), check.is_valid] == [0, 2, False]


def test_m2_a_steady_system() -> None:
    steady = spans(*((first, first + 5) for first in range(-7, 30, 2)))
    check = measured.little(steady, numbered(1), numbered(20))
    assert check[:4] == (3, HALF, 6, 1)
    assert [sorted(check.before), sorted(check.after), check.is_valid] == [[2, 4], [2, 4], True]


# --- M3: flow efficiency ----------------------------------------------------------------------------------------------


def clock(*stories: tuple[int, int], blocked: tuple[int, int] | None = None, last: int = 115) -> tuple[int, int]:
    """The clock of an epic that waits from day 1, while its stories are active now and then."""
    history = [
        {"epic": "E", "state": "Ready", "entered": numbered(1).isoformat()},
        {"epic": "E", "state": "Done", "entered": numbered(last).isoformat()},
    ]
    for place, (first, until) in enumerate(stories):
        for state, number in (("Implementing", first), ("Done", until)):
            entered = numbered(number).isoformat()
            history.append({"epic": f"S{place}", "state": state, "entered": entered, "parent": "E"})
    rows = [] if blocked is None else [dict(zip(("since", "until"), map(str, map(numbered, blocked)), strict=True))]
    as_of = numbered(200)
    one = measured.lives(history, KINDS, as_of)["E"]
    return measured.epic_clock(one, history, [{"epic": "E", **row} for row in rows], KINDS, as_of)


def test_m3_flow_efficiency() -> None:
    apart = clock((1, 12), (40, 46), (107, 115))
    assert apart == (28, 115)
    assert clock((1, 12), (8, 14), (107, 115)) == (23, 115)
    assert clock((1, 12), (8, 14), (107, 115), blocked=(5, 7)) == (21, 115)
    together = measured.efficiency([apart, clock((1, 20), last=25)])
    assert together == Fraction(12, 35)


# --- M4, M5, M6: predictability, dependencies, integration ------------------------------------------------------------


def test_m4_predictability() -> None:
    values = ((8, 8, None), (10, 6, True), (5, 5, True), (7, 4, True), (5, 3, False))
    rows = [{"planned_value": p, "actual_value": a, "committed": c} for p, a, c in values]
    assert measured.predictability(rows) == Fraction(26, 30)


def test_m5_dependencies() -> None:
    days = (
        ("01-11", "02-15", "02-20"),
        ("02-01", "03-01", None),
        ("03-01", "04-30", None),
        ("02-10", "03-10", "03-05"),
    )
    rows = [{"raised_on": f"2027-{a}", "needed_by": f"2027-{b}", "resolved_on": c and f"2027-{c}"} for a, b, c in days]
    assert [measured.dependency_age(row, AS_OF) for row in rows] == [40, 58, 30, 23]
    assert [measured.dependency_wait(row, AS_OF) for row in rows] == [5, 30, 0, 0]
    assert measured.survival(measured.time_to_resolve(rows, AS_OF)) == {23: Fraction(3, 4), 40: Fraction(3, 8)}
    assert [measured.age_band(row, AS_OF) for row in rows[1:3]] == ["6-12", "2-6"]


def test_m6_integration() -> None:
    values = (("03-01", 98, 100, True), ("03-03", 120, 120, True), ("03-08", 90, 120, False), ("03-22", 130, 130, True))
    rows = [
        {"integrated": f"2027-{at}", "tests_passed": passed, "tests_run": run, "releasable": releasable}
        for at, passed, run, releasable in values
    ]
    found = measured.integration(rows, day("03-01"), AS_OF)
    assert found == (Fraction(28, 31), 14, 9, 9, Fraction(219, 235), HALF, Fraction(3, 4))


# --- M7: outcomes -----------------------------------------------------------------------------------------------------


def reading(baseline: float, target: float, current: float, **more: Any) -> measured.Row:
    """A reading of April 1st of a key result for the year."""
    dates = {"baseline_on": "2027-01-01", "target_on": "2027-12-31", "measured_on": "2027-04-01"}
    return {"baseline": baseline, "target": target, "current": current, **dates, **more}


READINGS = [reading(40, 60, 55), reading(12, 6, 9), reading(10, 20, 24), reading(100, 150, 90)]


def test_m7_outcomes() -> None:
    progress = [measured.progress(row) for row in READINGS]
    assert progress == [Fraction(3, 4), HALF, Fraction(7, 5), Fraction(-1, 5)]
    assert measured.objective_progress(READINGS) == Fraction(9, 16)
    assert measured.objective_progress([{**READINGS[0], "weight": 2}, *READINGS[1:]]) == Fraction(3, 5)
    assert {measured.time_passed(row) for row in READINGS} == {Fraction(90, 364)}
    ahead = [share - Fraction(90, 364) for share in progress]
    assert ahead == [Fraction(183, 364), Fraction(23, 91), Fraction(1049, 910), Fraction(-407, 910)]


def test_what_is_to_be_kept_is_kept_or_not() -> None:
    kept = [
        measured.progress(reading(99, 99, now, better_when=better))
        for now in (98, 99)
        for better in ("higher", "lower")
    ]
    assert kept == [0, 1, 1, 1]


# --- M8: delivery -----------------------------------------------------------------------------------------------------

M8 = (
    ("01T04", "01T10", {}),
    ("01T09", "02T09", {"failed": True, "recovered": "2027-03-02T11:00"}),
    ("02T12", "02T15", {"unplanned": True}),
    ("03T12", "05T12", {}),
    ("08T12", "09T12", {"failed": True}),
    ("09T20", "10T08", {"unplanned": True}),
    ("12T10", "12T16", {}),
    ("13T23", "14T23", {}),
)


def test_m8_delivery() -> None:
    rows = [
        {"first_commit": f"2027-03-{begun}:00", "deployed": f"2027-03-{deployed}:00", **more}
        for begun, deployed, more in M8
    ]
    assert measured.deployment_frequency(rows, day("03-01"), day("03-14")) == (4, 7, 14)
    leads = measured.change_lead_times(rows)
    assert [measured.naive_percentile(leads, share) for share in (HALF, MOST)] == [12, 24]
    shares = [measured.share_of(rows, lambda row, field=field: row.get(field)) for field in ("failed", "unplanned")]
    assert shares == [(2, 8), (2, 8)]
    found = measured.recoveries(rows, datetime.datetime(2027, 3, 15))
    assert found == [measured.Observed(0, 2, True), measured.Observed(0, 132, False)]


# --- M9: histories ----------------------------------------------------------------------------------------------------


def test_m9_histories() -> None:
    again = only_life("Funnel 01-04, Implementing 01-18, Done 02-12, Implementing 02-15, Done 03-01")
    assert (again.started, again.finished, again.reopened) == (day("01-18"), day("03-01"), 1)
    assert measured.lead_time(again) == 43
    withdrawn = only_life("Implementing 01-11, Analyzing 01-20, Ready 02-01, Implementing 02-04, Done 02-10")
    assert (withdrawn.started, measured.lead_time(withdrawn)) == (day("02-01"), 10)
    assert measured.lead_time(only_life("Ready 02-08, Implementing 02-08, Done 02-08")) == 1
    never = only_life("Funnel 01-04, Done 02-01")
    assert (never.finished, measured.lead_time(never)) == (day("02-01"), None)
    ended = only_life("Ready 01-25, Implementing 02-22, Stopped 03-15")
    assert measured.observed([ended], None, AS_OF) == [measured.Observed(0, 50, False)]
    assert measured.age(only_life("Ready 03-01, Implementing 03-10"), AS_OF) == 31


def test_m9_a_timestamp_is_a_day_of_the_time_zone() -> None:
    late = measured.moment("2027-03-01T23:30:00.000-0500")
    assert measured.day_of(late, "Europe/Berlin") == day("03-02")
    assert measured.day_of(late) == day("03-01")


def test_time_in_states_adds_up_to_the_lead_time() -> None:
    one = only_life("Ready 02-01, Implementing 02-04, Ready 02-06, Implementing 02-07, Done 02-10")
    assert measured.time_in_states(one) == {"Ready": 4, "Implementing": 6}
    assert measured.lead_time(one) == 10


# --- M10: a real file -------------------------------------------------------------------------------------------------

TABLE = """\
ID,Link,Name,Backlog,Analysis Active,Analysis Done,Dev Active,Dev Done,Test,Done,Type
UT-26,,Sample Item 26,2015-11-21,,,2015-11-21,2015-11-26,2016-03-29,,Bug
UT-27,,Sample Item 27,2015-11-21,2015-11-26,2015-12-10,,,,2015-12-14,Story
UT-28,,Sample Item 28,2015-11-21,,,2015-11-21,2015-11-26,2015-12-10,2015-12-10,Story
UT-29,,Sample Item 29,2015-11-21,,,,2015-11-21,2015-11-26,2015-12-10,Story
UT-30,,Sample Item 30,2015-11-21,,,,,2015-11-21,2015-11-26,Story
UT-31,,Sample Item 31,2015-11-21,,,,,2015-11-21,2015-11-26,Story
UT-32,,Sample Item 32,2015-11-21,,,,,2015-11-21,2015-11-26,Story
UT-33,,Sample Item 33,2015-11-21,,,,,,2015-11-21,Story
UT-34,,Sample Item 34,2015-11-21,,,,,2015-11-21,2015-11-26,Story
UT-35,,Sample Item 35,2015-11-21,2015-11-26,,2015-12-10,,,,Story
UT-36,,Sample Item 36,2015-11-21,,,,,2015-11-21,2015-11-26,Story
UT-37,,Sample Item 37,2015-11-21,2015-12-10,2016-03-29,,,,,Story
UT-38,,Sample Item 38,2015-11-21,,,,,,2015-11-21,Story
UT-39,,Sample Item 39,2015-11-21,,,,,,2015-11-21,Story
UT-40,,Sample Item 40,2015-11-21,,,,,,2015-11-21,Story
UT-41,,Sample Item 41,2015-11-21,,,,,2015-12-14,2016-03-29,Story
UT-42,,Sample Item 42,2015-11-21,2015-11-21,2015-11-26,,,2015-12-10,2015-12-10,Bug
UT-43,,Sample Item 43,2015-11-21,2015-12-10,,,,,2015-12-14,Story
UT-44,,Sample Item 44,2015-11-21,,,,2015-12-14,,,Story
UT-45,,Sample Item 45,2015-11-21,,,2015-12-14,,,,Story
UT-46,,Sample Item 46,2015-11-21,,2015-12-14,,,,,Story
UT-47,,Sample Item 47,2015-11-21,2015-12-14,,,,,2016-03-29,Bug
UT-48,,Sample Item 48,2015-11-21,2015-12-10,,2015-12-14,,,2016-03-29,Story
UT-49,,Sample Item 49,2015-11-21,2015-12-10,2015-12-14,2015-12-14,,2016-03-29,,Story
UT-50,,Sample Item 50,2015-11-21,,,2016-03-29,,,,Story
"""
STATES = {
    "backlog": "before",
    "analysis active": "active",
    "analysis done": "waiting",
    "dev active": "active",
    "dev done": "waiting",
    "test": "active",
    "done": "done",
}


def test_m10_a_table_with_a_column_per_state() -> None:
    as_of = datetime.date(2016, 3, 31)
    lives = measured.lives(measured.read_table(TABLE), STATES, as_of)
    done = [one for one in lives.values() if one.finished]
    assert [len(lives), len(done), sum(one.started is None for one in done)] == [25, 17, 4]
    leads = sorted(lead for one in done if (lead := measured.lead_time(one)) is not None)
    assert leads == [5, *[6] * 5, 19, *[20] * 3, 107, 107, 111]
    ages = [age for one in lives.values() if (age := measured.age(one, as_of)) is not None]
    assert sorted(ages) == sorted([132, 127, 113, 109, 109, 109, 113, 3])
    seen = measured.observed(lives.values(), None, as_of)
    assert measured.survival(seen) == {
        5: Fraction(19, 20),
        6: Fraction(7, 10),
        19: Fraction(13, 20),
        20: HALF,
        107: Fraction(2, 5),
        111: Fraction(8, 25),
    }
    assert [measured.percentile(seen, share) for share in (HALF, MOST)] == [20, measured.MoreThan(132)]
    assert [measured.naive_percentile(leads, share) for share in (HALF, MOST)] == [19, 107]
    months = [one.finished.strftime("%Y-%m") for one in done if one.finished]
    assert {month: months.count(month) for month in months} == {"2015-11": 9, "2015-12": 5, "2016-03": 3}


def test_a_changelog_begins_where_its_first_change_came_from() -> None:
    item = {"field": "status", "fromString": "Ready", "toString": "Implementing"}
    other = {"field": "assignee", "fromString": "a", "toString": "b"}
    issue = {
        "key": "P-1",
        "fields": {"created": "2027-03-01T09:00:00.000+0100"},
        "changelog": {"histories": [{"created": "2027-03-05T10:00:00.000+0100", "items": [other, item]}]},
    }
    (one,) = measured.lives(measured.read_changelog([issue]), KINDS, AS_OF).values()
    assert one.moves == [(day("03-01"), "Ready"), (day("03-05"), "Implementing")]
    assert one.started == day("03-01")
