"""What flow is measured from: a portfolio's evidence and files of history, in one time zone, with what states mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from portfolio.domain import Epic, Finding, Portfolio
from portfolio.domain.evidence import Deployment, Incident, Integration, StateChange
from portfolio.domain.spelling import nearest
from portfolio.domain.state import StateKind
from portfolio.engine.evidence_files import evidence_of_file, with_evidence_of
from portfolio.engine.load import HasErrorsError, Loaded, completed
from portfolio.engine.open_work import kind_of
from portfolio.errors import WrongUseError
from portfolio.intake.history.history_file import HistoryFile
from portfolio.intake.read_evidence_file import EvidenceFile
from portfolio.measures.days import day_number, day_of, local_day
from portfolio.measures.delivery import in_order
from portfolio.measures.joined import joined
from portfolio.measures.lives import KINDS, Lives, lives_of
from portfolio.measures.transitions import Transitions, transitions_of
from portfolio.operating_model import OperatingModel

LATE_FIX = "Correct the day, or look at the portfolio as of a later one."


@dataclass(frozen=True)
class FlowEvidence:
    """Everything that is measured, with what was wrong with it."""

    name: str
    portfolio: Portfolio
    model: OperatingModel
    loaded: Loaded | None
    as_of: int
    zone: tzinfo | None
    transitions: Transitions
    kinds: Mapping[str, StateKind]
    deployments: tuple[Deployment, ...]
    incidents: tuple[Incident, ...]
    integrations: tuple[Integration, ...]
    findings: tuple[Finding, ...]
    homes: Mapping[str, str] = field(default_factory=dict)
    """The largest value stream of each epic, by its name in small letters."""

    @property
    def streams(self) -> tuple[str, ...]:
        """The value streams in the order of the workbook."""
        return tuple(stream.id for stream in self.portfolio.value_streams)

    @property
    def epics(self) -> dict[str, Epic]:
        """The epics of the portfolio by their name in small letters."""
        return {epic.id.casefold(): epic for epic in self.portfolio.epics}

    @cached_property
    def lives(self) -> Lives:
        """One life per epic, as of the day that is looked at."""
        return self.lives_by(self.as_of)

    def lives_by(self, day: int) -> Lives:
        """One life per epic, as of some day."""
        return lives_of(self.transitions, self.kinds, day, self.homes, self.streams)

    @property
    def first_day(self) -> int:
        """The first day that anything is known of."""
        days = [day_number(local_day(row.deployed, self.zone)) for row in self.deployments]
        days += [day_number(local_day(row.began, self.zone)) for row in self.incidents]
        days += [day_number(local_day(row.integrated, self.zone)) for row in self.integrations]
        known = self.transitions.first_day
        return int(min([*days, self.as_of, *(() if known is None else (known,))]))


def flow_evidence(
    loaded: Loaded | None,
    model: OperatingModel,
    history: Sequence[Path],
    as_of: date,
    kinds: str = "",
) -> FlowEvidence:
    """What a portfolio and files of history hold up to a day.

    `kinds` says what states mean, `Analysis = before; Build = active`, before the way of working does. A file may also be a table of another
    kind of evidence. Raises HasErrorsError where the portfolio cannot be read, WrongUseError for a file that is neither.
    """
    portfolio = _portfolio(loaded, model)
    zone = _zone(portfolio.time_zone)
    name = loaded.name if loaded is not None else history[0].name if history else "portfolio"
    files = [evidence_of_file(path, portfolio, zone) for path in history]
    portfolio = with_evidence_of(portfolio, files)
    evidence = portfolio.evidence
    rows, found = _histories(evidence.history, files, zone, name)
    said, last = kinds_said(kinds), day_number(as_of)
    known = {state: kind for state in rows.states if (kind := _kind(state, said, model)) is not None}
    past = _Past(name, zone, last)
    deployments = [
        row
        for row in past.only("Deployments", evidence.deployments, [row.deployed for row in evidence.deployments])
        if in_order(row.deployed, row.recovered, zone)
        and (row.first_commit is None or in_order(row.first_commit, row.deployed, zone))
    ]
    incidents = past.only("Incidents", evidence.incidents, [row.began for row in evidence.incidents])
    integrations = past.only("Integrations", evidence.integrations, [row.integrated for row in evidence.integrations])
    return FlowEvidence(
        name,
        portfolio,
        model,
        loaded,
        last,
        zone,
        rows,
        known,
        tuple(deployments),
        tuple(row for row in incidents if in_order(row.began, row.restored, zone)),
        tuple(integrations),
        (*found, *_unknown_states(name, rows, known, model), *_later(name, rows, last), *past.findings),
        {name.casefold(): home for name, home in portfolio.homes.items() if home is not None},
    )


def _histories(
    own: Sequence[StateChange], files: Sequence[HistoryFile | EvidenceFile], zone: tzinfo | None, name: str
) -> tuple[Transitions, list[Finding]]:
    """The portfolio's own history and that of files as one, with what was wrong with the files."""
    offsets = zone is None and _offsets_differ(row.entered for row in own)
    parts, found = [transitions_of(own, zone)], list[Finding]()
    for file in files:
        found += file.findings
        if isinstance(file, HistoryFile):
            parts.append(file.transitions)
            offsets = offsets or file.offsets_differ
    return joined(parts), [*found, *([_different_offsets(name)] if offsets else [])]


