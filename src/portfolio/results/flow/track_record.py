"""The track record: how forecasts, ranges and promises have held so far, in one line that stands beside every new forecast."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.results.flow.efficiency import PlanKept, Predictability
from portfolio.results.flow.forecast import Calibration

SCALES_NOTHING = "It changes nothing here; it says how much to believe."


def track_record(found: Calibration | None, promised: Sequence[Predictability], kept: Sequence[PlanKept] = ()) -> str:
    """What is known of earlier forecasts and promises, as a sentence; nothing where nothing is."""
    said = []
    if found is not None and found.of:
        said.append(f"what should hold in 85 of 100 cases held {found.held} of {found.of} times")
    ranged = 0 if found is None else found.inside + found.below + found.above
    if found is not None and ranged:
        said.append(f"{found.inside} of {ranged} past epics ended inside their range, where 80% should")
    known = [line for line in promised if line.share is not None]
    if known:
        shares = ", ".join(f"{line.share:.0%}" for line in known[-3:])
        said.append(f"periods brought {shares} of the value that they promised")
    if kept:
        done, planned = sum(line.done for line in kept), sum(line.planned for line in kept)
        said.append(f"{done} of {planned} epics of agreed plans were done by the end of their period")
    return f"Track record: {'; '.join(said)}. {SCALES_NOTHING}" if said else ""
