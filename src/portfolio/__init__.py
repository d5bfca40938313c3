"""Decides which epics an organisation funds, when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.domain import Finding, Plan, Portfolio
    from portfolio.engine import (
        HasErrorsError,
        Loaded,
        check,
        compare,
        diff,
        explain,
        from_frames,
        load,
        plan,
        prices,
        rank,
        replan,
        scenario,
        to_frames,
        vary,
        write,
    )
    from portfolio.errors import PortfolioError, WrongUseError
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.results.answer import Answer
    from portfolio.scoring import Ranking

__all__ = [
    "Answer",
    "CancelToken",
    "Finding",
    "HasErrorsError",
    "Loaded",
    "Plan",
    "Portfolio",
    "PortfolioError",
    "Ranking",
    "WrongUseError",
    "check",
    "compare",
    "diff",
    "explain",
    "from_frames",
    "load",
    "plan",
    "prices",
    "rank",
    "replan",
    "scenario",
    "to_frames",
    "vary",
    "write",
]

_HOMES = {
    "Answer": "portfolio.results.answer",
    "CancelToken": "portfolio.optimizer.execution.cancellation",
    "Finding": "portfolio.domain",
    "Plan": "portfolio.domain",
    "Portfolio": "portfolio.domain",
    "PortfolioError": "portfolio.errors",
    "Ranking": "portfolio.scoring",
    "WrongUseError": "portfolio.errors",
}
"""Where public names are imported from; the others come from the engine."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Loads a public name when it is first used, so that importing the package costs nothing."""
        if name not in __all__:
            raise AttributeError(f"module 'portfolio' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_HOMES.get(name, "portfolio.engine")), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
