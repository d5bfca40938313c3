"""The sheets `Flow` and `Flow days`: the measures of a system with their charts; written by `portfolio flow`."""

from __future__ import annotations

from datetime import date, timedelta

from portfolio.results.flow.flow import PURPOSE, Flow
from portfolio.results.flow.spread import Spread
from portfolio.workbook.sheets.flow_charts import Places, write_flow_charts
from portfolio.workbook.sheets.flow_coordination import write_coordination
from portfolio.workbook.sheets.flow_table import MORE, WIDTHS, Cell, prose
from portfolio.workbook.sheets.flow_table import flow_table as _table
from portfolio.xlsx.write.book import Book, Page

NAME, DAYS = "Flow", "Flow days"
_FIRST = 3
_SERVED = (6, 9)
"""The columns over which the epics stand that serve a key result."""


def write_flow_sheets(book: Book, found: Flow) -> None:
    """Writes every measure that there is as a table, in the order in which they are read, and the days below the charts."""
    page = book.page(NAME)
    page.title(f"Flow, {found.window.first} to {found.window.last}", PURPOSE)
    page.widths(*WIDTHS)
    places = Places(book.titles.get(NAME, NAME), book.titles.get(DAYS, DAYS))
    row = _lead_times(page, found, _FIRST)
    row = places.throughput(_throughput(page, found, row))
    row = places.ages(_ages(page, found, row))
    row = _where_time_goes(page, found, row)
    row = _delivery(page, found, _promises(page, found, row))
    row = places.outcomes(_outcomes(page, found, row))
    row = prose(page, row, map(str, found.alarms))
    row = prose(page, row, (*found.notes, *found.lacks.values()), "note")
    places.rows_of_days = _days(book, found)
    write_flow_charts(page, found, places, row + 1)


def _percentile(spread: Spread | None, value: float | None) -> Cell:
    """A percentile; where it cannot be said, what it is more than."""
    return value if value is not None or spread is None or spread.more_than is None else f"{MORE} {spread.more_than:g}"


def _lead_times(page: Page, found: Flow, row: int) -> int:
    if not found.lead_times:
        return row
    headings = (
        "Lead times in days",
        "Finished",
        "Open",
        "Stopped",
        "P50",
        "P85",
        "P50 before",
        "P85 before",
        "P50 finished only",
        "P85 finished only",
    )
    lines = [
        (
            one.group or "All", one.finished, one.open, one.stopped, _percentile(one.spread, one.spread.p50),
            _percentile(one.spread, one.spread.p85), None if one.before is None else _percentile(one.before, one.before.p50),
            None if one.before is None else _percentile(one.before, one.before.p85), one.naive_p50, one.naive_p85,
        )
        for one in found.lead_times
    ]  # fmt: skip
    return _table(
        page,
        row,
        "Lead times, with what is still open; finished only makes work look faster than it is",
        headings,
        lines,
    )[2]


def _throughput(page: Page, found: Flow, row: int) -> tuple[int, int, int]:
    if not found.periods or not found.throughput:
        return row, row, row
    headings = (
        "Period from" if found.periods[0].by_day else "Period",
        *(line.group or "All" for line in found.throughput),
        "Stopped",
    )
    lines: list[tuple[Cell, ...]] = [
        (period.label, *(line.finished[place] for line in found.throughput), found.throughput[0].stopped[place])
        for place, period in enumerate(found.periods)
    ]
    return _table(page, row, "Throughput: finished per period", headings, lines)


def _ages(page: Page, found: Flow, row: int) -> tuple[int, int, int]:
    if not found.ages:
        return row, row, row
    whole = found.lead_times[0].spread
    headings = (
        "Epic",
        "Age in days",
        "P50",
        "P85",
        "Since",
        "State",
        found.by.capitalize(),
        "Against what was finished",
    )
    lines: list[tuple[Cell, ...]] = [
        (
            f"{one.epic} {one.title or ''}".strip(),
            one.age,
            whole.p50,
            whole.p85,
            one.started,
            one.state,
            one.group or "",
            one.mark or "",
        )
        for one in found.ages
    ]
    return _table(page, row, "Age of what is in progress, oldest first", headings, lines)


def _where_time_goes(page: Page, found: Flow, row: int) -> int:
    if found.states:
        lines = [(one.state, one.kind, one.days, one.epics, one.median) for one in found.states]
        row = _table(page, row, "Days in each state", ("State", "Kind", "Days", "Epics", "Median"), lines)[2]
    if found.efficiency:
        shown = [
            (one.group or "All", one.finished, one.active_days, one.lead_days, one.efficiency, one.before)
            for one in found.efficiency
        ]
        headings = ("Flow efficiency", "Finished", "Active days", "Lead times", "Efficiency", "Before")
        row = _table(page, row, "Active days among lead times", headings, shown, (4, 5))[2]
    if found.little is not None:
        row = prose(page, row, [found.little.sentence]) + 1
    return row


