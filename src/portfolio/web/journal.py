"""The journal: what was accepted and is not in the file yet, on the disk before anybody is told that it was accepted."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BufferedRandom
from pathlib import Path

from portfolio.errors import WrongUseError

ENDING = ".edits.jsonl"
Line = dict[str, object]
GOES_ON = ("revision", "requests")
"""What a later run goes on with: the revision that pages have seen, and the names of requests that were answered."""


def journal_path(file: Path) -> Path:
    """Where the journal of a file is kept: beside it, else in the user's own folder for such things."""
    beside = file.with_name(f"{file.name}{ENDING}")
    if os.access(file.parent, os.W_OK):
        return beside
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "portfolio"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "-".join((*file.resolve().parent.parts[1:], beside.name))[-200:]


@dataclass
class Journal:
    """The journal of one file, locked as long as it is open."""

    path: Path
    head: Line
    lines: list[Line] = field(default_factory=list)
    """What was accepted by earlier runs and by this one."""
    _handle: BufferedRandom | None = None

    @classmethod
    def open(cls, file: Path, head: Mapping[str, object]) -> Journal:
        """Opens the journal of a file, or begins one; raises WrongUseError where another server has it open."""
        path = journal_path(file)
        try:
            handle = path.open("a+b")
        except OSError as error:
            raise WrongUseError(
                f"{path} cannot be written: {error.strerror or error}; it keeps what people enter until it is saved."
            ) from error
        handle.seek(0)
        lines, end = _lines(handle.read())
        if not _lock(handle):
            handle.close()
            address = lines[0].get("address") if lines else None
            where = f" at {address}" if address else ""
            raise WrongUseError(f"{file.name} is served already{where}; open it there, or end that server first.")
        handle.truncate(end)
        found = cls(path, dict(head), lines[1:] if lines and "edits" not in lines[0] else lines, handle)
        earlier = lines[0] if lines else {}
        found.head |= {"before": earlier["sha256"]} if earlier.get("sha256") else {}
        found.head |= {name: earlier[name] for name in GOES_ON if name in earlier}
        if not found.lines:
            found._say_where()
        return found

    def _say_where(self) -> None:
        """Writes the first line, which tells a second server where the first one is."""
        with contextlib.suppress(OSError):  # a full disk is said at the first edit
            self.begin()

    def begin(self, lines: Sequence[Line] = ()) -> None:
        """Begins anew with these lines, whole or not at all; what stood there before is gone."""
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        text = "".join(_text(line) for line in ({key: self.head[key] for key in self.head}, *lines))
        with beside.open("wb") as handle:
            handle.write(text.encode())
            handle.flush()
            os.fsync(handle.fileno())
        new = beside.open("a+b")
        _lock(new)
        beside.replace(self.path)
        _sync_folder(self.path.parent)
        if self._handle is not None:
            self._handle.close()
        self._handle, self.lines = new, list(lines)

    def append(self, line: Line) -> None:
        """Writes a line and waits until it is on the disk; raises OSError where that cannot be."""
        if self._handle is None or not self._is_there():
            self.begin([*self.lines, line])
            return
        handle = self._handle
        handle.seek(0, os.SEEK_END)
        end = handle.tell()
        try:
            handle.write(_text(line).encode())
            handle.flush()
            os.fsync(handle.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                self._handle = self.path.open("a+b")
                os.truncate(self.path, end)
                _lock(self._handle)
            with contextlib.suppress(OSError):
                handle.close()
            raise
        self.lines.append(line)

    def put_aside(self) -> Path:
        """Keeps what stands in it under another name, and begins anew."""
        stamp, turn = datetime.now().strftime("%Y-%m-%d-%H%M%S"), 1
        name = self.path.name.removesuffix(ENDING)
        while (aside := self.path.with_name(f"{name}.{stamp}{f'-{turn}' if turn > 1 else ''}{ENDING}")).exists():
            turn += 1
        aside.write_bytes(self.path.read_bytes())
        self.begin()
        return aside

    def close(self, *, remove: bool = False) -> None:
        """Lets go of it; where nothing is left in it, `remove` takes it away."""
        if self._handle is not None:
            if remove:
                self.path.unlink(missing_ok=True)
            self._handle.close()
            self._handle = None

    def _is_there(self) -> bool:
        """Whether the file that is open still is the one of that name."""
        assert self._handle is not None
        try:
            return self.path.stat().st_ino == os.fstat(self._handle.fileno()).st_ino
        except OSError:
            return False


def _text(line: Mapping[str, object]) -> str:
    return json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n"


def _lines(content: bytes) -> tuple[list[Line], int]:
    """The lines of a journal, and where the last whole one ends: what was being written when the power went was never accepted.

    A line that somebody damaged stays where it is, and the others count.
    """
    lines, end = list[Line](), content.rfind(b"\n") + 1
    for part in content[:end].splitlines():
        with contextlib.suppress(ValueError):
            line = json.loads(part)
            if isinstance(line, dict):
                lines.append(line)
    return lines, end


def _lock(handle: BufferedRandom) -> bool:
    """Locks a file for this process; False where another one has it."""
    try:
        import fcntl
    except ImportError:  # no such locks there: the second server is not noticed
        return True
    try:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """Makes sure that a new name in a folder is on the disk."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
