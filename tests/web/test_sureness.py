"""How sure a plan is: said beside it once it is known, while nobody waits; of portfolios without ranges nothing is said."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from portfolio.domain import Booking
from portfolio.web.app import create_app
from portfolio.web.meeting import Meeting
from portfolio.web.serve import open_meeting
from portfolio.web.settings import Settings
from tests.web.conftest import Visitor, portfolio, scored
from tests.web.test_planning import Solver

MOST_SECONDS = 120.0


def opened(folder: Path, **more: object) -> Meeting:
    """A meeting about two epics, which both have these fields besides."""
    path = folder / "small.json"
    path.write_text(json.dumps(portfolio(scored("X", 8, 5, 3, 1, **more), scored("Y", 3, 2, 1, 2, **more))), "utf-8")
    found = open_meeting(path, Settings(port=8765))
    found.planning.solver = Solver({"X": Booking(0, 1)})
    found.planning.quiet, found.planning.ladder, found.planning.sureness.quiet = 0.01, (0.1,), 0.0
    return found


def waited(meeting: Meeting) -> None:
    """Waits until it is known of the shown plan how sure it is."""
    ends = time.monotonic() + MOST_SECONDS
    while time.monotonic() < ends:
        shown = meeting.planning.shown
        if shown is not None and shown.answer.plan is not None and meeting.planning.sureness.knows(shown):
            return
        time.sleep(0.02)
    pytest.fail("How sure the plan is was not said.")


def test_it_is_said_beside_the_plan(tmp_path: Path) -> None:
    """An event says that it is known; then the ranking has ranks and chances, and the roadmap says which dates hold."""
    meeting = opened(tmp_path, effort_low=6, effort_high=20)
    with TestClient(create_app(meeting), base_url="http://localhost:8765") as server:
        ada = Visitor(server, meeting, "score")
        known = ada.get("/api/state").json()["event"].partition("-")[0]
        ada.post("/api/jobs", json={"kind": "plan"})
        waited(meeting)
        assert "sure" in [one["event"] for one in ada.get(f"/api/events?after={known}-0").json()["events"]]
        assert ada.get("/api/state?part=plan").json()["plan"]["sure"] is True
        ranking = ada.get("/api/views/ranking").json()
        assert ranking["sure"]
        assert all(row["ranks"] and row["funded"].endswith("%") for row in ranking["rows"])
        lanes = ada.get("/api/views/roadmap").json()["lanes"]
        assert [bar["kept"][-1] for lane in lanes for bar in lane["bars"]] == ["%"]
        meeting.planning.sureness.play = pytest.fail  # the same plan, found once more, is not played again
        before = meeting.planning.shown
        ada.post("/api/jobs", json={"kind": "plan"})
        while meeting.planning.shown is before:
            time.sleep(0.01)
        assert ada.get("/api/state?part=plan").json()["plan"]["sure"] is True
        waited(meeting)


def test_nothing_is_said_where_nothing_is_uncertain(tmp_path: Path) -> None:
    """The same portfolio in single figures: no event, and views as they were."""
    meeting = opened(tmp_path)
    with TestClient(create_app(meeting), base_url="http://localhost:8765") as server:
        ada = Visitor(server, meeting, "score")
        known = ada.get("/api/state").json()["event"].partition("-")[0]
        ada.post("/api/jobs", json={"kind": "plan"})
        waited(meeting)
        assert "sure" not in [one["event"] for one in ada.get(f"/api/events?after={known}-0").json()["events"]]
        assert "sure" not in ada.get("/api/state?part=plan").json()["plan"]
        ranking = ada.get("/api/views/ranking").json()
        assert "sure" not in ranking
        assert not {"ranks", "funded"} & set(ranking["rows"][0])


def test_edits_do_not_wait_for_it(tmp_path: Path) -> None:
    """While a plan is played forward, however long that takes, an edit is answered at once."""
    began = list[float]()

    def slowly(_: object, __: object) -> None:
        began.append(time.monotonic())
        time.sleep(3)

    meeting = opened(tmp_path, effort_low=6, effort_high=20)
    meeting.planning.sureness.play = slowly
    with TestClient(create_app(meeting), base_url="http://localhost:8765") as server:
        ada = Visitor(server, meeting, "score")
        ada.post("/api/jobs", json={"kind": "plan"})
        while not began:
            time.sleep(0.01)
        assert ada.edit((["epics", "X", "job_size"], 3))["status"] == 200
        assert time.monotonic() - began[0] < 2.5
