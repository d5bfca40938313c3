"""Serves one portfolio: opens it, prints the address, and ends in good order when it is told to."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.errors import WrongUseError
from portfolio.web.door import Door, entrance
from portfolio.web.journal import Journal
from portfolio.web.people import People
from portfolio.web.settings import Settings
from portfolio.web.solver_process import SolverProcess

if TYPE_CHECKING:
    from types import FrameType

    from uvicorn import Server

    from portfolio.web.app import Entered
    from portfolio.web.meeting import Meeting

CLOSING_SECONDS = 5


def open_meeting(
    path: Path,
    settings: Settings,
    *,
    model: str | None = None,
    words: str | None = None,
    agreed: Path | None = None,
    people: People | None = None,
    journal: Journal | None = None,
) -> Meeting:
    """Opens a portfolio for a meeting; raises WrongUseError where it cannot be read, or is served already."""
    from portfolio.engine.agreed import agreed_plan
    from portfolio.engine.edit import open_for_edits
    from portfolio.engine.save import content_of
    from portfolio.web.disk import Disk
    from portfolio.web.events import Events
    from portfolio.web.meeting import Meeting
    from portfolio.web.planning import Planning
    from portfolio.web.session import Session

    content = content_of(path)
    opened = open_for_edits(path, model, words, content)
    own = journal or journal_of(path, settings)
    try:
        own.head["sha256"] = opened.reading.sha256
        session = Session(path, opened, content, own, Events())
        session.begin()
        planning = Planning(session)
        if agreed is not None:
            loaded = session.now.loaded
            planning.agree(loaded, agreed_plan(agreed, loaded).placeable(loaded.ready))
        return Meeting(settings, people or People(settings.read_only), session, planning, Disk(session))
    except BaseException:
        own.close(remove=not own.lines)
        raise


def journal_of(path: Path, settings: Settings) -> Journal:
    """The journal of a file; raises WrongUseError where the file is served already."""
    head = {"format": 1, "file": str(path), "sha256": "", "address": settings.address(), "process": os.getpid()}
    return Journal.open(path, head)


def serve(
    path: Path,
    settings: Settings,
    opened: Callable[[str, Path], None],
    *,
    model: str | None = None,
    words: str | None = None,
    agreed: Path | None = None,
) -> int:
    """Serves a portfolio until it is told to end; `opened` hears its address, and where the journal is, as soon as somebody answers there.

    The portfolio is read meanwhile: whoever comes earlier sees the page at once, and it fills as soon as there is something
    to show. Raises WrongUseError where the portfolio cannot be read; the page has said so then.
    """
    settings.check()
    for needed in (path, *([] if agreed is None else [agreed])):
        if not needed.exists():
            raise WrongUseError(f"{needed} does not exist; name a workbook (.xlsx) or a portfolio in JSON.")
    listening = _listen(settings)
    settings = replace(settings, port=listening.getsockname()[1])
    try:
        journal = journal_of(path, settings)
    except BaseException:
        listening.close()
        raise
    people = People(settings.read_only)
    read = partial(_entered, path, settings, model=model, words=words, agreed=agreed, people=people, journal=journal)
    door = Door(settings, people, path.stem, read)
    server = _server(door)
    try:
        opened(settings.address(f"/join?key={people.keys['decide']}"), journal.path)
        server.run(sockets=[listening])
    finally:
        journal.close(remove=not journal.lines)
    if door.failure is not None:
        raise door.failure
    return 0


def _entered(
    path: Path,
    settings: Settings,
    *,
    model: str | None,
    words: str | None,
    agreed: Path | None,
    people: People,
    journal: Journal,
) -> Entered:
    """Opens the portfolio, while what seeks its plans gets ready in a process of its own."""
    process = SolverProcess()
    process.begin()
    try:
        from portfolio.web.app import Entered

        meeting = open_meeting(path, settings, model=model, words=words, agreed=agreed, people=people, journal=journal)
    except BaseException:
        process.close()
        raise
    meeting.planning.apart(process)
    return Entered(meeting)


def _server(door: Door) -> Server:
    """What listens and lets people in by the door."""
    import uvicorn

    settings = door.settings
    server = uvicorn.Server(
        uvicorn.Config(
            entrance(door),
            log_level="critical",
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
    server.handle_exit = _ending(server, door)  # type: ignore[method-assign,assignment]
    door.failed = lambda: setattr(server, "should_exit", True)
    return server


def _ending(server: Server, door: Door) -> Callable[[int, FrameType | None], None]:
    """What a signal to end does."""

    def handle_exit(_: int, __: FrameType | None) -> None:
        """Ends the streams first: the server would wait for them for ever. Whoever insists gets their way.

        A signal comes in the middle of anything, so the streams are ended as soon as the loop has finished what it does.
        """
        try:
            asyncio.get_running_loop().call_soon_threadsafe(door.close)
        except RuntimeError:
            door.close()
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
