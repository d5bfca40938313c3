"""Who gets in, and how: links with a key, a cookie with the port, hosts that are known, and no other page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from portfolio.web.app import create_app
from portfolio.web.door import OPEN
from portfolio.web.guard import HEADERS
from portfolio.web.meeting import Meeting
from portfolio.web.people import ROLES, Role
from portfolio.web.routes import ROUTES, Entry
from tests.web.conftest import ORIGIN, Visitor

Visit = Callable[[Role | None], Visitor]


def test_a_link_becomes_a_cookie_and_leaves_the_address(meeting: Meeting, visitor: Visit) -> None:
    someone = visitor(None)
    answer = someone.get(f"/join?key={meeting.people.keys['score']}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("portfolio-8765=")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert someone.get("/api/state").json()["you"]["role"] == "score"


@pytest.mark.parametrize("key", ["", "wrong", "é", "x" * 5000])
def test_a_wrong_key_lets_nobody_in(visitor: Visit, key: str) -> None:
    someone = visitor(None)
    assert someone.get("/join", params={"key": key}, follow_redirects=False).status_code == 403
    assert someone.get("/api/state").status_code == 401


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_route_asks_for_its_role(visitor: Visit, role: Role | None) -> None:
    """Whoever has less than the route asks for is told so before anything is looked at."""
    for entry in ROUTES:
        asks_for_its_role(visitor(role), entry, role)
    for path in OPEN:
        answer = visitor(role).get(path, follow_redirects=False)
        assert answer.status_code in (200, 403)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def asks_for_its_role(someone: Visitor, entry: Entry, role: Role | None) -> None:
    if entry.path == "/api/events":
        path = "/api/events?after=none"
    else:
        path = entry.path.replace("{name}", "ranking").replace("{number:int}", "7")
    answer = someone.request(entry.method, path, follow_redirects=False)
    if role is None:
        assert answer.status_code == 401
    elif ROLES.index(role) < ROLES.index(entry.role):
        assert answer.status_code == 403
    else:
        assert answer.status_code not in (401, 403, 500)
    if answer.status_code >= 400:
        assert {"message", "fix"} <= set(answer.json())
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "192.168.1.5:8765",
        "localhost",
        "localhost:9999",
        "",
        "127.0.0.1.evil.example:8765",
    ],
)
def test_foreign_hosts_are_refused(visitor: Visit, host: str) -> None:
    someone = visitor("decide")
    for path in ("/", "/api/state", "/healthz", "/join?key=x"):
        assert someone.get(path, headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 422),
        ({"sec-fetch-site": "none"}, 422),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, 403),
        ({"origin": ORIGIN}, 422),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost:9999"}, 403),
        ({"origin": ""}, 403),
    ],
)
def test_writes_come_from_our_own_page_only(
    meeting: Meeting, visitor: Visit, headers: dict[str, str], status: int
) -> None:
    """Browsers say where a request comes from; where they do not, its origin has to be ours."""
    someone = visitor("decide")
    someone.headers.pop("origin")
    assert someone.post("/api/edits", json={}, headers=headers).status_code == status
    assert meeting.session.revision == 0


def test_another_page_cannot_listen(visitor: Visit) -> None:
    someone = visitor("decide")
    for path in ("/api/state", "/api/events?after=none", "/api/views/ranking"):
        assert someone.get(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_read_only_lets_everybody_only_look(meeting: Meeting) -> None:
    meeting.people.read_only = True
    with TestClient(create_app(meeting), base_url=ORIGIN) as server:
        someone = Visitor(server, meeting, "decide")
        assert someone.get("/api/state").json()["you"]["role"] == "look"
        assert someone.edit((["epics", "X", "job_size"], 5))["status"] == 403


def test_files_of_the_page_are_kept_and_data_is_not(visitor: Visit) -> None:
    someone = visitor("look")
    assert someone.get("/api/state").headers["cache-control"] == "no-store"
    page = someone.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert someone.get("/healthz").text == "ok"


def test_somebody_says_their_name(visitor: Visit) -> None:
    someone = visitor("look")
    assert someone.post("/api/people", json={"name": " Ada\n<b>\x1b[31m "}).json()["you"]["name"] == "Ada <b> [31m"
    assert someone.get("/api/state").json()["people"][-1]["name"] == "Ada <b> [31m"
    assert someone.post("/api/people", json={"name": " \n"}).status_code == 422
    assert someone.post("/api/people", json={"name": 5}).status_code == 422