def _promises(page: Page, found: Flow, row: int) -> int:
    if found.predictability:
        planned = [(one.period, one.planned, one.actual, one.share) for one in found.predictability]
        row = _table(page, row, "Predictability", ("Period", "Planned", "Actual", "Share"), planned, (3,))[2]
    if found.plans_kept:
        kept = [(one.period, one.planned, one.done, one.share) for one in found.plans_kept]
        headings = ("Period", "Agreed", "Done", "Share")
        row = _table(page, row, "Agreed plans: epics done in time", headings, kept, (3,))[2]
    return row


def _delivery(page: Page, found: Flow, row: int) -> int:
    if found.delivery:
        headings = (
            "Delivery, hours",
            "Deployments",
            "A week",
            "Lead time P50",
            "Lead time P85",
            "Failed",
            "Recovery P50",
            "Unplanned",
            "Restore P50",
        )
        deployed = [
            (
                one.group or "All", one.deployments, one.per_week, _percentile(one.lead_time.spread, one.lead_time.spread.p50),
                _percentile(one.lead_time.spread, one.lead_time.spread.p85), str(one.failed),
                _percentile(one.recovery.spread, one.recovery.spread.p50), str(one.unplanned),
                _percentile(one.restore.spread, one.restore.spread.p50),
            )
            for one in found.delivery
        ]  # fmt: skip
        row = _table(page, row, "Delivery", headings, deployed)[2]
    if found.integration:
        headings = (
            "Integration",
            "Integrations",
            "A week",
            "Longest gap",
            "Days since",
            "Since releasable",
            "Tests passed",
            "All passed",
            "Releasable",
        )
        health = [
            (
                one.group or "All", one.integrations, one.per_week, one.longest_gap, one.days_since,
                one.days_since_releasable, str(one.tests), str(one.all_passed), str(one.releasable),
            )
            for one in found.integration
        ]  # fmt: skip
        row = _table(page, row, "Integration", headings, health)[2]
    return write_coordination(page, found, _dependencies(page, found, row))


def _dependencies(page: Page, found: Flow, row: int) -> int:
    if found.dependencies is not None:
        waits = [
            (f"{one.successor} waits for {one.predecessor}", one.age, one.wait)
            for one in found.dependencies.lines
            if one.is_open
        ]
        if waits:
            row = _table(
                page, row, "Open dependencies, longest wait first", ("Dependency", "Age", "Days too late"), waits
            )[2]
    return row


def _outcomes(page: Page, found: Flow, row: int) -> tuple[int, int, int]:
    lines = [
        (
            one.label,
            one.progress,
            one.time_passed,
            one.ahead,
            one.last_change,
            one.measured_on,
        )
        for one in found.key_results
        if one.progress is not None
    ]
    if not lines:
        return row, row, row
    headings = ("Key result", "Progress", "Time passed", "Ahead", "Last change", "Measured on")
    first, last, after = _table(
        page, row, "Key results; no share of the movement is credited to any epic", headings, lines, (1, 2, 3, 4)
    )
    page.across(first - 1, *_SERVED, "Served by", "heading")
    served = [", ".join(epic.epic for epic in one.serves) for one in found.key_results if one.progress is not None]
    for here, names in enumerate(served, start=first):
        page.across(here, *_SERVED, names, "cell", "wrap")
        page.tall(here, (names, sum(WIDTHS[_SERVED[0] :])))
    return first, last, prose(page, after, [one.sentence for one in found.pivots]) + 1


def _days(book: Book, found: Flow) -> int:
    """The days of the window with what was in progress and what had reached each state; says how many there are."""
    flow = found.cumulative
    if flow is None or not found.load:
        return 0
    page = book.page(DAYS)
    page.widths(12, *[16] * (len(flow.states) + 1))
    page.title("Flow, day by day", PURPOSE)
    page.headings(_FIRST - 1, ["Day", "In progress", *(one.state for one in flow.states)])
    first: date = found.window.first
    for place in range(found.window.days):
        row = _FIRST + place
        page.put(row, 0, first + timedelta(days=place), "cell")
        page.put(row, 1, found.load[0].by_day[place], "cell", "whole")
        for column, one in enumerate(flow.states, start=2):
            page.put(row, column, one.by_day[place], "cell", "whole")
    page.sheet.set_portrait()
    page.sheet.freeze_panes(_FIRST, 1)
    return found.window.days
