"""Forecasts by throughput alone, for portfolios without sizes, and how good forecasts have been."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from portfolio.domain.evidence import Forecast
from portfolio.domain.wording import counted
from portfolio.engine.flow_evidence import FlowEvidence
from portfolio.engine.load import Loaded
from portfolio.measures.calibration import calibration
from portfolio.measures.forecast import FEWEST, how_many, when
from portfolio.measures.periods import end_after
from portfolio.results.flow.flow import Flow
from portfolio.results.flow.forecast import SHARES, HowMany, ThroughputForecast, When
from portfolio.results.flow.groups import Per
from portfolio.results.flow.track_record import track_record

AHEAD = 4
"""Further periods that are looked at, where the plan does not say how many there are."""
MOST_EPICS = 30


def with_forecast(found: Flow, evidence: FlowEvidence, per: Per = "period", *, as_seen: bool = False) -> Flow:
    """The flow with a forecast of all and of each part, by what was finished in past periods."""
    ahead = len(evidence.portfolio.calendar.periods) or AHEAD
    running = {line.epic.casefold() for line in found.ages}
    waiting = [name for name in _ranked(evidence) if name.casefold() not in running]
    calendar = evidence.portfolio.calendar
    ends = partial(end_after, per, calendar, found.periods[-1]) if found.periods else lambda _: None
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
            HowMany(
                periods, tuple(how_many(points, periods, share, as_seen=as_seen) for share in SHARES), ends(periods)
            )
            for periods in range(1, ahead + 1)
        )
        own = sum(age.group == line.group for age in found.ages) if line.group else len(found.ages)
        queue: list[tuple[str | None, int]] = [(None, own)] if own else []
        if line.group is None:
            queue += [(name, own + turn) for turn, name in enumerate(waiting[:MOST_EPICS], start=1)]
        lines.append(
            ThroughputForecast(line.group, points, many, tuple(_when(points, *one, as_seen, ends) for one in queue))
        )
    return replace(found, forecast=tuple(lines))


def _when(
    points: tuple[int, ...], epic: str | None, epics: int, as_seen: bool, ends: Callable[[int], date | None]
) -> When:
    within = tuple(when(points, epics, share, as_seen=as_seen) for share in SHARES)
    return When(epic, epics, within, tuple(None if count is None else ends(count) for count in within))


def forecast_rows(found: Flow) -> tuple[Forecast, ...]:
    """What a forecast foretold, as rows that can be judged later: the next period of all and each part, and each epic of the ranking."""
    made_on, rows = found.window.last, list[Forecast]()
    for line in found.forecast:
        for one in line.how_many[:1]:
            rows.append(
                Forecast(
                    made_on=made_on,
                    subject=line.group or "portfolio",
                    question="how many",
                    by=one.by,
                    p50=one.at_least[0],
                    p85=one.at_least[1],
                )
            )
        rows += [
            Forecast(made_on=made_on, subject=one.epic, question="done", p50=one.days[0], p85=one.days[1])
            for one in line.when
            if one.epic is not None and one.days[1] is not None
        ]
    return tuple(rows)


def new_forecasts(found: Flow, loaded: Loaded) -> tuple[Forecast, ...]:
    """The rows of a forecast that the portfolio does not hold yet."""
    portfolio = loaded.reading.portfolio
    held = {_same(row) for row in (() if portfolio is None else portfolio.evidence.forecasts)}
    return tuple(row for row in forecast_rows(found) if _same(row) not in held)


def _same(row: Forecast) -> tuple[date, str, str, date | None]:
    return row.made_on, row.subject.casefold(), row.question, row.by


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
    known = found.calibration or calibration(said.forecasts, said.actuals, evidence.as_of)
    return replace(found, track_record=track_record(known, found.predictability, found.plans_kept))
