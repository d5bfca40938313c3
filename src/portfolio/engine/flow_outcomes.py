"""Outcomes, dependencies, and the evidence to pivot or persevere: what the portfolio itself says beside its history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from portfolio.domain import Epic, Finding
from portfolio.domain.state import ENDED
from portfolio.domain.wording import counted
from portfolio.engine.flow_evidence import FlowEvidence
from portfolio.engine.open_work import kind_of
from portfolio.measures.days import NEVER, day_number, day_of
from portfolio.measures.dependency_ageing import dependency_ageing
from portfolio.measures.lives import Lives
from portfolio.measures.outcomes import key_results, objectives
from portfolio.measures.waits import is_met, is_raised
from portfolio.results.flow.flow import Flow
from portfolio.results.flow.outcomes import KeyResultProgress, PivotOrPersevere, ServingEpic


def with_outcomes(
    found: Flow, evidence: FlowEvidence, lives: Lives, homes: Mapping[str, str | None], over: Collection[str]
) -> Flow:
    """The flow with its dependencies, outcomes and MVPs to decide about; `over` is what is done or stopped, in small letters."""
    portfolio = evidence.portfolio
    running = [lives.name(int(place)) for place in lives.is_open.nonzero()[0]]
    serving: dict[str, list[str]] = {}
    for epic in portfolio.epics:
        if epic.outcome:
            serving.setdefault(epic.outcome.casefold(), []).append(epic.id)
    weeks = portfolio.calendar.period_weeks or 0
    results = key_results(portfolio.outcomes, evidence.as_of, weeks * 7, _serving(evidence), serving)
    return replace(
        found,
        dependencies=dependency_ageing(
            portfolio.dependencies, portfolio.evidence.blocked, evidence.as_of, homes, over, running, evidence.streams
        ),
        key_results=results,
        objectives=objectives(results),
        pivots=pivots(evidence, lives, results),
        findings=(*found.findings, *_met(evidence, over)),
    )


def over_in(evidence: FlowEvidence, lives: Lives) -> set[str]:
    """The epics that are done or stopped by their history, else by their state, in small letters."""
    names = [name.casefold() for name in lives.names]
    known = set(names)
    ended = {name for name, has_ended in zip(names, lives.ended <= evidence.as_of, strict=True) if has_ended}
    return ended | {
        epic.id.casefold()
        for epic in evidence.portfolio.epics
        if epic.state and epic.id.casefold() not in known and kind_of(evidence.model, epic.state) in ENDED
    }


def _met(evidence: FlowEvidence, over: Collection[str]) -> Iterator[Finding]:
    """Dependencies whose end is done or stopped, and of which nobody said when they were resolved."""
    links = [one for one in evidence.portfolio.dependencies if is_raised(one, evidence.as_of)]
    met = [one for one in links if (one.raised_on or one.needed_by) and is_met(one, evidence.as_of, over)]
    if met:
        first = f"{'first ' if len(met) > 1 else ''}{met[0].successor} on {met[0].predecessor}"
        yield Finding(
            "warning",
            f"{evidence.name}, Dependencies",
            f"{counted(len(met), 'dependency')}, {first}, {'has' if len(met) == 1 else 'have'} no Resolved on, though an end is done or stopped.",
            "It is waited for no longer; since when is not known, so that no wait of it is counted.",
            "Enter Resolved on.",
        )


def homes_of(evidence: FlowEvidence, lives: Lives) -> dict[str, str | None]:
    """The value stream of each epic that waits or is waited for: its largest one, else that of its history."""
    links, blocked = evidence.portfolio.dependencies, evidence.portfolio.evidence.blocked
    asked = {name.casefold() for link in links for name in (link.predecessor, link.successor)}
    asked |= {row.epic.casefold() for row in blocked}
    found: dict[str, str | None] = {}
    for place in range(len(lives)) if asked else ():
        name = lives.name(place).casefold()
        if name in asked:
            found[name] = _stream(lives, place)
    return {**found, **evidence.homes}


def _stream(lives: Lives, place: int) -> str | None:
    number = int(lives.value_stream[place])
    return lives.streams[number] if number >= 0 else None


def _serving(evidence: FlowEvidence) -> dict[str, ServingEpic]:
    spent = spent_on(evidence)
    return {
        epic.id.casefold(): ServingEpic(epic.id, epic.title, epic.state, spent.get(epic.id.casefold()))
        for epic in evidence.portfolio.epics
    }


def spent_on(evidence: FlowEvidence) -> dict[str, float]:
    """Money for the effort that epics took so far, where Actuals say it and their value stream has a cost per unit."""
    costs = {stream.id.casefold(): stream.cost_per_unit for stream in evidence.portfolio.value_streams}
    found: dict[str, float] = {}
    for row in evidence.portfolio.evidence.actuals:
        stream = row.value_stream or evidence.homes.get(row.epic.casefold()) or ""
        cost = costs.get(stream.casefold())
        if row.actual_effort is not None and cost is not None:
            found[row.epic.casefold()] = found.get(row.epic.casefold(), 0.0) + row.actual_effort * cost
    return found


def pivots(
    evidence: FlowEvidence, lives: Lives, results: tuple[KeyResultProgress, ...]
) -> tuple[PivotOrPersevere, ...]:
    """The evidence for each epic in progress that has an MVP: no verdict, but who decides."""
    spent, worth, chances = spent_on(evidence), _worth(evidence), _chances(evidence)
    open_places = lives.is_open.nonzero()[0]
    started = {lives.name(int(place)).casefold(): int(lives.started[place]) for place in open_places}
    who = evidence.model.decision_rights_text("stop epics", portfolio=evidence.portfolio)
    lines = []
    for epic in evidence.portfolio.epics:
        name = epic.id.casefold()
        is_running = name in started or evidence.portfolio.is_running(epic)
        if not is_running or (epic.mvp_periods is None and epic.mvp_cost is None):
            continue
        ends = mvp_end(evidence, epic, started.get(name, NEVER))
        lines.append(
            PivotOrPersevere(
                epic.id,
                epic.title,
                None if ends is None else ends.isoformat(),
                ends is not None and day_number(ends) <= evidence.as_of,
                tuple(one for one in results if any(served.epic.casefold() == name for served in one.serves)),
                spent.get(name),
                _reserved(evidence, epic),
                worth.get(name),
                chances.get(name),
                who,
            )
        )
    return tuple(lines)


def mvp_end(evidence: FlowEvidence, epic: Epic, started: int) -> date | None:
    """The last day of an epic's MVP, from the day or the period in which it began."""
    calendar = evidence.portfolio.calendar
    if calendar.period_weeks is None:
        return None
    began = epic.started or (day_of(started) if started < NEVER else None)
    if began is None and epic.start in calendar.periods:
        began = calendar.first_day(calendar.index(epic.start))
    return None if began is None else began + timedelta(weeks=(epic.mvp_periods or 1) * calendar.weeks, days=-1)


