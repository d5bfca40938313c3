"""Measures flow, delivery and outcomes of a portfolio from its dated history; it ranks nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding
from portfolio.engine.load import DEFAULT_MODEL, Loaded
from portfolio.errors import WrongUseError
from portfolio.optimizer.default_limits import DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.engine.flow_evidence import FlowEvidence
    from portfolio.measures.groups import Grouping
    from portfolio.measures.lives import Lives
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.results.flow.flow import Flow, Window
    from portfolio.results.flow.groups import Per

LACKS = {
    "history": "Lead times, throughput, forecasts by it, ages and load need the sheet History, or a file of history.",
    "objectives": "Predictability needs the sheet Objectives.",
    "delivery": "Delivery measures need the sheet Deployments or Incidents.",
    "integration": "Integration health needs the sheet Integrations.",
    "dependencies": "Dependency ageing needs days on the sheet Dependencies (Raised on, Needed by, Resolved on), or the sheet Blocked.",
    "outcomes": "Outcome measures need readings on the sheet Outcomes (Current, Measured on).",
}


def is_history(path: Path) -> bool:
    """Whether a file is one of history, and no portfolio."""
    from portfolio.intake.history import read_history

    return path.is_file() and read_history.is_history(path)


def flow(
    loaded: Loaded | None = None,
    *,
    history: Sequence[Path] = (),
    as_of: date | None = None,
    window: int | None = None,
    by: str = "value stream",
    per: Per = "period",
    kinds: str = "",
    model: str | None = None,
    forecast: bool = False,
    as_seen: bool = False,
    calibration: bool = False,
    coordination: bool = False,
    time_limit: float = DEFAULT_TIME_LIMIT,
    re_solves: CountProgress | None = None,
    cancel: CancelToken | None = None,
) -> Flow:
    """Every measure of flow, delivery and outcomes as of a day (today), within the last `window` days (all of them).

    `forecast` adds what further periods bring if they are like the past ones (`as_seen`: drawn from these alone), `calibration` how
    good forecasts have been. `coordination` adds what dependencies between value streams cost, by plans made without them within
    `time_limit` seconds; `re_solves` hears how many of how many are done.
    `history` are files besides the portfolio's own; without a portfolio they are all there is. Raises WrongUseError for what is never
    measured, such as figures of people, and HasErrorsError where the portfolio cannot be read.
    """
    from portfolio.engine.flow_alarms import with_alarms
    from portfolio.engine.flow_closed import with_plans_kept
    from portfolio.engine.flow_coordination import with_cost
    from portfolio.engine.flow_evidence import flow_evidence
    from portfolio.engine.flow_forecast import with_calibration, with_forecast, with_track_record
    from portfolio.results.flow.refusals import grouping_by
    from portfolio.storage.read_model import read_model

    by = grouping_by(by)
    if as_seen and not forecast:
        raise WrongUseError("`as_seen` says how a forecast draws; ask for `forecast` too.", "as_seen", "forecast")
    if window is not None and window < 1:
        raise WrongUseError("A window has at least one day.", "window")
    chosen = loaded.model if loaded is not None else read_model(model or DEFAULT_MODEL)
    evidence = flow_evidence(loaded, chosen, history, as_of or date.today(), kinds)
    found = with_plans_kept(flow_of(evidence, window, by, per), loaded, as_of or date.today())
    if calibration:
        found = with_calibration(found, evidence)
    if forecast:
        found = with_track_record(with_forecast(found, evidence, per, as_seen=as_seen), evidence)
    if coordination:
        found = with_cost(found, loaded, time_limit, re_solves=re_solves, cancel=cancel)
    return with_alarms(found, evidence)


def flow_of(evidence: FlowEvidence, window: int | None, by: str, per: Per) -> Flow:
    """Every measure of what is known up to a day."""
    from dataclasses import replace

    from portfolio.engine.flow_coordination import with_coordination
    from portfolio.engine.flow_outcomes import homes_of, over_in, with_outcomes
    from portfolio.measures.days import day_of
    from portfolio.measures.delivery import delivery
    from portfolio.measures.integration import integration_health
    from portfolio.measures.periods import past_periods
    from portfolio.measures.predictability import predictability
    from portfolio.results.flow.flow import Flow, Window

    last, known = evidence.as_of, evidence.first_day
    first = known if window is None else last - window + 1
    before = (first - window, first - 1) if window is not None and known < first else None
    days = Window(day_of(first), day_of(last), None if before is None else (day_of(before[0]), day_of(before[1])))
    calendar = evidence.portfolio.calendar
    periods = past_periods(per, calendar, max(first, known), last, whole=window is not None)
    found = Flow(
        evidence.name,
        days,
        by,
        periods,
        predictability=predictability(evidence.portfolio.evidence.objectives, calendar.periods),
        delivery=delivery(
            evidence.deployments, evidence.incidents, (first, last), before, evidence.streams, evidence.zone
        ),
        integration=integration_health(evidence.integrations, (first, last), before, evidence.streams, evidence.zone),
        findings=evidence.findings,
    )
    found, lives = _with_flow(found, evidence, by, first, before), evidence.lives
    homes, over = homes_of(evidence, lives), over_in(evidence, lives)
    found = with_coordination(with_outcomes(found, evidence, lives, homes, over), evidence, homes, over)
    return replace(found, lacks=dict(_lacks(found)))


def _with_flow(found: Flow, evidence: FlowEvidence, by: str, first: int, before: tuple[int, int] | None) -> Flow:
    """The measures of flow; none of them where there is no history."""
    from dataclasses import replace

    from portfolio.measures import efficiency, lead_times, little, load, throughput
    from portfolio.measures.groups import by_type, by_words

    lives = evidence.lives
    if not len(lives):
        return found
    grouping, order = _grouping(lives, evidence, by), evidence.model.states
    spreads = lead_times.lead_times(lives, grouping, first, before, found.periods)
    titles = {epic.id.casefold(): epic.title for epic in evidence.portfolio.epics if epic.title}
    types = by_words(lives, "type", _words(evidence, "type"), by_type(lives))
    horizons = by_words(lives, "horizon", _words(evidence, "horizon"))
    return replace(
        found,
        lead_times=spreads,
        throughput=throughput.throughput(lives, grouping, found.periods),
        ages=lead_times.ages(lives, grouping, spreads, titles),
        states=load.time_in_states(lives, first, order),
        load=load.load(lives, grouping, first, before),
        cumulative=load.cumulative_flow(lives, first, order),
        distribution=throughput.distribution(lives, (types, horizons), first),
        efficiency=efficiency.efficiency(lives, grouping, first, before, evidence.portfolio.evidence.blocked),
        little=little.littles_law(lives, first, evidence.as_of),
        notes=(*_gaps(lives, evidence, found.window), *_notes(lives)),
        findings=(
            *found.findings,
            *_too_short(spreads, evidence.name, found.window),
            *_at_once(lives, evidence.name),
        ),
    )


def _grouping(lives: Lives, evidence: FlowEvidence, by: str) -> Grouping:
    """What figures are grouped by: value streams in the order of the workbook, or words that epics have."""
    from portfolio.measures.groups import by_type, by_value_stream, by_words

    if by == "value stream":
        return by_value_stream(lives)
    return by_words(lives, by, _words(evidence, by), by_type(lives) if by == "type" else None)


def _words(evidence: FlowEvidence, by: str) -> dict[str, str]:
    """What each epic of the portfolio has in a column, by its name in small letters."""
    name = by.replace(" ", "_")
    return {epic.id.casefold(): str(word) for epic in evidence.portfolio.epics if (word := getattr(epic, name))}


def _too_short(spreads: Sequence[object], name: str, window: Window) -> Iterator[Finding]:
    from portfolio.domain.wording import counted
    from portfolio.results.flow.lead_times import LeadTimes

    short = [one.group or "the portfolio" for one in spreads if isinstance(one, LeadTimes) and one.too_short]
    if short:
        yield Finding(
            "warning",
            name,
            f"The window of {counted(window.days, 'day')} is too short for lead times of {', '.join(short)}.",
            "All that was seen from its begin is finished, while older work is still going on.",
            f"Take a longer one, for example `window` {window.days * 2}.",
        )


def _at_once(lives: Lives, name: str) -> Iterator[Finding]:
    from portfolio.domain.wording import first_of

    if len(lives.rows.at_once):
        names = [lives.transitions.epics[int(place)] for place in lives.rows.at_once]
        yield Finding(
            "warning",
            name,
            f"Two states at the same moment: {first_of(names, 5)}.",
            "Of two states at one moment the later row holds, as if the other had never been.",
            "Correct the moment of one of the two.",
        )


def _gaps(lives: Lives, evidence: FlowEvidence, window: Window) -> Iterator[str]:
    """What there is nothing of, which zeros and missing lines would leave to guess."""
    from portfolio.domain.wording import first_of
    from portfolio.measures.days import day_number

    if not ((lives.finished >= day_number(window.first)) & (lives.finished <= evidence.as_of)).any():
        yield f"Nothing was finished from {window.first} to {window.last}."
    there = {lives.streams[int(place)] for place in set(lives.value_stream.tolist()) if place >= 0}
    without = [name for name in evidence.streams if name not in there]
    if without:
        yield f"No epic of the history is of {first_of(without, 5)}."


def _notes(lives: Lives) -> Iterator[str]:
    """What has to be known to read the figures."""
    from portfolio.domain.wording import counted, first_of

    for count, what in (
        (lives.reopened, "was re-opened after it was done or stopped"),
        (lives.withdrawn, "went back before its commitment"),
    ):
        rows = count > 0
        if rows.any():
            names = [lives.name(int(place)) for place in rows.nonzero()[0]]
            said = what.replace("was ", "were ", 1) if len(names) > 1 else what
            times = f" ({int(count.sum())} times in all)" if count.sum() > len(names) else ""
            yield f"{counted(len(names), 'epic')} {said}{times}: {first_of(names, 5)}."
    rows = lives.uncommitted
    if rows.any():
        names = [lives.name(int(place)) for place in rows.nonzero()[0]]
        yield f"Done or stopped without a commitment, and so without a lead time: {first_of(names, 5)}."
    if lives.rows.repeated:
        many = lives.rows.repeated
        yield f"Said twice, and counted once: {many:,} {'change' if many == 1 else 'changes'} of state."


def _lacks(found: Flow) -> Iterator[tuple[str, str]]:
    """What each measure that is not there would need."""
    there = {
        "history": bool(found.lead_times),
        "objectives": bool(found.predictability),
        "delivery": bool(found.delivery),
        "integration": bool(found.integration),
        "dependencies": found.dependencies is not None,
        "outcomes": any(line.measured_on for line in found.key_results),
    }
    for name, is_there in there.items():
        if not is_there:
            yield name, LACKS[name]
