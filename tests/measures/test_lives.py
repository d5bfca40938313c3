"""From dated changes of state to one life per epic: the worked examples M9, and what a history may hold."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from portfolio.measures.days import NEVER, day_number, local_day
from portfolio.measures.lives import lives_of
from portfolio.measures.transitions import transitions_of
from tests.measures.histories import AS_OF, KINDS, Change, day, lives


def test_what_was_done_and_taken_up_again_runs_on() -> None:
    """Funnel, Implementing, Done, Implementing, Done: finished the second time, re-opened once, 43 days."""
    found = lives("E1: Funnel 01-04, Implementing 01-18, Done 02-12, Implementing 02-15, Done 03-01")
    assert (found.started[0], found.finished[0]) == (day_number(day("01-18")), day_number(day("03-01")))
    assert (found.lead_time[0], found.reopened[0], found.withdrawn[0]) == (43, 1, 0)


def test_going_back_before_the_commitment_withdraws_it() -> None:
    """The clock begins anew with the first committed state after it."""
    found = lives("E1: Implementing 01-11, Analyzing 01-20, Ready 02-01, Implementing 02-04, Done 02-10")
    assert (found.started[0], found.lead_time[0], found.withdrawn[0]) == (day_number(day("02-01")), 10, 1)


def test_nothing_takes_no_day() -> None:
    """Ready, Implementing and Done on one day, in the order of the file: one day."""
    found = lives("E1: Ready 02-08, Implementing 02-08, Done 02-08")
    assert (found.lead_time[0], found.reopened[0]) == (1, 0)


def test_done_without_a_commitment_has_no_lead_time() -> None:
    found = lives("E1: Funnel 01-04, Done 02-01")
    assert (found.started[0], found.finished[0]) == (NEVER, day_number(day("02-01")))
    assert (bool(found.has_lead_time[0]), bool(found.uncommitted[0])) == (False, True)


def test_what_is_stopped_is_not_finished() -> None:
    """Ready from 01-25, stopped on 03-15 after 50 days."""
    found = lives("E1: Ready 01-25, Implementing 02-22, Stopped 03-15")
    assert (found.finished[0], found.stopped[0] - found.started[0] + 1) == (NEVER, 50)


def test_what_is_open_has_an_age() -> None:
    found = lives("E1: Ready 03-01, Implementing 03-10")
    assert (bool(found.is_open[0]), found.age[0]) == (True, 31)


def test_a_moment_is_a_day_where_the_people_are() -> None:
    """Half past eleven in the evening of New York is the next day in Berlin; without a zone it is its own day."""
    moment = datetime.fromisoformat("2027-03-01T23:30:00.000-05:00")
    assert local_day(moment, ZoneInfo("Europe/Berlin")) == day("03-02")
    assert local_day(moment, None) == day("03-01")


def test_moments_are_put_in_order_and_days_keep_that_of_the_file() -> None:
    """A changelog with the newest change first, in three zones, is read by the moments it names."""
    rows = [
        Change("E1", "Done", datetime.fromisoformat("2027-03-01T18:00:00+00:00")),
        Change("E1", "Implementing", datetime.fromisoformat("2027-03-01T18:30:00+01:00")),
        Change("E1", "Ready", datetime.fromisoformat("2027-03-01T12:00:00-05:00")),
    ]
    found = lives_of(transitions_of(rows, ZoneInfo("UTC")), KINDS, day_number(AS_OF))
    assert (found.lead_time[0], found.reopened[0]) == (1, 0)


def test_the_same_said_twice_counts_once_and_of_two_at_one_moment_the_later_holds() -> None:
    moment = datetime.fromisoformat("2027-03-01T18:00:00+00:00")
    rows = [Change("E1", "Ready", moment), Change("E1", "Ready", moment), Change("E1", "Implementing", moment)]
    table = transitions_of(rows).sorted
    assert (len(table.epic), table.repeated, list(table.at_once)) == (1, 1, [0])


@pytest.mark.parametrize("as_of", [date(2027, 2, 13), date(2027, 2, 20)])
def test_what_comes_later_is_not_known_yet(as_of: date) -> None:
    """As of a day between, an epic is as it was then."""
    found = lives("E1: Funnel 01-04, Implementing 01-18, Done 02-12, Implementing 02-15, Done 03-01", as_of=as_of)
    assert bool(found.is_open[0]) == (as_of == date(2027, 2, 20))


def test_rows_of_features_are_no_epics() -> None:
    rows = [Change("E1", "Implementing", day("01-04")), Change("F1", "Implementing", day("01-05"), parent="E1")]
    assert lives_of(transitions_of(rows), KINDS, day_number(AS_OF)).names == ("E1",)


def test_an_epic_belongs_to_its_largest_value_stream_else_to_that_of_its_history() -> None:
    rows = [Change("E1", "Ready", day("01-04"), "web"), Change("E2", "Ready", day("01-04"), "web")]
    found = lives_of(transitions_of(rows), KINDS, day_number(AS_OF), {"e1": "Pay"}, ["Lend", "Pay"])
    assert found.streams == ("Lend", "Pay", "web")
    assert list(found.value_stream) == [1, 2]


def test_a_history_without_rows_has_no_lives() -> None:
    assert len(lives_of(transitions_of([]), KINDS, day_number(AS_OF))) == 0
