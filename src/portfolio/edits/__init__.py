"""Scenarios: named sets of changes to a portfolio, and the portfolio that each of them makes."""

from portfolio.edits.apply_scenario import Applied, apply
from portfolio.edits.figure_names import Unknown
from portfolio.edits.figures import Figure, find
from portfolio.edits.loosening import direction
from portfolio.edits.scenario import VERBS, Alteration, Change, Scenario, Value, Verb
from portfolio.edits.sentence import change_from_sentence, scenario_from_sentences
from portfolio.edits.varying import Variation, variation

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
    "change_from_sentence",
    "direction",
    "find",
    "scenario_from_sentences",
    "variation",
]
