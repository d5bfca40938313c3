"""Urgency profiles: the value of an epic by the week it is done, against the oracle, an integral and hand-made figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.domain import Epic
from portfolio.urgency import PROFILES, expected_value
from portfolio.urgency.profile import Terms
from tests import asking, oracle

WEEKS = np.arange(0, 131, dtype=float)
CASES: dict[str, dict[str, Any]] = {
    "standard": {},
    "standard with a life": {"urgency": "standard", "life_weeks": 45},
    "peak lost": {"urgency": "peak lost", "peak_loss": 0.02},
    "peak lost with a life": {"urgency": "peak lost", "peak_loss": 0.013, "life_weeks": 60},
    "peak lost at once": {"urgency": "peak lost", "peak_loss": 1},
    "short life": {"urgency": "short life", "life_weeks": 50},
    "short life beyond the horizon": {"urgency": "short life", "life_weeks": 150},
    "deadline": {"urgency": "deadline", "deadline": 26, "penalty": 700},
    "deadline as a date": {"urgency": "deadline", "deadline": "2027-07-07"},
    "deadline at the start": {"urgency": "deadline", "deadline": 0, "penalty": 10},
    "deadline after the horizon": {"urgency": "deadline", "deadline": 200, "penalty": 5},
    "curve": {"urgency": "curve", "value_curve": [[5, 900], [20, 500], [40, 0]]},
    "curve of one point": {"urgency": "curve", "value_curve": [[5, 900]]},
}


def values(raw: asking.Raw, weeks: np.ndarray[Any, Any] = WEEKS) -> np.ndarray[Any, Any]:
    """What the only epic of a portfolio earns, by the week it is done."""
    portfolio = asking.portfolio_of(raw)
    return expected_value(portfolio.epics[0], weeks, float(raw["epics"][0].get("benefit_per_week", 0)), portfolio)


def with_epic(more: dict[str, Any], rate: float | None = None, **settings: Any) -> asking.Raw:
    """A portfolio of one epic that earns 37.5 a week."""
    raw = asking.small(asking.epic("E", 37.5, **more), **settings)
    return raw if rate is None else {**raw, "discount_rate": rate}


@pytest.mark.parametrize("rate", [None, 0, 0.08, 0.95])
@pytest.mark.parametrize("horizon", [None, 61.5])
@pytest.mark.parametrize("case", CASES)
def test_is_the_oracles_value(case: str, horizon: float | None, rate: float | None) -> None:
    """Each profile is what the oracle computes from its sentence, week by week, with and without discounting."""
    settings = {} if horizon is None else {"value_horizon_weeks": horizon}
    raw = with_epic({**CASES[case], "confidence": 0.7}, rate, **settings)
    expected = [oracle.value(raw["epics"][0], float(week), raw) for week in WEEKS]
    assert values(raw) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("rate", [0, 0.3])
@pytest.mark.parametrize("case", CASES)
def test_never_negative_never_rising(case: str, rate: float) -> None:
    """Being later never earns more, and never less than nothing."""
    found = values(with_epic(CASES[case], rate))
    assert np.all(found >= 0)
    assert np.all(np.diff(found) <= 1e-9)


@given(
    peak_loss=st.floats(0, 1),
    life=st.floats(0.5, 300),
    deadline=st.floats(0, 300),
    penalty=st.floats(0, 1e6),
    rate=st.floats(0, 1),
)
def test_no_figures_make_value_rise(
    peak_loss: float, life: float, deadline: float, penalty: float, rate: float
) -> None:
    """The same for any peak loss, life, deadline, penalty and rate."""
    for more in (
        {"life_weeks": life},
        {"urgency": "peak lost", "peak_loss": peak_loss, "life_weeks": life},
        {"urgency": "short life", "life_weeks": life},
        {"urgency": "deadline", "deadline": deadline, "penalty": penalty},
    ):
        found = values(with_epic(more, rate), np.linspace(0, 320, 41))
        assert np.all(found >= 0)
        assert np.all(np.diff(found) <= 1e-9 * max(1.0, float(found[0])))


def benefit_at(epic: dict[str, Any], done: float, at: np.ndarray[Any, Any], horizon: float) -> np.ndarray[Any, Any]:
    """The benefit in each week of an epic that was done at one week, as the sentence of its urgency draws it."""
    benefit, life = float(epic["benefit_per_week"]), float(epic.get("life_weeks", np.inf))
    if epic.get("urgency") == "short life":
        return np.maximum(0.0, np.minimum(at - done, life - at)) * 2 * benefit / life
    if epic.get("urgency") == "deadline":
        return np.where((at >= max(done, epic["deadline"])) & (at <= horizon), benefit, 0.0)
    plateau = max(0.0, 1 - epic.get("peak_loss", 0) * done)
    return np.where((at >= done) & (at <= min(horizon, life)), benefit * plateau, 0.0)


@pytest.mark.parametrize("rate", [0, 0.08, 0.5])
@pytest.mark.parametrize("case", ["standard", "standard with a life", "peak lost with a life", "short life"])
def test_discounted_value_is_an_integral(case: str, rate: float) -> None:
    """Each week's benefit times (1 + r)^(-week/52), added up in thin slices."""
    raw = with_epic(CASES[case], rate)
    at = (np.arange(200_000) + 0.5) * 92 / 200_000
    factor = (1 + rate) ** (-at / 52)
    for done in (0.0, 10.0, 30.0, 44.0):
        slices = benefit_at(raw["epics"][0], done, at, 92.0) * factor * (92 / 200_000)
        assert values(raw, np.array([done]))[0] == pytest.approx(slices.sum(), abs=0.05)


