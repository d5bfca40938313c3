"""The ranking as a program gets it."""

from __future__ import annotations

from pathlib import Path

from portfolio import engine
from tests import asking, examples


def order(raw: asking.Raw, folder: Path) -> list[str]:
    """The epics in order of the ranking."""
    return [line.id for line in engine.rank(asking.loaded(raw, folder)).epics]


def test_scores_alone_are_enough(tmp_path: Path) -> None:
    """A portfolio of epics with scores and nothing else ranks, as example A says."""
    raw = {"format": 1, "epics": examples.example_a()["epics"]}
    assert order(raw, tmp_path) == ["E", "B", "C", "A", "D"]


def test_the_sheet_may_be_the_order(tmp_path: Path) -> None:
    """Where the portfolio says so, every epic has the rank of its row, whatever its scores."""
    raw = {"format": 1, "ranked_by": "sheet", "epics": examples.example_a()["epics"]}
    ranking = engine.rank(asking.loaded(raw, tmp_path))
    assert ranking.method == "stack rank"
    assert [(line.id, line.rank) for line in ranking.epics] == [
        (epic["id"], n) for n, epic in enumerate(raw["epics"], 1)
    ]


def test_of_equals_the_dearer_delay_comes_first_then_the_row(tmp_path: Path) -> None:
    """The same WSJF: higher cost of delay first; the same of both: the order of the sheet."""
    scores = {"small": (2, 1, 1, 2), "large": (8, 5, 3, 8), "same": (8, 5, 3, 8)}
    fields = ("user_business_value", "time_criticality", "rr_oe", "job_size")
    epics = [{"id": name, **dict(zip(fields, given, strict=True))} for name, given in scores.items()]
    assert order({"format": 1, "epics": epics}, tmp_path) == ["large", "same", "small"]
