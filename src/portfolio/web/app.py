"""The application: lets through who may, reads what they send, and turns what cannot be done into a sentence."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from portfolio.web.guard import Guard, Pace, body_of
from portfolio.web.meeting import Meeting
from portfolio.web.people import Person, plain_name
from portfolio.web.problem import Problem
from portfolio.web.routes import FOLDER, ROUTES, Call, Entry, assets_hash

JOIN = "Open the link that the facilitator gave you."


def create_app(meeting: Meeting) -> Starlette:
    """The application for one meeting."""
    pace = Pace()
    routes = [Route(entry.path, _endpoint(entry, meeting, pace), methods=[entry.method]) for entry in ROUTES]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = meeting.begin()
        yield
        watching.cancel()
        meeting.end()

    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, settings=meeting.settings)],
        exception_handlers={404: _not_found, 405: _not_found},
        lifespan=lifespan,
    )
    app.mount("/static/" + assets_hash(), Assets(directory=FOLDER / "static", check_dir=False))
    return app


class Assets(StaticFiles):
    """Files that never change under their address."""

    def file_response(self, *args: object, **named: object) -> Response:
        """The file, to be kept for ever."""
        answer = super().file_response(*args, **named)  # type: ignore[arg-type]
        answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


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
    if entry.role is None:
        return person or Person("", "", "look")
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


async def _not_found(_: Request, problem: Exception) -> Response:
    status = getattr(problem, "status_code", 404)
    return Problem(status, "There is nothing here.", "Go back to the page.").response()
