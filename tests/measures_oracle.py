"""An oracle for flow, delivery and outcomes: written naively from the sentences that define them, without the product.

Histories are rows as JSON holds them; days are dates; shares and means are fractions. Slow, small, obvious.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Day = datetime.date
Moment = datetime.date | datetime.datetime
Row = dict[str, Any]
Kinds = dict[str, str]
ONE = datetime.timedelta(days=1)

# ---------------------------------------------------------------------------------------------------------------------
# Days (2, 8)
# ---------------------------------------------------------------------------------------------------------------------


def moment(text: str) -> Moment:
    """A day as written, or a timestamp."""
    if len(text) == 10:
        return Day.fromisoformat(text)
    if text[-5] in "+-" and text[-3] != ":":
        text = f"{text[:-2]}:{text[-2:]}"
    return datetime.datetime.fromisoformat(text)


def day_of(when: Moment, zone: str | None = None) -> Day:
    """Timestamps with an offset become days in the time zone, or else their own; dates are days as written."""
    if not isinstance(when, datetime.datetime):
        return when
    return when.astimezone(ZoneInfo(zone)).date() if zone is not None and when.tzinfo is not None else when.date()


def days(first: Day, last: Day) -> Iterator[Day]:
    """Every day, both ends included."""
    while first <= last:
        yield first
        first += ONE


def hours(first: Moment, last: Moment) -> Fraction:
    """Hours between timestamps are real hours; a day begins at midnight."""
    apart = at_midnight(last) - at_midnight(first)
    return Fraction(apart // datetime.timedelta(microseconds=1), 3_600_000_000)


def at_midnight(when: Moment) -> datetime.datetime:
    """A day as the moment at which it begins."""
    return when if isinstance(when, datetime.datetime) else datetime.datetime.combine(when, datetime.time())


# ---------------------------------------------------------------------------------------------------------------------
# From history to one life per epic (2)
# ---------------------------------------------------------------------------------------------------------------------


class Life(NamedTuple):
    """What became of one epic until as of."""

    epic: str
    started: Day | None
    finished: Day | None
    stopped: Day | None
    reopened: int
    moves: list[tuple[Day, str]]

    @property
    def ended(self) -> Day | None:
        """The day on which it was finished or stopped."""
        return self.finished or self.stopped


def moves_of(rows: Iterable[Row], as_of: Day, zone: str | None = None) -> list[tuple[Day, str]]:
    """The moves of one epic or story by day, on the same day in the order of the file; a day after as of is no history.

    The same state and moment twice is one; of two states at the same moment of a day the later one in the file holds.
    """
    found: list[tuple[Moment, str]] = []
    for row in rows:
        when = moment(row["entered"])
        if day_of(when, zone) > as_of or (when, row["state"]) in found:
            continue
        if isinstance(when, datetime.datetime):
            found = [(other, state) for other, state in found if not same_moment(other, when)]
        found.append((when, row["state"]))
    by_day = sorted(found, key=lambda move: (day_of(move[0], zone), time_of(move[0])))
    return [(day_of(when, zone), state) for when, state in by_day]


def same_moment(one: Moment, other: Moment) -> bool:
    """Whether two timestamps are one moment."""
    return isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime) and one == other


def time_of(when: Moment) -> float:
    """The place of a timestamp within its day; days without a time stay in the order of the file."""
    return when.timestamp() if isinstance(when, datetime.datetime) else 0.0


def life(epic: str, moves: list[tuple[Day, str]], kinds: Kinds) -> Life:
    """Follows an epic from state to state."""
    started = finished = stopped = None
    reopened = 0
    for day, state in moves:
        kind = kinds[state.casefold()]
        was = "done" if finished else "stopped" if stopped else None
        if was is not None and kind != was:
            finished = stopped = None
            reopened += 1
        if kind == "before":
            started = None
        elif kind in ("waiting", "active"):
            started = started or day
        elif kind == "done":
            finished = finished or day
        else:
            stopped = stopped or day
    return Life(epic, started, finished, stopped, reopened, moves)


def lives(history: Sequence[Row], kinds: Kinds, as_of: Day, zone: str | None = None) -> dict[str, Life]:
    """One life per epic; rows with a parent are of its features and stories."""
    found = {}
    for name in dict.fromkeys(row["epic"] for row in history if not row.get("parent")):
        moves = moves_of([row for row in history if row["epic"] == name], as_of, zone)
        if moves:
            found[name] = life(name, moves, kinds)
    return found


def lead_time(one: Life) -> int | None:
    """Days from started to finished: finished - started + 1 calendar days."""
    return None if one.started is None or one.finished is None else (one.finished - one.started).days + 1


def age(one: Life, as_of: Day) -> int | None:
    """Days since started: as of - started + 1 of what is open."""
    return None if one.started is None or one.ended is not None else (as_of - one.started).days + 1


def in_progress(one: Life, day: Day) -> bool:
    """A day d of an epic in progress: started <= d, and not finished or stopped before d."""
    return one.started is not None and one.started <= day and (one.ended is None or one.ended >= day)


# --- other forms of history ---


def read_table(text: str) -> list[Row]:
    """A table with a column per state: those after Name up to the last that holds days and blanks only, and a day."""
    heading, *body = list(csv.reader(io.StringIO(text)))
    first = heading.index("Name") + 1

    def holds_days(column: int) -> bool:
        cells = [row[column] for row in body if row[column]]
        return bool(cells) and all(is_day(cell) for cell in cells)

    last = max(column for column in range(first, len(heading)) if holds_days(column))
    return [
        {"epic": row[heading.index("ID")], "state": heading[column], "entered": row[column]}
        for row in body
        for column in range(first, last + 1)
        if row[column]
    ]


def is_day(cell: str) -> bool:
    """Whether a cell holds a day."""
    try:
        Day.fromisoformat(cell)
    except ValueError:
        return False
    return True


def read_changelog(issues: Iterable[Row]) -> list[Row]:
    """Jira's changelog: the first state is the first `fromString`, entered at the issue's `created`."""
    rows = []
    for issue in issues:
        changes = sorted(
            (history["created"], item)
            for history in issue["changelog"]["histories"]
            for item in history["items"]
            if item["field"] == "status"
        )
        if changes:
            first = changes[0][1]["fromString"]
            rows.append({"epic": issue["key"], "state": first, "entered": issue["fields"]["created"]})
        rows += [{"epic": issue["key"], "state": item["toString"], "entered": created} for created, item in changes]
    return rows


# ---------------------------------------------------------------------------------------------------------------------
# Percentiles, with what is still open (3)
# ---------------------------------------------------------------------------------------------------------------------


class Observed(NamedTuple):
    """From which age on something was observed, the age it reached, and whether it ended then (else it is censored)."""

    entry: Any
    reached: Any
    ended: bool


class MoreThan(NamedTuple):
    """A percentile that cannot be said: more than the largest that was reached."""

    reached: Any


def observed(all_lives: Iterable[Life], first: Day | None, as_of: Day) -> list[Observed]:
    """Entry age and age reached of every committed epic that was there since the window's first day."""
    found = []
    for one in all_lives:
        if one.started is None:
            continue
        entry = 0 if first is None else max(0, (first - one.started).days)
        until = one.ended or as_of
        reached = (until - one.started).days + 1
        if reached > entry:
            found.append(Observed(entry, reached, one.finished is not None))
    return found


