"""Every urgency brings all that is shown of it: a value, the same as a formula of a workbook, and what could move."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from portfolio.domain import Epic
from portfolio.edits import edited
from portfolio.urgency import PROFILES
from portfolio.urgency.formula import ValueCells
from portfolio.urgency.profile import Terms, UrgencyProfile
from tests import asking

FIELDS = {
    "peak_loss": 0.01,
    "life_weeks": 80.0,
    "deadline": 26.0,
    "penalty": 500.0,
    "net_present_value": 300.0,
    "value_curve": ((0.0, 9.0), (40.0, 1.0)),
}
EPIC = Epic(id="E", benefit_per_week=10, effort={"A": 4}, **FIELDS)
IN_CELLS = {"done": 30.0, "benefit": 10.0, "last": 80.0, "life": 80.0, "peak_loss": 0.01, "deadline": 26.0, "penalty": 500.0,
            "horizon": 92.0, "rate": 0.08}  # fmt: skip
"""The same figures as the cells of one row hold them."""
PYTHON = {"IF(": "_if(", "MAX(": "max(", "EXP(": "_exp(", "LN(": "_ln(", "<=": " <= ", "^": "**", "=0,": "==0,"}
"""A workbook's functions as Python says them, which is enough to compute these formulas."""


def computed(formula: str) -> float:
    """What a formula of these figures is."""
    for excel, python in PYTHON.items():
        formula = formula.replace(excel, python)
    functions = {"_if": lambda test, yes, no: yes if test else no, "_exp": np.exp, "_ln": np.log}
    return float(eval(formula, functions, {**IN_CELLS, "net_present_value": 300.0}))


@pytest.mark.parametrize("discounted", [False, True])
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_its_formula_is_its_value(profile: UrgencyProfile, discounted: bool) -> None:
    """Computed by hand from the same figures, with and without discounting, before and after a deadline."""
    cells = ValueCells(
        **{key: key for key in IN_CELLS if key != "rate"}, rate="rate" if discounted else None, field=str
    )
    formula = profile.formula(EPIC, cells)
    assert formula is not None
    decay = np.log1p(0.08) / 52 if discounted else 0.0
    terms = Terms(benefit=10.0, horizon_weeks=92.0, decay=decay, deadline_week=26.0)
    for week in (0.0, 10.0, 26.0, 30.0, 79.0, 90.0):
        IN_CELLS["done"] = week
        expected = float(profile.value(EPIC, np.array([week]), terms)[0])
        assert computed(formula) == pytest.approx(expected, rel=1e-9, abs=1e-9), week


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_what_could_move_is_said(profile: UrgencyProfile) -> None:
    """Each change is of the epic itself, and says what it is: a deadline moves to a later week."""
    raw = asking.small(asking.epic("E", urgency="deadline", deadline="2027-03-01", penalty=900))
    portfolio = asking.portfolio_of(raw)
    for change in profile.ways_in(portfolio, portfolio.epics[0]):
        assert change.condition
        assert change.to is not None
        later = edited(portfolio, change.edits)
        assert later.epics[0] != portfolio.epics[0]
        assert later.calendar.week_of(later.epics[0].deadline or date.min) > 8