Row = TypeVar("Row")


@dataclass
class _Past:
    """Keeps the rows up to a day; those of later ones are findings."""

    name: str
    zone: tzinfo | None
    last: int
    findings: list[Finding] = field(default_factory=list)

    def only(self, sheet: str, rows: Sequence[Row], moments: Sequence[date]) -> list[Row]:
        """The rows whose moment has come."""
        come = [day_number(local_day(moment, self.zone)) <= self.last for moment in moments]
        late = len(come) - sum(come)
        if late:
            what = f"{late:,} {'row lies' if late == 1 else 'rows lie'} after {day_of(self.last)} and {'counts' if late == 1 else 'count'} for nothing."
            place = f"{self.name}, {sheet}"
            self.findings.append(Finding("error", place, what, "A wish is no history.", LATE_FIX))
        return [row for row, has_come in zip(rows, come, strict=True) if has_come]


def kinds_said(text: str) -> dict[str, StateKind]:
    """What states mean, said as `State = kind; ...`; raises WrongUseError for what is no kind."""
    found: dict[str, StateKind] = {}
    for entry in filter(None, (one.strip() for one in text.replace("\n", ";").split(";"))):
        state, _, said = entry.rpartition("=")
        kind = next((kind for kind in KINDS if kind == said.strip().casefold()), None)
        if not state.strip() or kind is None:
            raise WrongUseError(
                f'"{entry}" says no kind of a state; write for example "Analysis = before; Build = active". The kinds are {", ".join(KINDS)}.',
                "kinds",
            )
        found[state.strip().casefold()] = kind
    return found


def _kind(state: str, said: Mapping[str, StateKind], model: OperatingModel) -> StateKind | None:
    return said.get(state.casefold()) or kind_of(model, state)


def _portfolio(loaded: Loaded | None, model: OperatingModel) -> Portfolio:
    """The whole portfolio, what is done included; an empty one where there is only history."""
    if loaded is None:
        return Portfolio()
    read = loaded.reading.portfolio
    if read is None:
        raise HasErrorsError(loaded.findings)
    return completed(model, read)


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise WrongUseError(f'The time zone "{name}" is not known; write an IANA name such as Europe/Berlin.') from None


def _offsets_differ(moments: Iterable[date]) -> bool:
    return len({moment.utcoffset() for moment in moments if isinstance(moment, datetime) and moment.tzinfo}) > 1


def _different_offsets(name: str) -> Finding:
    return Finding(
        "warning",
        name,
        "Moments have different offsets from the world's time, and each counts on the day of its own.",
        "Days are counted in one time zone.",
        "Set Time zone, for example Europe/Berlin.",
    )


def _unknown_states(
    name: str, rows: Transitions, known: Mapping[str, StateKind], model: OperatingModel
) -> Iterator[Finding]:
    """States that nobody knows the kind of; they are asked about rather than guessed."""
    import numpy as np

    counts = np.bincount(rows.state, minlength=len(rows.states))
    for code, state in enumerate(rows.states):
        if state not in known and counts[code]:
            near = nearest(state, model.states)
            meant = f"Is {near} meant? " if near else ""
            yield Finding(
                "error",
                name,
                f"The state {state} is not known, and {'its row counts' if counts[code] == 1 else f'its {counts[code]:,} rows count'} for nothing.",
                "A state is before the commitment, waiting, active, done or stopped.",
                f'{meant}Say what it means with `kinds` "{state} = active".',
            )


def _later(name: str, rows: Transitions, last: int) -> Iterator[Finding]:
    """Changes of state that are said to have happened after the day that is looked at."""
    late = rows.day > last
    count = int(late.sum())
    if count:
        example = rows.epics[int(rows.epic[late][0])]
        yield Finding(
            "error",
            name,
            f"{count:,} {'change' if count == 1 else 'changes'} of state, first of {example}, {'is' if count == 1 else 'are'} dated after {day_of(last)} and {'counts' if count == 1 else 'count'} for nothing.",
            "A wish is no history.",
            LATE_FIX,
        )
