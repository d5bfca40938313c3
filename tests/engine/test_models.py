"""The operating models as a program gets them: all, one by its name, two beside each other."""

from __future__ import annotations

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError


def test_every_model_is_given_and_found_by_its_name() -> None:
    """They come in alphabetical order; each is the one that its name gives, whatever the case of letters."""
    models = engine.operating_models()
    names = [model.name for model in models]
    assert names == sorted(names)
    assert {"safe", "less"} <= set(names)
    for model in models:
        assert engine.operating_model(model.name.upper()) == model


def test_a_model_that_is_not_there_is_wrong_use() -> None:
    """The sentence names the nearest one."""
    with pytest.raises(WrongUseError, match="Did you mean nexus"):
        engine.operating_model("nexsus")


def test_two_models_differ_where_they_prescribe_otherwise() -> None:
    """Each difference has both values and says who prescribes anything; the rest is counted."""
    found = engine.compare_models("safe", "nexus")
    lines = {line.setting: line for line in found.differences}
    assert lines["scoring.method"].values == ("wsjf", "stack rank")
    assert lines["scoring.method"].given == (True, True)
    assert lines["scoring.denominator"].values == ("job_size", None)
    assert lines["scoring.denominator"].given == (True, False)
    again = engine.compare_models("nexus", "safe")
    assert again.same == found.same
    assert {line.setting: line.values[::-1] for line in again.differences} == {
        line.setting: line.values for line in found.differences
    }


def test_a_model_differs_from_itself_in_nothing() -> None:
    """All its settings are the same."""
    found = engine.compare_models("safe", "safe")
    assert found.differences == ()
    assert found.same > 10
