"""What changed between two portfolios: nothing for the same one, and the changes make one into the other."""

from __future__ import annotations

import copy
import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.storage.portfolio_json import to_json
from tests import asking
from tests.analysis.applying import applied, plain_form
from tests.asking import Raw, epic
from tests.random_portfolios import random_portfolio

SOUND = [raw for raw in map(random_portfolio, range(60)) if asking.is_sound(raw)]


def saved(raw: Raw, path: Path) -> engine.Loaded:
    """A portfolio after a round over a file."""
    path.write_text(json.dumps(raw), encoding="utf-8")
    return engine.load(path)


def changes(before: Raw, after: Raw, folder: Path) -> list[Raw]:
    """The changes as `--json` prints them."""
    loaded = saved(before, folder / "a.json"), saved(after, folder / "b.json")
    found = engine.diff(*loaded, with_plans=False).as_json()["changes"]
    assert isinstance(found, list), [loaded[0].findings, loaded[1].findings]
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def test_readings_of_a_key_result_are_told_apart_by_their_days(tmp_path: Path) -> None:
    """The same readings are no change; another figure of one day and a further day are one each."""

    def told(*readings: tuple[str, float]) -> Raw:
        row = {"objective": "Fast", "key_result": "Days", "baseline": 5, "target": 2}
        rows = [{**row, "measured_on": day, "current": current} for day, current in readings]
        return {**asking.small(epic("A", a=5)), "outcomes": rows}

    before = told(("2026-01-05", 5), ("2026-02-05", 4))
    assert changes(before, before, tmp_path) == []
    after = told(("2026-01-05", 5), ("2026-02-05", 3), ("2026-03-05", 2))
    found = changes(before, after, tmp_path)
    assert [line["id"] for line in found] == ["Fast: Days, 2026-02-05", "Fast: Days, 2026-03-05"]


def normal(raw: Raw) -> Raw:
    """A portfolio as it is computed with: completed by the model, whose name is the one that counts."""
    return to_json(asking.portfolio_of(raw)) | {"model": "safe"}


def shuffled(raw: Raw, seed: int) -> Raw:
    """The same portfolio with its records, and the words of its filters, in another order."""
    rng, found = random.Random(seed), copy.deepcopy(raw)
    for section in ("epics", "value_streams", "dependencies", "guardrails"):
        rng.shuffle(found.get(section, []))
    for limit in found.get("guardrails", []):
        for words in limit.get("where", {}).values():
            rng.shuffle(words)
        rng.shuffle(limit.get("per", []))
    for one in found["epics"]:
        one["effort"] = dict(reversed(one.get("effort", {}).items()))
    return found


def mutated(raw: Raw, seed: int) -> Raw:
    """A portfolio after a few edits of every kind."""
    rng, found = random.Random(seed), shuffled(raw, seed)
    for one in found["epics"]:
        for field in ("job_size", "benefit_per_week", "external_cost", "user_business_value"):
            if field in one and rng.random() < 0.4:
                one[field] += 1
        one["effort"] = {name: units + rng.choice((0, 1)) for name, units in one["effort"].items()}
    found["epics"].append({"id": "brand new", "title": "Brand new"})
    for stream in found.get("value_streams", []):
        stream["capacity"] = [amount + rng.choice((0, 2)) for amount in stream["capacity"]]
    for link in found.get("dependencies", []):
        link["lag_periods"] = link.get("lag_periods", 0) + rng.choice((0, 1))
    for limit in found.get("guardrails", []):
        limit["enforce"], limit["price"] = "soft", 3
    found["portfolio_wip_limit"] = rng.choice((None, 3, 7))
    return {name: value for name, value in found.items() if value is not None}


def test_enough_to_compare() -> None:
    """The random portfolios are many, and have dependencies and guardrails."""
    assert len(SOUND) > 30
    assert sum(bool(raw.get("dependencies")) for raw in SOUND) > 10
    assert sum(bool(raw.get("guardrails")) for raw in SOUND) > 10


def test_the_same_is_no_difference(tmp_path: Path) -> None:
    """In whatever order the records stand."""
    for seed, raw in enumerate(SOUND):
        assert changes(raw, raw, tmp_path) == []
        assert changes(raw, shuffled(raw, seed), tmp_path) == []