def test_discounted_deadline_is_an_integral_and_a_penalty_at_its_week() -> None:
    """The weeks after the deadline count as an integral; the penalty counts at the deadline's discount factor."""
    raw = with_epic(CASES["deadline"], 0.2)
    at = (np.arange(200_000) + 0.5) * 92 / 200_000
    slices = benefit_at({**raw["epics"][0]}, 10.0, at, 92.0) * 1.2 ** (-at / 52) * (92 / 200_000)
    in_time, late = values(raw, np.array([10.0, 26.01]))
    assert in_time == pytest.approx(slices.sum() + 700 * 1.2 ** (-26 / 52), abs=0.05)
    assert in_time - late == pytest.approx(700 * 1.2 ** (-26 / 52), abs=1)


EXAMPLES = [
    ({}, 20.0, 520),
    ({"urgency": "peak lost", "peak_loss": 0.01}, 20.0, 416),
    ({"urgency": "short life", "life_weeks": 40}, 20.0, 50),
    ({"urgency": "deadline", "deadline": 30, "penalty": 500}, 30.0, 920),
    ({"urgency": "deadline", "deadline": 30, "penalty": 500}, 31.0, 410),
    ({"urgency": "curve", "value_curve": [[0, 900], [40, 100]]}, 20.0, 500),
]


@pytest.mark.parametrize(("more", "week", "expected"), EXAMPLES)
def test_examples_of_the_docstrings(more: dict[str, Any], week: float, expected: float) -> None:
    """The example of each profile's docstring: 10 a week, a horizon of 72 weeks."""
    raw = asking.small(asking.epic("E", 10, **more), value_horizon_weeks=72)
    assert values(raw, np.array([week]))[0] == pytest.approx(expected)


def test_names_are_those_of_the_format() -> None:
    """Every urgency that the format knows has one profile, the default first."""
    names = ["standard", "peak lost", "short life", "deadline", "one-off", "curve"]
    assert [profile.name for profile in PROFILES] == names


def test_one_off_is_worth_its_net_present_value_within_the_horizon() -> None:
    """300 whenever it is done until the horizon, nothing after it, and never below 0."""
    profile = next(profile for profile in PROFILES if profile.name == "one-off")
    terms = Terms(benefit=0.0, horizon_weeks=72.0, decay=0.0, deadline_week=0.0)
    worth = Epic(id="E", net_present_value=300, urgency="one-off")
    assert list(profile.value(worth, np.array([0.0, 20.0, 72.0, 73.0]), terms)) == [300, 300, 300, 0]
    loss = Epic(id="E", net_present_value=-20, urgency="one-off")
    assert list(profile.value(loss, np.array([0.0]), terms)) == [0]
