"""Writes files whole or not at all: beside the target first, then in its place."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from portfolio.errors import FileChangedError, WrongUseError

ANY_MAY_WRITE = 0o222
"""The bits of a file's mode that allow somebody to write to it."""

NAMED = 40
"""So much of a file's name is in the name of the one beside it; file systems take 255 bytes, four for some letters."""


def write_whole(path: Path, write: Callable[[Path], None], check: Callable[[], None] | None = None) -> None:
    """Replaces a file by what `write` puts at the path it is given, or leaves it as it was.

    The new file is complete and on the disk before it takes the old one's place, so that a crash, a full disk or a
    kill at any moment leaves one whole file. A link stays one, and the file that it names is replaced. `check` is asked
    last, when nothing is left to do but to replace the file; what it raises leaves the old one. Raises WrongUseError
    where the place cannot be written.
    """
    path = Path(path)
    try:
        if path.is_symlink():
            path = Path(os.path.realpath(path))
        if path.is_dir():
            raise WrongUseError(f"{path} is a folder; name the file to write, for example {path / 'portfolio.xlsx'}.")
        if path.exists() and not path.is_file():
            raise WrongUseError(f"{path} is not a file but a device or a pipe; name the file to write.")
        if path.exists() and not (path.stat().st_mode & ANY_MAY_WRITE and os.access(path, os.W_OK)):
            raise WrongUseError(f"{path} is protected against writing; allow writing to it or choose another place.")
        _sweep(path)
        beside = _beside(path)
        try:
            write(beside)
            _to_disk(beside)
            if check is not None:
                check()
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise WrongUseError(failure_words(path, error)) from error


def replace_content(path: Path, sha256: str, content: bytes) -> bool:
    """Puts new bytes in the place of a file that was read, if it still is that file; says whether anything changed.

    `sha256` is of the bytes that were read. Raises FileChangedError if somebody changed the file since, WrongUseError
    if somebody has it open or it cannot be written.
    """
    path = Path(os.path.realpath(path))
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise WrongUseError(
                f"{path.name} is open in another program ({lock.name} lies beside it), which would write over the "
                "results; close it there and try again. Nothing was written."
            )
    if sha256_of(content) == sha256 == _now(path):
        return False

    def check() -> None:
        if _now(path) != sha256:
            raise FileChangedError(
                f"{path.name} was changed by somebody else since it was read; nothing was written. Run the command again."
            )

    check()
    write_whole(path, lambda beside: write_bytes(beside, content), check)
    return True


def write_bytes(path: Path, content: bytes) -> None:
    """Puts bytes into a file."""
    path.write_bytes(content)


def sha256_of(content: bytes) -> str:
    """What tells these bytes from any others."""
    return hashlib.sha256(content).hexdigest()


def _now(path: Path) -> str:
    try:
        return sha256_of(path.read_bytes())
    except FileNotFoundError:
        return ""


def _prefix(path: Path) -> str:
    """What the names of files beside a file begin with, short enough for a name of any length."""
    return f".{path.name[:NAMED]}."


def _beside(path: Path) -> Path:
    """An empty file in the same folder, so that taking the old one's place is a single step."""
    if not path.parent.is_dir():
        raise FileNotFoundError(path.parent)
    handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=f".{os.getpid()}.tmp", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    if path.exists():
        _look_alike(path, beside)
    else:
        beside.chmod(0o666 & ~umask())
    return beside


def _look_alike(path: Path, beside: Path) -> None:
    """Gives a new file the owner, the group, the mode and the attributes of another one, as far as that is allowed.

    Who may read the file stands in its attributes too, on systems that have them.
    """
    status = path.stat()
    if hasattr(os, "chown"):
        for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
            with suppress(OSError):
                os.chown(beside, owner, group)
    beside.chmod(status.st_mode & 0o777)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(path):
                with suppress(OSError):
                    os.setxattr(beside, name, os.getxattr(path, name))


def umask() -> int:
    """The bits that new files and folders of this process do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _to_disk(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _sweep(path: Path) -> None:
    """Removes what a killed write of the same file left behind; a write that is still going on keeps its file."""
    for left_over in path.parent.glob(f"{literal_pattern(_prefix(path))}*.tmp"):
        owner = left_over.suffixes[-2].lstrip(".") if len(left_over.suffixes) > 1 else ""
        if owner.isdigit() and not is_alive(int(owner)):
            left_over.unlink(missing_ok=True)


def literal_pattern(text: str) -> str:
    """Text in which `*`, `?` and `[` stand for themselves in a file pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in text)


def is_alive(process: int) -> bool:
    """Whether a process is still running."""
    if os.name == "nt":  # asking about a process there would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def failure_words(path: Path, error: OSError) -> str:
    """Why a place could not be written, and what to do."""
    if isinstance(error, FileNotFoundError):
        return f"{path} cannot be written: there is no folder {path.parent}; create it or choose another place."
    if isinstance(error, PermissionError):
        return f"{path} cannot be written: it is open or protected; close it or choose another place."
    return f"{path} cannot be written: {error.strerror or error}; free some space or choose another place."
