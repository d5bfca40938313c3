"""The routes behind the door: one table with the least role that may use each, and what answers it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    Response,
    StreamingResponse,
)

from portfolio.errors import WrongUseError
from portfolio.results.views import VIEWS
from portfolio.web import editing, scenarios
from portfolio.web.meeting import Meeting
from portfolio.web.people import Person, Role, plain_name
from portfolio.web.problem import Problem
from portfolio.web.session import Accepted
from portfolio.web.state import state
from portfolio.web.texts import text_of
from portfolio.web.view_json import report_of, slides_of
from portfolio.web.views import view

LONGEST_WAIT = 30.0
Answer = Callable[["Call"], Awaitable[Response]]


@dataclass(frozen=True)
class Call:
    """One request of somebody who may make it."""

    request: Request
    meeting: Meeting
    person: Person
    body: Mapping[str, object]

    @property
    def number(self) -> int:
        """The number in its path."""
        return int(self.request.path_params["number"])


@dataclass(frozen=True)
class Entry:
    """One route: how it is asked, by whom at least, and what answers it."""

    method: str
    path: str
    role: Role
    answer: Answer


def accepted(found: Accepted) -> JSONResponse:
    """The answer to a request that changes something."""
    return JSONResponse(dict(found.answer), found.status)


async def get_state(call: Call) -> Response:
    """Everything that a page needs; `part` asks for some of it."""
    parts = [part for part in call.request.query_params.get("part", "").split(",") if part]
    return Response(text_of(state(call.meeting, call.person, parts)), media_type="application/json")


async def get_view(call: Call) -> Response:
    """One view of the shown plan."""
    name = call.request.path_params["name"]
    if name not in VIEWS:
        raise Problem(404, f"There is no view {name[:100]}.", f"There are {', '.join(VIEWS)}.")
    return Response(view(call.meeting, name, dict(call.request.query_params)), media_type="application/json")


async def events(call: Call) -> Response:
    """What happens, as a stream; with `after` and `wait` for pages behind a proxy that holds streams back."""
    meeting, query = call.meeting, call.request.query_params
    if "after" in query:
        try:
            wait = min(LONGEST_WAIT, max(0.0, float(query.get("wait", "0"))))
        except ValueError:
            wait = 0.0
        found = meeting.session.events
        return JSONResponse(found.as_json(await found.news(query["after"], wait if wait == wait else 0.0)))
    known = call.request.headers.get("last-event-id") or query.get("last")
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_stream(call, known), media_type="text/event-stream", headers=headers)


async def _stream(call: Call, known: str | None) -> AsyncIterator[str]:
    async for text in call.meeting.session.events.stream(known):
        call.meeting.saw(call.person)
        yield text


async def people(call: Call) -> Response:
    """Somebody says what they are called."""
    name = call.body.get("name")
    if not isinstance(name, str) or not plain_name(name):
        raise Problem(422, "A name is needed.", "Enter a name or your initials.")
    cookie = call.request.cookies[call.meeting.settings.cookie]
    person = call.meeting.people.rename(cookie, name)
    call.meeting.saw(person)
    return JSONResponse({"you": person.as_json()})


async def edit(call: Call) -> Response:
    """Edits of cells."""
    return accepted(call.meeting.edited(editing.edit(call.meeting.session, call.person, call.body)))


async def undo(call: Call) -> Response:
    """The last edit of who asks, taken back."""
    return accepted(call.meeting.edited(editing.undo(call.meeting.session, call.person, call.body)))


async def add_epic(call: Call) -> Response:
    """A new epic at the end."""
    return accepted(call.meeting.edited(editing.add_epic(call.meeting.session, call.person, call.body)))


async def focus(call: Call) -> Response:
    """Where somebody looks."""
    call.meeting.look_at(call.person, call.body)
    return JSONResponse({})


async def vote(call: Call) -> Response:
    """A pick in secret; `take` sets the score that was agreed on."""
    if call.body.get("take"):
        return accepted(call.meeting.edited(call.meeting.take_vote(call.person, call.body)))
    return JSONResponse({"votes": call.meeting.vote(call.person, call.body)})


async def reveal(call: Call) -> Response:
    """All votes, without names."""
    return JSONResponse({"votes": call.meeting.reveal()})


async def ask(call: Call) -> Response:
    """A job: a plan, a what-if, an explanation, prices, a frontier."""
    if call.body.get("kind") == "show":
        call.meeting.planning.show_better()
        return JSONResponse({"plan": call.meeting.planning.plan_json()})
    return JSONResponse({"job": call.meeting.planning.ask(call.person, call.body).id}, 202)


async def get_job(call: Call) -> Response:
    """What came of a job."""
    return JSONResponse(call.meeting.planning.job(call.number).as_json(whole=True))


async def stop_job(call: Call) -> Response:
    """Stops a job; the best that it has is kept."""
    return JSONResponse(call.meeting.planning.stop(call.number).as_json(whole=True))


async def keep_scenario(call: Call) -> Response:
    """A what-if that is kept by a name."""
    return JSONResponse(dict(scenarios.keep(call.meeting.session, call.person, call.body)), 201)


async def decide(call: Call) -> Response:
    """A decision for the record."""
    return JSONResponse(dict(call.meeting.decide(call.person, call.body)), 201)


async def save(call: Call) -> Response:
    """Puts what is pending into the file."""
    return accepted(await call.meeting.save(call.body))


async def take_over(call: Call) -> Response:
    """Takes over what an earlier meeting left unsaved, or leaves it."""
    return accepted(call.meeting.edited(call.meeting.take_over(take=call.body.get("take") is True)))


async def download_workbook(call: Call) -> Response:
    """A copy of the file with everything that is pending in it; it works also where the file cannot be written."""
    name, content = await call.meeting.disk.copy()
    kind = "application/json" if name.endswith(".json") else "application/octet-stream"
    return _attachment(name, content, kind)


async def download_report(call: Call) -> Response:
    """The report of the shown plan, one file that asks for nothing."""
    planning, session = call.meeting.planning, call.meeting.session
    if planning.shown is None:
        raise Problem(404, "There is no plan to report yet.", "Plan first.")
    plan = planning.shown
    text = await asyncio.get_running_loop().run_in_executor(
        None,
        report_of,
        plan.loaded,
        plan.answer,
        planning.agreed_plan,
        planning.frontier,
        partial(planning.sureness.beside, plan=plan),
    )
    return _attachment(f"{session.path.stem}-report.html", text.encode(), "text/html; charset=utf-8")


async def download_slides(call: Call) -> Response:
    """The slides of the shown plan."""
    planning, session = call.meeting.planning, call.meeting.session
    if planning.shown is None:
        raise Problem(404, "There is no plan to show on slides yet.", "Plan first.")
    plan = planning.shown
    try:
        content = await asyncio.get_running_loop().run_in_executor(
            None,
            slides_of,
            plan.loaded,
            plan.answer,
            planning.agreed_plan,
            partial(planning.sureness.beside, plan=plan),
        )
    except WrongUseError as problem:
        raise Problem(503, str(problem).replace("`", ""), "Download the report instead.") from None
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    return _attachment(f"{session.path.stem}-slides.pptx", content, kind)


def _attachment(name: str, content: bytes, kind: str) -> Response:
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._- ") else "_" for letter in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=kind, headers={"content-disposition": disposition})


ROUTES: tuple[Entry, ...] = (
    Entry("GET", "/api/state", "look", get_state),
    Entry("GET", "/api/views/{name}", "look", get_view),
    Entry("GET", "/api/events", "look", events),
    Entry("GET", "/download/workbook", "look", download_workbook),
    Entry("GET", "/download/report.html", "look", download_report),
    Entry("GET", "/download/slides.pptx", "look", download_slides),
    Entry("POST", "/api/people", "look", people),
    Entry("POST", "/api/edits", "score", edit),
    Entry("POST", "/api/undo", "score", undo),
    Entry("POST", "/api/epics", "score", add_epic),
    Entry("POST", "/api/focus", "score", focus),
    Entry("POST", "/api/votes", "score", vote),
    Entry("POST", "/api/votes/reveal", "decide", reveal),
    Entry("POST", "/api/jobs", "score", ask),
    Entry("GET", "/api/jobs/{number:int}", "look", get_job),
    Entry("DELETE", "/api/jobs/{number:int}", "score", stop_job),
    Entry("POST", "/api/scenarios", "score", keep_scenario),
    Entry("POST", "/api/decisions", "decide", decide),
    Entry("POST", "/api/save", "decide", save),
    Entry("POST", "/api/takeover", "decide", take_over),
)
"""Every route but those that are open to all, with the least role that may use it."""
