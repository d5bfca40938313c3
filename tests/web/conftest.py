"""A meeting about a small portfolio, and people of each role who ask as browsers do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from portfolio.web.app import create_app
from portfolio.web.jobs import Job
from portfolio.web.meeting import Meeting
from portfolio.web.people import Role
from portfolio.web.serve import open_meeting
from portfolio.web.settings import Settings
from portfolio.web.solving import Question

HOST = "localhost:8765"
ORIGIN = f"http://{HOST}"


class Visitor(TestClient):
    """A browser of its own: it has its own cookie, and says where it comes from."""

    def __init__(self, server: TestClient, meeting: Meeting, role: Role | None = None) -> None:
        super().__init__(server.app, base_url=ORIGIN, headers={"origin": ORIGIN})
        self.server, self.portal = server, server.portal
        self.turn = 0
        self.meeting = meeting
        if role is not None:
            assert self.get(f"/join?key={meeting.people.keys[role]}", follow_redirects=False).status_code == 303

    def edit(self, *edits: tuple[list[str], object], seen: int | None = None, request: str = "") -> dict[str, object]:
        """Sends edits; the answer with its status."""
        self.turn += 1
        body = {
            "seen": self.meeting.session.revision if seen is None else seen,
            "request": request or f"{id(self)}-{self.turn}",
            "edits": [{"at": at, "to": to} for at, to in edits],
        }
        answer = self.post("/api/edits", json=body)
        return {"status": answer.status_code, **answer.json()}


def no_solver(_: Job, question: Question, __: object) -> object:
    """Stands for the solver where nothing is to be solved: it finds the empty answer."""
    from portfolio.domain import Plan
    from portfolio.engine.plan import judge

    return judge(question.loaded, Plan())


def scored(name: str, *scores: float, **more: object) -> dict[str, object]:
    """An epic with its scores, the size last."""
    fields = ("user_business_value", "time_criticality", "rr_oe", "job_size")
    return {"id": name, **dict(zip(fields, scores, strict=True)), "effort": {"A": 10}, **more}


def portfolio(*epics: dict[str, object]) -> dict[str, object]:
    """A portfolio of two periods and one value stream, whose epics are scored."""
    return {
        "format": 1,
        "name": "Small",
        "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1", "PI 2"]},
        "value_streams": [{"id": "A", "capacity": [20, 20]}],
        "epics": list(epics),
        "guardrails": [{"name": "Cap", "measure": "effort", "at_most": 30}],
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small portfolio as a JSON file."""
    path = tmp_path / "small.json"
    raw = portfolio(scored("X", 8, 5, 3, 1, title="Rocket"), scored("Y", 3, 2, 1, 2))
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


@pytest.fixture
def meeting(file: Path) -> Iterator[Meeting]:
    """A meeting about it in which nothing is solved."""
    yield from opened(file)


def opened(file: Path, settings: Settings | None = None) -> Iterator[Meeting]:
    """A meeting about a file, with a solver that finds nothing at once."""
    found = open_meeting(file, settings or Settings(port=8765))
    found.planning.solver = no_solver  # type: ignore[assignment]
    found.planning.quiet = 0.01
    yield found
    found.session.journal.close()


@pytest.fixture
def visitor(meeting: Meeting) -> Iterator[Callable[[Role | None], Visitor]]:
    """Lets somebody in by the link of a role; without one, somebody who has no link."""
    with TestClient(create_app(meeting), base_url=ORIGIN) as server:
        yield lambda role=None: Visitor(server, meeting, role)
