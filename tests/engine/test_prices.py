"""What a rule costs and what one unit more is worth, as a program gets it; by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from tests import asking


def test_a_must_costs_what_is_lost_for_it(tmp_path: Path) -> None:
    """Two epics of which one fits: the cheaper one is a must, so the must costs the difference of their values."""
    rich, poor = asking.epic("E", 10, a=8, latest="PI 1"), asking.epic("F", 4, a=8, latest="PI 1", must=True)
    found = engine.prices(asking.loaded(asking.small(rich, poor), tmp_path))
    (must,) = [line for line in found.rules if line.name == "Must"]
    assert must.at_least == must.at_most == pytest.approx((10 - 4) * (40 + 52 - 10))


def test_one_unit_more_is_worth_what_it_lets_in(tmp_path: Path) -> None:
    """Two units are missing in the first period: they are worth the second epic, one unit is worth nothing."""
    raw = asking.small(asking.epic("E", 10, a=8, latest="PI 1"), asking.epic("F", 4, a=4, latest="PI 1"))
    loaded = asking.loaded(raw, tmp_path)
    for units, worth in ((1.0, 0.0), (2.0, 4 * (40 + 52 - 10))):
        found = engine.prices(loaded, capacity=units)
        lines = {tuple(line.place.values()): line.at_most for line in found.units if line.name == "Capacity"}
        assert lines["A", "PI 1"] == pytest.approx(worth)


def test_there_are_no_prices_without_a_plan_or_a_value(tmp_path: Path) -> None:
    """The impossible has none; in the order of a sheet no value decides, which is wrong use."""
    impossible = asking.small(asking.epic("E", a=12, must=True, latest="PI 1"))
    assert engine.prices(asking.loaded(impossible, tmp_path)).rules == ()
    with pytest.raises(WrongUseError, match="cannot be priced"):
        engine.prices(asking.loaded(asking.small(asking.epic("E"), ranked_by="sheet"), tmp_path))


def rich_and_poor() -> asking.Raw:
    """Musts, and a floor that costs something."""
    return asking.small(
        asking.epic("E", 10, a=8, latest="PI 1"),
        asking.epic("F", 4, a=8, latest="PI 1", must=True),
        asking.epic("G", 1, a=0, b=8, horizon="H3"),
        guardrails=[{"name": "Horizon 3 floor", "measure": "effort", "where": {"horizon": ["H3"]}, "at_least": 8}],
    )


def test_what_is_asked_for_is_answered_first(tmp_path: Path) -> None:
    """By its name however it is written, or as a table calls it, before any other rule is solved; the list is the same."""
    loaded = asking.loaded(rich_and_poor(), tmp_path)
    done, heard = [0], list[tuple[str, int]]()

    def count(so_far: int, _: int) -> None:
        done[0] = so_far

    found = engine.prices(
        loaded,
        rules=["horizon-3 floor", "Must F"],
        re_solves=count,
        on_answer=lambda line: heard.append((line.label, done[0])),
    )
    assert [name for name, _ in heard] == ["Horizon 3 floor", "Must F"]
    assert max(so_far for _, so_far in heard) <= 2 < done[0]
    assert [line.answer("EUR") for line in found.asked] == [
        "Horizon 3 floor costs nothing: proven.",
        f"Must F costs {(10 - 4) * (40 + 52 - 10)} EUR: proven.",
    ]
    usual = engine.prices(loaded)
    assert (found.rules, found.units) == (usual.rules, usual.units)


def test_a_name_means_the_rule_in_every_place(tmp_path: Path) -> None:
    """Two musts go by one name: both are answered; a rule asked for twice is answered once."""
    raw = asking.small(asking.epic("E", must=True), asking.epic("F", must=True))
    found = engine.prices(asking.loaded(raw, tmp_path), rules=["must", "Must E"])
    assert [line.label for line in found.asked] == ["Must E", "Must F"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Horizon 3 flor", 'No rule is called "Horizon 3 flor"; did you mean Horizon 3 floor?'),
        ("xyz", 'No rule is called "xyz"; there are Horizon 3 floor, Must, Must F.'),
    ],
)
def test_an_unknown_rule_is_said_with_the_nearest(name: str, said: str, tmp_path: Path) -> None:
    """Before anything is planned."""
    with pytest.raises(WrongUseError) as refused:
        engine.prices(asking.loaded(rich_and_poor(), tmp_path), rules=[name])
    assert str(refused.value) == said
