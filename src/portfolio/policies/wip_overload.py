"""WIP overload: more is in progress than people can finish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding
from portfolio.policies.past import PastEpic
from portfolio.policies.policy import Limits, Subject, WarnedIn, named, warning


class WipOverload:
    """Few epics are in progress at once in each value stream.

    Rule: of the epics that are decided or in progress (Start is given, or their state says so), at most as many run in a value stream and
    period as its WIP limit says, or `epics` where it has none. Where there is history, it says before their state what is in progress,
    epics that have left the workbook included.
    Formula: count of such epics whose shortest run covers the period and that need effort there <= limit.
    Unit: epics.
    Why: Little's law: with the same throughput, twice the work in progress takes twice as long.
    Source: Kanban; the limit is general knowledge.
    Example: five epics in progress in a value stream where 3 are the limit.
    """

    name = "WIP overload"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("flow",)
    limits: ClassVar[Limits] = {"epics": 3}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each value stream at the period in which most is in progress."""
        portfolio = subject.portfolio
        periods = portfolio.calendar.periods
        running: Counter[tuple[str, int]] = Counter()
        for epic in portfolio.epics:
            first = _first_period(epic, subject)
            for name, effort in epic.effort.items() if first is not None else ():
                running.update((name, (first or 0) + turn) for turn in range(epic.shortest) if effort > 0)
        known, planned = _known_to_run(subject), {epic.id.casefold() for epic in portfolio.epics}
        running.update(
            (stream, 0) for stream, epics in known.items() for epic in epics if epic.id.casefold() not in planned
        )
        for index, stream in enumerate(portfolio.value_streams):
            most = limits["epics"] if stream.wip_limit is None else stream.wip_limit
            counts = [(running[stream.id, period], -period) for period in range(max(1, len(periods)))]
            count, place = max(counts)
            if count > most:
                yield warning(
                    ("value_streams", index, "wip_limit"),
                    f"{count} {subject.words.epics} are {_where(stream.id, -place, known.get(stream.id, ()), subject)}.",
                    f"The policy allows {most:g} at once.",
                    f"Stop starting: finish or park some before more is decided. {subject.words.stopping}".strip(),
                )


def _first_period(epic: Epic, subject: Subject) -> int | None:
    """The first period of what is decided or in progress; what history knows of an epic counts before its state."""
    portfolio = subject.portfolio
    if epic.start is not None:
        return portfolio.calendar.index(epic.start)
    known = None if subject.past is None else subject.past.by_id.get(epic.id.casefold())
    return 0 if (portfolio.is_running(epic) if known is None else known.is_open) else None


def _known_to_run(subject: Subject) -> Mapping[str, Sequence[PastEpic]]:
    """What is in progress by its history, oldest first, by each value stream that it needs."""
    portfolio, found = subject.portfolio, dict[str, list[PastEpic]]()
    planned = {epic.id.casefold(): epic for epic in portfolio.epics}
    for epic in () if subject.past is None else subject.past.open:
        own = planned.get(epic.id.casefold())
        needs = [epic.stream] if own is None else [name for name, effort in own.effort.items() if effort > 0]
        for name in needs:
            found.setdefault(name or "", []).append(epic)
    return found


def _where(stream: str, period: int, known: Sequence[PastEpic], subject: Subject) -> str:
    """Where so many are in progress, with what history knows of them."""
    periods = subject.portfolio.calendar.periods
    if period or not known or subject.past is None:
        return f"decided for {stream} in {periods[period]}" if periods else f"in progress in {stream}"
    since = named([f"{epic.id} since {epic.started}" for epic in known])
    also = f" or decided for {periods[0]}" if periods else ""
    return f"in progress in {stream}{also}; by its history up to {subject.past.as_of}: {since}"
