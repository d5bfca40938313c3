"""Serves one portfolio: opens it, prints the address, and ends in good order when it is told to."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.engine.agreed import agreed_plan
from portfolio.engine.edit import open_for_edits
from portfolio.engine.save import content_of
from portfolio.errors import WrongUseError
from portfolio.web.disk import Disk
from portfolio.web.events import Events
from portfolio.web.journal import Journal
from portfolio.web.meeting import Meeting
from portfolio.web.people import People
from portfolio.web.planning import Planning
from portfolio.web.session import Session
from portfolio.web.settings import Settings

if TYPE_CHECKING:
    from types import FrameType

    from uvicorn import Server

CLOSING_SECONDS = 5


def open_meeting(
    path: Path, settings: Settings, *, model: str | None = None, words: str | None = None, agreed: Path | None = None
) -> Meeting:
    """Opens a portfolio for a meeting; raises WrongUseError where it cannot be read, or is served already."""
    content = content_of(path)
    opened = open_for_edits(path, model, words, content)
    sha256 = opened.reading.sha256
    head = {"format": 1, "file": str(path), "sha256": sha256, "address": settings.address(), "process": os.getpid()}
    journal = Journal.open(path, head)
    try:
        session = Session(path, opened, content, journal, Events())
        session.begin()
        planning = Planning(session)
        if agreed is not None:
            loaded = session.now.loaded
            planning.agree(loaded, agreed_plan(agreed, loaded).placeable(loaded.ready))
        return Meeting(settings, People(settings.read_only), session, planning, Disk(session))
    except BaseException:
        journal.close(remove=not journal.lines)
        raise


def serve(
    path: Path,
    settings: Settings,
    opened: Callable[[Meeting], None],
    *,
    model: str | None = None,
    words: str | None = None,
    agreed: Path | None = None,
) -> int:
    """Serves a portfolio until it is told to end; `opened` hears of it once the address is known and everything is sound."""
    import uvicorn

    from portfolio.web.app import create_app

    settings.check()
    if not path.exists():
        raise WrongUseError(f"{path} does not exist; name a workbook (.xlsx) or a portfolio in JSON.")
    listening = _listen(settings)
    settings = replace(settings, port=listening.getsockname()[1])
    try:
        meeting = open_meeting(path, settings, model=model, words=words, agreed=agreed)
    except BaseException:
        listening.close()
        raise
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(meeting),
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ssl_certfile=settings.certificate,
            ssl_keyfile=settings.key,
            timeout_graceful_shutdown=CLOSING_SECONDS,
            timeout_keep_alive=65,
        )
    )
    server.handle_exit = _ending(server, meeting)  # type: ignore[method-assign,assignment]
    opened(meeting)
    server.run(sockets=[listening])
    return 0


def _ending(server: Server, meeting: Meeting) -> Callable[[int, FrameType | None], None]:
    """What a signal to end does."""

    def handle_exit(_: int, __: FrameType | None) -> None:
        """Ends the streams first: the server would wait for them for ever. Whoever insists gets their way.

        A signal comes in the middle of anything, so the streams are ended as soon as the loop has finished what it does.
        """
        try:
            asyncio.get_running_loop().call_soon_threadsafe(meeting.session.events.close)
        except RuntimeError:
            meeting.session.events.close()
        server.force_exit, server.should_exit = server.should_exit, True

    return handle_exit


def _listen(settings: Settings) -> socket.socket:
    """A socket that listens there; raises WrongUseError where that cannot be."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
        listening.listen(200)
    except OSError as error:
        listening.close()
        raise WrongUseError(
            f"{settings.host}, port {settings.port}, cannot be used: {error.strerror or error}; give another `port`.",
            "port",
        ) from None
    return listening
