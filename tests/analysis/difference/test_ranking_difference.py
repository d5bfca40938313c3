"""What a change does to the ranking: both rankings by hand, and what the own score alone would have done."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path

from portfolio import engine
from portfolio.results.difference import RankLine
from tests import examples
from tests.asking import Raw


def lines(before: Raw, after: Raw, folder: Path) -> dict[str, RankLine]:
    """The effect on the ranking, by epic."""
    loaded = []
    for name, raw in (("a", before), ("b", after)):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        loaded.append(engine.load(path))
    found = engine.diff(*loaded, with_plans=False).ranking
    assert found is not None
    return {line.id: line for line in found}


def by_hand(raw: Raw) -> dict[str, int]:
    """Rank by (value + criticality + opportunity) / size; ties by cost of delay, then by the order of the sheet."""
    delay = [epic["user_business_value"] + epic["time_criticality"] + epic["rr_oe"] for epic in raw["epics"]]
    sizes = [epic["job_size"] for epic in raw["epics"]]
    order = sorted(range(len(delay)), key=lambda n: (-delay[n] / sizes[n], -delay[n], n))
    return {raw["epics"][position]["id"]: rank for rank, position in enumerate(order, start=1)}


def scores(count: int, rng: random.Random) -> Raw:
    """Epics with scores and nothing else, with many ties."""
    scale = (1, 2, 3, 5, 8)
    names = [f"E{number}" for number in range(count)]
    rng.shuffle(names)
    return {"format": 1, "epics": [examples.scored(name, *rng.choices(scale, k=4)) for name in names]}


def test_a_new_score_moves_one_and_others_give_way(tmp_path: Path) -> None:
    """Example A, order E B C A D: D of size 1 comes first by its own score, the others go down one because of it."""
    before = examples.example_a()
    after = copy.deepcopy(before)
    after["epics"][3]["job_size"] = 1
    found = lines(before, after, tmp_path)
    assert list(found) == ["D", "E", "B", "C", "A"]
    changed = found.pop("D")
    assert (changed.rank_before, changed.rank_after, changed.wsjf_before, changed.wsjf_after) == (5, 1, 1.25, 25)
    assert (changed.own_score_changed, changed.by_own_score, changed.by_others) == (True, 4, 0)
    for line in found.values():
        assert (line.own_score_changed, line.by_own_score, line.by_others) == (False, 0, -1)


def test_new_and_vanished(tmp_path: Path) -> None:
    """What only one side has is said as such; what is gone comes last."""
    before = examples.example_a()
    after = copy.deepcopy(before)
    gone = after["epics"].pop(4)
    after["epics"].append(examples.scored("N", 1, 1, 1, 20))
    found = lines(before, after, tmp_path)
    assert (gone["id"], list(found)[-1]) == ("E", "E")
    assert (found["E"].change, found["E"].rank_before, found["E"].rank_after) == ("vanished", 1, None)
    assert (found["N"].change, found["N"].rank_before, found["N"].rank_after) == ("new", None, 5)
    assert (found["B"].rank_before, found["B"].rank_after, found["B"].by_others) == (2, 1, 1)


def test_the_effect_is_both_rankings(tmp_path: Path) -> None:
    """Random scores: each line's ranks are those by hand, what has no line did not move, and own and others add up."""
    rng = random.Random(7)
    moved = 0
    for _ in range(25):
        before = scores(12, rng)
        after = copy.deepcopy(before)
        for epic in rng.sample(after["epics"], 3):
            epic["job_size"] = rng.choice((1, 2, 3, 5, 8))
        rng.shuffle(after["epics"])
        old, new, found = by_hand(before), by_hand(after), lines(before, after, tmp_path)
        assert list(found) == sorted(found, key=lambda name: new[name])
        for name, rank in old.items():
            line = found.get(name)
            if line is None:
                assert new[name] == rank
                continue
            moved += new[name] != rank
            assert (line.rank_before, line.rank_after) == (rank, new[name])
            assert line.by_own_score is not None
            assert line.by_others is not None
            assert line.by_own_score + line.by_others == rank - new[name]
            assert line.by_own_score == rank - by_hand(alone(before, after, name))[name]
    assert moved > 50


def alone(before: Raw, after: Raw, name: str) -> Raw:
    """The first portfolio with one epic as it is in the second."""
    new = next(epic for epic in after["epics"] if epic["id"] == name)
    return {"format": 1, "epics": [new if epic["id"] == name else epic for epic in before["epics"]]}


def test_by_money(tmp_path: Path) -> None:
    """Where money ranks, money is the score that counts."""
    before = {"format": 1, "epics": [{"id": name, "benefit_per_week": money} for name, money in (("X", 5), ("Y", 3))]}
    before |= {"calendar": {"period_weeks": 10}}
    after = copy.deepcopy(before)
    after["epics"][1]["benefit_per_week"] = 9  # type: ignore[index]
    found = lines(before, after, tmp_path)
    assert (found["Y"].rank_after, found["Y"].own_score_changed, found["Y"].wsjf_after) == (1, True, None)
    assert found["Y"].cd3_after == 0.9
    assert (found["X"].own_score_changed, found["X"].by_others) == (False, -1)
