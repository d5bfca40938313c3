"""Compiles inner functions to machine code with numba, once, and keeps it for the next run."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])

COMPILED_ROOMS = {
    "optimizer": ("optimizer/search", "optimizer/cuts", "optimizer/tree", "optimizer/execution/compilation.py"),
    "simulation": ("simulation/kernel", "optimizer/execution/compilation.py"),
}
"""The folders that compiled functions live in, and what compiles them, by the room that they serve; no other change recompiles."""


def compiled(function: Function) -> Function:
    """The function as machine code that runs without Python's lock, the same on every call."""
    return _compiled(function, {})


def compiled_lean(function: Function) -> Function:
    """The same for a function that makes no new arrays: it counts no references, which cost more than its work.

    A number divided by 0 is infinite in it, and no error.
    """
    return _compiled(function, {"_nrt": False, "error_model": "numpy"})


def built_in(function: Function) -> Function:
    """The same for a part of such a function: it is built into whoever calls it, since handing over many arrays costs more."""
    return _compiled(function, {"_nrt": False, "error_model": "numpy", "forceinline": True})


def _compiled(function: Function, options: dict[str, object]) -> Function:
    config: Any = numba.config
    njit: Any = numba.njit
    room = function.__module__.split(".")[1]
    if function.__name__.startswith("_") and "_nrt" in options:
        # Nothing but compiled code calls it, and what Python would call it by takes half of the time to compile.
        options |= {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    folder, before = _folder(room), config.CACHE_DIR
    config.CACHE_DIR = folder or before
    try:
        return cast("Function", njit(nogil=True, cache=folder is not None, **options)(function))
    finally:
        config.CACHE_DIR = before


def is_compiled(room: str = "optimizer") -> bool:
    """Whether everything of a room was compiled already, in this process or by an earlier one on this machine."""
    folder = _folder(room)
    return room in _compiled_here or (folder is not None and (Path(folder) / _mark(room)).exists())


def note_compiled(room: str = "optimizer") -> None:
    """Notes that everything of a room is compiled, so that the next run knows."""
    _compiled_here.add(room)
    folder = _folder(room)
    if folder is not None:
        with suppress(OSError):
            (Path(folder) / _mark(room)).touch()


_compiled_here: set[str] = set()
"""The rooms that this process has compiled."""


@cache
def _mark(room: str) -> str:
    """A file's name for exactly this installation, Python, numba and processor: what numba asks of compiled code it kept."""
    from llvmlite import binding

    installed = [f"{source} {source.stat().st_mtime_ns}" for source in _sources(room)]
    asked = [sys.version, numba.__version__, binding.get_host_cpu_name(), *installed]
    return f"compiled-{hashlib.sha256(chr(10).join(asked).encode()).hexdigest()[:16]}"


def _sources(room: str = "optimizer") -> list[Path]:
    package = Path(__file__).parents[2]
    places = [package / place for place in COMPILED_ROOMS[room]]
    return sorted(path for place in places for path in ([place] if place.is_file() else place.rglob("*.py")))


@cache
def _folder(room: str = "optimizer") -> str | None:
    """Where compiled code is kept: a folder for exactly these sources, since numba looks only at the calling file."""
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in _sources(room))).hexdigest()[:16]
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = home / "portfolio" / digest
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return str(folder) if os.access(folder, os.W_OK) else None