def _reserved(evidence: FlowEvidence, epic: Epic) -> float | None:
    costs = {stream.id: stream.cost_per_unit for stream in evidence.portfolio.value_streams}
    if any(costs.get(stream) is None for stream in epic.effort):
        return None
    return sum(units * (costs[stream] or 0) for stream, units in epic.effort.items()) + (epic.external_cost or 0)


def _worth(evidence: FlowEvidence) -> Mapping[str, float]:
    """What each epic is worth for each unit of what is left, as it is ranked by."""
    from portfolio.engine.rank import rank

    loaded = evidence.loaded
    if loaded is None or (loaded.rankable is None and loaded.portfolio is None):
        return {}
    ranking = rank(loaded, partly=loaded.rankable is not None)
    found = {one.id.casefold(): one.cd3 if one.cd3 is not None else one.wsjf for one in ranking.epics}
    return {name: value for name, value in found.items() if value is not None}


def _chances(evidence: FlowEvidence) -> dict[str, float]:
    """The latest chance that was given to each epic to be done by its date."""
    found: dict[str, tuple[date, float]] = {}
    for row in evidence.portfolio.evidence.forecasts:
        name = row.subject.casefold()
        is_known = row.question == "done" and row.chance is not None and day_number(row.made_on) <= evidence.as_of
        if is_known and row.chance is not None and (name not in found or found[name][0] <= row.made_on):
            found[name] = (row.made_on, row.chance)
    return {name: chance for name, (_, chance) in found.items()}
