"""Checks that measure what happened: each speaks up just beyond its limit, names its evidence, and is silent without any."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.domain import FieldFinding
from portfolio.engine.past import history_findings, past_of
from portfolio.engine.policy_findings import ages, policy_subject
from portfolio.errors import WrongUseError
from portfolio.policies import check_policies
from tests import asking
from tests import measures_oracle as measured
from tests.measures.random_histories import ZONE, random_history

ORACLE_KINDS = {
    "funnel": "before", "analyzing": "before", "ready": "waiting", "implementing": "active", "testing": "active",
    "done": "done", "stopped": "stopped",
}  # fmt: skip
MODEL = """
format: 1
name: own
title: Our own
summary: A board with every kind of state.
scoring: {{source: ours, method: cd3}}
objective: {{source: ours, maximise: value}}
flow:
  source: ours
  states:
    - {{name: Funnel, kind: before}}
    - {{name: Analyzing, kind: before}}
    - {{name: Ready, kind: waiting}}
    - {{name: Implementing, kind: active}}
    - {{name: Testing, kind: active}}
    - {{name: Done, kind: done}}
    - {{name: Stopped, kind: stopped}}
{more}
"""


def loaded(folder: Path, raw: dict[str, Any], more: str = "") -> engine.Loaded:
    """A portfolio whose model has the board above."""
    (folder / "own.yaml").write_text(MODEL.format(more=more), encoding="utf-8")
    (folder / "own.json").write_text(json.dumps(raw | {"model": "own.yaml"}), encoding="utf-8")
    return engine.load(folder / "own.json")


def found(folder: Path, raw: dict[str, Any], name: str, limits: dict[str, float] | None = None) -> list[FieldFinding]:
    """What one check says of it."""
    read = loaded(folder, raw)
    assert read.portfolio is not None, read.findings
    return check_policies(policy_subject(read, read.portfolio), [(name, limits or {}, "So it is agreed.")])


def said(folder: Path, raw: dict[str, Any], name: str, limits: dict[str, float] | None = None) -> list[str]:
    """The same as sentences."""
    return [problem.what for problem in found(folder, raw, name, limits)]


def moves(*lines: str, stream: str | None = None) -> list[dict[str, Any]]:
    """Changes of state of 2026, `E1: Implementing 01-05, Done 02-01`."""
    rows = []
    for line in lines:
        name, _, steps = line.partition(": ")
        for state, _, day in (step.rpartition(" ") for step in steps.split(", ")):
            rows.append({"epic": name, "state": state, "entered": f"2026-{day}", "value_stream": stream})
    return rows


def finished(*days: int, stream: str = "A", first: str = "P") -> list[dict[str, Any]]:
    """Past epics, each begun on 2026-01-05 and done after so many days."""
    start = date(2026, 1, 5)
    return moves(
        *(
            f"{first}{n}: Implementing 01-05, Done {start + timedelta(days=took - 1):%m-%d}"
            for n, took in enumerate(days)
        ),
        stream=stream,
    )


def test_what_is_in_progress_by_its_history_counts_whatever_its_state_says(tmp_path: Path) -> None:
    """Four run in A: one by its history though its state says Ready, one that has left the workbook, one by its Start, one by its state.

    What its history says is done does not count, nor what is left out as done.
    """
    raw = asking.small(
        asking.epic("X", a=1, state="Ready"),
        asking.epic("Y", a=1, start="PI 1"),
        asking.epic("Z", a=1, state="Implementing"),
        asking.epic("OVER", a=1, state="Implementing"),
        asking.epic("LEFT", a=1, state="Done"),
        evidence={
            "history": moves(
                "X: Implementing 03-01", "OVER: Implementing 01-01, Done 05-05", "LEFT: Implementing 02-02"
            )
            + moves("GONE: Implementing 02-01", stream="A")
        },
    )
    (problem,) = found(tmp_path, raw, "WIP overload", {"epics": 3})
    assert (problem.path, problem.what) == (
        ("value_streams", 0, "wip_limit"),
        "4 epics are in progress in A or decided for PI 1; by its history up to 2026-05-05: GONE since 2026-02-01, X since 2026-03-01.",
    )
    assert said(tmp_path, raw, "WIP overload", {"epics": 4}) == []
    del raw["evidence"]
    assert said(tmp_path, raw, "WIP overload", {"epics": 2}) == ["3 epics are decided for A in PI 1."]


def test_load_is_known_where_nothing_is_planned(tmp_path: Path) -> None:
    """A portfolio that only ranks has no periods, and its history counts all the same."""
    raw = asking.small(asking.epic("X", a=1), asking.epic("Y", a=1))
    raw["calendar"], raw["evidence"] = (
        {"start": "2027-01-04"},
        {"history": moves(*(f"{n}: Testing 01-05" for n in "XY"))},
    )
    for stream in raw["value_streams"]:
        stream["capacity"] = []
    assert said(tmp_path, raw, "WIP overload", {"epics": 1}) == [
        "2 epics are in progress in A; by its history up to 2026-01-05: X since 2026-01-05, Y since 2026-01-05."
    ]


def test_a_dependency_that_is_late_and_whoever_is_blocked_are_named(tmp_path: Path) -> None:
    """Old and late in one sentence; late alone at Needed by; blocked by another value stream, not by its own or by outside."""
    raw = asking.small(
        asking.epic("X", a=1), asking.epic("Y", a=0, b=1), asking.epic("Z", a=0, b=1),
        dependencies=[
            {"predecessor": "X", "successor": "Y", "raised_on": "2026-01-05", "needed_by": "2026-11-02"},
            {"predecessor": "X", "successor": "Z", "raised_on": "2026-12-01", "needed_by": "2026-12-21"},
        ],
        evidence={
            "blocked": [
                {"epic": "Y", "since": "2026-11-02", "waits_for": "a"},
                {"epic": "Y", "since": "2026-01-05", "waits_for": "B"},
                {"epic": "Y", "since": "2026-01-05", "waits_for": "outside"},
                {"epic": "Z", "since": "2026-01-05", "until": "2026-02-05", "waits_for": "A"},
            ]
        },
    )  # fmt: skip
    loose = {"density": 1.0, "weeks": 30}
    problems = found(tmp_path, raw, "dependency acceptance", loose)
    assert [(problem.path, problem.what) for problem in problems] == [
        (("dependencies", 0, "raised_on"), "Y has waited for X for 52 weeks, and needed it by 2026-11-02, 9 weeks before the plan starts."),
        (("dependencies", 1, "needed_by"), "Z waits for X, and needed it by 2026-12-21, 2 weeks before the plan starts."),
        (("evidence.blocked", 0, "since"), "Y has been blocked by A since 2026-11-02, 9 weeks before the plan starts."),
    ]  # fmt: skip
    assert len(said(tmp_path, raw, "dependency acceptance", loose | {"late": 2})) == 2
    assert len(said(tmp_path, raw, "dependency acceptance", loose | {"late": 9, "blocked": 9, "weeks": 52})) == 0


def test_a_reading_after_the_score_makes_it_stale(tmp_path: Path) -> None:
    """Of those that serve the objective, or that the row names; a reading on the day of the score is no news, nor one without a figure."""
    epics = [
        asking.epic("OLD", scored_on="2026-12-01", outcome="Grow"),
        asking.epic("NAMED", scored_on="2026-12-01"),
        asking.epic("NEW", scored_on="2026-12-14", outcome="Grow"),
        asking.epic("NONE", outcome="Grow"),
    ]
    reading = {"objective": "Grow", "key_result": "Orders", "baseline": 0, "target": 9, "epics": ["named"]}
    raw = asking.small(
        *epics, outcomes=[reading | {"current": 4, "measured_on": "2026-12-14"}, {**reading, "key_result": "Others"}]
    )
    raw["outcomes"][0]["epics"] = ["NAMED"]
    raw["outcomes"][1]["epics"] = []
    (problem,) = found(tmp_path, raw, "stale scores")
    assert (problem.path, problem.what) == (
        ("outcomes", 0, "measured_on"),
        "Grow: Orders was read on 2026-12-14; OLD, NAMED serve Grow and were scored before.",
    )
    raw["outcomes"][0]["measured_on"] = "2026-12-01"
    assert said(tmp_path, raw, "stale scores") == []


def test_capacity_is_held_against_what_was_delivered(tmp_path: Path) -> None:
    """The median of 6, 9, 9, 12, 12 is 9; four periods of 10 are above it. Where a plan is judged, what that asks for counts."""
    rows = [
        {"value_stream": "A", "period": f"2026 Q{n}", "capacity": 12, "delivered": units}
        for n, units in enumerate((12, 6, 9, 12, 9))
    ]
    raw = asking.small(asking.epic("X", a=18, min_periods=2, max_periods=2), evidence={"delivered": rows})
    (problem,) = found(tmp_path, raw, "capacity above delivered")
    assert (problem.path, problem.what) == (
        ("value_streams", 0, "capacity"),
        "A is planned with 10 units in PI 1; half of its 5 past periods delivered 9 or less, from 6 to 12, and 4 periods are above that.",
    )
    assert said(tmp_path, raw, "capacity above delivered", {"times": 1.2}) == []
    assert said(tmp_path, raw, "capacity above delivered", {"periods": 6}) == []
    subject = policy_subject(read := loaded(tmp_path, raw), read.ready)
    asked = [("capacity above delivered", {}, "")]
    from dataclasses import replace

    assert check_policies(replace(subject, load={"A": [9, 9, 0, 0], "B": [0] * 4}), asked) == []
    (planned,) = check_policies(replace(subject, load={"A": [9, 9.5, 0, 0], "B": [0] * 4}), asked)
    assert planned.what.startswith(
        "The plan asks A for 9.5 units in PI 2; half of its 5 past periods delivered 9 or less"
    )


def test_a_plan_warns_of_what_evidence_says_against_it(tmp_path: Path) -> None:
    """The same finding as `check` has, at the same place, with what the plan asks for; nothing where there is no evidence."""
    rows = [
        {"value_stream": "A", "period": str(n), "capacity": 12, "delivered": units}
        for n, units in enumerate((1, 2, 3, 2, 1))
    ]
    raw = asking.small(asking.epic("X", a=4), evidence={"delivered": rows})
    answer = asking.answer(raw, tmp_path)
    (warned,) = [one for one in answer.findings if "past" in one.what]
    assert warned.what.startswith("The plan asks A for 4 units in PI 1; half of its 5 past PIs delivered 2 or less")
    assert warned.place.endswith("value_streams[0].capacity")
    del raw["evidence"]
    assert not any("past" in one.what for one in asking.answer(raw, tmp_path).findings)


def test_running_epics_stand_in_a_plan_with_their_age(tmp_path: Path) -> None:
    """In its table and in JSON, with what that is longer than; where history knows nothing of one, JSON has no age."""
    raw = asking.small(
        asking.epic("X", a=3, state="Implementing: MVP"), asking.epic("Y", a=3, state="Implementing: MVP"),
        asking.epic("Z", a=3, state="Implementing: MVP"),
        evidence={"history": [row | {"state": row["state"].replace("Implementing", "Implementing: MVP")} for row in finished(*[9] * 5)]
                  + moves("X: Implementing: MVP 01-05", "Y: Implementing: MVP 01-12")},
    )  # fmt: skip
    lines = {line["id"]: line for line in asking.answer(raw, tmp_path).as_json()["running"]}
    assert (lines["X"]["age"], lines["X"]["older_than"]) == (9, "")
    assert (lines["Y"]["age"], lines["Y"]["older_than"]) == (2, "")
    assert "age" not in lines["Z"]
    raw["evidence"]["history"] += moves("W: Implementing: MVP 01-14")
    lines = {line.id: line for line in asking.answer(raw, tmp_path).running}
    assert lines["X"].age_words == "10 days, longer than each of the 5 finished epics took"
    assert (lines["Y"].age_words, lines["Z"].age_words) == ("3 days", "")


@pytest.mark.parametrize(
    ("policy", "words"), [("", "10 days"), ("limits: {share: 0.4}", "10 days, longer than 50% of past epics took")]
)
def test_an_age_is_much_from_the_share_on_that_its_model_sets(tmp_path: Path, policy: str, words: str) -> None:
    """In the ranking as in `check`: of six, itself included, three took less than ten days; the default is 85 %."""
    more = f"policies: {{source: ours, policies: [{{statement: So it is agreed., check: ageing work, {policy}}}]}}"
    history = finished(3, 3, 3, 10, 10) + moves("X: Implementing 01-05")
    read = loaded(
        tmp_path, asking.small(asking.epic("X", a=3, state="Implementing"), evidence={"history": history}), more
    )
    assert [age.words for age in ages(read)] == [words]


def test_nobody_waits_for_what_history_knows_as_done_or_stopped(tmp_path: Path) -> None:
    """As flow has it: a dependency without Resolved on is open only as long as both of its ends are to be done."""
    links = [{"predecessor": "X", "successor": "Y", "raised_on": "2026-01-05", "needed_by": "2026-02-01"}]
    for last, late in (("Testing 03-01", 1), ("Done 03-01", 0), ("Stopped 03-01", 0)):
        raw = asking.small(
            asking.epic("X", a=1),
            asking.epic("Y", b=1),
            dependencies=links,
            evidence={"history": moves(f"X: Implementing 01-05, {last}")},
        )
        told = said(tmp_path, raw, "dependency acceptance", {"density": 9})
        assert sum("needed it by" in one for one in told) == late


def test_epics_that_are_to_take_less_than_nearly_all_did(tmp_path: Path) -> None:
    """A period is 70 days. Of seven, six took longer, or have lasted longer already; of eight with one more short one, six."""
    history = finished(60, 71, 80, 90, 100, 110) + moves("OPEN: Testing 01-05", stream="A")
    raw = asking.small(
        asking.epic("X", a=1),
        asking.epic("LONG", a=1, min_periods=2),
        asking.epic("B", a=0, b=1),
        evidence={"history": history},
    )
    problems = found(tmp_path, raw, "shorter than past work")
    assert [(problem.path, problem.what) for problem in problems] == [
        (("epics", 0, "min_periods"), "X of A has Min periods of 1, 70 days; 86% of past epics there took longer."),
        (("epics", 2, "min_periods"), "B of B has Min periods of 1, 70 days; 86% of past epics of the portfolio took longer."),
    ]  # fmt: skip
    assert said(tmp_path, raw, "shorter than past work", {"share": 0.86}) == []
    raw["evidence"]["history"] += finished(70, first="Q")
    assert said(tmp_path, raw, "shorter than past work") == []
    raw["evidence"]["history"] = history[: 2 * 4]
    assert said(tmp_path, raw, "shorter than past work") == []


def test_what_has_begun_is_not_judged_by_its_shortest_duration(tmp_path: Path) -> None:
    """Its effort is what is left, and so are its periods."""
    raw = asking.small(asking.epic("X", a=1, state="Testing"), evidence={"history": finished(71, 72, 73, 74, 75)})
    assert said(tmp_path, raw, "shorter than past work") == []


def test_work_that_is_older_than_all_that_was_finished(tmp_path: Path) -> None:
    """From the first day beyond the longest on; or older than 85 % took, what is open included, with how many of its parts are done."""
    history = finished(10, 20, 30, 40, 50)
    raw = asking.small(asking.epic("X", a=1, state="Testing"), evidence={"history": history})
    raw["evidence"]["history"] = [*history, *moves("X: Testing 01-05")]
    assert said(tmp_path, raw, "ageing work") == []
    story = {"state": "Done", "parent": "X"}
    raw["evidence"]["history"] += [
        {"epic": "S1", "entered": "2026-02-24", **story},
        {"epic": "S2", "entered": "2026-02-24", **story, "state": "Testing"},
        {"epic": "S3", "entered": "2026-02-24", **story, "state": "Stopped"},
    ]
    (problem,) = found(tmp_path, raw, "ageing work")
    assert (problem.path, problem.what) == (
        ("epics", 0, "state"),
        "X has been in progress for 51 days on 2026-02-24, longer than each of the 5 finished epics of A took; 1 of its 2 parts are done.",
    )
    raw["evidence"]["history"] = finished(*[10] * 12, 90) + moves("X: Testing 03-01")
    assert said(tmp_path, raw, "ageing work") == [
        "X has been in progress for 35 days on 2026-04-04, longer than 86% of past epics of A took."
    ]
    assert said(tmp_path, raw, "ageing work", {"share": 0.9}) == []


def test_what_is_left_of_running_work_is_held_against_past_epics_and_its_own_parts(tmp_path: Path) -> None:
    """Past ones took 1.5 times their estimate: 15 for one of 10, of which 6 are done, so that 9 are left; by parts 6 * 3 / 2 are."""
    past = [
        {"epic": f"P{n}", "estimated_effort": 2, "actual_effort": units, "finished": "2026-01-05"}
        for n, units in enumerate((2, 2.5, 3, 3.5, 4))
    ]
    raw = asking.small(
        asking.epic("X", a=5, b=3, state="Testing"),
        evidence={"actuals": [*past, {"epic": "x", "estimated_effort": 10, "actual_effort": 6}]},
    )
    (problem,) = found(tmp_path, raw, "remaining size")
    assert (problem.path, problem.what) == (
        ("epics", 0, "effort"),
        "X has taken 6 units and 8 are left; 5 past epics took 1.50 times their estimate by the median, which is 15 for it.",
    )
    assert problem.fix.endswith("by this it is 9.")
    raw["evidence"]["history"] = [
        {"epic": f"S{n}", "state": state, "entered": "2026-02-24", "parent": "X"}
        for n, state in enumerate(("Done", "Done", "Testing", "Ready", "Funnel"))
    ] + moves("X: Testing 01-05")
    assert said(tmp_path, raw, "remaining size", {"times": 0.9}) == [
        "X has taken 6 units and 8 are left; 2 of its 5 parts are done, and the others need 9 if they are like these."
    ]
    assert said(tmp_path, raw, "remaining size", {"times": 0.8}) == []
    raw["epics"][0]["effort"]["A"] = 6
    assert said(tmp_path, raw, "remaining size") == []
    raw["evidence"]["actuals"] = raw["evidence"]["actuals"][1:]
    raw["epics"][0]["effort"]["A"] = 1
    assert said(tmp_path, raw, "remaining size", {"parts": 6}) == []


def test_an_mvp_that_is_over_and_not_decided_about_is_named_with_its_readings(tmp_path: Path) -> None:
    """A period is 70 days: begun on 2026-01-05, over on 2026-03-15. What has moved on, has no MVP or is younger is none of it."""
    outcome = {"objective": "Grow", "key_result": "Orders", "baseline": 0, "target": 9}
    raw = asking.small(
        asking.epic("X", a=1, state="Implementing", mvp_periods=1),
        asking.epic("ON", a=1, state="Testing", mvp_periods=1),
        asking.epic("NONE", a=1, state="Implementing"),
        asking.epic("LONG", a=1, state="Implementing", mvp_periods=2, min_periods=2),
        evidence={
            "history": moves(*(f"{n}: Implementing 01-05" for n in ("X", "ON", "NONE", "LONG")), "P: Implementing 01-05, Done 03-30")
        },
        outcomes=[outcome | {"current": 4, "measured_on": "2026-02-14", "epics": ["X"]}, outcome | {"current": 6, "measured_on": "2026-03-14"}],
    )  # fmt: skip
    read = loaded(tmp_path, raw, "categories: {source: ours, released: [Testing, Done]}")
    subject = policy_subject(read, read.ready)
    (problem,) = check_policies(subject, [("undecided MVPs", {}, "")])
    assert (problem.path, problem.what) == (
        ("epics", 0, "state"),
        "The MVP of X ended on 2026-03-15, and on 2026-03-30 it is still Implementing; Orders 6 on 2026-03-14 (from 0 to 9).",
    )
    assert check_policies(subject, [("undecided MVPs", {"weeks": 15 / 7}, "")]) == []
    del raw["outcomes"]
    assert said(tmp_path, raw, "undecided MVPs")[0].endswith(
        "it is still Implementing; no key result says what it is for."
    )


def test_larger_epics_that_overran_more_than_smaller_ones(tmp_path: Path) -> None:
    """Five of 4 units took 1 times their estimate, five of 8 units 1.5 times."""
    rows = [
        {"epic": f"P{n}", "estimated_effort": size, "actual_effort": size * ratio, "finished": "2026-01-05"}
        for n, (size, ratio) in enumerate([(8, 1.5), (4, 1)] * 5)
    ]
    raw = asking.small(asking.epic("X", a=6), asking.epic("Y", a=7), evidence={"actuals": rows})
    quiet = {"periods": 9}
    (problem,) = found(tmp_path, raw, "big batches", quiet)
    assert (problem.path, problem.what, problem.fix) == (
        ("evidence.actuals", 0, "actual_effort"),
        "The 5 past epics of more than 6 units took 1.50 times their estimate, the 5 smaller ones 1.00 times.",
        "Slice what is larger than that before it begins: Y.",
    )
    assert said(tmp_path, raw, "big batches", quiet | {"overrun": 1.5}) == []
    assert said(tmp_path, raw, "big batches", quiet | {"epics": 11}) == []


def test_a_value_stream_that_finishes_its_own_work_while_another_waits_for_it(tmp_path: Path) -> None:
    """Two since the day that Y needed X; what others wait for, what was done before, and work of others count for nothing."""
    raw = asking.small(
        asking.epic("X", a=1), asking.epic("Y", a=0, b=1), asking.epic("W", a=1),
        dependencies=[
            {"predecessor": "X", "successor": "Y", "needed_by": "2026-02-01"},
            {"predecessor": "W", "successor": "Y"},
        ],
        evidence={
            "history": finished(20, 60, 70) + finished(80, stream="B", first="O") + moves("W: Testing 01-05, Done 04-01")
        },
    )  # fmt: skip
    (problem,) = found(tmp_path, raw, "local optimisation")
    assert (problem.path, problem.what) == (
        ("dependencies", 0, "needed_by"),
        "A has finished 2 epics that nobody waits for (P1, P2) since 2026-02-01, when Y of B needed X of it, which is not done.",
    )
    assert said(tmp_path, raw, "local optimisation", {"own": 2}) == []
    raw["dependencies"][0]["resolved_on"] = "2026-05-01"
    assert said(tmp_path, raw, "local optimisation") == []


def test_deciding_that_takes_longer_than_the_work(tmp_path: Path) -> None:
    """Looked at from January on, worked on for ten days in March; time in the funnel is nobody's decision."""
    raw = asking.small(
        asking.epic("X", a=1),
        evidence={
            "history": moves(*(f"P{n}: Funnel 01-01, Analyzing 02-01, Testing 03-01, Done 03-10" for n in range(5)))
        },
    )
    assert said(tmp_path, raw, "governance overload") == [
        "5 past epics were decided about for 28 days and worked on for 10, half of them longer."
    ]
    assert said(tmp_path, raw, "governance overload", {"deciding": 2.8}) == []
    raw["evidence"]["history"] = [row for row in raw["evidence"]["history"] if row["state"] != "Analyzing"]
    assert said(tmp_path, raw, "governance overload") == []


