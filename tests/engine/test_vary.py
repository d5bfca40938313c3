"""The steps of one figure, as a program gets them."""

from __future__ import annotations

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
