"""The file on the disk: what others do to it meanwhile, and putting into it what is pending."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from portfolio.edits.address import Address
from portfolio.edits.raw_difference import cell_differences
from portfolio.engine.edit import Opened, opened_again
from portfolio.engine.save import (
    Cell,
    Choice,
    Merged,
    Waiting,
    clashes_with,
    content_of,
    merged,
    opened_after,
    save,
    sha256,
)
from portfolio.errors import FileChangedError, WrongUseError
from portfolio.web.last_results import notes_on_formulas
from portfolio.web.problem import Problem
from portfolio.web.session import Accepted, Session

if TYPE_CHECKING:
    from portfolio.results.answer import Answer

FileState = Literal["same", "changed", "gone", "open", "read-only", "broken"]
MOST_SHOWN = 200
TRIES = 3


@dataclass
class Disk:
    """The file of a session as it is on the disk."""

    session: Session
    state: FileState = "same"
    message: str = ""
    changes: list[dict[str, object]] = field(default_factory=list)
    """What somebody else changed in the file, and was taken in."""
    clashes: list[dict[str, object]] = field(default_factory=list)
    """The cells that the file holds otherwise by now than when they were changed here."""
    _seen: tuple[int, int] | None = None
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "disk"))
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._seen = self._stamp()

    async def look(self) -> bool:
        """Looks at the file and takes in what others changed; says whether that changed anything."""
        async with self._lock:
            stamp, now = self._stamp(), self._now()
            if now[0] != "gone" and stamp is not None and stamp != self._seen:
                return await self._take_in(stamp)
            self._tell(*now)
            return False

    async def save(self, body: Mapping[str, object], answer: Answer | None) -> Accepted:
        """Puts what is pending into the file as it is now; what the file holds otherwise by now is left to choose."""
        session = self.session
        session.refuse_untaken()
        choices = _choices(body.get("choices"))
        async with self._lock:
            state, message = self._now()
            if state in ("gone", "open", "read-only"):
                raise Problem(
                    {"gone": 404, "open": 423}.get(state, 403), message, "Download a copy, or try again then."
                )
            cells, waiting = session.cells(), session.waiting(answer)
            found, opened = await self._written(cells, waiting, choices)
            if found.clashes:
                conflicts = [clash.as_json() for clash in found.clashes]
                told = cell_differences(session.base, opened.raw)
                changes = [{"at": list(at), "was": was, "now": now} for at, (was, now) in told.items()][:MOST_SHOWN]
                message = f"{len(conflicts)} cells were changed in the file, too."
                return Accepted(
                    409, {"message": message, "fix": "Choose for each.", "changes": changes, "conflicts": conflicts}
                )
            dropped = [at for at, choice in choices.items() if choice == "file"]
            session.saved(opened, found, waiting, dropped)
            self._seen, self.clashes, self.changes = self._stamp(), [], []
            session.events.publish("saved", {"unsaved": session.unsaved, "sha256": sha256(found.content)})
            self._tell("same", "")
        unwritten = [{"at": list(at), "message": why} for at, why in found.unwritten.items() if at not in dropped]
        return Accepted(
            200,
            {
                "sha256": sha256(found.content),
                "saved": len(found.written) + len(waiting.epics),
                "unwritten": unwritten,
                "notes": notes_on_formulas(session, [cell.at for cell in found.written], again=True),
                "findings": [finding.as_json() for finding in found.findings],
            },
        )

    async def copy(self) -> tuple[str, bytes]:
        """A copy of the file with everything that is pending in it, made of the file as it was read if need be."""
        session, loop = self.session, asyncio.get_running_loop()
        cells, waiting = session.cells(), session.waiting(None)
        choices: dict[Address, Choice] = {cell.at: "page" for cell in cells}
        try:
            found = await loop.run_in_executor(
                self._threads, merged, session.opened, session.content, cells, waiting, choices
            )
        except WrongUseError as problem:
            raise Problem(503, str(problem), "Save it without a plan, or enter it by hand.") from None
        path = session.path
        return f"{path.stem}-with-edits{path.suffix}", found.content

    def as_json(self) -> dict[str, object]:
        """What is the matter with the file, in a word and a sentence."""
        return {
            "state": self.state,
            "message": self.message or None,
            "changes": self.changes[:MOST_SHOWN],
            "conflicts": self.clashes,
        }

    def locked(self) -> Path | None:
        """The file that another program puts beside one that it has open; None where there is none."""
        path = self.session.path
        locks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
        return next((lock for lock in locks if lock.exists()), None)

    async def _written(
        self, cells: Sequence[Cell], waiting: Waiting, choices: Mapping[Address, Choice]
    ) -> tuple[Merged, Opened]:
        """Merges and replaces the file in the thread; once more where somebody changed it in that very moment."""
        session, loop = self.session, asyncio.get_running_loop()

        def work() -> tuple[Merged, Opened]:
            content = content_of(session.path)
            found = merged(session.opened, content, cells, waiting, choices)
            if not found.clashes:
                save(session.path, found)
                return found, opened_after(session.opened, found)
            return found, opened_again(session.opened, content)

        for turn in range(TRIES):
            try:
                return await loop.run_in_executor(self._threads, work)
            except FileChangedError:
                if turn == TRIES - 1:
                    raise Problem(503, f"{session.path.name} changes all the time.", "Try again in a moment.") from None
            except WrongUseError as problem:
                cause = problem.__cause__
                full = isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
                raise Problem(
                    507 if full else 503, str(problem), "What was entered is kept; download a copy."
                ) from None
        raise AssertionError

    async def _take_in(self, stamp: tuple[int, int]) -> bool:
        """Takes in what somebody else changed, by the same merge; what clashes stays as it is here and is said."""
        session, loop = self.session, asyncio.get_running_loop()

        def work() -> tuple[Opened, bytes] | str:
            try:
                content = content_of(session.path)
                return opened_again(session.opened, content), content
            except WrongUseError as problem:
                return str(problem)

        found = await loop.run_in_executor(self._threads, work)
        if isinstance(found, str):
            self._tell("broken", f"{found} The page goes on with what was read before; nothing is lost.")
            return False
        self._seen = stamp
        opened, content = found
        if opened.reading.sha256 == session.opened.reading.sha256:
            self._tell(*self._now())
            return False
        told = cell_differences(session.base, opened.raw)
        self.changes = [{"at": list(at), "was": was, "now": now} for at, (was, now) in told.items()]
        _, clashes = clashes_with(opened.raw, session.cells())
        self.clashes = [clash.as_json() for clash in clashes]
        session.rebase(opened, content)
        words = f"{session.path.name} was changed elsewhere: {len(told)} cells were taken in"
        words += f", {len(clashes)} of them were changed here, too; choose when you save." if clashes else "."
        self._tell("changed", words, always=True)
        return True

    def _tell(self, state: FileState, message: str, *, always: bool = False) -> None:
        """Everybody hears of what happened to the file; that it was changed is said until it is saved."""
        if (
            not always
            and (state, message) == ("same", "")
            and self.state == "changed"
            and (self.changes or self.clashes)
        ):
            return
        if always or (state, message) != (self.state, self.message):
            self.state, self.message = state, message
            self.session.events.publish("file", self.as_json())

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self.session.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _now(self) -> tuple[FileState, str]:
        path = self.session.path
        name = path.name
        if path.is_dir():
            return "gone", f"{name} is a folder now and the file is gone; put it back, or download a copy."
        if not path.is_file():
            return "gone", f"{name} is gone; put it back, or download a copy. What was entered is kept."
        if self.locked() is not None:
            return "open", f"{name} is open in another program; close it there before saving, or download a copy."
        if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222:
            return "read-only", f"{name} is protected against writing; allow writing to it, or download a copy."
        return "same", ""


def _choices(value: object) -> dict[Address, Choice]:
    """What was chosen for each cell in conflict: what the page says, or what the file does."""
    found: dict[Address, Choice] = {}
    for one in value if isinstance(value, list) else ():
        at, take = (one.get("at"), one.get("take")) if isinstance(one, Mapping) else (None, None)
        if not isinstance(at, list) or take not in ("page", "file"):
            raise Problem(422, "This is no choice.", 'Choose "page" or "file" for each cell.')
        found[tuple(str(step) for step in at)] = "page" if take == "page" else "file"
    return found
