"""A moment in text is its day and its time of day, whatever language or tool wrote it, in a sheet as in a file of history."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from portfolio.intake.evidence_columns import EVIDENCE_SHEETS
from portfolio.intake.history.days_column import read_days
from portfolio.intake.values.clocks import time_of_day
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.timed import read_timed
from portfolio.measures.days import day_of

BERLIN = ZoneInfo("Europe/Berlin")
ENTERED = next(sheet for sheet in EVIDENCE_SHEETS if sheet.field == "evidence.history").column("entered")
SAID = [
    ("18.01.2027 14:03", "14:03:00"),
    ("18.01.2027, 14:03:09", "14:03:09"),
    ("18.01.2027 14.03 Uhr", "14:03:00"),
    ("18.01.2027 um 14:03 Uhr MEZ", "14:03:00+01:00"),
    ("18.01.2027, 14 Uhr", "14:00:00"),
    ("18.01.2027 kl. 14:03", "14:03:00"),
    ("18.01.2027 klockan 14.03", "14:03:00"),
    ("18/01/2027 à 14h03", "14:03:00"),
    ("18/01/2027 14 h 03", "14:03:00"),
    ("18/01/2027 a las 2:03 p. m.", "14:03:00"),
    ("18 de janeiro de 2027 às 14h03", "14:03:00"),
    ("18/01/2027 alle ore 14.03", "14:03:00"),
    ("18-01-2027 om 14.03 uur", "14:03:00"),
    ("18. ledna 2027 v 9:05", "09:05:00"),
    ("18.01.2027 o godz. 14:03", "14:03:00"),
    ("18.01.2027 в 14:03", "14:03:00"),
    ("2027年1月18日 14:03", "14:03:00"),
    ("2027年1月18日14時03分20秒", "14:03:20"),
    ("2027年1月18日 午後2時03分", "14:03:00"),
    ("1/18/2027 2:03 PM", "14:03:00"),
    ("1/18/2027 2:03:09 p.m.", "14:03:09"),
    ("Jan 18, 2027, 2:03\u202fPM", "14:03:00"),
    ("January 18, 2027 at 2 PM EST", "14:00:00-05:00"),
    ("18/Jan/27 12:10 AM", "00:10:00"),
    ("18 Jan 2027 12:10 PM", "12:10:00"),
    ("18 Jan 2027 14:03 PM", "14:03:00"),
    ("Mon, 18 Jan 2027 14:03:00 +0530", "14:03:00+05:30"),
    ("Mon Jan 18 2027 14:03:00 GMT+0100 (Central European Standard Time)", "14:03:00+01:00"),
    ("2027-01-18T14:03Z", "14:03:00+00:00"),
    ("2027-01-18 14:03 UTC", "14:03:00+00:00"),
    ("2027-01-18T14:03:00-05", "14:03:00-05:00"),
    ("2027-01-18T14:03:00.250-0500", "14:03:00.250000-05:00"),
    ("2027-01-18T14:03:00,25+01:00[Europe/Berlin]", "14:03:00.250000+01:00"),
    ("2027-01-18 14:03 CET", "14:03:00+01:00"),
    ("2027-01-18 14:03 IST", "14:03:00"),
]
"""Letters that stand for several time zones, as IST does, say none."""
NO_TIME = ["18.01.2027", "18. 1.27", "18 Jan 2027", "18.01.2027 25:03", "18.01.2027 14:60", "2027-01-18T14:03:61"]
NO_MOMENT = [
    "18.01.2027 14:03 - 15:00",
    "18.01.2027 14:03 late",
    "14:03",
    "18.01.2027 14",
    "soon at 14:03",
    "Q1 2027 14",
]


def in_a_sheet(text: str) -> object:
    """What a cell of History means."""
    return read_timed([text], Wanted(ENTERED), Context()).values[0]


def in_a_file(text: str) -> tuple[object, int]:
    """The day and the time, in microseconds of the world's time, that a row of a file means."""
    found = read_days(pd.Series([text], dtype="str"), None)
    return day_of(int(found.day[0])).isoformat() if found.known[0] else None, int(found.time[0])


@pytest.mark.parametrize(("text", "clock"), SAID)
def test_a_moment_is_read_alike_in_a_sheet_and_in_a_file(text: str, clock: str) -> None:
    moment = datetime.fromisoformat(f"2027-01-18T{clock}")
    utc = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))
    assert in_a_sheet(text) == f"2027-01-18T{clock}"
    assert in_a_file(text) == ("2027-01-18", round(utc.timestamp() * 1_000_000))


@pytest.mark.parametrize("text", NO_TIME)
def test_a_day_without_a_time_or_with_one_that_no_day_has_is_a_day(text: str) -> None:
    assert in_a_sheet(text) == in_a_file(text)[0] == "2027-01-18"
    assert in_a_file(text)[1] == -1


@pytest.mark.parametrize("text", NO_MOMENT)
def test_what_is_no_moment_is_none_in_either(text: str) -> None:
    assert in_a_sheet(text) in (text, None)
    assert in_a_file(text)[0] is None


@pytest.mark.parametrize(("text", "hour"), [("12 am", 0), ("12:30 pm", 12), ("11 PM", 23), ("1 h", 1), ("午前0時", 0)])
def test_noon_and_midnight_are_twelve_to_those_who_count_to_twelve(text: str, hour: int) -> None:
    found = time_of_day(text)
    assert found is not None
    assert found.microseconds // 3_600_000_000 == hour
