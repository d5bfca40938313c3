"""The rows of the tables of flow, as programs read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from portfolio.results.flow.coordination import Coordination
from portfolio.results.flow.delivery import Delivery, IntegrationHealth
from portfolio.results.flow.dependencies import DependencyAgeing
from portfolio.results.flow.efficiency import Predictability
from portfolio.results.flow.forecast import ThroughputForecast
from portfolio.results.flow.groups import Period
from portfolio.results.flow.lead_times import LeadTimes
from portfolio.results.flow.outcomes import KeyResultProgress
from portfolio.results.flow.progress import Age, CumulativeFlow, Load
from portfolio.results.flow.throughput import Throughput

Rows = Iterator[Mapping[str, object]]


def lead_times(lines: Iterable[LeadTimes]) -> Rows:
    """How long epics take."""
    for line in lines:
        before = line.before
        yield {
            **vars(line), **vars(line.spread), "p50_before": None if before is None else before.p50,
            "p85_before": None if before is None else before.p85,
        }  # fmt: skip


def throughput(lines: Iterable[Throughput], periods: Sequence[Period], times: Iterable[LeadTimes]) -> Rows:
    """What was finished in each period, and how long that took."""
    medians = {line.group: line.by_period for line in times}
    for line in lines:
        for place, period in enumerate(periods):
            yield {
                "group": line.group, "past_period": period.label, "first_day": period.begins, "last_day": period.ends,
                "finished": line.finished[place], "stopped": line.stopped[place],
                "lead_time_p50": (medians.get(line.group) or (None,) * (place + 1))[place],
            }  # fmt: skip


def ages(lines: Iterable[Age]) -> Rows:
    """What is in progress."""
    return ({**vars(line), "started": date.fromisoformat(line.started)} for line in lines)


def load(lines: Sequence[Load], flow: CumulativeFlow | None, first: date) -> Rows:
    """How many epics were in progress on each day."""
    if flow is None or not lines:
        return
    for place, count in enumerate(lines[0].by_day):
        yield {
            "day": first + timedelta(days=place), "in_progress": count,
            "started": flow.started[place], "finished": flow.finished[place], "stopped": flow.stopped[place],
        }  # fmt: skip


def reached(flow: CumulativeFlow | None, first: date) -> Rows:
    """How many epics had reached each state on each day."""
    for state in () if flow is None else flow.states:
        for place, count in enumerate(state.by_day):
            day = first + timedelta(days=place)
            yield {"day": day, "state": state.state, "kind": state.kind, "reached": count}


def delivery(lines: Iterable[Delivery]) -> Rows:
    """How often and how fast software reaches production."""
    for line in lines:
        yield {
            **vars(line), "lead_time_p50": line.lead_time.spread.p50, "lead_time_p85": line.lead_time.spread.p85,
            "failed": int(line.failed.part), "recovery_p50": line.recovery.spread.p50,
            "unplanned": int(line.unplanned.part), "restore_p50": line.restore.spread.p50,
        }  # fmt: skip


def integration(lines: Iterable[IntegrationHealth]) -> Rows:
    """How often and in which shape the whole is put together."""
    for line in lines:
        yield {
            **vars(line), "tests_passed": line.tests.share, "all_passed": line.all_passed.share,
            "releasable": line.releasable.share,
        }  # fmt: skip


def dependencies(found: DependencyAgeing | None) -> Rows:
    """Each dependency with its age and wait."""
    for number, line in enumerate(() if found is None else found.lines, 1):
        yield {**vars(line), "number": number, "between_value_streams": line.between_streams, "open": line.is_open}


def pairs(found: Coordination | None) -> Rows:
    """Which value stream waits for which."""
    return map(vars, () if found is None else found.pairs)


def coordination(found: Coordination | None) -> Rows:
    """Dependencies between value streams in each period."""
    return ({**vars(line), "past_period": line.period} for line in (() if found is None else found.periods))


def growth(found: Coordination | None) -> Rows:
    """Whether added capacity added throughput."""
    for line in () if found is None else found.growth:
        halves = {
            f"{name}_{half}": None if pair is None else pair[place]
            for name, pair in (("capacity", line.capacity), ("delivered", line.delivered))
            for place, half in enumerate(("earlier", "later"))
        }
        yield {"group": line.group, **halves, "has_scaled": line.has_scaled, "said": line.sentence}


def removals(found: Coordination | None) -> Rows:
    """What single changes would give back."""
    return map(vars, () if found is None or found.cost is None else found.cost.removals)


def key_results(lines: Iterable[KeyResultProgress]) -> Rows:
    """How far key results have come."""
    for number, line in enumerate(lines, 1):
        measured = None if line.measured_on is None else date.fromisoformat(line.measured_on)
        yield {**vars(line), "number": number, "measured_on": measured, "stale": line.is_stale}


def how_many(lines: Iterable[ThroughputForecast]) -> Rows:
    """What further periods finish at least."""
    for line in lines:
        for one in line.how_many:
            p50, p85, p95 = one.at_least
            yield {"group": line.group, "periods": one.periods, "p50": p50, "p85": p85, "p95": p95}


def predictability(lines: Iterable[Predictability]) -> Rows:
    """What came of what objectives promised."""
    return ({**vars(line), "past_period": line.period} for line in lines)
