"""Coordination between value streams on the sheet `Flow`."""

from __future__ import annotations

from portfolio.results.flow.flow import Flow
from portfolio.workbook.sheets.flow_table import flow_table, prose
from portfolio.xlsx.write.book import Page


def write_coordination(page: Page, found: Flow, row: int) -> int:
    """Writes who waits for whom, the trend, what growth brought and what it costs; gives back where the next may begin."""
    shown = found.coordination
    if shown is None:
        return row
    if shown.pairs:
        pairs = [
            (f"{one.waiting} waits for {one.provider}", one.dependencies, one.open, one.days_waited)
            for one in shown.pairs
        ]
        headings: tuple[str, ...] = ("Between value streams", "Dependencies", "Open", "Days too late")
        row = flow_table(page, prose(page, row, [shown.sentence]) + 1, "Who waits for whom", headings, pairs)[2]
    if shown.has_trend:
        trend = [
            (one.period, one.raised, one.resolved, one.open, one.days_waited, one.days_blocked) for one in shown.periods
        ]
        headings = (
            "Period from" if found.periods[0].by_day else "Period",
            "Raised",
            "Resolved",
            "Open at its end",
            "Days too late",
            "Days blocked",
        )
        row = flow_table(page, row, "Dependencies between value streams, period by period", headings, trend)[2]
    row = prose(page, row, [one.sentence for one in shown.growth]) + bool(shown.growth)
    if shown.cost is not None:
        row = prose(page, row, [shown.cost.sentence]) + 1
        if shown.cost.removals:
            lines = [
                (f"{one.change[0].upper()}{one.change[1:]}", one.dependencies, one.at_least, one.at_most)
                for one in shown.cost.removals
            ]
            headings = ("Change", "Dependencies", "Gives back at least", "At most")
            row = flow_table(page, row, f"What single changes would give back, {shown.cost.unit}", headings, lines)[2]
    return row