def test_rules_that_nothing_uses_are_counted_by_kind(tmp_path: Path) -> None:
    """Three of four states no epic was ever in, one ceremony has no date and one policy no check: five of ten, with what is used."""
    more = """
cadence:
  source: ours
  period_weeks: 10
  reviews: [{name: Sync, when: monthly}, {name: Big one, when: yearly, every_periods: 4}]
policies:
  source: ours
  policies: [{statement: All attend., check: null}]
"""
    raw = asking.small(
        asking.epic("X", a=1, state="Testing"),
        evidence={"history": moves("GONE: Funnel 01-01, Analyzing 02-01, Done 03-10")},
    )
    read = loaded(tmp_path, raw, more)
    subject = policy_subject(read, read.ready)
    asked = [("framework as identity", {"share": 0.49}, "")]
    (problem,) = check_policies(subject, asked)
    assert (problem.path, problem.what) == (
        ("model",),
        "5 of 10 rules and ceremonies of Our own are used or measured by nothing here: states that no epic was in (Ready, Implementing, "
        'Stopped); ceremonies without a date (Sync); policies that no check measures ("All attend.").',
    )
    assert check_policies(subject, [("framework as identity", {"share": 0.5}, "")]) == []
    assert check_policies(subject, [("framework as identity", {"share": 0, "rules": 11}, "")]) == []


