"""A long column of moments is taken apart by position, and means what each of its cells means by itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from portfolio.intake.history import taken_apart
from portfolio.intake.history.days_column import DaysColumn, read_days

WAYS = [
    "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%S.123+0100", "%d.%m.%Y %H:%M",
    "%Y-%m-%dT%H:%M:%S,5-05:00", "%d.%m.%Y, %H.%M Uhr", "%d/%b/%y %I:%M %p", "%m/%d/%Y %I:%M:%S %p", "%d %B %Y at %H:%M CET",
    "%Y年%m月%d日 %H:%M", "%d.%m.%Y kl. %H:%M", " %d.%m.%Y %H:%M ", "%d.%m.%y", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S UTC",
]  # fmt: skip
ODD = ["", " ", "soon", "31.02.2027 10:00", "2027-01-18T25:03:00", "2027-01-18T14:03:61", "2027-01-18X14:03:00", "18.01.2027 14:03 - 15:00"]  # fmt: skip
ODD += [
    "2027-01-18T14:03:00 and much more than anybody would write into a cell",
    "18. 1.27",
    "18. 1.57",
    "18.01.2027 14:03 ?",
]


def cells(seed: int, ways: list[str]) -> Iterator[str]:
    """Moments in some of the ways, among them texts that are none."""
    draw = random.Random(seed)
    for _ in range(300):
        moment = datetime(2027, 1, 1) + timedelta(
            seconds=draw.randrange(365 * 24 * 3600), microseconds=draw.randrange(10**6)
        )
        yield draw.choice(ODD) if draw.random() < 0.2 else moment.strftime(draw.choice(ways))


def same(one: DaysColumn, other: DaysColumn) -> bool:
    return all(np.array_equal(getattr(one, part.name), getattr(other, part.name)) for part in fields(one))


@pytest.mark.parametrize("zone", [None, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")])
def test_by_position_as_one_by_one(zone: ZoneInfo | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the column holds: one way of writing, several, and cells that are no moments."""
    draw = random.Random(7)
    for seed in range(4):
        column = pd.Series(list(cells(seed, draw.sample(WAYS, draw.choice([1, 3, len(WAYS)])))), dtype="str")
        at_once = read_days(column, zone)
        with monkeypatch.context() as patched:
            patched.setattr(taken_apart, "FEWEST", len(column) + 1)
            assert same(at_once, read_days(column, zone))


@pytest.mark.parametrize("way", ["%m/%d/%Y %I:%M:%S %p", " %Y-%m-%dT%H:%M:%S+0100", "%d.%m.%Y um %H.%M Uhr "])
def test_nearly_all_of_a_long_column_is_taken_apart_by_position(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """Each day is looked at once, since a reader that looked at each of a million cells would take a minute."""
    moments = [(datetime(2020, 1, 1) + timedelta(hours=hours)).strftime(way) for hours in range(5000)]
    asked: list[str] = []
    real = taken_apart.apart
    monkeypatch.setattr(taken_apart, "apart", lambda text: (asked.append(text), real(text))[1])
    found = read_days(pd.Series(moments, dtype="str"), None)
    assert found.known.all()
    assert len(np.unique(found.time)) == len(moments)
    assert len(asked) < 250


@pytest.mark.parametrize(
    ("moment", "odd"),
    [
        ("05/06/2027 02:03 pm", "13/06/2027 02:03 zz"),
        ("05-06-2027 om 14.03 uur", "13-06-2027 om 14.03 bus"),
        ("05/06/2027 14h03", "13/06/2027 14q03"),
    ],
)
def test_what_is_no_moment_does_not_decide_the_order_of_day_and_month(moment: str, odd: str) -> None:
    """Also where it looks as the moments of the column do."""
    found = read_days(pd.Series([moment] * taken_apart.FEWEST + [odd], dtype="str"), None)
    assert found.unclear[:-1].all()
    assert not found.known[-1]
    assert not found.unclear[-1]


def test_the_hour_that_comes_twice_has_no_order_and_the_one_left_out_is_the_next() -> None:
    """When summer time ends in Berlin 2:30 may be either of two moments; when it begins there is no 2:30."""
    texts = pd.Series(
        ["2027-10-31 02:30", "2027-10-31T02:30+02:00", "2027-03-28 02:30", "2027-03-28 03:00"], dtype="str"
    )
    found = read_days(texts, ZoneInfo("Europe/Berlin"))
    assert found.known.all()
    assert found.time[0] == -1 < found.time[1]
    assert found.time[2] == found.time[3]
