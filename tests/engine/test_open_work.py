"""Epics that are done or stopped are left out of ranking and plan, whoever's words say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.domain.state import StateKind
from portfolio.engine.open_work import kind_of
from portfolio.storage.read_model import model_names, read_model
from tests.cli.conftest import saved

SCORES = {"user_business_value": 8, "time_criticality": 5, "rr_oe": 3, "job_size": 2}


def raw(*states: str | None, links: tuple[tuple[str, str], ...] = ()) -> dict[str, object]:
    """Epics E1, E2, ... in these states, each of which fills a period by itself."""
    epics = [
        {"id": f"E{number}", **SCORES, "effort": {"VS1": 10}, **({"state": state} if state else {})}
        for number, state in enumerate(states, start=1)
    ]
    return {
        "format": 1,
        "calendar": {"periods": ["PI 1", "PI 2"]},
        "value_streams": [{"id": "VS1", "capacity": [10, 10]}],
        "epics": epics,
        "dependencies": [{"predecessor": before, "successor": after} for before, after in links],
    }


@pytest.mark.parametrize("name", model_names())
def test_every_state_of_a_model_has_a_kind(name: str) -> None:
    """A state without one would be known by its word only, which people may use otherwise."""
    flow = read_model(name).flow
    assert flow is None or all(state.kind is not None for state in flow.states)


@pytest.mark.parametrize(
    ("state", "kind"),
    [("Done", "done"), ("funnel", "before"), ("Implementing: MVP", "active"), ("Erledigt", "done"), ("Won't do", "stopped"),
     ("On hold", "waiting"), ("Terminé", "done"), ("no such word", None)],
)  # fmt: skip
def test_words_of_models_tools_and_languages(state: str, kind: StateKind | None) -> None:
    """The model's own states come first."""
    assert kind_of(read_model("safe"), state) == kind


def test_what_is_done_is_neither_ranked_nor_planned(tmp_path: Path) -> None:
    """What depends on it is free to start, and its place in the file is still known."""
    path = saved(raw("Done", None, "Funnel", links=(("E1", "E2"), ("E2", "E3"))), tmp_path / "bank.json")
    loaded = engine.load(path)
    assert [epic.id for epic in engine.rank(loaded).epics] == ["E2", "E3"]
    assert loaded.ready.dependencies[0].predecessor == "E2"
    assert loaded.reading.place(("epics", 1, "state")) == "bank.json, epics[2].state"
    assert loaded.left_out_text == "Left out of ranking and plan: 1 epic that is Done (E1)."
    assert loaded.reading.portfolio is not None
    assert len(loaded.reading.portfolio.epics) == 3, "what is written elsewhere holds every epic"


def test_a_dependency_on_what_is_stopped_is_never_met(tmp_path: Path) -> None:
    """Nobody knows whether the successor may start without it: that is asked at the dependency."""
    path = saved(raw("Cancelled", None, links=(("E1", "E2"),)), tmp_path / "bank.json")
    found = [str(finding) for finding in engine.load(path).findings if finding.severity == "error"]
    assert found == [
        "bank.json, dependencies[0].predecessor: E2 waits for E1, which is Cancelled. What is stopped is never finished. "
        "Remove the dependency, or take up the epic again."
    ]
