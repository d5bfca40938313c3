"""Finds the traps that a sound portfolio is in, without planning it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.domain import Finding
from portfolio.engine.load import Loaded

if TYPE_CHECKING:
    from portfolio.optimizer.problem import Problem


def diagnostic_findings(loaded: Loaded, problem: Problem) -> tuple[Finding, ...]:
    """The traps that a portfolio is in, such as a WIP limit of 0; each a warning at its place."""
    from portfolio.analysis.diagnostics import Situation, diagnostics
    from portfolio.options import all_options

    if not problem.portfolio.can_plan:
        return ()
    return loaded.reading.locate(diagnostics(Situation(all_options(problem.portfolio, problem.benefit), problem.net)))
