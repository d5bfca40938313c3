"""Operating models: the words, rhythm, scores, flow and rights of one way of working, as data."""

from portfolio.operating_model.conformance import check_model
from portfolio.operating_model.contradictions import contradictions
from portfolio.operating_model.defaults import fitted, with_defaults, with_guardrails
from portfolio.operating_model.levels_conformance import check_levels, other_levels
from portfolio.operating_model.model import OperatingModel

__all__ = [
    "OperatingModel",
    "check_levels",
    "check_model",
    "contradictions",
    "fitted",
    "other_levels",
    "with_defaults",
    "with_guardrails",
]
