"""Each policy speaks up just beyond its limit, and is silent at it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portfolio.domain import FieldFinding
from portfolio.policies import BY_NAME, CHECKS, LeadTimes, Past, PastEpic, Prescribed, Subject, check_policies
from tests import asking

SCORES = ("user_business_value", "time_criticality", "rr_oe", "job_size")


def problems(name: str, raw: dict[str, Any], limits: dict[str, float], **more: Any) -> list[FieldFinding]:
    """What one check says of a portfolio."""
    portfolio = asking.portfolio_of(raw)
    benefit = {epic.id: epic.benefit_per_week for epic in portfolio.epics if epic.benefit_per_week is not None}
    told = {"score_fields": SCORES, "enablers": ("Enabler",), "review_weeks": 10.0} | more
    return check_policies(Subject(portfolio, benefit, **told), [(name, limits, "So it is agreed.")])


def what(name: str, raw: dict[str, Any], limits: dict[str, float], **more: Any) -> list[str]:
    """The same as sentences."""
    return [problem.what for problem in problems(name, raw, limits, **more)]


def test_big_batches_are_named_with_their_slices() -> None:
    """Long by its shortest duration, large by a value stream's capacity in the whole plan (40)."""
    raw = asking.small(asking.epic("LONG", a=4, min_periods=4), asking.epic("LARGE", a=30), asking.epic("OK", a=20))
    found = problems("big batches", raw, {"periods": 2, "share": 0.5})
    assert [problem.path for problem in found] == [("epics", 0, "min_periods"), ("epics", 1, "effort")]
    assert [problem.fix for problem in found] == [
        "Slice it into 2 parts of at most 2 periods; the first says whether the next is worth it.",
        "Slice it into 2 parts of at most 20 units of effort there, each worth something by itself.",
    ]
    assert found[0].rule == "So it is agreed. The policy allows 2."
    raw["epics"][0] |= {"mvp_periods": 1, "mvp_cost": 1}
    (long, _) = problems("big batches", raw, {"periods": 2, "share": 0.5})
    assert long.fix == "Slice it after its MVP, 1 period; decide then about the other 3 periods in 2 parts."
    assert what("big batches", raw, {"periods": 4, "share": 0.5}) == []


def test_wip_overload_counts_what_is_decided() -> None:
    """A value stream's own limit counts before the policy's."""
    raw = asking.small(*(asking.epic(name, a=1, start="PI 2", min_periods=2) for name in "XYZ"))
    assert what("WIP overload", raw, {"epics": 2}) == ["3 epics are decided for A in PI 2."]
    assert what("WIP overload", raw, {"epics": 3}) == []
    raw["value_streams"][0]["wip_limit"] = 3
    assert what("WIP overload", raw, {"epics": 2}) == []


def test_an_epic_of_several_value_streams_counts_as_a_dependency_where_a_model_says_so() -> None:
    """It is named; by default it counts for nothing, and effort of 0 needs no value stream."""
    raw = asking.small(asking.epic("BOTH", a=1, b=1), asking.epic("ALSO", a=1, b=2), asking.epic("ONE", a=1, b=0))
    loose = {"density": 0.5, "chain": 3, "weeks": 13}
    assert what("dependency acceptance", raw, loose) == []
    assert what("dependency acceptance", raw, loose | {"shared": 1}) == [
        "There are 2 dependencies between 3 epics, counting what needs several value streams (BOTH, ALSO)."
    ]
    assert what("dependency acceptance", raw, {"density": 0.67, "chain": 3, "weeks": 13, "shared": 1}) == []


def test_what_is_resolved_is_no_dependency_any_more() -> None:
    """It neither counts, nor makes a chain longer, nor ages."""
    epics = [asking.epic("X", a=1), asking.epic("Y", a=0, b=1), asking.epic("Z", a=1)]
    links = [{"predecessor": before, "successor": after, "raised_on": "2026-01-05"} for before, after in ("XY", "YZ")]
    strict = {"density": 0.5, "chain": 2, "weeks": 13}
    assert len(what("dependency acceptance", asking.small(*epics, dependencies=links), strict)) == 4
    resolved = [{**link, "resolved_on": "2026-12-01"} for link in links]
    assert what("dependency acceptance", asking.small(*epics, dependencies=resolved), strict) == []


