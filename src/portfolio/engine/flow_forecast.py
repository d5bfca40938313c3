"""Forecasts by throughput alone, for portfolios without sizes, and how good forecasts have been."""

from __future__ import annotations

from dataclasses import replace

from portfolio.domain.wording import counted
from portfolio.engine.flow_evidence import FlowEvidence
from portfolio.measures.calibration import calibration
from portfolio.measures.forecast import FEWEST, how_many, when
from portfolio.results.flow.flow import Flow
from portfolio.results.flow.forecast import SHARES, HowMany, ThroughputForecast, When
from portfolio.results.flow.track_record import track_record

AHEAD = 4
"""Further periods that are looked at, where the plan does not say how many there are."""
MOST_EPICS = 30


def with_forecast(found: Flow, evidence: FlowEvidence, *, as_seen: bool = False) -> Flow:
    """The flow with a forecast of all and of each part, by what was finished in past periods."""
    ahead = len(evidence.portfolio.calendar.periods) or AHEAD
    running = {line.epic.casefold() for line in found.ages}
    waiting = [name for name in _ranked(evidence) if name.casefold() not in running]
    lines = []
    for line in found.throughput:
        points, why_not = line.finished, ""
        if len(points) < FEWEST:
            why_not = f"A forecast needs {FEWEST} past periods, and there {'is' if len(points) == 1 else 'are'} {len(points)}."
        elif not any(points):
            why_not = f"Nothing was finished in {counted(len(points), 'period')}: no day can be said."
        if why_not:
            lines.append(ThroughputForecast(line.group, points, (), (), why_not))
            continue
        many = tuple(
            HowMany(periods, tuple(how_many(points, periods, share, as_seen=as_seen) for share in SHARES))
            for periods in range(1, ahead + 1)
        )
        own = sum(age.group == line.group for age in found.ages) if line.group else len(found.ages)
        queue: list[tuple[str | None, int]] = [(None, own)] if own else []
        if line.group is None:
            queue += [(name, own + turn) for turn, name in enumerate(waiting[:MOST_EPICS], start=1)]
        lines.append(ThroughputForecast(line.group, points, many, tuple(_when(points, *one, as_seen) for one in queue)))
    return replace(found, forecast=tuple(lines))


def _when(points: tuple[int, ...], epic: str | None, epics: int, as_seen: bool) -> When:
    return When(epic, epics, tuple(when(points, epics, share, as_seen=as_seen) for share in SHARES))


def _ranked(evidence: FlowEvidence) -> list[str]:
    """What has not begun, in the order of the ranking."""
    from portfolio.engine.rank import rank

    loaded = evidence.loaded
    if loaded is None or (loaded.rankable is None and loaded.portfolio is None):
        return []
    running = {epic.id for epic in evidence.portfolio.epics if evidence.portfolio.is_running(epic)}
    return [one.id for one in rank(loaded, partly=loaded.rankable is not None).epics if one.id not in running]


def with_calibration(found: Flow, evidence: FlowEvidence) -> Flow:
    """The flow with how good forecasts and ranges have been."""
    said = evidence.portfolio.evidence
    return replace(found, calibration=calibration(said.forecasts, said.actuals, evidence.as_of))


def with_track_record(found: Flow, evidence: FlowEvidence) -> Flow:
    """The flow with how earlier forecasts and promises have held, in a sentence."""
    said = evidence.portfolio.evidence
    known = calibration(said.forecasts, said.actuals, evidence.as_of)
    return replace(found, track_record=track_record(known, found.predictability, found.plans_kept))
