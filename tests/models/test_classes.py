"""Classes of service are policies: expedite, fixed date, standard and intangible work are treated each in its own way.

Kanban (agilemechanics.com on Anderson): expedited work bypasses the queue, one at a time, and others drop theirs; intangible
work is protected. ProKanban.org: a service level expectation is a probability and an elapsed time.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.storage.portfolio_json import to_json
from tests import asking, oracle
from tests.cli.conftest import Command, saved
from tests.models.test_commitment import starts

Raw = dict[str, Any]
ROOT = Path(__file__).parents[2]


def item(name: str, service: str | None = None, worth: float = 10, effort: float = 8, **more: Any) -> Raw:
    """A committed item of one service."""
    found = {"id": name, "effort": {"S": effort}, "benefit_per_week": worth, "state": "Committed"}
    return found | ({"class_of_service": service} if service else {}) | more


def board(*items: Raw, capacity: float = 8, **more: Any) -> Raw:
    """A service that has room for one item at a time."""
    return {
        "format": 1,
        "model": "enterprise-kanban",
        "calendar": {"start": "2027-01-04", "period_weeks": 4, "periods": ["P1", "P2", "P3"]},
        "value_streams": [{"id": "S", "name": "S", "capacity": [capacity] * 3, "wip_limit": 1}],
        "epics": list(items),
        **more,
    }


def planned(raw: Raw, folder: Path) -> dict[str, str | None]:
    """When each item of the best plan begins."""
    return starts(engine.plan(engine.load(saved(raw, folder / "p.json")), gap=0))


RIVALS = (item("A", worth=1000), item("B", worth=900), item("C", worth=800))


@pytest.mark.parametrize(
    ("service", "more", "expected"),
    [
        ("Standard", {}, None),
        ("Expedite", {}, "P1"),
        ("Fixed date", {"deadline": 9, "penalty": 1_000_000}, "P2"),
        ("Intangible", {}, "P3"),
    ],
)
def test_each_class_gives_a_plan_of_its_own(service: str, more: Raw, expected: str | None, tmp_path: Path) -> None:
    """The same item of little worth beside three of much: by its class it waits, comes first, in time, or is protected."""
    assert planned(board(*RIVALS, item("X", service, worth=1, **more)), tmp_path)["X"] == expected


def test_only_the_class_decides(tmp_path: Path) -> None:
    """What is in no class, or in one that the model does not know, is treated as standard."""
    plain = planned(board(*RIVALS, item("X", worth=1)), tmp_path)
    assert planned(board(*RIVALS, item("X", "Standard", worth=1)), tmp_path) == plain
    expedited = planned(board(*RIVALS, item("X", "expedite", worth=1)), tmp_path)
    assert {name: when for name, when in expedited.items() if name != "X"} == {"A": "P2", "B": "P3", "C": None}


def test_expedited_work_bypasses_the_limit_and_is_one_at_a_time(tmp_path: Path) -> None:
    """With room for two items, an expedited one runs beside the one that the WIP limit allows; two of them take turns."""
    found = planned(board(*RIVALS, item("X", "Expedite", worth=1), capacity=16), tmp_path)
    assert found == {"A": "P1", "B": "P2", "C": "P3", "X": "P1"}
    twice = (item("X", "Expedite", worth=2), item("Y", "Expedite", worth=1))
    found = planned(board(*RIVALS, *twice, capacity=16), tmp_path)
    assert found == {"A": "P1", "B": "P2", "C": "P3", "X": "P1", "Y": "P2"}


def test_a_fixed_date_is_met_or_nothing_is_done(tmp_path: Path) -> None:
    """An item that earns after its date too is not done late; without the class it is, at the price of its penalty."""
    late = {"deadline": 3, "penalty": 100}
    assert planned(board(item("X", "Fixed date", **late)), tmp_path) == {"X": None}
    assert planned(board(item("X", urgency="deadline", **late)), tmp_path) == {"X": "P1"}
    in_time = planned(board(*RIVALS[:2], item("X", "Fixed date", worth=500, deadline=4)), tmp_path)
    assert in_time["X"] in {"P1", None}


def test_there_is_no_more_intangible_work_protected_than_there_is(tmp_path: Path) -> None:
    """A tenth of the capacity, or all of the work; without any the limit is not there."""
    loaded = engine.load(saved(board(*RIVALS, item("X", "Intangible", effort=1)), tmp_path / "p.json"))
    (share,) = [limit for limit in loaded.ready.guardrails if limit.name == "Intangible share"]
    assert share.at_least == pytest.approx(1 / 24)
    loaded = engine.load(saved(board(*RIVALS), tmp_path / "p.json"))
    assert "Intangible share" not in [limit.name for limit in loaded.ready.guardrails]


def any_board(seed: int) -> Raw:
    """Four or five items of any class, with windows and a limit, in two or three periods."""
    dice = random.Random(seed)
    items = []
    for number in range(dice.randint(3, 5)):
        service = dice.choice(["Expedite", "Fixed date", "Standard", "Intangible", None])
        more: Raw = {"max_periods": dice.randint(1, 2), "state": dice.choice(["Committed", "Options"])}
        more |= {"deadline": dice.randint(2, 13), "penalty": dice.randint(0, 500)} if service == "Fixed date" else {}
        items.append(item(f"I{number}", service, dice.randint(1, 50), dice.randint(2, 9), **more))
    raw = board(*items, capacity=dice.randint(6, 14))
    raw["value_streams"][0]["wip_limit"] = dice.choice([1, 2, 3])
    return raw


def by_trying(raw: Raw, ranked: list[str]) -> float | None:
    """Of all plans: those in which expedited items, best rank first, end first and take fewest periods; of these the most value."""
    plans = oracle.feasible_plans(raw)
    never = (10**6, 0)
    for name in ranked:
        if str(oracle.epic_of(raw, name).get("class_of_service")) != "Expedite" or not plans:
            continue
        ends = {id(plan): (sum(plan[name]), plan[name][1]) if name in plan else never for plan in plans}
        first = min(ends.values())
        plans = [plan for plan in plans if ends[id(plan)] == first]
    return max((oracle.objective(raw, plan) for plan in plans), default=None)


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_trying_every_plan_finds(seed: int, tmp_path: Path) -> None:
    """Value and verdict, with every class of service at once."""
    loaded = engine.load(saved(any_board(seed), tmp_path / "p.json"))
    found = engine.plan(loaded, gap=0)
    raw = {**to_json(loaded.ready), "model": "enterprise-kanban"}
    known = by_trying(raw, [epic.id for epic in found.ranking.epics])
    assert found.outcome.value == (None if known is None else pytest.approx(known, rel=1e-6, abs=1e-6))
    if found.plan is not None:
        assert found.outcome.claim == "proven best"
        assert oracle.violations(raw, asking.oracle_plan(found.plan)) == []


def test_an_expectation_is_held_against_the_plan(command: Command, tmp_path: Path) -> None:
    """From the commitment until it is done: what is committed to waits from now on, an option from when it begins."""
    text = (ROOT / "models" / "enterprise-kanban.yaml").read_text(encoding="utf-8")
    own = text.replace(
        '{name: Standard, urgency: standard, means: "loses steadily"}',
        '{name: Standard, urgency: standard, means: "loses steadily", expectation: {percentile: 0.85, weeks: 6}}',
    ).replace("name: enterprise-kanban\n", "name: own\n")
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    items = (
        item("A", "Standard", 1000),
        item("B", "Standard", 900),
        item("C", "Standard", 800, state="Options"),
        item("D", None, 700, state="Options", min_periods=1),
    )
    path = saved(board(*items), tmp_path / "p.json")
    told = command("plan", path, "--model", tmp_path / "own.yaml", "--gap", "0", "--json").json
    late = [line for line in told["findings"] if "from its commitment" in line["message"]]
    assert [line["message"].split(".")[0] for line in late] == ["B takes 8 weeks from its commitment until it is done"]
    assert "85% of them within 6 weeks" in str(late[0])
    assert command("plan", path, "--gap", "0").code == 0


def test_keep_and_what_ifs_put_expedited_work_first_too(tmp_path: Path) -> None:
    """A plan that was agreed without it does not keep it out."""
    agreed = engine.plan(engine.load(saved(board(*RIVALS), tmp_path / "old.json")), gap=0)
    loaded = engine.load(saved(board(*RIVALS, item("X", "Expedite", worth=1)), tmp_path / "new.json"))
    kept = engine.replan(loaded, agreed, tolerance=1.0, gap=0)
    assert starts(kept.answer if hasattr(kept, "answer") else kept)["X"] == "P1"
    changed = engine.scenario(loaded, "Less", ["scale benefit per week of A by 50%"])
    assert starts(engine.plan(changed, gap=0))["X"] == "P1"
