"""The build of this program: what figures depend on besides their inputs."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path


@cache
def build() -> dict[str, str]:
    """The versions of everything that computes, and what the source of this program is."""
    package = Path(__file__).parents[2]
    source = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(package.rglob("*.py")))).hexdigest()
    return {
        "portfolio": source[:12],
        "Python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "numba", "highspy")},
    }