def test_dependencies_are_counted_chained_and_dated() -> None:
    """A chain counts where it crosses value streams; an old link is named."""
    epics = [asking.epic("X", a=1), asking.epic("Y", a=0, b=1), asking.epic("Z", a=1), asking.epic("W", a=1)]
    links = [{"predecessor": before, "successor": after} for before, after in ("XY", "YZ", "ZW")]
    links[1]["raised_on"] = "2026-10-05"
    raw = asking.small(*epics, dependencies=links)
    loose = {"density": 1.0, "chain": 3, "weeks": 13}
    assert what("dependency acceptance", raw, loose) == []
    assert what("dependency acceptance", raw, loose | {"density": 0.5}) == ["There are 3 dependencies between 4 epics."]
    assert what("dependency acceptance", raw, loose | {"chain": 2}) == [
        "Z waits for Y waits for X: a chain of 3 across value streams."
    ]
    assert problems("dependency acceptance", raw, loose | {"density": 0.5})[0].rule.endswith("allows 2, 0.5 for each.")
    raw["epics"][1]["effort"]["A"] = 5
    assert what("dependency acceptance", raw, loose | {"chain": 1}) == []
    del raw["epics"][1]["effort"]["A"]
    assert what("dependency acceptance", raw, loose | {"weeks": 12}) == ["Z has waited for Y for 13 weeks."]


def test_a_busy_value_stream_that_is_worth_little() -> None:
    """B is full and earns 1 for 40 units; A earns 99 for 40."""
    raw = asking.small(asking.epic("RICH", 99, a=40), asking.epic("POOR", 1, a=0, b=40))
    found = problems("local optimisation", raw, {"busy": 0.9, "worth": 0.4})
    assert [problem.path for problem in found] == [("value_streams", 1, "capacity")]
    assert found[0].what.startswith("Epics ask B for 100% of its capacity, and a unit of it earns 2% of")
    assert (
        what("local optimisation", raw | {"epics": [raw["epics"][0], raw["epics"][1] | {"type": "Enabler"}]}, {}) == []
    )
    raw["dependencies"] = [{"predecessor": "POOR", "successor": "RICH"}]
    assert what("local optimisation", raw, {}) == []
    del raw["dependencies"]
    raw["epics"][1]["effort"]["B"] = 30
    assert what("local optimisation", raw, {"busy": 0.9, "worth": 0.4}) == []


def test_everything_mandatory_by_number_and_by_capacity() -> None:
    """Two of four musts, with 40 of 80 units."""
    epics = [asking.epic(name, a=20, must=True) for name in "XY"] + [asking.epic(name) for name in "VW"]
    raw = asking.small(*epics)
    assert what("everything mandatory", asking.small(epics[0], epics[3]), {"share": 0.4, "capacity": 0.5}) == []
    assert what("everything mandatory", raw, {"share": 0.5, "capacity": 0.5}) == []
    assert what("everything mandatory", raw, {"share": 0.4, "capacity": 0.4}) == [
        "2 of 4 epics are a must.",
        "What must be done takes 50% of all capacity.",
    ]


def test_enablers_are_measured_where_they_are_known() -> None:
    """One of ten units; silent where the model knows no enablers or nothing has a type."""
    raw = asking.small(asking.epic("X", a=9, type="Business"), asking.epic("Y", a=1, type="enabler"))
    assert what("no enabler investment", raw, {"share": 0.1}) == []
    assert what("no enabler investment", raw, {"share": 0.2}) == ["10% of the effort that is asked for is Enabler."]
    assert what("no enabler investment", raw, {"share": 0.2}, enablers=()) == []
    assert what("no enabler investment", asking.small(asking.epic("X")), {"share": 0.2}) == []


def test_stale_scores_are_those_that_have_a_date() -> None:
    """13 weeks before the plan's start; an epic without a date is not judged."""
    raw = asking.small(asking.epic("OLD", scored_on="2026-10-05"), asking.epic("NONE"))
    assert what("stale scores", raw, {"weeks": 13}) == []
    assert what("stale scores", raw, {"weeks": 12}) == ["OLD was scored 13 weeks before the plan starts."]


