"""Scenarios: named sets of changes to a portfolio, and the portfolio that each of them makes."""

from portfolio.domain.scenarios.applying import Applied, apply
from portfolio.domain.scenarios.figures import Figure, find
from portfolio.domain.scenarios.loosening import direction
from portfolio.domain.scenarios.scenario import VERBS, Alteration, Change, Scenario, Value, Verb
from portfolio.domain.scenarios.varying import Variation, variation
from portfolio.domain.scenarios.words import Unknown

__all__ = [
    "VERBS",
    "Alteration",
    "Applied",
    "Change",
    "Figure",
    "Scenario",
    "Unknown",
    "Value",
    "Variation",
    "Verb",
    "apply",
    "direction",
    "find",
    "variation",
]
