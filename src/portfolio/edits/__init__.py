"""The one way to change a portfolio: edits, and the scenarios that people write, which come down to edits."""

from portfolio.edits.apply_scenario import Applied, apply
from portfolio.edits.edit import Edit, edit, edited, value_at
from portfolio.edits.figure_names import Unknown
from portfolio.edits.figures import Figure, find
from portfolio.edits.loosening import direction
from portfolio.edits.read_sentence import line_from_sentence, scenario_from_sentences
from portfolio.edits.scenario import VERBS, Scenario, ScenarioEdit, ScenarioLine, Value, Verb
from portfolio.edits.varying import Variation, variation

__all__ = [
    "VERBS",
    "Applied",
    "Edit",
    "Figure",
    "Scenario",
    "ScenarioEdit",
    "ScenarioLine",
    "Unknown",
    "Value",
    "Variation",
    "Verb",
    "apply",
    "direction",
    "edit",
    "edited",
    "find",
    "line_from_sentence",
    "scenario_from_sentences",
    "value_at",
    "variation",
]