def survival(what: Sequence[Observed]) -> dict[Any, Fraction]:
    """S after each lead time t: it falls by the factor 1 - ended at t / at risk at t, at risk those with L < t <= T."""
    found, still = {}, Fraction(1)
    for t in sorted({one.reached for one in what if one.ended}):
        at_risk = sum(one.entry < t <= one.reached for one in what)
        still *= 1 - Fraction(sum(one.ended and one.reached == t for one in what), at_risk)
        found[t] = still
    return found


def is_too_short(what: Sequence[Observed]) -> bool:
    """S = 0 while older epics are still observed: the window is too short."""
    return any(still == 0 and any(one.reached > t for one in what) for t, still in survival(what).items())


def percentile(what: Sequence[Observed], share: Fraction) -> Any:
    """The smallest t with 1 - S(t) >= q; if S stays above 1 - q, more than the largest T."""
    for t, still in survival(what).items():
        if 1 - still >= share:
            return t
    return MoreThan(max(one.reached for one in what))


def naive_percentile(values: Sequence[Any], share: Fraction) -> Any:
    """The smallest value with at least q of the values at or below it."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


# ---------------------------------------------------------------------------------------------------------------------
# Flow (3)
# ---------------------------------------------------------------------------------------------------------------------


def time_in_states(one: Life) -> dict[str, int]:
    """Days between entering and leaving; the day of finishing belongs to the last state before done."""
    assert one.finished is not None
    found: dict[str, int] = {}
    for (entered, state), (left, _) in zip(one.moves, one.moves[1:], strict=False):
        found[state] = found.get(state, 0) + (left - entered).days
    found[one.moves[-2][1]] += 1
    return found


def past_periods(start: Day, length: int, first: Day, as_of: Day) -> list[tuple[Day, Day]]:
    """Periods of so many days counted back from the plan's start, none before the first day, none that is not over."""
    found = []
    end = start - ONE
    while end <= as_of:
        end += datetime.timedelta(days=length)
    while end >= first:
        begin = end - datetime.timedelta(days=length - 1)
        if end <= as_of and begin >= first:
            found.append((begin, end))
        end = begin - ONE
    return found[::-1]


