"""The steps of one figure, as a program gets them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from portfolio import engine
from tests import asking


def test_more_never_comes_out_as_worse(tmp_path: Path) -> None:
    """Capacity from half to twice: the value rises with it, from one epic to all of them."""
    raw = asking.small(*(asking.epic(name, 10, a=8, latest="PI 1") for name in "EFG"))
    frontier = engine.vary(asking.loaded(raw, tmp_path), "capacity of A 50%..250% by 50%")
    assert [step.amount for step in frontier.steps] == pytest.approx([0.5, 1.0, 1.5, 2.0, 2.5])
    values = [step.alternative.answer.outcome.value for step in frontier.steps]
    assert values == pytest.approx([0, 820, 820, 1640, 2460])


def test_a_range_that_is_none_is_a_finding(tmp_path: Path) -> None:
    """It stops every step."""
    loaded = asking.loaded(asking.small(asking.epic("E")), tmp_path)
    with pytest.raises(engine.HasErrorsError) as problem:
        engine.vary(loaded, "shoe size 80%..120% by 5%", place="steps")
    assert problem.value.findings[-1].place == "steps"


@pytest.mark.parametrize("seed", range(4))
def test_a_sweep_shuffles_no_equally_good_plans(seed: int, tmp_path: Path) -> None:
    """Epics of one value stream are worth the same, so that any of them would do: they stay while the other one grows."""
    draw = random.Random(seed)
    alike = [asking.epic(f"A{turn}", 10, a=8) for turn in range(5)]
    others = [asking.epic(f"B{turn}", draw.randint(5, 15), a=0, b=draw.randint(2, 6)) for turn in range(5)]
    raw = asking.small(*alike, *others)
    frontier = engine.vary(asking.loaded(raw, tmp_path), "capacity of B 40%..160% by 20%", gap=0)
    plans = [step.alternative.answer.plan for step in frontier.steps]
    kept = [{name: one for name, one in plan.bookings.items() if name.startswith("A")} for plan in plans if plan]
    assert len(kept) == 7
    assert all(one == kept[0] for one in kept)
    values = [step.alternative.answer.outcome.value for step in frontier.steps]
    assert values == sorted(values)
