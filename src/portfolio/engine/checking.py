"""Checking: everything that is wrong with a portfolio, and the traps that it is in, without planning it."""

from __future__ import annotations

from portfolio.domain import Finding, has_errors
from portfolio.engine.loading import Loaded
from portfolio.engine.pitfalls import trap_findings
from portfolio.engine.planning import problem_of, rank


def check(loaded: Loaded) -> tuple[Finding, ...]:
    """Every finding of a portfolio; where none is an error and it can be planned, also the traps that it is in."""
    if loaded.portfolio is None or has_errors(loaded.findings) or not loaded.portfolio.can_plan:
        return loaded.findings
    return (*loaded.findings, *trap_findings(loaded, problem_of(loaded, rank(loaded))))
