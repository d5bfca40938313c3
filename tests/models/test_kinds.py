"""What the states of each board say about an epic: every one has its kind, with the source that says so, or a model prescribes none."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.measures.days import day_number
from portfolio.measures.lives import lives_of
from portfolio.measures.transitions import transitions_of
from portfolio.operating_model import OperatingModel
from portfolio.storage.read_model import model_names, read_model
from tests.measures.histories import AS_OF, Change, day

ORDER = {"before": 0, "waiting": 1, "active": 1, "done": 2, "stopped": 2}
MODELS = {name: read_model(name) for name in model_names()}
BOARDS = [name for name, model in MODELS.items() if model.flow is not None]
PAGES = Path(__file__).parents[2] / "docs" / "reference"


def kinds(model: OperatingModel) -> dict[str, str | None]:
    return {state: model.state_kind(state) for state in model.states}


@pytest.mark.parametrize("name", BOARDS)
def test_every_state_has_its_kind_and_the_board_its_source(name: str) -> None:
    """From before over what is committed to what is over; something is before, and something is worked on."""
    model = MODELS[name]
    places = [ORDER[kind] for kind in kinds(model).values() if kind is not None]
    assert len(places) == len(model.states)
    assert places == sorted(places)
    assert {"before", "active"} <= {*kinds(model).values()}
    assert model.flow is not None
    assert len(model.flow.source) > len("general knowledge")


@pytest.mark.parametrize("name", [name for name in MODELS if name not in BOARDS])
def test_a_model_without_a_board_prescribes_no_states(name: str) -> None:
    """Its page has no part about flow, and no word is a state of its own: what states mean is then asked for."""
    model = MODELS[name]
    assert model.states == ()
    assert model.state_kind("Done") is None
    assert "## Flow" not in (PAGES / f"model-{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BOARDS)
def test_a_lead_time_begins_where_the_board_is_committed(name: str) -> None:
    """An epic that passes every state in turn is begun in the first that is not before, and done in the first that is."""
    said = kinds(MODELS[name])
    passed = [state for state, kind in said.items() if kind != "stopped"]
    history = [Change("E1", state, day(f"03-{place:02}")) for place, state in enumerate(passed, 1)]
    found = lives_of(transitions_of(history), {state: kind for state, kind in said.items() if kind}, day_number(AS_OF))  # type: ignore[misc]
    first = next(place for place, state in enumerate(passed, 1) if said[state] != "before")
    assert found.started[0] == day_number(day(f"03-{first:02}"))
    ended = [place for place, state in enumerate(passed, 1) if said[state] == "done"]
    assert [place for place in ended if found.finished[0] == day_number(day(f"03-{place:02}"))] == ended[:1]
