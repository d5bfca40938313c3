"""Flow as tables: each figure beside its own past, parts in the order of the workbook, never sorted by a measure."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from portfolio.cli.console import figure, headed, show
from portfolio.cli.tables.flow_coordination import coordination
from portfolio.cli.tables.flow_forecast import ALL, forecasts, percent
from portfolio.cli.tables.flow_forecast import plain_table as _table
from portfolio.domain.wording import counted
from portfolio.results.flow.delivery import Delivery, IntegrationHealth, Times
from portfolio.results.flow.dependencies import BANDS, DependencyAgeing
from portfolio.results.flow.flow import PURPOSE, Flow
from portfolio.results.flow.groups import span_words
from portfolio.results.flow.sparkline import sparkline
from portfolio.results.flow.spread import Spread

MOST_AGES = 30


def show_flow(found: Flow) -> None:
    """Prints every measure that there is, what has to be known to read it, and what the others lack."""
    before = "" if found.window.before is None else f"; before: {found.window.before[0]} to {found.window.before[1]}"
    head = f"{found.name}: {found.window.first} to {found.window.last} ({counted(found.window.days, 'day')}){before}. {PURPOSE}"
    parts: list[Table | str] = [head, *forecasts(found), *_flow(found), *_delivery(found), *_outcomes(found)]
    if found.alarms:
        parts.append("\n".join(["What stands out, with what leaders could change:", *map(str, found.alarms)]))
    if found.notes:
        parts.append("\n".join(found.notes))
    if found.lacks:
        parts.append("\n".join(found.lacks.values()))
    show(*parts)


def percentile(spread: Spread | None, share: str) -> str:
    """A percentile as it can be said: a figure, more than another, or a dash."""
    if spread is None:
        return "-"
    value = spread.p50 if share == "p50" else spread.p85
    if value is not None:
        return figure(value)
    return "-" if spread.more_than is None else f"more than {figure(spread.more_than)}"


def _flow(found: Flow) -> Iterator[Table | str]:
    if not found.lead_times:
        return
    part = headed(found.by)
    yield _table(
        "Lead times in days, with what is still open",
        (part, "Finished", "Open", "Stopped", "P50", "P85", "P50 before", "P85 before", "Finished only P50", "P85", "P50 by period"),
        [
            (
                line.group or ALL, str(line.finished), str(line.open), str(line.stopped),
                percentile(line.spread, "p50"), percentile(line.spread, "p85"), percentile(line.before, "p50"),
                percentile(line.before, "p85"), figure(line.naive_p50), figure(line.naive_p85), sparkline(line.by_period),
            )
            for line in found.lead_times
        ],
    )  # fmt: skip
    yield "Finished only leaves out what is open, and makes work look faster than it is. Fewer than 5 finished: counts only."
    if found.periods:
        yield _throughput(found, part)
    yield _table(
        "In progress",
        (part, "Now", "Mean", "Least", "Most", "Mean before", "Day by day"),
        [
            (
                line.group or ALL, str(line.now), figure(line.mean, 1), str(line.lowest), str(line.highest),
                "-" if line.before is None else figure(line.before, 1), sparkline(line.by_day),
            )
            for line in found.load
        ],
    )  # fmt: skip
    if found.ages:
        yield _ages(found, part)
    yield from _ways(found, part)


def _throughput(found: Flow, part: str) -> Table:
    return _table(
        f"Throughput: finished per period, {span_words(found.periods)}",
        (part, "Finished", "Stopped", "Last", "Least", "Most", "Period by period"),
        [
            (
                line.group or ALL, str(sum(line.finished)), str(sum(line.stopped)), str(line.finished[-1]),
                str(min(line.finished)), str(max(line.finished)), sparkline(line.finished),
            )
            for line in found.throughput
        ],
    )  # fmt: skip


def _ages(found: Flow, part: str) -> Table:
    table = _table(
        "Age of what is in progress, in days",
        ("Epic", part, "State", "Since", "Age", "Against what was finished"),
        [
            (
                f"{line.epic} {line.title or ''}".strip(),
                line.group or "-",
                line.state,
                line.started,
                str(line.age),
                line.mark or "",
            )
            for line in found.ages[:MOST_AGES]
        ],
    )
    if len(found.ages) > MOST_AGES:
        table.caption = f"{len(found.ages) - MOST_AGES} more are in --json."
    return table


def _ways(found: Flow, part: str) -> Iterator[Table | str]:
    """Where the time goes: states, efficiency, the check of the figures, mix, predictability."""
    if found.states:
        rows = [(one.state, str(one.kind), str(one.days), str(one.epics), figure(one.median)) for one in found.states]
        yield _table("Days in each state", ("State", "Kind", "Days", "Epics", "Median"), rows)
    yield _table(
        "Flow efficiency: active days among lead times of what was finished",
        (part, "Finished", "Active days", "Lead times", "Efficiency", "Before"),
        [
            (
                one.group or ALL,
                str(one.finished),
                str(one.active_days),
                str(one.lead_days),
                percent(one.efficiency),
                percent(one.before),
            )
            for one in found.efficiency
        ],
    )
    if found.little is not None:
        yield found.little.sentence
    if found.distribution:
        shares = [
            (
                headed(one.by),
                one.name or "(not said)",
                f"{one.finished} ({percent(one.finished_share)})",
                f"{one.open} ({percent(one.open_share)})",
            )
            for one in found.distribution
        ]
        yield _table("What it went into", ("By", "", "Finished", "In progress"), shares)


def _hours(times: Times, share: str) -> str:
    counts = f"{times.over}" + (f" and {times.open} open" if times.open else "")
    known = percentile(times.spread, share)
    return f"({counts})" if known == "-" else known


def _delivery(found: Flow) -> Iterator[Table | str]:
    if found.predictability:
        rows = [
            (one.period, figure(one.planned), figure(one.actual), percent(one.share)) for one in found.predictability
        ]
        yield _table(
            "Predictability: actual value among what was planned and committed",
            ("Period", "Planned", "Actual", "Share"),
            rows,
        )
    if found.plans_kept:
        kept = [(one.period, str(one.planned), str(one.done), percent(one.share)) for one in found.plans_kept]
        yield _table("Agreed plans: epics done by the end of the period", ("Period", "Agreed", "Done", "Share"), kept)
    if found.delivery:
        yield _table(
            "Delivery; hours",
            (
                "Value stream",
                "A week",
                "Days with one",
                "Lead time P50",
                "P85",
                "Failed",
                "Recovery P50",
                "Unplanned",
                "Restore P50",
            ),
            [row for line in found.delivery for row in _deployed(line)],
        )
    if found.integration:
        yield _table(
            "Integration",
            (
                "Value stream",
                "A week",
                "Longest gap",
                "Days since",
                "Since releasable",
                "Tests passed",
                "All passed",
                "Releasable",
            ),
            [row for line in found.integration for row in _integrated(line)],
        )
    if found.dependencies is not None:
        yield from _dependencies(found.dependencies)
    if found.coordination is not None:
        yield from coordination(found.coordination)


def _deployed(line: Delivery, group: str = "") -> Iterator[tuple[str, ...]]:
    yield (
        group or line.group or ALL, f"{line.per_week:.2g}", str(line.days_with), _hours(line.lead_time, "p50"),
        _hours(line.lead_time, "p85"), str(line.failed), _hours(line.recovery, "p50"), str(line.unplanned),
        _hours(line.restore, "p50"),
    )  # fmt: skip
    if line.before is not None:
        yield from _deployed(line.before, "  before")


def _integrated(line: IntegrationHealth, group: str = "") -> Iterator[tuple[str, ...]]:
    since = (line.longest_gap, line.days_since, line.days_since_releasable)
    yield (
        group or line.group or ALL, f"{line.per_week:.2g}", *("-" if days is None else str(days) for days in since),
        str(line.tests), str(line.all_passed), str(line.releasable),
    )  # fmt: skip
    if line.before is not None:
        yield from _integrated(line.before, "  before")


def _dependencies(found: DependencyAgeing) -> Iterator[Table | str]:
    bands = ", ".join(f"{count} of {band}" for band, count in zip(BANDS, found.by_age, strict=True) if count)
    median = percentile(found.to_resolve, "p50")
    held = ", ".join(found.held_up_epics)
    yield (
        f"Dependencies: {found.open} open{f' ({bands})' if bands else ''}, {found.resolved} resolved"
        f"{'' if median == '-' else f', half of them within {median} days'}; between value streams {found.between_streams}; "
        f"{found.waited} days waited past what was needed; held up now: {found.held_up}"
        f"{f' ({held})' if held else ''}."
    )
    rows = [
        (
            f"{one.successor} waits for {one.predecessor}",
            "-" if one.age is None else str(one.age),
            "-" if one.wait is None else str(one.wait),
        )
        for one in found.lines
        if one.is_open
    ]
    if rows:
        yield _table("Open dependencies, longest wait first", ("Dependency", "Age", "Days too late"), rows)


def _outcomes(found: Flow) -> Iterator[Table | str]:
    measured = [one for one in found.key_results if one.measured_on is not None]
    if measured:
        yield _table(
            "Key results: progress against the time that has passed",
            ("Key result", "Measured", "Progress", "Time passed", "Ahead", "Last change", "Readings", "Served by"),
            [
                (
                    one.label, f"{one.measured_on}{', stale' if one.is_stale else ''}", percent(one.progress),
                    percent(one.time_passed), percent(one.ahead), percent(one.last_change),
                    sparkline([max(0.0, progress) for _, progress in one.readings]),
                    ", ".join(epic.epic for epic in one.serves),
                )
                for one in measured
            ],
        )  # fmt: skip
        yield "Moving together is not causing: no share of the movement is credited to any epic."
    if found.objectives and measured:
        rows = [
            (one.objective, percent(one.progress), f"{one.measured} of {one.key_results}") for one in found.objectives
        ]
        yield _table("Objectives", ("Objective", "Progress", "Key results with a reading"), rows)
    for one in found.pivots:
        yield one.sentence