def test_scores_that_cluster() -> None:
    """Five of six with the same; a column with one value only is told by score hygiene."""
    values = [8, 8, 8, 8, 8, 1]
    epics = [
        asking.epic(f"E{number}", user_business_value=score, time_criticality=3, rr_oe=number + 1, job_size=number + 1)
        for number, score in enumerate(values)
    ]
    assert what("score clustering", asking.small(*epics), {"share": 0.8, "epics": 6}) == [
        "User-business value is 8 for 5 of 6 epics."
    ]
    assert what("score clustering", asking.small(*epics), {"share": 0.85, "epics": 6}) == []
    assert what("score clustering", asking.small(*epics), {"share": 0.8, "epics": 7}) == []


def test_governance_that_costs_more_than_it_protects() -> None:
    """An epic of 400 that loses 300 until the next review; one of two above the threshold."""
    raw = asking.small(asking.epic("BIG", 30, a=4), asking.epic("SMALL", 30, a=2), epic_threshold=300)
    loose = {"rules": 0.0, "few": 0, "share": 0.5, "cost": 0.75}
    assert what("governance overload", raw, loose) == []
    assert what("governance overload", raw, loose | {"share": 0.4}) == [
        "1 of 2 epics cost more than the epic threshold; until the next portfolio review, waiting for a yes loses 300 EUR."
    ]
    (found,) = problems("governance overload", raw, loose | {"cost": 0.7})
    assert found.path == ("epics", 0, "approved")
    assert "BIG loses 300 by waiting for its approval, 75% of the 400" in found.what
    raw["epics"][0]["approved"] = True
    assert what("governance overload", raw, loose | {"cost": 0.7}) == []
    raw["guardrails"] = [{"name": "Few", "measure": "epics", "at_most": 9}]
    assert what("governance overload", raw, loose) == ["There is 1 guardrail for 2 epics."]
    assert what("governance overload", raw, loose | {"few": 1}) == []


def test_plans_that_reach_too_far() -> None:
    """40 weeks; and beyond a limit of its own somebody has to doubt a value."""
    raw = asking.small(asking.epic("X"))
    assert what("plans beyond evidence", raw, {"weeks": 80, "sure_weeks": 40, "evidence": 1}) == []
    assert what("plans beyond evidence", raw, {"weeks": 39, "evidence": 0}) == ["The plan reaches 40 weeks ahead."]
    assert what("plans beyond evidence", raw, {"weeks": 80, "sure_weeks": 39, "evidence": 1}) == [
        "0 of 1 epics say how sure their value is, in a plan of 40 weeks."
    ]
    raw["epics"][0]["confidence"] = 0.5
    assert what("plans beyond evidence", raw, {"weeks": 80, "sure_weeks": 39, "evidence": 1}) == []


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_check_warns_and_says_what_to_do(name: str) -> None:
    """At limits of nothing; an empty portfolio is told nothing about."""
    assert len(BY_NAME) == len(CHECKS)
    none = dict.fromkeys(BY_NAME[name].limits, 0.0)
    epics = [
        asking.epic(
            f"E{n}", a=9, b=0, type="Business", must=True, start="PI 1", scored_on="2026-01-05", job_size=1 + n % 2
        )
        for n in range(4)
    ]
    for epic in epics:
        epic |= {"user_business_value": 1 + (epic["id"] == "E0"), "time_criticality": 1, "rr_oe": 1}
    links = [{"predecessor": "E0", "successor": "E1", "raised_on": "2026-01-05"}]
    raw = asking.small(*epics, dependencies=links, guardrails=[{"name": "Few", "measure": "epics", "at_most": 9}])
    if name == "local optimisation":
        none["worth"] = 9.0
    if name == "running for less":
        epics[0] |= {"state": "In progress", "must": None, "benefit_per_week": 1}
        raw = asking.small(epics[0], *(epic | {"effort": {"A": 20}} for epic in epics[1:]))
    if name == "no enabler investment":
        none["share"] = 1.0
    if name == "remaining size":
        epics[0] |= {"state": "In progress"}
        rows = [
            {"epic": f"P{n}", "estimated_effort": 1, "actual_effort": 2, "finished": "2026-01-05"} for n in range(5)
        ]
        raw = asking.small(
            *epics, evidence={"actuals": [*rows, {"epic": "E0", "estimated_effort": 9, "actual_effort": 1}]}
        )
        none["times"] = 1.0
    if name == "capacity above delivered":
        raw["evidence"] = {"delivered": [{"value_stream": "A", "period": "2026 Q1", "capacity": 9, "delivered": 8}]}
    if name == "undecided MVPs":
        epics[0] |= {"state": "In progress", "mvp_periods": 1, "started": "2026-01-05"}
        raw = asking.small(*epics)
    taken = LeadTimes((99,), (0.2,), 5, 99)
    past = Past(date(2026, 12, 31), (PastEpic("E0", "A", date(2026, 1, 5), None, True),), {"A": taken})
    seen = {"past": past} if name in {"shorter than past work", "ageing work"} else {}
    found = problems(name, raw, none, count_prescribed=lambda: (Prescribed("ceremonies", "Sync", False),), **seen)
    assert found
    assert all(problem.severity == "warning" and problem.rule and problem.fix for problem in found)
    assert problems(name, {"format": 1, "epics": []}, {}) == []


