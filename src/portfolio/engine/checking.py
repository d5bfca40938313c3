"""Checking: everything that is wrong with a portfolio, and the traps that it is in, without planning it."""

from __future__ import annotations

from portfolio.domain import Finding, has_errors
from portfolio.engine.loading import Loaded


def check(loaded: Loaded) -> tuple[Finding, ...]:
    """Every finding of a portfolio; where none is an error and it can be planned, also the traps that it is in."""
    return (*loaded.findings, *trap_findings(loaded))


def trap_findings(loaded: Loaded) -> tuple[Finding, ...]:
    """The traps that a portfolio is in, such as a WIP limit of 0; each a warning at its place."""
    from portfolio.explain.traps import Situation, traps
    from portfolio.options import all_options
    from portfolio.scoring import benefits

    if has_errors(loaded.findings) or loaded.portfolio is None or not loaded.portfolio.can_plan:
        return ()
    options = all_options(loaded.portfolio, benefits(loaded.portfolio, loaded.model.scoring.rules))
    return loaded.reading.locate(traps(Situation(options, loaded.model.objective.maximise == "net")))
