"""Patterns: what organisations do about a constraint, and how to see that it binds; data, whatever frameworks call them."""

from portfolio.operating_model.patterns.constraints import (
    CONSTRAINTS,
    COUPLINGS,
    Answers,
    Condition,
    Constraint,
    Coupling,
)
from portfolio.operating_model.patterns.known import PATTERNS, Part, Pattern

__all__ = ["CONSTRAINTS", "COUPLINGS", "PATTERNS", "Answers", "Condition", "Constraint", "Coupling", "Part", "Pattern"]