def test_running_for_less_than_what_it_keeps_out() -> None:
    """In progress for 2 a week per unit where 9 wait for the same people: named; not where there is room for both."""
    running = asking.epic("OLD", 40, a=20, state="In progress")
    raw = asking.small(running, asking.epic("NEW", 180, a=20), asking.epic("OTHER", 900, a=0, b=1))
    raw["value_streams"][0]["capacity"] = [8, 8, 8, 8]
    assert what("running for less", raw, {"times": 4}) == [
        "OLD is In progress and earns 2 a week for each unit that is left; NEW waits for A and would earn 9."
    ]
    assert what("running for less", raw, {"times": 4.5}) == []
    raw["value_streams"][0]["capacity"] = [10, 10, 10, 10]
    assert what("running for less", raw, {"times": 2}) == []


def test_sizes_that_contradict_the_effort_are_named_by_the_worst_pair() -> None:
    """Six epics, of which sizes fall as efforts rise; where both rise, or efforts hardly differ, it is silent."""
    efforts = (2, 4, 6, 8, 12, 20)
    turned = asking.small(*(asking.epic(f"E{n}", a=n, job_size=21 - n) for n in efforts))
    found = problems("size against effort", turned, {"share": 0.2})
    assert [problem.path for problem in found] == [("epics", 5, "job_size")]
    assert found[0].what.startswith("E20 has size 1 and effort 20, E2 has size 19 and effort 2; 14 of 14 pairs")
    same = asking.small(*(asking.epic(f"E{n}", a=n, job_size=n) for n in efforts))
    assert what("size against effort", same, {"share": 0}) == []
    close = asking.small(*(asking.epic(f"E{n}", a=20 + n, job_size=21 - n) for n in range(6)))
    assert what("size against effort", close, {"share": 0}) == []
    assert what("size against effort", turned, {"share": 1}) == []
    assert what("size against effort", turned, {"epics": 7}) == []
    assert what("size against effort", turned, {"share": 0}, score_fields=()) == []


def test_where_an_mvp_is_judged_its_length_counts_and_a_long_epic_needs_one() -> None:
    """Epics may span several periods: SAFe asks for the MVP, and measures that; a short one needs none."""
    raw = asking.small(
        asking.epic("BARE", a=4, min_periods=4),
        asking.epic("SOUND", a=40, min_periods=4, mvp_periods=1),
        asking.epic("HUGE", a=4, min_periods=4, mvp_periods=3),
        asking.epic("SHORT", a=30),
    )
    found = problems("big batches", raw, {"periods": 2, "share": 0.5, "mvp": 1})
    assert [(problem.path, problem.what) for problem in found] == [
        (("epics", 0, "mvp_periods"), "BARE takes 4 periods and has no MVP."),
        (("epics", 2, "mvp_periods"), "The MVP of HUGE takes 3 periods."),
    ]
    assert "MVP cost" in found[0].fix