def throughput(all_lives: Iterable[Life], periods: Sequence[tuple[Day, Day]]) -> list[int]:
    """Finished per period, zeros included."""
    finished = [one.finished for one in all_lives if one.finished is not None]
    return [sum(first <= day <= last for day in finished) for first, last in periods]


def load(all_lives: Sequence[Life], day: Day) -> int:
    """Epics in progress on a day."""
    return sum(in_progress(one, day) for one in all_lives)


def state_at(one: Life, day: Day) -> str | None:
    """The state at the end of a day."""
    return next((state for entered, state in reversed(one.moves) if entered <= day), None)


def cumulative(all_lives: Iterable[Life], day: Day, order: Sequence[str]) -> list[int]:
    """By state: how many have reached it or a later one at the end of the day."""
    places = [name.casefold() for name in order]
    now = [places.index(state.casefold()) for one in all_lives if (state := state_at(one, day)) is not None]
    return [sum(place <= other for other in now) for place in range(len(order))]


def active_days(rows: Iterable[Row], kinds: Kinds, as_of: Day, zone: str | None = None) -> set[Day]:
    """Days on which one epic or story was in an active state at any moment."""
    moves = moves_of(rows, as_of, zone)
    found: set[Day] = set()
    for place, (entered, state) in enumerate(moves):
        if kinds[state.casefold()] == "active":
            left = moves[place + 1][0] if place + 1 < len(moves) else as_of
            found |= set(days(entered, left))
    return found


def epic_clock(
    one: Life, history: Sequence[Row], blocked: Sequence[Row], kinds: Kinds, as_of: Day, zone: str | None = None
) -> tuple[int, int]:
    """Active days and lead time: days, not sums, less blocked days (From <= day < To)."""
    assert one.started is not None
    assert one.finished is not None
    names = dict.fromkeys(row["epic"] for row in history if one.epic in (row["epic"], row.get("parent")))
    active = set().union(
        *(active_days([row for row in history if row["epic"] == name], kinds, as_of, zone) for name in names)
    )
    for row in blocked:
        if row["epic"] == one.epic:
            until = row["until"] and day_of(moment(row["until"]))
            active -= set(days(day_of(moment(row["since"])), until - ONE if until else as_of))
    return sum(one.started <= day <= one.finished for day in active), (one.finished - one.started).days + 1


def efficiency(clocks: Iterable[tuple[int, int]]) -> Fraction:
    """For several epics: sum of active days / sum of lead times, never the mean of ratios."""
    found = list(clocks)
    return Fraction(sum(active for active, _ in found), sum(lead for _, lead in found))


class Little(NamedTuple):
    """The check of the data and of steadiness: what it says, and why it may not be used."""

    load: Fraction
    throughput: Fraction
    lead_time: Fraction | None
    ratio: Fraction | None
    arrived: int
    finished: int
    before: list[int]
    after: list[int]
    is_valid: bool


