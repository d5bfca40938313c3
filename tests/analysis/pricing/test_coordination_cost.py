"""What dependencies between value streams cost, and what each change of a boundary or platform gives back: brute force says the same."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.results.flow.coordination import CoordinationCost
from tests import asking, oracle


def portfolio_of(seed: int) -> asking.Raw:
    """Five epics in three value streams, most of which wait for one of C."""
    chance = random.Random(seed)
    epics = [
        asking.epic(name + turn, benefit=chance.randrange(1, 30), effort={name: chance.randrange(1, 8)})
        for name, turn in ("A1", "B1", "B2", "C1", "C2")
    ]
    ids = [epic["id"] for epic in epics]
    pairs = [(first, second) for first in ids for second in ids if first > second]
    links = [{"predecessor": first, "successor": second} for first, second in chance.sample(pairs, 4)]
    streams = [{"id": name, "capacity": [9, 6, 6], "cost_per_unit": 1} for name in "ABC"]
    raw = asking.small(*epics, dependencies=links)
    periods = ["PI 1", "PI 2", "PI 3"]
    return {
        **raw,
        "value_streams": streams,
        "calendar": {**raw["calendar"], "periods": periods, "budget_periods": periods},
    }


def cost(raw: asking.Raw, folder: Path) -> CoordinationCost:
    found = engine.flow(asking.loaded(raw, folder), as_of=date(2027, 1, 4), coordination=True)
    assert found.coordination is not None
    assert found.coordination.cost is not None
    return found.coordination.cost


@pytest.mark.parametrize("seed", range(4))
def test_brute_force_says_the_same(seed: int, tmp_path: Path) -> None:
    """The value without some of the dependencies less the value with all of them; a plan is tried for every way there is."""
    raw = portfolio_of(seed)
    links = [(link["predecessor"], link["successor"]) for link in raw["dependencies"]]
    crossing = [(first, second) for first, second in links if first[0] != second[0]]
    whole = oracle.brute_force(raw)[0]

    def without(gone: list[tuple[str, str]]) -> float:
        left = [link for link in raw["dependencies"] if (link["predecessor"], link["successor"]) not in gone]
        return (oracle.brute_force({**raw, "dependencies": left})[0] or 0) - (whole or 0)

    found = cost(raw, tmp_path)
    assert found.dependencies == len(crossing)
    assert (found.at_least, found.at_most) == pytest.approx((without(crossing),) * 2, abs=1e-6)
    for removal in found.removals:
        if len(removal.streams) == 2:
            gone = [ends for ends in crossing if {ends[0][0], ends[1][0]} == {*removal.streams}]
        else:
            gone = [ends for ends in crossing if ends[0][0] == removal.streams[0]]
        assert removal.dependencies == len(gone)
        assert (removal.at_least, removal.at_most) == pytest.approx((without(gone),) * 2, abs=1e-6)
    assert {removal.streams for removal in found.removals if len(removal.streams) == 2} == {
        tuple(sorted((first[0], second[0]))) for first, second in crossing
    }


def test_what_cannot_be_priced_says_why(tmp_path: Path) -> None:
    """Order or choice has no value; with a must too many no plan is possible; without dependencies there is no tax."""
    raw = portfolio_of(0)
    found = cost({**raw, "ranked_by": "sheet"}, tmp_path)
    assert "plans follow order or choice" in found.sentence
    impossible = {**raw, "epics": [{**epic, "must": True, "latest": "PI 1"} for epic in raw["epics"]]}
    assert cost(impossible, tmp_path).sentence == "What dependencies cost is not known: no plan is possible."
    alone = engine.flow(asking.loaded({**raw, "dependencies": []}, tmp_path), as_of=date(2027, 1, 4), coordination=True)
    assert alone.lacks["coordination"].startswith("Coordination needs dependencies")
