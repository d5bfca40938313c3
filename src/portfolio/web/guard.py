"""Who may ask at all: known hosts only, writes from our own page only, small bodies, and headers that let no script in."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from portfolio.web.problem import Problem
from portfolio.web.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
READING = ("GET", "HEAD", "OPTIONS")
MOST_BYTES = 1_000_000
MOST_DEPTH = 20
WRITES_A_SECOND = 30


class Guard:
    """Stands before every route: refuses foreign hosts and foreign pages, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it with what is wrong."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                more = {**HEADERS, "cache-control": "no-store"}
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), text.encode()) for name, text in more.items() if name.encode() not in there),
                ]
            await send(message)

        headers = {name.decode("latin-1").lower(): text.decode("latin-1") for name, text in scope["headers"]}
        problem = self._wrong(scope["method"], scope["path"], headers)
        if problem is not None:
            await problem.response()(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)

    def _wrong(self, method: str, path: str, headers: Mapping[str, str]) -> Problem | None:
        """What is wrong with where a request comes from; None where nothing is."""
        host = headers.get("host", "")
        if host.casefold() not in self.settings.hosts:
            return Problem(400, "This address is not known here.", "Open the address that the facilitator gave you.")
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if method in READING:
            foreign = site in ("cross-site", "same-site") and path.startswith(("/api/", "/download/"))
            return _foreign() if foreign else None
        if site is not None:
            return None if site in ("same-origin", "none") else _foreign()
        return None if origin is not None and origin.partition("://")[2].casefold() == host.casefold() else _foreign()


def _foreign() -> Problem:
    return Problem(403, "This request comes from another page.", "Work on the page that this server gave you.")


async def body_of(request: Request) -> dict[str, object]:
    """The object that a request brings, counted while it is read; raises Problem for what is none."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise Problem(413, "The request is larger than 1 MB.", "Send fewer edits at once.")
    try:
        body = json.loads(content.decode("utf-8")) if content.strip() else {}
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Problem(400, "The request is not JSON in UTF-8.", "Reload the page.") from None
    if not isinstance(body, dict):
        raise Problem(400, "The request is no object.", "Reload the page.")
    return body


class Pace:
    """Counts what each person writes; 30 requests a second are plenty for people."""

    def __init__(self) -> None:
        self.most: float = WRITES_A_SECOND
        self._left: dict[str, tuple[float, float]] = {}

    def check(self, person: str) -> None:
        """Raises Problem for who writes too fast."""
        now = time.monotonic()
        left, before = self._left.get(person, (self.most, now))
        left = min(self.most, left + (now - before) * self.most)
        if left < 1:
            raise Problem(429, "That were too many requests at once.", "Wait a second and try again.")
        self._left[person] = (left - 1, now)
