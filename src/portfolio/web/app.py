"""The application: lets through who may, reads what they send, and turns what cannot be done into a sentence."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portfolio.web.door import Door, entrance, not_found
from portfolio.web.guard import Pace, body_of
from portfolio.web.meeting import Meeting
from portfolio.web.people import Person, plain_name
from portfolio.web.problem import Problem
from portfolio.web.routes import ROUTES, Call, Entry

JOIN = "Open the link that the facilitator gave you."


def create_app(meeting: Meeting) -> Starlette:
    """The whole application for a meeting whose portfolio is read."""
    door = Door(meeting.settings, meeting.people, meeting.session.path.stem, lambda: Entered(meeting))
    return entrance(door)


class Entered:
    """A meeting and what answers for it."""

    def __init__(self, meeting: Meeting) -> None:
        pace = Pace()
        routes = [Route(entry.path, _endpoint(entry, meeting, pace), methods=[entry.method]) for entry in ROUTES]
        self.app = Starlette(routes=routes, exception_handlers={404: not_found, 405: not_found})
        self.meeting = meeting
        self._watching: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begins what runs beside the answers."""
        self._watching = self.meeting.begin()

    def close(self) -> None:
        """Ends every stream of events."""
        self.meeting.session.events.close()

    def end(self) -> None:
        """Ends it."""
        if self._watching is not None:
            self._watching.cancel()
        self.meeting.end()


def _endpoint(entry: Entry, meeting: Meeting, pace: Pace) -> Callable[[Request], Awaitable[Response]]:
    """Lets through who may, reads what they send, and turns what cannot be done into a sentence."""

    async def endpoint(request: Request) -> Response:
        try:
            person = _person(entry, meeting, request)
            body: Mapping[str, object] = {}
            if entry.method == "POST":
                pace.check(person.id)
                body = await body_of(request)
            elif entry.method == "DELETE":
                pace.check(person.id)
            return await entry.answer(Call(request, meeting, person, body))
        except Problem as problem:
            return problem.response()
        except Exception as problem:
            print(f"This is our fault: {type(problem).__name__} at {entry.method} {entry.path}.", file=sys.stderr)
            message = f"This is our fault: {type(problem).__name__}."
            return Problem(500, message, "Please report it; what was entered is kept.").response()

    return endpoint


def _person(entry: Entry, meeting: Meeting, request: Request) -> Person:
    """Who asks; raises Problem for whom this is not allowed."""
    settings = meeting.settings
    cookie = request.cookies.get(settings.cookie)
    person = meeting.people.known(cookie)
    if person is None or cookie is None:
        raise Problem(401, "You have not joined yet.", JOIN)
    if settings.user_header is not None and request.client is not None and request.client.host == settings.proxy:
        name = plain_name(request.headers.get(settings.user_header, ""))
        if name and name != person.name:
            person = meeting.people.rename(cookie, name)
    if not person.may(entry.role):
        raise Problem(403, f"Your link lets you {person.role}, and this needs a link to {entry.role}.", JOIN)
    meeting.saw(person)
    return person
