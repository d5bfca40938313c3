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
from tests import asking

HOST = "localhost:8765"
ORIGIN = f"http://{HOST}"


class Visitor(TestClient):
    """A browser of its own: it has its own cookie, and says where it comes from."""

    def __init__(self, app: object, meeting: Meeting, role: Role | None = None) -> None:
        super().__init__(app, base_url=ORIGIN, headers={"origin": ORIGIN})  # type: ignore[arg-type]
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


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small portfolio as a JSON file."""
    raw = asking.small(asking.epic("X", title="Rocket"), asking.epic("Y", a=2, b=1))
    path = tmp_path / "small.json"
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
    app = create_app(meeting)
    with TestClient(app, base_url=ORIGIN):
        yield lambda role=None: Visitor(app, meeting, role)