def test_what_means_the_same_is_no_difference(tmp_path: Path) -> None:
    """A default that is written out, the model that blank means, budget periods that are the periods."""
    raw = asking.small(epic("E"), epic("F"), dependencies=[{"predecessor": "E", "successor": "F"}])
    del raw["calendar"]["budget_periods"], raw["calendar"]["period_weeks"]
    said = copy.deepcopy(raw)
    said["model"] = "safe"
    said["calendar"] |= {"period_weeks": 10, "budget_periods": raw["calendar"]["periods"]}
    said["dependencies"][0] |= {"type": "Finish to start", "lag_periods": 0}
    said["epics"][0]["earliest"] = raw["epics"][0]["earliest"] = "PI 1"
    said["epics"][0]["earliest"] = "pi1"
    said["dependencies"][0]["predecessor"] = "e"
    assert asking.safe().cadence.period_weeks == 10
    assert changes(raw, said, tmp_path) == []


def test_changes_make_one_into_the_other(tmp_path: Path) -> None:
    """Applied to A they give B: for portfolios that share little, and after a few edits."""
    pairs = [*itertools.pairwise(SOUND), *((raw, mutated(raw, seed)) for seed, raw in enumerate(SOUND))]
    compared = 0
    for before, after in pairs:
        if not asking.is_sound(after):
            continue
        compared += 1
        found = changes(before, after, tmp_path)
        assert found
        assert plain_form(applied(normal(before), found)) == plain_form(normal(after))
    assert compared > 50


def test_backwards_is_the_other_way_round(tmp_path: Path) -> None:
    """B against A is the same changes with before and after, added and removed, and the places, swapped."""
    turned = {"added": "removed", "removed": "added"}
    for seed, before in enumerate(SOUND[:20]):
        after = mutated(before, seed)
        if not asking.is_sound(after):
            continue
        there, back = changes(before, after, tmp_path), changes(after, before, tmp_path)
        swapped = [
            change
            | {"change": turned.get(change["change"], change["change"])}
            | {"before": change["after"], "after": change["before"]}
            | {"place_a": change["place_b"], "place_b": change["place_a"]}
            for change in back
        ]
        assert sorted(map(json.dumps, there)) == sorted(map(json.dumps, swapped))


def only(found: list[Raw]) -> Raw:
    """The one change that there is."""
    assert len(found) == 1, found
    return found[0]


def test_a_change_word_for_word(tmp_path: Path) -> None:
    """What a change holds, field by field."""
    assert only(changes(asking.small(epic("E")), asking.small(epic("E", a=5)), tmp_path)) == {
        "kind": "epic",
        "change": "changed",
        "id": "E",
        "at": {"value stream": "A"},
        "field": "effort",
        "before": 4,
        "after": 5,
        "place_a": "epics[0].effort.A",
        "place_b": "epics[0].effort.A",
    }


def test_added_and_removed_records_are_whole(tmp_path: Path) -> None:
    """A record that only one has is one change that holds all of it."""
    limit = {"name": "Few", "measure": "epics", "at_most": 3}
    found = changes(asking.small(epic("E")), asking.small(epic("E"), epic("F"), guardrails=[limit]), tmp_path)
    assert [(change["kind"], change["change"], change["field"]) for change in found] == [
        ("epic", "added", None),
        ("guardrail", "added", None),
    ]
    assert found[0]["after"] == {"id": "F", "benefit_per_week": 10, "effort": {"A": 4}}
    assert (found[0]["before"], found[0]["place_a"], found[0]["place_b"]) == (None, None, "epics[1]")


def renamed_pair(**more: Any) -> tuple[Raw, Raw]:
    """Two portfolios in which E became N, with everything that refers to it."""
    limit = {"name": "Few", "measure": "epics", "where": {"epic": ["E"]}, "at_most": 1}
    link = {"predecessor": "E", "successor": "F"}
    before = asking.small(
        epic("E", title="Rocket", **more), epic("F", title="Moon"), dependencies=[link], guardrails=[limit]
    )
    after = json.loads(json.dumps(before).replace('"E"', '"N"'))
    return before, after


def test_a_new_id_is_a_new_name(tmp_path: Path) -> None:
    """An epic with another ID and the same title is renamed, and what refers to it did not change."""
    before, after = renamed_pair()
    change = only(changes(before, after, tmp_path))
    assert (change["change"], change["id"], change["field"]) == ("renamed", "N", "id")
    assert (change["before"], change["after"]) == ("E", "N")
    after["epics"][0]["benefit_per_week"] = 11
    found = changes(before, after, tmp_path)
    assert [(change["change"], change["field"]) for change in found] == [
        ("renamed", "id"),
        ("changed", "benefit_per_week"),
    ]
    assert plain_form(applied(normal(before), found)) == plain_form(normal(after))


