"""The file on the disk: what others do to it meanwhile, and putting into it what is pending."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from portfolio.web.session import Session

FileState = Literal["same", "changed", "gone", "open", "read-only"]


@dataclass
class Disk:
    """The file of a session as it is on the disk."""

    session: Session
    state: FileState = "same"
    message: str = ""
    _seen: tuple[int, int] | None = field(default=None)

    def look(self) -> None:
        """Looks at the file; everybody hears of what happened to it."""
        state, message = self._now()
        if (state, message) != (self.state, self.message):
            self.state, self.message = state, message
            self.session.events.publish("file", self.as_json())

    def as_json(self) -> dict[str, object]:
        """What is the matter with the file, in a word and a sentence."""
        return {"state": self.state, "message": self.message or None}

    def _now(self) -> tuple[FileState, str]:
        path = self.session.path
        name = path.name
        if not path.is_file():
            return "gone", f"{name} is gone; put it back, or download a copy. What was entered is kept."
        lock = self.locked()
        if lock is not None:
            return "open", f"{name} is open in another program; close it there before saving, or download a copy."
        if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222:
            return "read-only", f"{name} is protected against writing; allow writing to it, or download a copy."
        return "same", ""

    def locked(self) -> Path | None:
        """The file that another program puts beside one that it has open; None where there is none."""
        path = self.session.path
        locks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
        return next((lock for lock in locks if lock.exists()), None)
