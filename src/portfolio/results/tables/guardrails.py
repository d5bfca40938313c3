"""Guardrails and dependencies: the rules as they are given, and in an answer how the plan stands to each in each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portfolio.domain import Dependency, LimitSpec, Portfolio
from portfolio.domain.uncertainty import DEPENDENCY_FIELDS
from portfolio.guardrails import GuardrailStatus
from portfolio.results.guardrails import standing
from portfolio.results.tables.fields import field_columns, field_values
from portfolio.results.tables.streams import BUDGET_PERIOD, PERIOD, VALUE_STREAM
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

_RULES = field_columns(LimitSpec, LimitSpec.model_fields)
GIVEN_GUARDRAILS = Table("guardrails", "Every limit that is given, or that the model brings.", _RULES, ("name",))

PLACES = {"value stream": VALUE_STREAM, "period": PERIOD, "budget period": BUDGET_PERIOD, "epic": EPIC}
"""Parts of a place that have a column of their own, which other tables have too."""
GUARDRAILS = Table(
    "guardrails",
    "How the plan stands to each guardrail in each place.",
    (
        Column("name", "text", "What people call it."),
        Column("place", "text", "Where it holds: `value stream = PAY; period = PI 2`; blank for the whole plan."),
        *PLACES.values(),
        Column("used", "number", "How much is used: an amount, or a share where `unit` says so."),
        Column("at_least", "number", "Its lower limit; absent where it has none."),
        Column("at_most", "number", "Its upper limit; absent where it has none."),
        Column("unit", "text", "What `used` and the limits count."),
        Column("enforce", "text", "`hard` or `soft`."),
        Column("met", "yes/no", "Whether the plan keeps it."),
        Column("binding", "yes/no", "Whether it leaves no room."),
        Column("standing", "text", "`kept`, `at its limit`, `broken`, or `breached at its price`."),
    ),
    ("name", "place"),
)
_LINKS = field_columns(
    Dependency,
    (name for name in Dependency.model_fields if name not in DEPENDENCY_FIELDS),
    epics=("predecessor", "successor"),
)
DEPENDENCIES = Table("dependencies", "What waits for what, or needs it.", _LINKS, ("predecessor", "successor", "type"))


def given_guardrails(portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each limit."""
    return (field_values(limit, _RULES) for limit in portfolio.guardrails)


def guardrails(statuses: Iterable[GuardrailStatus]) -> Iterator[Mapping[str, object]]:
    """A row for each guardrail and place."""
    for status in statuses:
        own = {PLACES[part].name: label for part, label in status.place.items() if part in PLACES}
        place = "; ".join(f"{part} = {label}" for part, label in status.place.items())
        yield {**vars(status), **own, "place": place, "standing": standing(status)}


def dependencies(portfolio: Portfolio) -> Iterator[Mapping[str, object]]:
    """A row for each dependency."""
    return (field_values(link, _LINKS) for link in portfolio.dependencies)
