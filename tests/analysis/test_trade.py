"""The trade that a reason names: who of lower rank has the room, in points as in money, and never where that would be untrue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import asking

Raw = dict[str, Any]


def scored(name: str, points: int, size: int, effort: float, **more: Any) -> Raw:
    """An epic that is worth so many points, for a size by which it is ranked and an effort by which it is planned."""
    parts = {"user_business_value": points, "time_criticality": 0, "rr_oe": 0, "job_size": size}
    return {"id": name, "effort": {"A": effort}, **parts, **more}


def one_stream(*epics: Raw, capacity: float = 10, horizon: float = 20) -> Raw:
    """A value stream for one period."""
    return {
        "format": 1,
        "value_horizon_weeks": horizon,
        "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1"]},
        "value_streams": [{"id": "A", "capacity": [capacity]}],
        "epics": list(epics),
        "currency": "EUR",
    }


def reason(raw: Raw, name: str, folder: Path) -> str:
    """Why an epic waits."""
    return next(line.reason for line in asking.answer(raw, folder).epics if line.id == name)


def test_points(tmp_path: Path) -> None:
    """First by WSJF, since its size is 1; what is done instead is worth more, since the effort says otherwise."""
    raw = one_stream(scored("First", 8, 1, 10), scored("Large", 20, 8, 10))
    assert reason(raw, "First", tmp_path) == (
        "Waits: starting in PI 1 needs 10 of Capacity of A in PI 1, and the epics that start leave nothing; in PI 1 the room "
        "goes to Large, ranked below it but worth 200 points against 80 points."
    )


def test_money(tmp_path: Path) -> None:
    """The same trade: WSJF ranks what has both, money values it."""
    epics = [scored("First", 8, 1, 10) | {"benefit_per_week": 8}, scored("Large", 20, 8, 10) | {"benefit_per_week": 20}]
    assert "goes to Large, ranked below it but worth 200 EUR against 80 EUR" in reason(
        one_stream(*epics), "First", tmp_path
    )


def test_several_have_the_room_together(tmp_path: Path) -> None:
    """Least worth first, as many as are needed and no more."""
    small = [scored(name, points, 9, 5) for name, points in (("B", 5), ("C", 6), ("D", 7))]
    raw = one_stream(scored("First", 10, 1, 10), *small, capacity=15)
    assert "goes to B, C, ranked below it but worth 110 points against 100 points" in reason(raw, "First", tmp_path)


@pytest.mark.parametrize(
    "others",
    [
        (scored("Above", 20, 1, 10),),
        (scored("Below", 20, 8, 10, must=True),),
        (scored("Below", 20, 8, 10, start="PI 1"),),
        (scored("Above", 20, 1, 9), scored("Below", 1, 9, 1)),
    ],
    ids=["ranked above", "a must", "decided already", "too little room"],
)
def test_no_trade_where_there_is_none(others: tuple[Raw, ...], tmp_path: Path) -> None:
    """Who is ranked above, has to be done, or has too little of the room, took nothing away by a trade."""
    raw = one_stream(scored("First", 8, 1, 10), *others)
    assert "needs 10 of Capacity" in reason(raw, "First", tmp_path)
    assert "goes to" not in reason(raw, "First", tmp_path)


def test_an_order_names_none(tmp_path: Path) -> None:
    """Where the order of the sheet decides, nothing is worth more than another."""
    raw = one_stream(scored("Small", 8, 1, 4), scored("Wide", 8, 1, 10)) | {"ranked_by": "sheet"}
    assert "goes to" not in reason(raw, "Wide", tmp_path)


def test_a_reserve_is_what_is_missing(tmp_path: Path) -> None:
    """What a reserve leaves is short before the capacity is, and the capacity does not stand in the way besides."""
    raw = one_stream(scored("A1", 20, 1, 8), scored("A2", 8, 1, 10), capacity=12) | {"reserve": 0.25}
    assert reason(raw, "A2", tmp_path) == (
        "Waits: it does not fit even alone: it needs 10 of Unreserved capacity of A in PI 1, which has 9."
    )
    raw = one_stream(scored("A1", 20, 1, 8), scored("A2", 8, 1, 7), capacity=12) | {"reserve": 0.25}
    assert reason(raw, "A2", tmp_path) == (
        "Waits: starting in PI 1 needs 7 of Unreserved capacity of A in PI 1, and the epics that start leave 1."
    )
