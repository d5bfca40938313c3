"""Flow measures by their worked examples, M1 to M4: every figure can be checked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from portfolio.measures.days import day_number
from portfolio.measures.efficiency import active_days, efficiency
from portfolio.measures.groups import by_value_stream
from portfolio.measures.lead_times import ages, lead_times, observed
from portfolio.measures.little import littles_law
from portfolio.measures.lives import Lives, lives_of
from portfolio.measures.load import cumulative_flow, load, time_in_states
from portfolio.measures.periods import past_periods
from portfolio.measures.predictability import predictability
from portfolio.measures.throughput import throughput
from portfolio.measures.transitions import transitions_of
from portfolio.results.flow.spread import Spread
from tests.measures.histories import AS_OF, KINDS, Change, changes, day, lives, number

NINE = (
    "E1: Implementing 01-04, Done 01-23", "E2: Implementing 01-11, Done 02-09", "E3: Implementing 01-18, Done 03-08",
    "E4: Implementing 02-01, Done 03-02", "E5: Implementing 02-15, Done 03-26", "E9: Implementing 01-25, Done 02-18",
    "E6: Implementing 02-20", "E7: Implementing 03-12", "E8: Implementing 01-01",
)  # fmt: skip
STREAMS = {"e1": "S", "e2": "S", "e4": "S", "e9": "S", "e3": "T", "e5": "T"}


@pytest.fixture
def nine() -> Lives:
    """The nine epics of M1, six of them finished."""
    return lives(*NINE, streams=STREAMS)


def test_lead_times_count_what_is_still_open(nine: Lives) -> None:
    """M1: the naive figures are 30 and 50, those with what is open 40 and more than 90."""
    found = observed(nine, number("01-01"), nine.as_of)
    assert list(found.times) == [20, 25, 30, 40, 50]
    shares = [Fraction(8, 9), Fraction(16, 21), Fraction(32, 63), Fraction(8, 21), Fraction(4, 21)]
    assert list(found.share) == pytest.approx(list(map(float, shares)))
    (whole, *_) = lead_times(nine, by_value_stream(nine), number("01-01"), None, ())
    assert (whole.finished, whole.open, whole.spread) == (6, 3, Spread(40, None, 90))
    assert (whole.naive_p50, whole.naive_p85) == (30, 50)


def test_what_was_begun_before_the_window_enters_late(nine: Lives) -> None:
    """M1 from 02-01 on: E1 is gone, four had been going on for a while."""
    found = observed(nine, number("02-01"), nine.as_of)
    assert list(found.times) == [25, 30, 40, 50]
    assert list(found.share) == pytest.approx([5 / 6, 1 / 2, 3 / 8, 3 / 16])
    assert found.percentile(0.5) == 30
    assert lead_times(nine, by_value_stream(nine), number("02-01"), None, ())[0].spread == Spread(30, None, 90)


def test_a_group_with_few_finished_shows_counts_only(nine: Lives) -> None:
    """Four finished in S and two in T: no percentile of either, naive ones neither."""
    _, first, second = lead_times(nine, by_value_stream(nine), number("01-01"), None, ())
    assert [(line.group, line.finished, line.spread, line.naive_p50) for line in (first, second)] == [
        ("S", 4, Spread(), None),
        ("T", 2, Spread(), None),
    ]


def test_throughput_has_its_zeros(nine: Lives) -> None:
    """M1 by month: 1, 2, 1 in one value stream and 0, 0, 2 in the other."""
    periods = past_periods("month", None, number("01-01"), nine.as_of)
    assert [period.label for period in periods] == ["2027-01", "2027-02", "2027-03"]
    found = {line.group: line.finished for line in throughput(nine, by_value_stream(nine), periods)}
    assert found == {None: (1, 2, 3), "S": (1, 2, 1), "T": (0, 0, 2)}


def test_the_last_period_counts_only_when_it_is_over() -> None:
    assert [one.label for one in past_periods("month", None, number("01-20"), number("03-30"))] == [
        "2027-01",
        "2027-02",
    ]


def test_cumulative_flow_counts_what_has_reached_a_state(nine: Lives) -> None:
    """M1 at the end of 02-28: eight started, three finished, five between them open."""
    found = cumulative_flow(nine, number("01-01"), list(KINDS))
    at = number("02-28") - number("01-01")
    assert (found.started[at], found.finished[at]) == (8, 3)
    assert {one.state: one.by_day[at] for one in found.states} == {"Implementing": 8, "Done": 3}
    assert found.started[-1] - found.finished[-1] == load(nine, by_value_stream(nine), number("01-01"), None)[0].now


def test_what_is_open_stands_oldest_first_with_its_mark(nine: Lives) -> None:
    found = lead_times(nine, by_value_stream(nine), number("01-01"), None, ())
    assert [(one.epic, one.age, one.mark) for one in ages(nine, by_value_stream(nine), found, {})] == [
        ("E8", 90, "older than 50 %"), ("E6", 40, None), ("E7", 20, None),
    ]  # fmt: skip


def test_a_window_that_is_too_short_gives_no_figure() -> None:
    """Everything seen from its begin is over, while older work is still going on: nothing can be said."""
    quick = [f"Q{turn}: Implementing 03-02, Done 03-0{turn + 3}" for turn in range(5)]
    found = lives(*quick, "Old: Implementing 01-01")
    (whole, *_) = lead_times(found, by_value_stream(found), number("03-01"), None, ())
    assert (whole.spread, whole.too_short) == (Spread(), True)


def test_littles_law_is_exact_where_all_begins_and_ends_inside() -> None:
    """M2: L 8/5, throughput 3/10, W 16/3, ratio 1; three are too few to say more."""
    found = littles_law(
        lives("a: Ready 01-01, Done 01-04", "b: Ready 01-03, Done 01-08", "c: Ready 01-05, Done 01-10"),
        number("01-01"),
        number("01-10"),
    )
    assert (found.in_progress, found.throughput, found.lead_time) == (1.6, 0.3, pytest.approx(16 / 3))
    assert found.ratio == pytest.approx(1)
    assert found.why == ("only 3 ended, and it needs 5",)


def test_littles_law_says_when_work_piles_up() -> None:
    """M2 with two more that stay open: invalid, as five arrived, three finished, and two are open at the end."""
    said = (
        "a: Ready 01-01, Done 01-04",
        "b: Ready 01-03, Done 01-08",
        "c: Ready 01-05, Done 01-10",
        "d: Ready 01-09",
        "e: Ready 01-10",
    )
    found = littles_law(lives(*said, as_of=day("01-10")), number("01-01"), number("01-10"))
    assert (found.in_progress, found.ratio) == (1.9, pytest.approx(16 / 19))
    assert (found.arrived, found.ended, found.open_before, found.open_after, found.is_valid) == (5, 3, 0, 2, False)


def test_littles_law_holds_where_work_is_steady() -> None:
    """M2: one begun every second day for six days each, over twenty days."""
    rows = []
    for begin in range(-7, 21, 2):
        name = f"k{begin}"
        days = [date.fromordinal(day("01-01").toordinal() + begin - 1 + turn) for turn in (0, 5)]
        rows += [Change(name, state, on) for state, on in zip(("Ready", "Done"), days, strict=True)]
    found = littles_law(lives_of(transitions_of(rows), KINDS, day_number(AS_OF)), number("01-01"), number("01-20"))
    assert (found.in_progress, found.throughput, found.lead_time, found.ratio) == (3, 0.5, 6, pytest.approx(1))
    assert (found.open_before, found.open_after, found.age_before, found.age_after) == (2, 2, 3, 3)
    assert found.is_valid


@dataclass(frozen=True)
class Block:
    epic: str
    since: date
    until: date | None


def worked_on(*stories: tuple[int, int], takes: int = 115, blocked: tuple[int, int] | None = None) -> tuple[int, int]:
    """Active days and lead time of an epic whose stories are worked on between two days of it, counted from 1."""

    def at(place: int) -> str:
        return date.fromordinal(day("01-01").toordinal() + place - 1).strftime("%m-%d")

    rows = changes(f"E1: Ready {at(1)}, Done {at(takes)}")
    for turn, (first, last) in enumerate(stories):
        rows += changes(f"S{turn}: Implementing {at(first)}, Done {at(last)}", parent="E1")
    found = lives_of(transitions_of(rows), KINDS, day_number(date(2027, 12, 31)))
    blocks = [] if blocked is None else [Block("E1", day(at(blocked[0])), day(at(blocked[1])))]
    return int(active_days(found, blocks)[0]), int(found.lead_time[0])


def test_flow_efficiency_counts_days_not_sums() -> None:
    """M3: 28 of 115; two stories on one day are one day; blocked days are none."""
    assert worked_on((1, 12), (40, 46), (107, 115)) == (28, 115)
    assert worked_on((1, 12), (8, 14), (107, 115)) == (23, 115)
    assert worked_on((1, 12), (8, 14), (107, 115), blocked=(5, 7)) == (21, 115)


def test_flow_efficiency_of_several_is_sum_over_sum() -> None:
    """Five epics of 100 days worked on for 10, and one day of work in one day: 51 of 501, not a mean of ratios."""
    rows = [row for turn in range(5) for row in changes(f"E{turn}: Implementing 01-01, Ready 01-10, Done 04-10")]
    rows += changes("F: Implementing 02-01, Done 02-01")
    found = lives_of(transitions_of(rows), KINDS, day_number(date(2027, 4, 30)))
    (whole, *_) = efficiency(found, by_value_stream(found), number("01-01"), None)
    assert (whole.active_days, whole.lead_days, whole.efficiency) == (51, 501, 51 / 501)


@dataclass(frozen=True)
class Objective:
    period: str
    planned_value: float
    actual_value: float | None
    committed: bool | None = None


def test_predictability_counts_what_was_not_promised_on_one_side_only() -> None:
    """M4: 26 of 30; an objective without an actual value is no 0."""
    values = [(8, 8, True), (10, 6, None), (5, 5, True), (7, 4, True), (5, 3, False)]
    objectives = [Objective("PI 1", planned, actual, committed) for planned, actual, committed in values]
    (found,) = predictability(objectives)
    assert (found.planned, found.actual, found.share) == (30, 26, pytest.approx(26 / 30))
    (found,) = predictability([*objectives, Objective("PI 1", 5, None)])
    assert (found.share, found.open) == (None, 1)
    rows = [Objective(label, 1, 1) for label in ("PI 2", "PI 1", "before", "PI 2")]
    assert [one.period for one in predictability(rows, ["PI 1", "PI 2", "PI 3"])] == ["before", "PI 1", "PI 2"]


def test_time_in_states_adds_up_to_the_lead_time() -> None:
    """M9's re-opened epic: 14 days in Funnel, then 25, 3 and 15 that make 43."""
    found = lives("E1: Funnel 01-04, Implementing 01-18, Done 02-12, Implementing 02-15, Done 03-01")
    lines = {one.state: one.days for one in time_in_states(found, number("01-01"), list(KINDS))}
    assert lines == {"Funnel": 14, "Implementing": 40, "Done": 3}


def test_nothing_at_all_is_no_error() -> None:
    found = lives()
    assert cumulative_flow(found, found.as_of, ()).states == ()
    assert time_in_states(found, found.as_of, ()) == ()
    assert active_days(found).size == 0
    assert np.isfinite(littles_law(found, found.as_of - 9, found.as_of).in_progress)


def test_what_was_done_without_a_commitment_was_never_in_progress() -> None:
    """It takes nothing off the load, and in cumulative flow it passes all states on its day."""
    found = lives("E1: Implementing 01-04", "E2: Funnel 01-04, Done 01-10", "E3: Funnel 01-04, Stopped 01-11")
    (whole, *_) = load(found, by_value_stream(found), number("01-01"), None)
    assert (whole.lowest, whole.highest, whole.now) == (0, 1, 1)
    flow = cumulative_flow(found, number("01-01"), list(KINDS))
    assert flow.started[-1] - flow.finished[-1] - flow.stopped[-1] == 1
