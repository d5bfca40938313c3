"""Changing one thing about the work changes what a way of working says that it changes, and nothing else.

The base is each model's own sample, which obeys it. The table says by whose source a change may matter, and whether it is the plan
that follows or a finding that is said; wherever a model is not named, nothing at all may change.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest

from portfolio import engine
from portfolio.storage.read_model import model_names, read_model

WAYS = Path(__file__).parents[2] / "samples" / "ways-of-working"
Raw = dict[str, Any]
Effect = Literal["plan", "finding", "error", "left out"]


class Seen(NamedTuple):
    """Everything that could follow from a change."""

    starts: dict[str, str | None] | None
    ranks: list[str]
    findings: frozenset[tuple[str, str]]


def first_state(raw: Raw) -> None:
    """Everything that is not running goes back to the first state of the board, or is called by a word that no board has."""
    model = read_model(raw["model"])
    states = () if model.flow is None else model.flow.states
    for epic in raw["epics"]:
        running = any(state.name == epic.get("state") and state.kind == "active" for state in states)
        if not running:
            epic["state"] = states[0].name if states else "On somebody's mind"


def expedited(raw: Raw) -> None:
    """Everything that is no fixed date is expedited, whatever that is."""
    for epic in raw["epics"]:
        if epic.get("class_of_service") != "Fixed date":
            epic["class_of_service"] = "Expedite"


def other_level(raw: Raw) -> None:
    """One epic that nobody has decided on is work of the lowest level, or of a level that only this test knows."""
    levels = read_model(raw["model"]).levels
    epic = next(epic for epic in raw["epics"] if epic["id"].startswith("L3"))
    epic["level"] = "Deep down" if levels is None else levels.names[-1 if levels.names[-1] != levels.planned else 0]


def lone_team(raw: Raw) -> None:
    """Every value stream has one team."""
    for stream in raw["value_streams"]:
        stream["teams"] = 1


def no_outcome(raw: Raw) -> None:
    """One epic serves nothing."""
    raw["epics"][0].pop("outcome", None)


def no_criteria(raw: Raw) -> None:
    """One epic says nothing to the model's own criteria in words."""
    criteria = raw["epics"][0].get("criteria", {})
    raw["epics"][0]["criteria"] = {name: said for name, said in criteria.items() if not isinstance(said, str)}


def other_owner(raw: Raw) -> None:
    """Somebody else owns an epic: no way of working plans otherwise for that."""
    raw["epics"][0]["owner"] = "Somebody else"


CHANGES: dict[str, tuple[Callable[[Raw], None], dict[str, Effect]]] = {
    # SAFe portfolio Kanban (Ready after the go), Kanban University (deferred commitment), Kniberg's Rhythm (Now, Next, Later)
    "state": (first_state, {"safe": "plan", "enterprise-kanban": "plan", "spotify": "plan"}),
    # Anderson: classes are treated otherwise, one item is expedited at a time
    "class of service": (expedited, {"enterprise-kanban": "plan"}),
    # Leopold and Kaltenecker, Flight Levels; Kniberg's Rhythm; leadershift.pro/2020: boards or Cycles of their own
    "level": (
        other_level,
        {"flight-levels": "left out", "spotify": "left out", "enterprise-scrum": "left out"},
    ),
    # Nexus Guide 2021: 3 to 9; LeSS Rules: 2 to 8; LeSS Huge: 4 to 8; Scrum@Scale guide: 4 or 5
    "teams": (
        lone_team,
        {"nexus": "finding", "less": "finding", "less-huge": "finding", "scrum-at-scale": "finding"},
    ),
    # Portman on AgilePfM: without a strategy one does not proceed; Scrum Guide, SVPG and others: should
    "outcome": (
        no_outcome,
        {"agile-portfolio-management": "error", "nexus": "finding", "aligned-autonomy": "finding"},
    ),
    # product-frameworks.com/DIBB
    "criteria": (no_criteria, {"spotify": "finding"}),
    "owner": (other_owner, {}),
}


def seen(raw: Raw, folder: Path) -> Seen:
    """The plan, the ranking and the findings of a portfolio."""
    path = folder / "p.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    loaded = engine.load(path)
    found = frozenset((one.severity, one.what) for one in loaded.findings)
    if any(severity == "error" for severity, _ in found):
        return Seen(None, [], found)
    answer = engine.plan(loaded, gap=0)
    return Seen({line.id: line.start for line in answer.epics}, [line.id for line in engine.rank(loaded).epics], found)


@cache
def sample(name: str) -> Raw:
    """The portfolio that obeys a model."""
    raw: Raw = json.loads((WAYS / f"{name}.json").read_text(encoding="utf-8"))
    return raw


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """What every sample shows as it is."""
    folder = tmp_path_factory.mktemp("bases")
    return {name: seen(sample(name), folder) for name in model_names()}


@pytest.mark.parametrize("name", model_names())
def test_what_a_model_does_not_name_changes_nothing(name: str, bases: dict[str, Seen], tmp_path: Path) -> None:
    """All of it changed at once: plan, ranking and findings stay as they were."""
    raw = copy.deepcopy(sample(name))
    for make, effects in CHANGES.values():
        if name not in effects:
            make(raw)
    assert raw != sample(name)
    assert seen(raw, tmp_path) == bases[name]


@pytest.mark.parametrize(("change", "name"), [(change, name) for change in CHANGES for name in CHANGES[change][1]])
def test_what_a_model_names_changes(name: str, change: str, bases: dict[str, Seen], tmp_path: Path) -> None:
    """The plan follows, or a finding is said."""
    make, effects = CHANGES[change]
    raw = copy.deepcopy(sample(name))
    make(raw)
    before, after = bases[name], seen(raw, tmp_path)
    effect = effects[name]
    if effect == "plan":
        assert after.starts != before.starts
        assert after.ranks == before.ranks
    elif effect == "left out":
        gone = set(before.ranks) - set(after.ranks)
        assert [one[:2] for one in gone] == ["L3"]
        assert after.ranks == [one for one in before.ranks if one not in gone]
        assert after.findings == before.findings
    elif effect == "finding":
        assert after.starts == before.starts
        assert after.ranks == before.ranks
        assert {severity for severity, _ in after.findings - before.findings} == {"warning"}
    else:
        assert {severity for severity, _ in after.findings - before.findings} == {"error"}


@pytest.mark.parametrize("name", model_names())
def test_samples_obey_their_own_models(name: str, bases: dict[str, Seen]) -> None:
    """`check` finds nothing to say."""
    assert bases[name].findings == frozenset()
    assert not engine.check(engine.load(WAYS / f"{name}.json"))
