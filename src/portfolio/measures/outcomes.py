"""Outcome measures: how far key results have come, against the time that has passed; moving together is not causing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portfolio.domain.key_result import KeyResult
from portfolio.measures.days import day_number
from portfolio.results.flow.outcomes import KeyResultProgress, ObjectiveProgress, ServingEpic

STALE_DAYS = 91
"""A reading of more than 13 weeks ago is stale, unless periods are longer."""


def progress(reading: KeyResult) -> float | None:
    """How far the reading is on its way from the baseline to the target; which way is better follows from these.

    A target that is the baseline is kept (1) or not (0), by what `Better` says; without that nothing is said.
    """
    if reading.current is None or reading.baseline is None or reading.target is None:
        return None
    if reading.target != reading.baseline:
        return (reading.current - reading.baseline) / (reading.target - reading.baseline)
    if reading.better_when is None:
        return None
    kept = reading.current >= reading.target if reading.better_when == "higher" else reading.current <= reading.target
    return float(kept)


def time_passed(reading: KeyResult) -> float | None:
    """Which share of the time between the days of baseline and target had passed at the reading, within 0 and 1."""
    if reading.measured_on is None or reading.baseline_on is None or reading.target_on is None:
        return None
    whole = (reading.target_on - reading.baseline_on).days
    if whole <= 0:
        return None
    return min(1.0, max(0.0, (reading.measured_on - reading.baseline_on).days / whole))


@dataclass(frozen=True)
class Readings:
    """The readings of one key result, the oldest first, what the latest does not say filled in from those before."""

    given: KeyResult
    """All that is said of it."""
    upto: tuple[KeyResult, ...]

    @property
    def latest(self) -> KeyResult | None:
        """The last reading that there is by then."""
        return self.upto[-1] if self.upto else None


FILLED = ("baseline", "target", "baseline_on", "target_on", "better_when", "weight")


def readings(rows: Sequence[KeyResult], as_of: int) -> list[Readings]:
    """The readings of each key result up to a day, in the order in which key results come up; case does not tell two apart."""
    groups: dict[tuple[str, str], list[KeyResult]] = {}
    for row in rows:
        groups.setdefault((row.objective.casefold(), (row.key_result or "").casefold()), []).append(row)
    found = []
    for group in groups.values():
        known: dict[str, object] = {}
        dated = []
        order = sorted(group, key=lambda row: row.measured_on or date.min)
        for row in order:
            known |= {name: value for name in FILLED if (value := getattr(row, name)) is not None}
            filled = row.model_copy(update=known)
            if row.current is not None and row.measured_on is not None and day_number(row.measured_on) <= as_of:
                dated.append(filled)
        epics = tuple(dict.fromkeys(epic for row in group for epic in row.epics))
        last = order[-1].model_copy(update={**known, "epics": epics})
        found.append(Readings(last, tuple(dated)))
    return found


def key_results(
    rows: Sequence[KeyResult],
    as_of: int,
    period_days: float,
    epics: Mapping[str, ServingEpic],
    serving: Mapping[str, Sequence[str]],
) -> tuple[KeyResultProgress, ...]:
    """The progress of each key result with its latest reading.

    `epics` are those of the portfolio by their name in small letters; `serving` are those that name an objective
    themselves, by that in small letters.
    """
    found = []
    for one in readings(rows, as_of):
        given, latest = one.given, one.latest
        said = [(reading, progress(reading)) for reading in one.upto]
        names = dict.fromkeys([*given.epics, *serving.get(given.objective.casefold(), ())])
        known = [(reading, share) for reading, share in said if share is not None]
        at = None if latest is None else latest.measured_on
        found.append(
            KeyResultProgress(
                given.objective,
                given.key_result,
                given.baseline,
                given.target,
                None if latest is None else latest.current,
                None if at is None else at.isoformat(),
                None if latest is None else progress(latest),
                None if latest is None else time_passed(latest),
                1.0 if given.weight is None else given.weight,
                at is not None and as_of - day_number(at) > max(STALE_DAYS, period_days),
                known[-1][1] - known[-2][1] if len(known) > 1 else None,
                tuple((_day(reading), share) for reading, share in known),
                tuple(epics.get(name.casefold(), ServingEpic(name, None, None, None)) for name in names),
            )
        )
    return tuple(found)


def _day(reading: KeyResult) -> str:
    return "" if reading.measured_on is None else reading.measured_on.isoformat()


def objectives(lines: Sequence[KeyResultProgress]) -> tuple[ObjectiveProgress, ...]:
    """Each objective: the mean by weight of its key results, each within 0 and 1, so that none hides another's standstill."""
    groups: dict[str, list[KeyResultProgress]] = {}
    for line in lines:
        groups.setdefault(line.objective.casefold(), []).append(line)
    return tuple(_objective(group) for group in groups.values())


def _objective(group: Sequence[KeyResultProgress]) -> ObjectiveProgress:
    known = [(line.weight, min(1.0, max(0.0, line.progress))) for line in group if line.progress is not None]
    weight = sum(weight for weight, _ in known)
    mean = sum(weight * share for weight, share in known) / weight if weight > 0 else None
    return ObjectiveProgress(group[0].objective, mean, len(known), len(group))
