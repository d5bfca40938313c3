"""Prices: what every rule costs, and what one unit more of anything is worth, dearest first."""

from __future__ import annotations

from portfolio.results.tables.run import NUMBER
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

_PRICE = (
    Column("kind", "text", "What kind of change is priced."),
    Column("name", "text", "The rule, or what there would be more of."),
    Column("place", "text", "Where: `value stream = PAY; period = PI 2`; blank for the whole plan."),
    Column("at_least", "number", "What it is worth at least; absent where that is not known.", "value"),
    Column("at_most", "number", "What it is worth at most; absent where that is not known.", "value"),
    Column("found", "number", "What the best plan found with the change is worth more.", "value"),
)
RULES = Table(
    "rules",
    "What each rule costs: the value without it less the value with it.",
    (NUMBER, Column("rule", "text", "The rule as people say it."), *_PRICE),
    ("number",),
    ("rule", "at_least", "at_most", "found"),
)
RUNNING = Table(
    "running",
    "What going on with each running epic costs: the value where it may stop less the value where it goes on.",
    (NUMBER, EPIC, *_PRICE),
    ("number",),
    ("epic", "at_least", "at_most", "found"),
)
UNITS = Table(
    "units",
    "What one unit more of everything that is limited is worth.",
    (
        NUMBER,
        Column("more", "text", "The unit more as people say it."),
        *_PRICE,
        Column("amount", "number", "How much was added."),
        Column("unit", "text", "What was added."),
    ),
    ("number",),
    ("more", "at_least", "at_most", "found"),
)