def little(all_lives: Iterable[Life], first: Day, last: Day) -> Little:
    """L, throughput, W and throughput * W / L for days a..b; and the conditions under which it says something."""
    committed = [one for one in all_lives if one.started is not None]
    length = (last - first).days + 1
    mean_load = Fraction(sum(load(committed, day) for day in days(first, last)), length)
    left = [one for one in committed if one.ended is not None and first <= one.ended <= last]
    leads = [(one.ended - one.started).days + 1 for one in left]  # type: ignore[operator]
    lead = Fraction(sum(leads), len(leads)) if leads else None
    rate = Fraction(len(left), length)
    arrived = sum(first <= one.started <= last for one in committed)  # type: ignore[operator]
    before, after = open_ages(committed, first - ONE), open_ages(committed, last)
    ratio = rate * lead / mean_load if lead is not None and mean_load else None
    return Little(
        mean_load, rate, lead, ratio, arrived, len(left), before, after,
        is_steady(mean_load, arrived, len(left), before, after),
    )  # fmt: skip


def open_ages(all_lives: Iterable[Life], day: Day) -> list[int]:
    """The ages of what is open at the end of a day."""
    return [
        (day - one.started).days + 1
        for one in all_lives
        if one.started is not None and one.started <= day and (one.ended is None or one.ended > day)
    ]


def is_steady(mean_load: Fraction, arrived: int, finished: int, before: list[int], after: list[int]) -> bool:
    """At least 5 finished, as many arrived within 0.8..1.25, about as much open before as after, and about as old."""
    if finished < 5 or not Fraction(8, 10) <= Fraction(arrived, finished) <= Fraction(125, 100):
        return False
    if abs(len(after) - len(before)) > max(1, mean_load / 5):
        return False
    if not before or not after:
        return True
    ages = [Fraction(sum(found), len(found)) for found in (before, after)]
    return abs(ages[1] - ages[0]) <= ages[0] / 4


def predictability(objectives: Iterable[Row]) -> Fraction:
    """Actual value of all objectives / planned value of the committed ones."""
    found = list(objectives)
    planned = sum(row["planned_value"] for row in found if row.get("committed") is not False)
    return Fraction(sum(row.get("actual_value") or 0 for row in found)) / Fraction(planned)


# ---------------------------------------------------------------------------------------------------------------------
# Delivery (4)
# ---------------------------------------------------------------------------------------------------------------------


def within(rows: Iterable[Row], field: str, first: Day, last: Day) -> list[Row]:
    """The rows of a window."""
    return [row for row in rows if first <= day_of(moment(row[field])) <= last]


def deployment_frequency(deployments: Iterable[Row], first: Day, last: Day) -> tuple[Fraction, int, int]:
    """Deployments per week; days with one, and days."""
    found, length = within(deployments, "deployed", first, last), (last - first).days + 1
    return Fraction(len(found) * 7, length), len({day_of(moment(row["deployed"])) for row in found}), length


def change_lead_times(deployments: Iterable[Row]) -> list[Fraction]:
    """Deployed - First commit, in hours."""
    return [
        hours(moment(row["first_commit"]), moment(row["deployed"])) for row in deployments if row.get("first_commit")
    ]


def recoveries(deployments: Iterable[Row], now: Moment) -> list[Observed]:
    """Recovered - Deployed of failed ones, in hours; open ones are censored."""
    found = []
    for row in deployments:
        if row.get("failed"):
            until = moment(row["recovered"]) if row.get("recovered") else now
            found.append(Observed(0, hours(moment(row["deployed"]), until), bool(row.get("recovered"))))
    return found


def share_of(rows: Sequence[Row], is_so: Callable[[Row], Any]) -> tuple[int, int]:
    """How many of how many: shares carry their counts."""
    return sum(bool(is_so(row)) for row in rows), len(rows)


def restore_times(incidents: Iterable[Row], now: Moment) -> list[Observed]:
    """Time to restore: Restored - Began, in hours; open ones are censored."""
    found = []
    for row in incidents:
        until = moment(row["restored"]) if row.get("restored") else now
        found.append(Observed(0, hours(moment(row["began"]), until), bool(row.get("restored"))))
    return found


class Integration(NamedTuple):
    """The health of integration in a window."""

    per_week: Fraction
    longest_gap: int
    since_last: int
    since_releasable: int | None
    pass_rate: Fraction | None
    all_passed: Fraction
    releasable: Fraction


