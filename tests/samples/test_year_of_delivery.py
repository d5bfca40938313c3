"""The sample with a year of history: every surprise that is planted in it comes to light, and its plan is one that is allowed."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from portfolio import engine
from portfolio.storage.portfolio_json import to_json
from tests import measures_oracle as measured
from tests import oracle
from tests import uncertainty_oracle as unsure
from tests.samples.golden import SAMPLES
from tests.samples.test_samples import parts

FOLDER = SAMPLES / "year-of-delivery"
AS_OF = date(2027, 1, 3)
KINDS = {
    "analyzing": "before", "ready": "before", "implementing: mvp": "active", "implementing: persevere": "active",
    "done": "done",
}  # fmt: skip


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    """The portfolio as JSON."""
    loaded = engine.load(FOLDER / "portfolio.xlsx")
    assert [finding for finding in loaded.findings if finding.severity == "error"] == []
    return dict(to_json(loaded.ready))


@pytest.fixture(scope="module")
def flow() -> dict[str, Any]:
    """What the product measures of the year."""
    loaded = engine.load(FOLDER / "portfolio.xlsx")
    return dict(engine.flow(loaded, as_of=AS_OF, window=364).as_json())


def of(lines: list[dict[str, Any]], stream: str | None) -> dict[str, Any]:
    """The line of one value stream."""
    return next(line for line in lines if line["value_stream"] == stream)


def test_workbook_is_what_its_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for name in ("today", "year"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    spec = importlib.util.spec_from_file_location("make_year_of_delivery", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write(tmp_path / "again.xlsx")
    assert parts(tmp_path / "again.xlsx") == parts(FOLDER / "portfolio.xlsx")


def test_the_agreed_plan_is_allowed_and_worth_what_it_says(raw: dict[str, Any]) -> None:
    found = json.loads((FOLDER / "plan.json").read_text(encoding="utf-8"))
    periods = oracle.periods(raw)
    plan = {one["id"]: (periods.index(one["start"]), one["periods"]) for one in found["epics"] if one.get("start")}
    assert len(plan) == 30
    assert oracle.violations(raw, plan) == []
    assert oracle.objective(raw, plan) == pytest.approx(sum(one.get("value") or 0 for one in found["epics"]))


def test_what_is_finished_looks_fast_and_what_is_open_is_old(flow: dict[str, Any], raw: dict[str, Any]) -> None:
    whole = of(flow["lead_times"], None)
    assert [whole[name] for name in ("finished", "open", "naive_p85", "p85", "more_than")] == [23, 10, 91, None, 290]
    ages = {line["epic"]: line["age"] for line in flow["ages"] if line["value_stream"] == "CORE"}
    assert ages == {"PN-207": 290, "PN-208": 240, "PN-209": 190, "PN-210": 40}
    lives = measured.lives(raw["evidence"]["history"], KINDS, AS_OF, "Europe/Berlin")
    seen = measured.observed(lives.values(), date(2026, 1, 5), AS_OF)
    assert measured.percentile(seen, unsure.Fraction(85, 100)) == measured.MoreThan(290)
    assert measured.percentile(seen, unsure.Fraction(1, 2)) == whole["p50"]


def test_others_wait_for_the_common_platform(flow: dict[str, Any]) -> None:
    found = flow["dependencies"]
    late = [
        (line["predecessor"], line["wait"]) for line in found["lines"] if line["wait"] and not line["resolved_after"]
    ]
    assert late == [("PN-207", 90), ("PN-208", 48), ("PN-210", 27)]
    assert found["held_up"]["epics"] == ["PN-201", "PN-205"]


def test_the_whole_is_not_integrated_any_more(flow: dict[str, Any]) -> None:
    found = of(flow["integration"], "CORE")
    assert [found[name] for name in ("days_since_last", "days_since_releasable", "longest_gap_days")] == [58, 86, 58]
    assert round(found["tests_passed"]["share"], 2) == 0.99


def test_one_summer_hit_all_and_more_capacity_finished_no_more(raw: dict[str, Any]) -> None:
    periods, shares = unsure.delivered_shares(raw)
    assert {min(periods, key=shares[stream].__getitem__) for stream in shares} == {"PI 26.4"}
    last = [row for row in raw["evidence"]["delivered"] if row["value_stream"] == "LAST"]
    assert [(row["capacity"], row["delivered"]) for row in (last[0], last[-2], last[-1])] == [
        (15, 14),
        (20, 15),
        (20, 14),
    ]


def test_a_period_looks_reliable_by_what_nobody_had_committed_to(flow: dict[str, Any], raw: dict[str, Any]) -> None:
    rows = [row for row in raw["evidence"]["objectives"] if row["period"] == "PI 26.5"]
    committed = [row for row in rows if row.get("committed") is not False]
    assert [round(float(measured.predictability(found)), 2) for found in (rows, committed)] == [0.92, 0.69]
    assert flow["predictability"][1]["share"] == pytest.approx(float(measured.predictability(rows)))


def test_past_epics_took_more_and_ranges_and_forecasts_were_too_narrow(raw: dict[str, Any]) -> None:
    rows = [row for row in raw["evidence"]["actuals"] if row.get("finished")]
    assert median(row["actual_effort"] / row["estimated_effort"] for row in rows) > 1.27
    inside = sum(row["estimated_low"] <= row["actual_effort"] <= row["estimated_high"] for row in rows)
    assert (inside, len(rows)) == (11, 22)
    kept = [row["outcome"] <= row["p85"] for row in raw["evidence"]["forecasts"] if row.get("outcome")]
    assert (sum(kept), len(kept)) == (5, 12)


def test_rare_deployments_fail_more_and_repairs_crept_in(flow: dict[str, Any], raw: dict[str, Any]) -> None:
    failed = {stream: of(flow["delivery"], stream)["change_fail_rate"] for stream in ("SHOP", "CORE")}
    assert {stream: (rate["part"], rate["of"]) for stream, rate in failed.items()} == {"SHOP": (4, 88), "CORE": (5, 13)}
    rework = of(flow["delivery"], "LAST")["deployment_rework_rate"]
    assert (rework["part"], rework["of"]) == (6, 51)
    assert min(row["deployed"] for row in raw["evidence"]["deployments"] if row.get("unplanned")) > "2026-09-01"


def test_outcomes_that_moved_away_or_are_not_measured_any_more(flow: dict[str, Any]) -> None:
    found = {line["key_result"]: line for line in flow["outcomes"]["key_results"]}
    assert found["Calls about returns in a week"]["progress"] == pytest.approx(-80 / 300)
    assert [name for name, line in found.items() if line["stale"]] == ["Systems that keep their own address"]
    (returns,) = [one for one in flow["outcomes"]["objectives"] if one["objective"] == "Returns are easy"]
    assert returns["progress"] == pytest.approx(2 / 3 * 5 / 6)


def test_what_was_opened_again_and_what_was_withdrawn(flow: dict[str, Any], raw: dict[str, Any]) -> None:
    again = measured.lives(raw["evidence"]["history"], KINDS, AS_OF, "Europe/Berlin")["PN-118"]
    assert (again.finished, again.reopened) == (date(2026, 10, 21), 1)
    assert any("re-opened" in note and "PN-118" in note for note in flow["notes"])
    (withdrawn,) = [line for line in flow["ages"] if line["epic"] == "PN-204"]
    assert (withdrawn["age"], withdrawn["withdrawn"]) == (60, 1)


def test_mvps_that_ended_wait_for_a_decision(flow: dict[str, Any]) -> None:
    found = {line["epic"]: line["mvp_ends"] for line in flow["outcomes"]["pivot_or_persevere"]}
    assert found == {"PN-201": "2026-12-10", "PN-205": "2026-11-25"}


def test_check_finds_what_the_year_says_against_the_plan() -> None:
    """Each with the figures that the tables of the year have; a plan warns of those that are about it."""
    said = [finding.what for finding in engine.check(engine.load(FOLDER / "portfolio.xlsx"))]
    for start in (
        "LAST is planned with 20 units in PI 1; half of its 6 past PIs delivered 14.5 or less, from 11 to 15, and 6 PIs are above that.",
        "PN-207 has been in progress for 274 days on 2026-12-18, longer than each of the 5 finished epics of CORE took.",
        "PN-310, PN-311, PN-410, PN-411, PN-504 of CORE have Min periods of 1, 56 days; 100% of past epics there took longer.",
        "PN-205 has taken 12 units and 18 are left; 22 past epics took 1.28 times their estimate by the median, which is 35.8 for it.",
        "PN-301 has waited for PN-207 for 34 weeks, and needed it by 2026-10-05, 13 weeks before the plan starts.",
        "PN-205 has been blocked by CORE since 2026-11-16, 7 weeks before the plan starts.",
        "CORE has finished 2 epics that nobody waits for (PN-123, PN-118) since 2026-10-05, when PN-301 of SHOP needed PN-207 of it",
        "The 11 past epics of more than 12.5 units took 1.36 times their estimate, the 11 smaller ones 1.17 times.",
        "The MVP of PN-205 ended on 2026-11-25, and on 2026-12-18 it is still Implementing: MVP; Share within the window 0.93 on",
        "Returns are easy: Calls about returns in a week was read on 2026-12-14; PN-201, PN-202, PN-301, PN-401 serve",
    ):
        assert sum(one.startswith(start) for one in said) == 1, start
    assert sum("has been in progress for" in one for one in said) == 4
