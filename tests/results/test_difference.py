"""The difference of two portfolios, word for word."""

from __future__ import annotations

import copy
import json
from pathlib import Path

from portfolio import engine
from portfolio.results.difference import Difference, DifferenceLine
from tests.asking import Raw, epic, small


def difference(before: Raw, after: Raw, folder: Path) -> Difference:
    """What lies between two portfolios, without plans."""
    loaded = []
    for name, raw in (("a", before), ("b", after)):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        loaded.append(engine.load(path))
    return engine.diff(*loaded, with_plans=False)


def test_changes_are_counted_by_what_they_are_in(tmp_path: Path) -> None:
    """In the order of the sheets; the ranking may stay as it is."""
    before = small(epic("X"), epic("Y"))
    after = copy.deepcopy(before)
    after["currency"] = "USD"
    after["value_streams"][0]["capacity"] = [9, 10, 10, 8]
    found = difference(before, after, tmp_path)
    assert found.summary == "From a.json to b.json: 3 changes (1 in settings, 2 in capacity)."
    assert (found.ranking_note, found.plan_note) == ("The ranking stays as it is.", "")
    assert difference(before, before, tmp_path).summary == "No difference."


def test_why_ranking_or_plan_are_not_compared(tmp_path: Path) -> None:
    """Errors come first; a portfolio without capacity can only be ranked."""
    raw = small(epic("X"))
    faulty = copy.deepcopy(raw)
    faulty["epics"].append(epic("Y", must=True, start="PI 9"))
    unreadable = difference(raw, faulty, tmp_path)
    assert (unreadable.summary if unreadable.changes is None else unreadable.ranking_note) in {
        "a.json and b.json cannot be compared before the errors are mended.",
        "Ranking and plan are not compared before the errors are mended.",
    }
    ranked = {
        "format": 1,
        "currency": "EUR",
        "calendar": raw["calendar"],
        "epics": [{"id": "X", "benefit_per_week": 1}],
    }
    found = difference(raw, ranked, tmp_path)
    assert found.plan_note == "Plans are not compared: b.json has no value streams with capacity."


def line(**given: object) -> DifferenceLine:
    known = {"kind": "epic", "change": "changed", "id": "X", "at": {}, "field": "job_size", "before": 5, "after": 8}
    places = {"place_a": None, "place_b": None, "heading": "Job size", "label": "X Rocket"}
    return DifferenceLine(**{**known, **places, **given})  # type: ignore[arg-type]


def test_what_differs_and_how() -> None:
    """A field by its heading, a setting by itself, a record as a whole with what is known of it."""
    assert (line().what, line().how, line().sides) == ("X Rocket", "Job size", ("5", "8"))
    renamed = line(change="renamed", field="id", heading="ID", before="Y", after="X")
    assert (renamed.how, renamed.sides) == ("ID, renamed", ("Y", "X"))
    setting = line(
        kind="setting", label="Discount rate", heading="Discount rate", before=0.1, after=0.125, shares=(True, True)
    )
    assert (setting.what, setting.how, setting.sides) == ("", "Discount rate", ("10%", "12.5%"))


def test_only_new_warnings_are_said(tmp_path: Path) -> None:
    """What was wrong before already is not said again."""
    before = small(epic("X", deadline=30), epic("Y"))
    after = copy.deepcopy(before)
    after["epics"][1]["deadline"] = 20
    found = difference(before, after, tmp_path)
    assert len(found.findings) > len(found.new_findings)
    assert all(finding.place.startswith("b.json") for finding in found.new_findings)
