"""Flow of a portfolio: evidence and files together, what is refused, and what bad evidence leads to."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.results.flow.flow import PURPOSE, Flow
from portfolio.results.flow.refusals import SENTENCES, refuse
from tests.measures.test_flow_measures import NINE, STREAMS

AS_OF = date(2027, 3, 31)
SAMPLE = Path(__file__).parent.parent / "intake" / "history" / "actionableagile.csv"
KINDS = "Analysis Active = active; Analysis Done = waiting; Dev Active = active; Dev Done = waiting; Test = active"


def rows(*said: str) -> list[dict[str, Any]]:
    """Changes of state as JSON has them."""
    found = []
    for one in said:
        name, _, steps = one.partition(": ")
        for step in steps.split(", "):
            state, _, entered = step.rpartition(" ")
            found.append({"epic": name, "state": state, "entered": f"2027-{entered}"})
    return found


def portfolio(folder: Path, history: list[dict[str, Any]], **fields: Any) -> engine.Loaded:
    """A portfolio with two value streams, T before S, and this evidence."""
    evidence = {"history": history, **fields.pop("evidence", {})}
    epics = [
        {
            "id": name.upper(),
            "job_size": 3,
            "user_business_value": 3,
            "time_criticality": 3,
            "rr_oe": 3,
            "effort": {stream: 10},
        }
        for name, stream in STREAMS.items()
    ]
    content = {
        "format": 1, "name": "Nine", "calendar": {"start": "2027-01-04", "period_weeks": 4, "periods": ["P1", "P2", "P3", "P4"]},
        "value_streams": [{"id": name, "capacity": [100] * 4, "cost_per_unit": 100} for name in ("T", "S")],
        "epics": epics, "evidence": evidence, **fields,
    }  # fmt: skip
    path = folder / "nine.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return engine.load(path)


def flow(folder: Path, *said: str, **asked: Any) -> Flow:
    return engine.flow(portfolio(folder, rows(*said)), as_of=AS_OF, **asked)


def test_a_real_file() -> None:
    """M10: 17 of 25 done, 4 of them never committed; the median is 20 days, 85 % take more than 132; one state is asked about."""
    found = engine.flow(history=[SAMPLE], as_of=date(2016, 3, 31), kinds=KINDS, per="month")
    whole = found.as_json()["lead_times"][0]
    figures = (whole["finished"], whole["open"], whole["uncommitted"], whole["p50"], whole["p85"], whole["more_than"])
    assert figures == (17, 8, 4, 20, None, 132)
    assert (whole["naive_p50"], whole["naive_p85"]) == (19, 107)
    assert found.throughput[0].finished == (9, 5, 0, 0, 3)
    assert sorted(line.age for line in found.ages) == [3, 109, 109, 109, 113, 113, 127, 132]
    unknown = engine.flow(history=[SAMPLE], as_of=date(2016, 3, 31))
    assert any("The state Analysis Active is not known" in finding.what for finding in unknown.findings)


def test_value_streams_stand_in_the_order_of_the_workbook(tmp_path: Path) -> None:
    """The whole first, then T and S as the workbook has them, whatever their figures; they add up to the whole."""
    found = flow(tmp_path, *NINE)
    assert [line.group for line in found.lead_times] == [None, "T", "S"]
    whole, *parts = (line.finished for line in found.throughput)
    assert whole == tuple(map(sum, zip(*parts, strict=True)))


def test_periods_of_the_plan_are_counted_from_its_start(tmp_path: Path) -> None:
    """Four weeks each, those before the plan by their first day, the one that is not over left out."""
    found = flow(tmp_path, *NINE)
    assert [period.label for period in found.periods] == ["2026-12-07", "P1", "P2", "P3"]


def test_a_window_stands_beside_the_one_before(tmp_path: Path) -> None:
    """Each figure has that of as many days before."""
    found = flow(tmp_path, *NINE, window=45)
    assert found.window.before == (date(2027, 1, 1), date(2027, 2, 14))
    assert found.load[0].before is not None
    assert found.as_json()["lead_times"][0]["before"] == {"p50": None, "p85": None, "more_than": None}


def test_history_of_files_is_added(tmp_path: Path) -> None:
    """Names are known again whatever their case; past epics that have left the workbook count."""
    path = tmp_path / "more.csv"
    path.write_text(
        "Epic,State,Entered\ne6,Done,2027-03-30\nOLD,Implementing,2027-01-02\nOLD,Done,2027-01-03\n", encoding="utf-8"
    )
    before, after = flow(tmp_path, *NINE), engine.flow(portfolio(tmp_path, rows(*NINE)), history=[path], as_of=AS_OF)
    assert (before.lead_times[0].finished, after.lead_times[0].finished) == (6, 8)


def test_a_file_of_another_kind_of_evidence_counts_beside_the_portfolio(tmp_path: Path) -> None:
    """Whatever it is called, if its headings say it; one that is called so is no history though it has states and days."""
    path = tmp_path / "export.csv"
    path.write_text(
        "ID;Wertstrom;Bereitgestellt am;Fehlgeschlagen\n1;S;18.01.2027 14.03 Uhr;ja\n2;S;19.01.2027;nein\n3;S;;nein\n"
    )
    called = tmp_path / "deployments_2027.csv"
    called.write_text("ID,Value stream,Deployed,Status\nD1,T,2027-01-20,Done\n")
    found = engine.flow(portfolio(tmp_path, rows("E1: Implementing 01-04")), history=[path, called], as_of=AS_OF)
    assert [(line.group, line.deployments) for line in found.delivery] == [(None, 3), ("T", 1), ("S", 2)]
    assert ["export.csv, C4" in finding.place for finding in found.findings] == [True]
    assert engine.flow(history=[path], as_of=AS_OF).delivery[0].deployments == 2
    (tmp_path / "none.csv").write_text("a,b\n1,2\n")
    with pytest.raises(WrongUseError, match="a change of state needs Epic, State and Entered"):
        engine.flow(history=[tmp_path / "none.csv"])


def test_what_there_is_nothing_of_is_said(tmp_path: Path) -> None:
    """Zeros and missing lines leave nobody to guess; a chart of zeros is not drawn."""
    found = flow(tmp_path, "E1: Implementing 01-04, Done 02-01", "E2: Implementing 03-01", window=20)
    assert found.notes[:2] == ("Nothing was finished from 2027-03-12 to 2027-03-31.", "No epic of the history is of T.")
    assert found.little is not None
    assert found.little.sentence.startswith("Little's law says nothing here: only 0 ended, and it needs 5; 0 arrived")
    assert flow(tmp_path, "E1: Implementing 01-04, Done 02-01", "E3: Implementing 03-01").notes == ()


def test_a_day_after_the_last_is_no_history(tmp_path: Path) -> None:
    """It counts for nothing, and is an error."""
    found = flow(tmp_path, "E1: Implementing 03-01, Done 04-20")
    assert found.lead_times[0].open == 1
    assert [(finding.severity, finding.rule) for finding in found.findings] == [("error", "A wish is no history.")]


def test_a_portfolio_without_history_says_what_is_lacking(tmp_path: Path) -> None:
    """No zero, no empty table: a sentence for each measure."""
    found = flow(tmp_path)
    assert set(found.lacks) == {"history", "objectives", "delivery", "integration", "dependencies", "outcomes"}
    assert (found.lead_times, found.little, found.cumulative) == ((), None, None)


def test_an_mvp_that_is_over_comes_with_its_evidence_and_no_verdict(tmp_path: Path) -> None:
    """Its key results, what is spent and reserved, and who decides; that there is no key result is said first."""
    outcomes = [
        {"objective": "Grow", "baseline": 0, "target": 10, "current": 4, "baseline_on": "2027-01-01", "target_on": "2027-12-31",
         "measured_on": "2027-03-15", "epics": ["E6"]},
    ]  # fmt: skip
    loaded = portfolio(
        tmp_path, rows("E6: Implementing 01-20", "E7: Implementing 01-20"), outcomes=outcomes,
        epics=[
            {"id": name, "state": "Implementing: MVP", "job_size": 3, "user_business_value": 3, "time_criticality": 3,
             "rr_oe": 3, "effort": {"S": 10}, "mvp_periods": 1}
            for name in ("E6", "E7")
        ],
        evidence={"actuals": [{"epic": "E6", "actual_effort": 7}]},
    )  # fmt: skip
    first, second = engine.flow(loaded, as_of=AS_OF).pivots
    assert (first.mvp_ends, first.is_over, first.spent, first.reserved) == ("2027-02-16", True, 700, 1000)
    assert first.key_results[0].progress == 0.4
    assert "Lean Portfolio Management" in first.sentence
    assert second.sentence.startswith("No key result says what it is for.")


@pytest.mark.parametrize("by", ["owner", "Assignee", "scorer", "changed by", "team", "reporter", "Epic owner"])
def test_people_are_no_groups(tmp_path: Path, by: str) -> None:
    """Whatever the column of people is called."""
    with pytest.raises(WrongUseError, match="it measures the system"):
        flow(tmp_path, *NINE, by=by)


@pytest.mark.parametrize("asked", [name for name in SENTENCES if name != "people"])
def test_each_refusal_says_why(asked: str) -> None:
    """A sentence, not a code."""
    with pytest.raises(WrongUseError, match=r"\.$"):
        refuse(asked)


def test_json_says_what_it_is_for_and_has_no_rank_of_value_streams(tmp_path: Path) -> None:
    """The purpose stands in it, and no field ranks."""
    content = json.dumps(flow(tmp_path, *NINE).as_json())
    assert PURPOSE in content
    assert not {"rank", "best", "worst", "score", "velocity"} & {word.strip('":,') for word in content.split()}


@pytest.mark.parametrize("by", ["type", "horizon", "theme"])
def test_other_parts_can_be_looked_at(tmp_path: Path, by: str) -> None:
    """Types, horizons and themes are no people."""
    found = flow(tmp_path, *NINE, by=by)
    assert by in found.as_json()["lead_times"][0]


def test_a_dependency_on_what_is_done_is_open_in_no_measure_and_said(tmp_path: Path) -> None:
    """By its history, as of the day that is looked at; ageing and coordination say the same."""
    links = [{"predecessor": "E1", "successor": "E3", "raised_on": "2027-01-11", "needed_by": "2027-02-01"}]
    loaded = portfolio(tmp_path, rows("E1: Implementing 01-04, Done 03-01"), dependencies=links)
    for as_of, is_open in ((date(2027, 2, 28), 1), (AS_OF, 0)):
        found = engine.flow(loaded, as_of=as_of)
        assert found.dependencies is not None
        assert found.coordination is not None
        assert found.dependencies.open == sum(pair.open for pair in found.coordination.pairs) == is_open
        said = [one.what for one in found.findings if "no Resolved on" in one.what]
        assert said == (
            [] if is_open else ["1 dependency, E3 on E1, has no Resolved on, though an end is done or stopped."]
        )