def test_practices_of_a_model_are_rules_that_something_has_to_show(tmp_path: Path) -> None:
    """By a column, a setting or evidence, by a decision; what is a review already is counted once, with its date."""
    more = """
cadence: {source: ours, period_weeks: 10, reviews: [{name: Sync, when: monthly}]}
decision_rights: {source: ours, rights: [{decision: stop epics, by: Owner, when: at the governance point Go on}]}
practices:
  source: ours
  practices:
    - {level: Team, kind: role, name: Owner}
    - {level: Team, kind: role, name: Scribe}
    - {level: Team, kind: governance point, name: Go on}
    - {level: Team, kind: ceremony, name: Sync}
    - {level: Team, kind: metric, name: Velocity, seen_in: [delivered]}
    - {level: Team, kind: metric, name: Time, seen_in: [incidents, history]}
    - {level: Team, kind: metric, name: Return, seen_in: [benefit_per_week]}
    - {level: Team, kind: artifact, name: Charter, seen_in: [outcomes]}
    - {level: Team, kind: artifact, name: Wall}
"""
    raw = asking.small(asking.epic("X", a=1), evidence={"history": moves("GONE: Funnel 01-01")})
    read = loaded(tmp_path, raw, more)
    assert read.portfolio is not None, read.findings
    rules = [rule for rule in policy_subject(read, read.portfolio).prescribed if rule.kind.startswith("practices")]
    assert {rule.name: rule.is_used for rule in rules} == {
        "Owner": True, "Scribe": False, "Go on": True, "Velocity": False, "Time": True, "Return": True, "Charter": False, "Wall": False,
    }  # fmt: skip