def integration(rows: Iterable[Row], first: Day, as_of: Day) -> Integration:
    """Integrations per week; gaps, the one up to as of included; tests passed; shares of integrations."""
    given = list(rows)
    found = within(given, "integrated", first, as_of)
    at = sorted(day_of(moment(row["integrated"])) for row in found)
    gaps = [(later - earlier).days for earlier, later in zip(at, [*at[1:], as_of], strict=True)]
    ready = [
        day_of(moment(row["integrated"]))
        for row in within(given, "integrated", Day.min, as_of)
        if row.get("releasable")
    ]
    judged = [row for row in found if row.get("releasable") is not None]
    tested = [row for row in found if row.get("tests_run")]
    run = sum(row["tests_run"] for row in tested)
    return Integration(
        Fraction(len(found) * 7, (as_of - first).days + 1),
        max(gaps),
        (as_of - at[-1]).days,
        (as_of - max(ready)).days if ready else None,
        Fraction(sum(row["tests_passed"] for row in tested), run) if run else None,
        Fraction(*share_of(tested, lambda row: row["tests_passed"] == row["tests_run"])) if tested else Fraction(0),
        Fraction(*share_of(judged, lambda row: row["releasable"])) if judged else Fraction(0),
    )


def dependency_age(row: Row, as_of: Day) -> int:
    """Days since it was raised: as of - Raised on, in days; of a resolved one the time it took."""
    until = moment(row["resolved_on"]) if row.get("resolved_on") else as_of
    return (day_of(until) - day_of(moment(row["raised_on"]))).days


def dependency_wait(row: Row, as_of: Day) -> int:
    """max(0, Resolved on or as of - Needed by)."""
    until = moment(row["resolved_on"]) if row.get("resolved_on") else as_of
    return max(0, (day_of(until) - day_of(moment(row["needed_by"]))).days)


def time_to_resolve(rows: Iterable[Row], as_of: Day) -> list[Observed]:
    """Open ones are censored, every age is at risk from its first day on."""
    return [Observed(-1, dependency_age(row, as_of), bool(row.get("resolved_on"))) for row in rows]


def age_band(row: Row, as_of: Day) -> str:
    """Open by age: 0-2, 2-6, 6-12, over 12 weeks."""
    weeks = Fraction(dependency_age(row, as_of), 7)
    return next((name for most, name in ((2, "0-2"), (6, "2-6"), (12, "6-12")) if weeks < most), "over 12")


# ---------------------------------------------------------------------------------------------------------------------
# Outcomes (5)
# ---------------------------------------------------------------------------------------------------------------------


def progress(row: Row) -> Fraction:
    """(current - baseline) / (target - baseline); to keep it: 1 if current is no worse than the target, else 0."""
    baseline, target, current = (Fraction(str(row[field])) for field in ("baseline", "target", "current"))
    if target == baseline:
        is_worse = current < target if row["better_when"] == "higher" else current > target
        return Fraction(0 if is_worse else 1)
    return (current - baseline) / (target - baseline)


def objective_progress(rows: Iterable[Row]) -> Fraction:
    """The mean by weight of progress held within 0..1, so that one overshoot hides no other's standstill."""
    found = [(Fraction(str(row.get("weight") or 1)), min(Fraction(1), max(Fraction(0), progress(row)))) for row in rows]
    return sum((weight * share for weight, share in found), Fraction(0)) / sum(weight for weight, _ in found)


def time_passed(row: Row) -> Fraction:
    """(measured - baseline day) / (target day - baseline day), held within 0..1."""
    baseline, target, measured = (
        day_of(moment(row[field])) for field in ("baseline_on", "target_on", "measured_on")
    )  # fmt: skip
    return min(Fraction(1), max(Fraction(0), Fraction((measured - baseline).days, (target - baseline).days)))


def latest_reading(rows: Iterable[Row], as_of: Day) -> Row | None:
    """The latest reading at as of."""
    known = [row for row in rows if day_of(moment(row["measured_on"])) <= as_of]
    return max(known, key=lambda row: day_of(moment(row["measured_on"])), default=None)


def is_stale(row: Row, as_of: Day, period_days: int) -> bool:
    """Older than 13 weeks at as of, or older than the period length, whichever is longer."""
    return (as_of - day_of(moment(row["measured_on"]))).days > max(13 * 7, period_days)
