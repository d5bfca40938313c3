"""Writes a folder of files whole or not at all: beside the target first, then in its place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from portfolio.errors import WrongUseError
from portfolio.storage.atomic_write import failure_words, is_alive, literal_pattern, umask

Owned = Callable[[Path], Collection[str]]
"""The names of the files in a folder that may be replaced, since they were written by the same writer before."""


def check_folder(folder: Path, owned: Owned) -> None:
    """Raises WrongUseError for a place where the folder cannot be written: nothing of anybody's is ever replaced."""
    if folder.exists() and not folder.is_dir():
        raise WrongUseError(
            f"{folder} is a file; name a folder for the tables, for example {folder.with_suffix('')}-tables."
        )
    if not folder.resolve().parent.is_dir():
        raise WrongUseError(
            f"{folder} cannot be written: there is no folder {folder.parent}; create it or choose another place."
        )
    if folder.is_dir():
        known = owned(folder)
        others = sorted(entry.name for entry in folder.iterdir() if entry.name not in known)
        if others:
            raise WrongUseError(
                f"{folder} holds {others[0]}, which is none of its tables; they are replaced as a whole, so give them a "
                "folder of their own."
            )


def write_whole_folder(folder: Path, write: Callable[[Path], None], owned: Owned) -> None:
    """Replaces a folder by what `write` puts into the one that it is given, or leaves it as it was.

    The new folder is complete and on the disk before it takes the old one's place. Raises WrongUseError where the place
    cannot be written, or holds anything that is not `owned`.
    """
    check_folder(folder, owned)
    target = folder.resolve()
    prefix = f".{target.name[:40]}.tables."
    try:
        _sweep(target.parent, prefix)
        beside = Path(tempfile.mkdtemp(prefix=prefix, suffix=f".{os.getpid()}.tmp", dir=target.parent))
        try:
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o777 & ~umask())
            write(beside)
            check_folder(folder, owned)
            _take_place(beside, target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise WrongUseError(failure_words(folder, error)) from error


def _take_place(beside: Path, target: Path) -> None:
    """Puts the new folder in the old one's place; where that fails, the old one is back."""
    if not target.exists():
        beside.rename(target)
        return
    old = beside.with_name(beside.name.replace(".tables.", ".tables.old.", 1))
    target.rename(old)
    try:
        beside.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sweep(parent: Path, prefix: str) -> None:
    """Removes what a killed write of the same folder left behind; what is still being written stays."""
    for left_over in parent.glob(f"{literal_pattern(prefix)}*.tmp"):
        owner = left_over.suffixes[-2].lstrip(".") if len(left_over.suffixes) > 1 else ""
        if owner.isdigit() and not is_alive(int(owner)):
            with suppress(OSError):
                shutil.rmtree(left_over)
