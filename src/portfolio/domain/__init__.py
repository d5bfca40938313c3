"""The nouns: portfolio, epic, value stream, calendar, dependency, mix limit, plan, finding."""

from portfolio.domain.calendar import Calendar
from portfolio.domain.dependency import Dependency
from portfolio.domain.epic import Epic
from portfolio.domain.finding import FieldFinding, Finding, has_errors
from portfolio.domain.key_result import KeyResult
from portfolio.domain.limit_spec import LimitSpec
from portfolio.domain.plan import Booking, Plan
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.value_stream import ValueStream

__all__ = [
    "Booking",
    "Calendar",
    "Dependency",
    "Epic",
    "FieldFinding",
    "Finding",
    "KeyResult",
    "LimitSpec",
    "Plan",
    "Portfolio",
    "ValueStream",
    "has_errors",
]
