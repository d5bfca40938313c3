"""Decides which epics an organisation funds, when, and why."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PUBLIC = {
    "load": "portfolio.engine",
    "rank": "portfolio.engine",
    "plan": "portfolio.engine",
    "write": "portfolio.engine",
    "Answer": "portfolio.results.answer",
    "Finding": "portfolio.domain",
    "Plan": "portfolio.domain",
    "Portfolio": "portfolio.domain",
    "PortfolioError": "portfolio.errors",
    "Ranking": "portfolio.scoring",
}

__all__ = sorted(_PUBLIC)


def __getattr__(name: str) -> Any:
    """Loads a public name when it is first used, so that importing the package costs nothing."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'portfolio' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
