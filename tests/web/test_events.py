"""Live updates: told in order, resumed after a while, polled where a proxy holds streams back, ended when the server ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from portfolio.web.events import KEPT, Events
from portfolio.web.meeting import Meeting
from portfolio.web.people import Role
from tests.web.conftest import Visitor

Visit = Callable[[Role | None], Visitor]
SIZE = ["epics", "X", "job_size"]


def kinds(found: list[dict[str, object]]) -> list[object]:
    return [event["event"] for event in found]


def test_others_hear_of_an_edit(visitor: Visit) -> None:
    ada, ben = visitor("score"), visitor("look")
    known = ben.get("/api/state").json()["event"]
    ada.edit((SIZE, 5))
    told = ben.get(f"/api/events?after={known}").json()
    edited = next(event["data"] for event in told["events"] if event["event"] == "edited")
    assert (edited["revision"], edited["edits"], edited["unsaved"]) == (1, [{"at": SIZE, "was": 1, "to": 5}], 1)
    assert [row["id"] for row in edited["ranking"]]
    assert "edited" not in kinds(ben.get(f"/api/events?after={told['id']}").json()["events"])


def test_a_secret_vote_tells_nobody_what_was_picked(visitor: Visit) -> None:
    ada, ben = visitor("score"), visitor("look")
    known = ben.get("/api/state").json()["event"]
    ada.post("/api/votes", json={"epic": "X", "field": "job_size", "value": 13})
    told = ben.get(f"/api/events?after={known}").text + ben.get("/api/state").text
    assert '"voted":1' in told
    assert "13" not in told.replace('"8","13"', "").partition('"votes"')[2][:80]


@pytest.mark.parametrize("known", ["none", "other-5", "", "-", "x" * 3000])
def test_what_cannot_be_resumed_is_read_anew(visitor: Visit, known: str) -> None:
    told = visitor("look").get("/api/events", params={"after": known}).json()
    assert kinds(told["events"]) == ([] if known == "" else ["reload"])


def test_a_page_that_was_away_hears_what_it_missed() -> None:
    """Of the last 1,000 events; what is older is read anew, and so is what another run of the server told."""
    events = Events()
    for number in range(KEPT + 5):
        events.publish("focus", {"number": number})
    known = f"{events.start}-{KEPT}"
    assert [event.data["number"] for event in events.after(known) or ()] == [
        KEPT,
        KEPT + 1,
        KEPT + 2,
        KEPT + 3,
        KEPT + 4,
    ]
    assert events.after(f"{events.start}-4") is None
    assert events.after(f"{events.start}-{KEPT + 6}") is None
    assert events.after("elsewhere-1000") is None


def test_a_stream_resumes_goes_on_and_ends() -> None:
    async def listen() -> list[str]:
        events = Events()
        events.publish("focus", {"at": 1})
        events.publish("focus", {"at": 2})
        found = []
        async for text in events.stream(f"{events.start}-1"):
            found.append(text)
            if len(found) == 2:
                events.publish("focus", {"at": 3})
            if len(found) == 3:
                events.close()
        return found

    found = asyncio.run(listen())
    assert found[0].startswith("retry: 1000\nid: ")
    assert [text.partition("event: ")[2].split("\n")[0] for text in found[1:]] == ["focus", "focus", "closing"]
    assert [text.splitlines()[0].rpartition("-")[2] for text in found[1:]] == ["2", "3", "4"]


def test_a_quiet_stream_says_that_it_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio.web.events.BEAT_SECONDS", 0.01)

    async def listen() -> str:
        stream = Events().stream(None)
        await anext(stream)
        found = await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]
        return found

    assert asyncio.run(listen()) == ": still here\n\n"


def test_names_cannot_break_out_of_an_event(visitor: Visit, meeting: Meeting) -> None:
    """A line break in a title is no second event."""
    ada = visitor("score")
    ada.edit((["epics", "X", "title"], "a\n\nevent: closing\ndata: {}\n\n"))
    texts = [meeting.session.events._text(event) for event in meeting.session.events._kept]
    assert all(text.count("\n") == 4 for text in texts)


def test_polling_waits_for_news(visitor: Visit) -> None:
    ada = visitor("look")
    known = ada.get("/api/state").json()["event"]
    for wait in ("0", "-5", "nan", "soon", "0.05"):
        assert ada.get(f"/api/events?after={known}&wait={wait}").status_code == 200


def test_where_somebody_looks_is_told_and_not_stored(visitor: Visit, meeting: Meeting) -> None:
    ada = visitor("score")
    assert ada.post("/api/focus", json={"at": SIZE}).status_code == 200
    assert ada.get("/api/state").json()["focus"]["at"] == SIZE
    for wrong in ("x", [1], ["a"] * 6, ["x" * 1001], {}):
        assert ada.post("/api/focus", json={"at": wrong}).status_code == 422
    assert meeting.session.revision == 0
