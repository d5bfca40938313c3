"""A WIP limit of 0: nothing may be in progress."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding


def no_places(situation: Situation) -> Iterator[FieldFinding]:
    """A WIP limit of 0 lets no epic start; a blank one would mean no limit."""
    fix = "Enter a number of epics, or clear it if there is no limit."
    if situation.portfolio.portfolio_wip_limit == 0 and situation.candidates:
        what, rule = "Portfolio WIP limit is 0.", "No epic at all may be in progress, so nothing can start."
        yield FieldFinding(("portfolio_wip_limit",), what, rule, fix, "warning")
    for index, stream in enumerate(situation.portfolio.value_streams):
        if stream.wip_limit == 0 and situation.needs(index):
            what, rule = f"The WIP limit of {stream.title} is 0.", "No epic that needs it can start."
            yield FieldFinding(("value_streams", index, "wip_limit"), what, rule, fix, "warning")
