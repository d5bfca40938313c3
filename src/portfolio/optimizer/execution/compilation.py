"""Compiles the search's inner functions to machine code with numba, once, and keeps it for the next run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])

COMPILED_ROOMS = ("search", "cuts", "execution")
"""The rooms of the optimizer that compiled functions live in; a change in any other recompiles nothing."""


def compiled(function: Function) -> Function:
    """The function as machine code that runs without Python's lock, the same on every call."""
    config: Any = numba.config
    folder, before = _folder(), config.CACHE_DIR
    config.CACHE_DIR = folder or before
    try:
        return cast("Function", numba.njit(nogil=True, cache=folder is not None)(function))
    finally:
        config.CACHE_DIR = before


@cache
def _folder() -> str | None:
    """Where compiled code is kept: a folder for exactly these sources, since numba looks only at the calling file."""
    optimizer = Path(__file__).parents[1]
    sources = sorted(path for room in COMPILED_ROOMS for path in (optimizer / room).rglob("*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = home / "portfolio" / digest
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return str(folder) if os.access(folder, os.W_OK) else None