def test_history_is_looked_at_by_the_end_of_a_day(tmp_path: Path) -> None:
    """As it was known then, or as old as things are by a later day; a day without history is refused."""
    more = "policies: {source: ours, policies: [{statement: So it is agreed., check: ageing work}]}"
    raw = asking.small(
        asking.epic("X", a=3, state="Implementing"),
        evidence={"history": finished(3, 3, 3, 10, 10) + moves("X: Implementing 01-05")},
    )
    read = loaded(tmp_path, raw, more)
    ages = {
        day: [one.what.split(" days")[0] for one in engine.check(read, as_of=day) if "in progress for" in one.what]
        for day in (None, date(2026, 1, 4), date(2026, 1, 13), date(2026, 1, 20))
    }
    assert [*ages.values()] == [[], [], [], ["X has been in progress for 16"]]
    del raw["evidence"]
    with pytest.raises(WrongUseError, match="needs the sheet History"):
        engine.check(loaded(tmp_path, raw, more), as_of=date(2026, 1, 20))


def test_a_model_that_nobody_chose_is_nobodys_identity(tmp_path: Path) -> None:
    """The default fills in what is blank; its rules were never taken up."""
    read = asking.loaded(asking.small(asking.epic("X", a=1)), tmp_path)
    assert policy_subject(read, read.ready).prescribed == ()
    assert policy_subject(engine.load(tmp_path / "portfolio.json", "safe"), read.ready).prescribed


