"""Every epic costs more than the epic threshold, and none is approved."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding
from portfolio.domain.wording import figure


def nothing_approved(situation: Situation) -> Iterator[FieldFinding]:
    """Nothing may start before somebody says yes; often the threshold is in another unit than the costs."""
    threshold = situation.portfolio.epic_threshold
    if threshold is None or not situation.candidates or situation.allowed.any():
        return
    yield FieldFinding(
        ("epic_threshold",),
        f"Every epic costs more than the epic threshold of {figure(threshold)}, and none is approved.",
        "An epic above the threshold needs Approved = yes, so nothing can start.",
        "Approve the epics that may start, or correct the threshold: is it in the unit of the costs?",
        "warning",
    )
