"""For each way of working: a change of one epic or value stream changes what that model says it changes, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.operating_model import OperatingModel
from portfolio.storage.read_model import model_names, read_model
from tests import asking
from tests.samples.ways_of_working import FOLDER

NAMES = model_names()
Raw = dict[str, Any]


def sample(name: str) -> Raw:
    """The file of a way of working."""
    found: Raw = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def said(raw: Raw, folder: Path) -> Counter[tuple[str, str]]:
    """What check says, whatever its place."""
    return Counter((one.severity, one.what) for one in engine.check(asking.loaded(raw, folder)))


def many_teams(raw: Raw) -> None:
    """More teams than any guide has."""
    raw["value_streams"][0]["teams"] = 99


def no_outcome(raw: Raw) -> None:
    """An epic that serves nothing any more; where none is asked for, or only of who has some, it served none."""
    raw["epics"][0].pop("outcome", None)


def unknown_state(raw: Raw) -> None:
    """A word that no board has and nobody knows."""
    raw["epics"][0]["state"] = "Xyzzy"


def unknown_class(raw: Raw) -> None:
    """A class that no model has, beside an urgency of its own."""
    raw["epics"][0]["class_of_service"] = "Xyzzy"
    raw["epics"][0].setdefault("urgency", "standard")


def unknown_level(raw: Raw) -> None:
    """A level that no model has."""
    raw["epics"][0]["level"] = "Xyzzy"


def two_streams(raw: Raw) -> None:
    """A tiny part of the first epic is asked of another value stream."""
    for stream in raw["value_streams"]:
        raw["epics"][0]["effort"].setdefault(stream["id"], 0.001)


CASES: list[tuple[Callable[[Raw], None], Callable[[OperatingModel], bool], str]] = [
    (many_teams, lambda model: bool(model.structure and model.structure.teams), "99 teams"),
    (
        no_outcome,
        lambda model: bool(
            model.strategy and model.strategy.every_epic and not model.strategy.where_there_are_outcomes
        ),
        "objective",
    ),
    (unknown_state, lambda model: bool(model.states), "Xyzzy is not a state"),
    (unknown_class, lambda model: bool(model.classes), "Xyzzy is not a class of service"),
    (unknown_level, lambda model: bool(model.levels), "Xyzzy is not a level"),
    (two_streams, lambda model: bool(model.structure and model.structure.streams_per_epic), "needs"),
]
SHARED = "counting what needs several value streams"
"""A model may count such an epic as a dependency; how many of these it allows is another of its words."""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("change", "concerns", "words"), CASES, ids=[case[0].__name__ for case in CASES])
def test_a_change_is_said_where_the_model_has_a_word_on_it(
    name: str,
    change: Callable[[Raw], None],
    concerns: Callable[[OperatingModel], bool],
    words: str,
    tmp_path: Path,
) -> None:
    """One finding more where a section of the model is about it, none where there is no such section."""
    before, raw = sample(name), sample(name)
    change(raw)
    news = [what for _, what in said(raw, tmp_path) - said(before, tmp_path) if SHARED not in what]
    if concerns(read_model(name)):
        assert len(news) == 1
        assert words in news[0]
    else:
        assert news == []


@pytest.mark.parametrize("name", NAMES)
def test_work_of_another_level_leaves_the_plan_where_there_are_levels(name: str, tmp_path: Path) -> None:
    """In all others the word in the column changes nothing."""
    raw, levels = sample(name), read_model(name).levels
    before = {epic.id for epic in engine.rank(asking.loaded(raw, tmp_path)).epics}
    raw["epics"][-1]["level"] = levels.levels[0].name if levels else "Flight Level 3"
    moved = raw["epics"][-1]["id"]
    after = {epic.id for epic in engine.rank(asking.loaded(raw, tmp_path)).epics}
    assert after == (before - {moved} if levels else before)
