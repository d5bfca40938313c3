"""Evidence: days in their order, no more tests passed than run, one vote each; a row that cannot be right counts for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from portfolio.domain.counted_rows import EVIDENCE, of_evidence
from portfolio.domain.evidence import Vote
from portfolio.domain.finding import FieldFinding
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.record import Record
from portfolio.domain.references import spellings
from portfolio.domain.spelling import KnownWords, shown, suggestion

ORDERED: tuple[tuple[str, str, str], ...] = (
    ("blocked", "since", "until"),
    ("deployments", "first_commit", "deployed"),
    ("deployments", "deployed", "recovered"),
    ("incidents", "began", "restored"),
    ("forecasts", "made_on", "known_on"),
)
"""In which list which day is never after which other."""


def check_evidence(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Every row of the evidence can have happened as it says."""
    if portfolio.evidence.is_empty:
        return
    for check in (_order, _tests, _ranges, _streams, _twice, _votes):
        yield from map(of_evidence, check(portfolio))
    yield from _causes(portfolio)


def is_before(first: date, second: date) -> bool:
    """Whether a day or moment lies before another; a day and a moment, or times with and without offset, by their days."""
    timed = isinstance(first, datetime) and isinstance(second, datetime)
    if timed and (first.tzinfo is None) == (second.tzinfo is None):  # type: ignore[attr-defined]
        return first < second
    return _day(first) < _day(second)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _order(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """What comes later never lies before what comes first."""
    for name, first, second in ORDERED:
        for index, row in enumerate(_rows(portfolio, name)):
            begun, ended = getattr(row, first), getattr(row, second)
            if begun is not None and ended is not None and is_before(ended, begun):
                titles = [str(type(row).model_fields[field].title) for field in (second, first)]
                yield FieldFinding(
                    (f"{EVIDENCE}{name}", index, second),
                    f"{titles[0]} {ended} is before {titles[1]} {begun}.",
                    f"{titles[1]} comes first.",
                    "Check both, and correct the wrong one.",
                )


def _tests(portfolio: Portfolio) -> Iterator[FieldFinding]:
    for index, row in enumerate(portfolio.evidence.integrations):
        if row.tests_run is not None and row.tests_passed is not None and row.tests_passed > row.tests_run:
            yield FieldFinding(
                (f"{EVIDENCE}integrations", index, "tests_passed"),
                f"Tests passed {row.tests_passed} is more than Tests run {row.tests_run}.",
                "Only a test that ran can pass.",
                "Check both, and correct the wrong one.",
            )


def _ranges(portfolio: Portfolio) -> Iterator[FieldFinding]:
    for index, row in enumerate(portfolio.evidence.actuals):
        low, high = row.estimated_low, row.estimated_high
        if low is not None and high is not None and low > high:
            yield FieldFinding(
                (f"{EVIDENCE}actuals", index, "estimated_high"),
                f"Estimated high {high:g} is below Estimated low {low:g}.",
                "Low and high are the 10th and 90th percentile.",
                "Exchange the two, or correct the wrong one.",
            )


def _streams(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """What was delivered belongs to a value stream that there is."""
    known = spellings(stream.id for stream in portfolio.value_streams)
    words = KnownWords(known.values())
    for index, row in enumerate(portfolio.evidence.delivered):
        if known and row.value_stream.casefold() not in known:
            yield FieldFinding(
                (f"{EVIDENCE}delivered", index, "value_stream"),
                f"Value stream {shown(row.value_stream)} is unknown.",
                "There is no value stream with this ID.",
                suggestion(row.value_stream, words, "Write the ID of a value stream, or delete the row."),
            )


def _twice(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A period of a value stream was delivered once, and a deployment has an ID of its own."""
    seen: set[tuple[str, str]] = set()
    for index, row in enumerate(portfolio.evidence.delivered):
        key = (row.value_stream.casefold(), row.period.casefold())
        if key in seen:
            yield FieldFinding(
                (f"{EVIDENCE}delivered", index, "period"),
                f"{row.period} of {row.value_stream} is given twice.",
                "A period of a value stream has one row.",
                "Add the two up, or delete the one that is wrong.",
            )
        seen.add(key)
    names: set[str] = set()
    for index, deployment in enumerate(portfolio.evidence.deployments):
        name = (deployment.id or "").casefold()
        if name and name in names:
            yield FieldFinding(
                (f"{EVIDENCE}deployments", index, "id"),
                f"ID {shown(deployment.id)} is given twice.",
                "Each deployment has its own.",
                "Delete the row, or give it another ID.",
            )
        names.add(name)


def _votes(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Votes are about epics that there are, say something, and are one for each who scores; who that is stays unsaid."""
    known = spellings(epic.id for epic in portfolio.epics)
    words = KnownWords(known.values())
    last: dict[tuple[str, str], int] = {}
    for index, vote in enumerate(portfolio.evidence.votes):
        place = f"{EVIDENCE}votes", index
        if vote.epic.casefold() not in known:
            fix = suggestion(vote.epic, words, "Write the ID of an epic, or delete the row.")
            yield FieldFinding(
                (*place, "epic"), f"Epic {shown(vote.epic)} is unknown.", "There is no epic with this ID.", fix
            )
        elif not _says_something(vote):
            yield FieldFinding((*place, "epic"), "This vote has no score.", "A vote says at least one.", "Enter one.")
        else:
            key = (vote.epic.casefold(), vote.scorer.casefold())
            if key in last:
                yield FieldFinding(
                    (f"{EVIDENCE}votes", last[key], "epic"),
                    f"Who scores here does so for {vote.epic} again further down.",
                    "Each has one vote for an epic, and the last one counts.",
                    "Delete the row that is not meant.",
                )
            last[key] = index


def _says_something(vote: Vote) -> bool:
    return bool(vote.criteria) or any(
        value is not None for name, value in vote if name not in ("epic", "scorer", "criteria")
    )


def _causes(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """An incident names a deployment that there is; without one it counts all the same."""
    known = spellings(deployment.id for deployment in portfolio.evidence.deployments if deployment.id)
    words = KnownWords(known.values())
    for index, row in enumerate(portfolio.evidence.incidents):
        if known and row.deployment is not None and row.deployment.casefold() not in known:
            yield FieldFinding(
                (f"{EVIDENCE}incidents", index, "deployment"),
                f"Deployment {shown(row.deployment)} is unknown.",
                "The sheet Deployments has none of this ID.",
                suggestion(row.deployment, words, "Write a known one, or leave this out."),
                "warning",
            )


def _rows(portfolio: Portfolio, name: str) -> Sequence[Record]:
    return getattr(portfolio.evidence, name)  # type: ignore[no-any-return]
