"""What was agreed is matched by the calendar: a period that is over is no reason to forget who was agreed for it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

from portfolio import engine
from portfolio.results.replan_report import ReplanReport
from tests import asking
from tests.asking import Raw


def three() -> Raw:
    """One at a time, in the order X, Y, Z."""
    return asking.small(*(asking.epic(name, worth, a=10) for name, worth in zip("XYZ", (30, 20, 10), strict=True)))


def a_quarter_later(raw: Raw, *, label_stays: bool = False) -> Raw:
    """The same ten weeks later: the first period is gone, or every label means the next ten weeks."""
    later = copy.deepcopy(raw)
    later["calendar"]["start"] = "2027-03-15"
    keep = slice(0, 3) if label_stays else slice(1, 4)
    for field in ("periods", "budget_periods"):
        later["calendar"][field] = later["calendar"][field][keep]
    for stream in later["value_streams"]:
        stream["capacity"] = stream["capacity"][keep]
    return later


def kept(now: Raw, agreed: object, folder: Path) -> ReplanReport:
    """The re-plan that changes least."""
    report = engine.replan(asking.loaded(now, folder), agreed, gap=0.0)  # type: ignore[arg-type]
    assert isinstance(report, ReplanReport)
    return report


def told(report: ReplanReport) -> list[tuple[str, str, str, str]]:
    """Each change as people read it."""
    return [(line.sign, line.id, line.before, line.after) for line in report.effect.epics]


def test_an_epic_agreed_for_what_is_over_has_moved(tmp_path: Path) -> None:
    """Nothing was begun: all three come a period later, from an answer, from its JSON and from a workbook."""
    answer = engine.plan(asking.loaded(three(), tmp_path), gap=0.0)
    saved, book = tmp_path / "agreed.json", tmp_path / "agreed.xlsx"
    saved.write_text(json.dumps(answer.as_json()), encoding="utf-8")
    engine.write(answer, book)
    for agreed in (answer, saved, book):
        report = kept(a_quarter_later(three()), agreed, tmp_path)
        assert (report.agreed, report.unchanged) == (3, 0)
        assert told(report) == [("~", "X", "PI 1", "PI 2"), ("~", "Y", "PI 2", "PI 3"), ("~", "Z", "PI 3", "PI 4")]


def test_the_same_labels_on_other_days_are_other_periods(tmp_path: Path) -> None:
    """Who calls the next period PI 1 again has moved every date; that is seen where both plans have their Start."""
    answer = engine.plan(asking.loaded(three(), tmp_path), gap=0.0)
    report = kept(a_quarter_later(three(), label_stays=True), answer, tmp_path)
    assert told(report) == [
        ("~", "X", "PI 1 of 2027-01-04", "PI 1"),
        ("~", "Y", "PI 1", "PI 2"),
        ("~", "Z", "PI 2", "PI 3"),
    ]


def test_what_runs_keeps_its_time_where_it_ends_when_agreed(tmp_path: Path) -> None:
    """Begun in the period that is over, with one of its two periods left: it keeps its time; one more, and it is late."""
    raw = asking.small(asking.epic("X", 90, a=20, min_periods=2), asking.epic("Y", 20, a=10))
    answer = engine.plan(asking.loaded(raw, tmp_path), gap=0.0)
    later = a_quarter_later(raw)
    later["epics"][0] |= {"state": "In progress", "effort": {"A": 10}, "min_periods": 1}
    assert told(kept(later, answer, tmp_path)) == []
    later["epics"][0] |= {"effort": {"A": 20}, "min_periods": 2}
    assert told(kept(later, answer, tmp_path)) == [("~", "X", "PI 2", "PI 2 to PI 3"), ("~", "Y", "PI 3", "PI 4")]


def test_done_dropped_and_new_are_told_apart(tmp_path: Path) -> None:
    """What is done says so, what waits has its line although its period is over, and what was not there is new."""
    raw = three()
    answer = engine.plan(asking.loaded(raw, tmp_path), gap=0.0)
    later = a_quarter_later(raw)
    later["epics"][0]["state"] = "Done"
    later["epics"][1]["effort"] = {"A": 90}
    later["epics"].append(asking.epic("N", 25, a=10))
    report = kept(later, answer, tmp_path)
    assert report.left_out == {"X": "it is Done"}
    assert told(report) == [("+", "N", "new", "PI 2"), ("-", "Y", "PI 2", "waits")]
