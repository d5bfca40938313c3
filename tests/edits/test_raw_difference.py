"""What differs between two JSON forms: the same cells whether records stand where they stood, moved, came or went."""

from __future__ import annotations

import random

from portfolio.domain.json_form import Raw
from portfolio.edits.raw_difference import cell_differences, cells_of


def naive(before: Raw, after: Raw) -> dict[object, object]:
    """Every cell of both, compared one by one."""
    old, new = cells_of(before), cells_of(after)
    return {at: (old.get(at), new.get(at)) for at in {*old, *new} if old.get(at) != new.get(at)}


def some(draw: random.Random) -> Raw:
    """A small portfolio; most of its records are alike in all of them."""
    epics = [{"id": f"E{n}", "job_size": draw.choice([1, 1, 1, 2]), "effort": {"A": draw.choice([5, 5, 6])}} for n in range(5)]  # fmt: skip
    draw.shuffle(epics) if draw.random() < 0.3 else None
    periods = ["PI 1", "PI 2"] if draw.random() < 0.8 else ["Q1", "Q2"]
    streams = [{"id": "A", "name": "A", "capacity": [10, draw.choice([10, 20])]}]
    return {
        "epics": epics[: draw.choice([4, 5, 5])],
        "calendar": {"periods": periods},
        "value_streams": streams,
        "name": "P",
    }


def test_differences_are_those_of_every_cell() -> None:
    draw = random.Random(4)
    for _ in range(300):
        before, after = some(draw), some(draw)
        assert cell_differences(before, after) == naive(before, after)
