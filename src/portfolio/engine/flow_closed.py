"""What came of what was agreed: the closed periods that a portfolio's file keeps, beside its other measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portfolio.engine.load import Loaded
from portfolio.results.closing import ClosedEpic
from portfolio.results.flow.flow import Flow


def with_plans_kept(found: Flow, loaded: Loaded | None, as_of: date) -> Flow:
    """The flow with how many epics of the agreed plans were done in time; as it is where no period was closed."""
    from portfolio.engine.next import closed_before
    from portfolio.measures.predictability import plans_kept

    if loaded is None or loaded.path is None:
        return found
    closed = [line for line in closed_before(loaded.path) if isinstance(line, ClosedEpic)]
    return replace(found, plans_kept=plans_kept(closed, as_of))
