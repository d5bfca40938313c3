"""The door: what answers from the first moment on; whoever comes before the portfolio is read waits for it here, or hears why not."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from portfolio.errors import WrongUseError
from portfolio.web.guard import Guard
from portfolio.web.people import People
from portfolio.web.problem import Problem
from portfolio.web.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = Path(__file__).parent
LINGER_SECONDS = 3.0
"""So long a server whose file cannot be read stays for those who came already, that the page can say why."""


class Inside(Protocol):
    """The meeting behind the door, once its portfolio is read."""

    @property
    def app(self) -> ASGIApp:
        """What answers everything that is about the portfolio."""

    def begin(self) -> object:
        """Begins what runs beside the answers."""

    def close(self) -> None:
        """Ends what listens, so that the server does not wait for it."""

    def end(self) -> None:
        """Ends it."""


@dataclass
class Door:
    """The links, the page and its files; and the meeting behind them, which `read` opens in a thread meanwhile."""

    settings: Settings
    people: People
    title: str
    read: Callable[[], Inside]
    inside: Inside | None = field(default=None, init=False)
    failure: BaseException | None = None
    """Why the portfolio cannot be opened."""
    failed: Callable[[], None] = lambda: None
    """What is to be done then, once it was said to those who wait."""
    came: bool = False
    """Whether anybody was let in."""
    closed: bool = False
    _opened: asyncio.Event = field(default_factory=asyncio.Event)
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        """Opens the portfolio away from the loop, while the page is answered."""
        try:
            inside = await asyncio.get_running_loop().run_in_executor(None, self.read)
            if self.closed:
                inside.end()
                return
            inside.begin()
            self.inside = inside
            self._opened.set()
        except Exception as failure:
            self.failure = failure
            self._opened.set()
            if self.came and not self.closed:
                await _within(LINGER_SECONDS, self._told)
            self.failed()

    def close(self) -> None:
        """Ends what listens inside; whoever still waits for the portfolio is told that the server ends."""
        self.closed = True
        self._opened.set()
        if self.inside is not None:
            self.inside.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what is about the portfolio, as soon as it is read; where it cannot be read, with the sentence that says why."""
        await self._opened.wait()
        if self.inside is not None:
            await self.inside.app(scope, receive, send)
            return
        if self.failure is None:
            problem = Problem(503, "The server ends.", "Ask the facilitator to start it again.")
        elif isinstance(self.failure, WrongUseError):
            problem = Problem(503, str(self.failure).replace("`", ""), "Mend that, and start the server again.")
        else:
            problem = Problem(503, f"This is our fault: {type(self.failure).__name__}.", "Please report it.")
        await problem.response()(scope, receive, send)
        self._told.set()


async def _within(seconds: float, event: asyncio.Event) -> None:
    """Waits for something, so long at most."""
    await asyncio.wait([asyncio.ensure_future(event.wait())], timeout=seconds)


def entrance(door: Door) -> Starlette:
    """The whole application: the door, and what is behind it."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        opening = asyncio.get_running_loop().create_task(door.open())
        yield
        door.close()
        await opening
        if door.inside is not None:
            door.inside.end()

    def endpoint(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            try:
                return answer(door, request)
            except Problem as problem:
                return problem.response()

        return answered

    app = Starlette(
        routes=[Route(path, endpoint(answer), methods=["GET"]) for path, answer in OPEN.items()],
        middleware=[Middleware(Guard, settings=door.settings)],
        exception_handlers={404: not_found, 405: not_found},
        lifespan=lifespan,
    )
    app.mount("/static/" + assets_hash(), Assets(directory=FOLDER / "static", check_dir=False))
    app.router.default = door
    return app


class Assets(StaticFiles):
    """Files that never change under their address."""

    def file_response(self, *args: object, **named: object) -> Response:
        """The file, to be kept for ever."""
        answer = super().file_response(*args, **named)  # type: ignore[arg-type]
        answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


@cache
def assets_hash() -> str:
    """What tells this version of the page's files from every other."""
    total = hashlib.sha256()
    for path in sorted((FOLDER / "static").rglob("*")):
        if path.is_file():
            total.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


async def not_found(_: Request, problem: Exception) -> Response:
    """What is answered where there is nothing."""
    status = getattr(problem, "status_code", 404)
    return Problem(status, "There is nothing here.", "Go back to the page.").response()


def page(door: Door, _: Request) -> Response:
    """The page itself, which holds no data."""
    templates = Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True)
    text = templates.get_template("index.html").render(static=f"/static/{assets_hash()}", title=door.title)
    return HTMLResponse(text)


def join(door: Door, request: Request) -> Response:
    """Lets somebody in who has a link, and takes the key out of the address."""
    settings = door.settings
    cookie = door.people.join(request.query_params.get("key", ""), request.cookies.get(settings.cookie))
    if cookie is None:
        raise Problem(403, "This link is not valid any more.", "Ask the facilitator for a new one.")
    door.came = True
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        settings.cookie, cookie, max_age=12 * 3600, httponly=True, samesite="strict", secure=settings.is_secure
    )
    return answer


def healthy(_: Door, __: Request) -> Response:
    """That the server runs."""
    return PlainTextResponse("ok")


Answer = Callable[[Door, Request], Response]
OPEN: dict[str, Answer] = {"/": page, "/join": join, "/healthz": healthy}
"""What anybody may ask for who knows the address."""