def test_states_of_the_history_that_nobody_knows_are_said_once(tmp_path: Path) -> None:
    """With how many rows count for nothing, and the nearest one that is known."""
    raw = asking.small(
        asking.epic("X", a=1), evidence={"history": moves("X: Tesing 01-05", "Y: Tesing 01-05, Zzyzx 02-02")}
    )
    problems = list(history_findings(loaded(tmp_path, raw)))
    assert [(problem.path, problem.what, problem.fix) for problem in problems] == [
        (("evidence.history", 0, "state"), "The state Tesing is not known, and 2 rows of History count for nothing.",
         "Is Testing meant? Else add it to the states of your model, with its kind."),
        (("evidence.history", 2, "state"), "The state Zzyzx is not known, and 1 row of History counts for nothing.",
         "Add it to the states of your model, with its kind."),
    ]  # fmt: skip
    assert past_of(loaded(tmp_path, raw)) is None


@pytest.mark.parametrize("seed", range(6))
def test_the_past_is_what_can_be_counted_by_hand(tmp_path: Path, seed: int) -> None:
    """What is open since when, how long it took, and which share takes longer, against the naive reading of random histories."""
    history = random_history(seed)
    known = past_of(
        loaded(tmp_path, asking.small(asking.epic("X", a=1), time_zone=ZONE, evidence={"history": history}))
    )
    assert known is not None
    lives = measured.lives(history, ORACLE_KINDS, known.as_of, ZONE)
    expected = {
        name: measured.age(one, known.as_of) for name, one in lives.items() if measured.in_progress(one, known.as_of)
    }
    assert {epic.id: known.age(epic) for epic in known.open} == {
        name: days for name, days in expected.items() if days is not None
    }
    assert {epic.id: epic.took for epic in known.epics} == {
        name: measured.lead_time(one) for name, one in lives.items()
    }
    still = measured.survival(measured.observed(lives.values(), None, known.as_of))
    for days in range(0, 200, 7):
        share = next((still[t] for t in sorted(still, reverse=True) if t <= days), Fraction(1))
        assert known.lead_times[None].share_longer(days) == pytest.approx(float(share))