def test_a_title_that_several_have_tells_nothing(tmp_path: Path) -> None:
    """Then it is removed and added; likewise where the old ID is still there."""
    before = asking.small(epic("E", title="Rocket"), epic("F", title="Rocket"))
    after = asking.small(epic("N", title="Rocket"), epic("F", title="Rocket"))
    assert {change["change"] for change in changes(before, after, tmp_path)} == {"added", "removed"}
    before = asking.small(epic("E", title="Rocket"))
    after = asking.small(epic("E", title="Moon"), epic("N", title="Rocket"))
    assert [change["change"] for change in changes(before, after, tmp_path)] == ["changed", "added"]


def test_a_value_stream_with_a_new_id(tmp_path: Path) -> None:
    """It is found by its name, and the effort that is asked of it did not change."""
    before = asking.small(epic("E", b=2))
    after = json.loads(json.dumps(before).replace('"A"', '"Z"'))
    change = only(changes(before, after, tmp_path))
    assert (change["kind"], change["change"], change["before"], change["after"]) == (
        "value stream",
        "renamed",
        "A",
        "Z",
    )


def test_a_period_that_rolls_on(tmp_path: Path) -> None:
    """Amounts are compared by the label of the period, not by its position."""
    before = asking.small(epic("E"))
    after = copy.deepcopy(before)
    after["calendar"]["periods"] = ["PI 2", "PI 3", "PI 4", "PI 5"]
    for stream in after["value_streams"]:
        stream["capacity"] = [10, 10, 10, 12]
    found = [change for change in changes(before, after, tmp_path) if change["kind"] == "capacity"]
    assert [(change["id"], change["at"]["period"], change["before"], change["after"]) for change in found] == [
        ("A", "PI 5", None, 12),
        ("A", "PI 1", 10, None),
        ("B", "PI 5", None, 12),
        ("B", "PI 1", 10, None),
    ]


def test_dependencies_that_are_there_twice(tmp_path: Path) -> None:
    """Each different row of a pair counts once, whatever the order."""
    link = {"predecessor": "E", "successor": "F"}
    needs = {**link, "type": "needs"}
    before = asking.small(epic("E"), epic("F"), dependencies=[link, needs])
    assert changes(before, before | {"dependencies": [needs, link, link]}, tmp_path) == []
    change = only(changes(before, before | {"dependencies": [link]}, tmp_path))
    assert (change["change"], change["id"], change["before"]["type"]) == ("removed", "E -> F", "needs")
    change = only(changes(before | {"dependencies": [link]}, before | {"dependencies": [needs]}, tmp_path))
    assert (change["change"], change["field"], change["before"], change["after"]) == (
        "changed", "type", "finish to start", "needs",
    )  # fmt: skip


def test_nothing_is_compared_before_errors_are_mended(tmp_path: Path) -> None:
    """A portfolio that cannot be read is not compared; its findings name its file."""
    good, bad = (
        saved(asking.small(epic("E")), tmp_path / "a.json"),
        saved(asking.small(epic("E", a=-1)), tmp_path / "b"),
    )
    found = engine.diff(good, bad)
    assert (found.changes, found.ranking, found.plan) == (None, None, None)
    assert [finding.place.split(",")[0] for finding in found.findings] == ["b"]


def test_what_can_be_read_is_compared_beside_an_error(tmp_path: Path) -> None:
    """Where a portfolio is whole and only its model refuses it, changes are shown, ranking and plan are not."""
    raw = asking.small({"id": "E", "effort": {"A": 1}, "user_business_value": 3, "time_criticality": 3, "rr_oe": 3})
    after = copy.deepcopy(raw)
    raw["epics"][0]["job_size"] = 3
    loaded = saved(raw, tmp_path / "a.json"), saved(after, tmp_path / "b.json")
    found = engine.diff(*loaded)
    if loaded[1].portfolio is None:
        pytest.fail("the portfolio should be readable")
    assert found.changes is not None
    assert [change.field for change in found.changes] == ["job_size"]
    assert (found.ranking, found.plan) == (None, None)


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """By their folders, in the findings too."""
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    raw = asking.small(epic("E"))
    loaded = (saved(raw, tmp_path / "old" / "p.json"), saved(asking.small(epic("E", a=0)), tmp_path / "new" / "p.json"))
    found = engine.diff(*loaded, with_plans=False)
    assert (found.a, found.b) == (str(tmp_path / "old" / "p.json"), str(tmp_path / "new" / "p.json"))
    assert found.findings
    assert all(finding.place.startswith(f"{found.b}, ") for finding in found.findings)
