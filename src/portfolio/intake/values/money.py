"""Money in the portfolio's own unit: kEUR where it counts EUR are thousands, and other currencies are not mixed."""

from __future__ import annotations

from portfolio.intake.headings.units import Unit
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.question import Question

CROWNS = frozenset({"SEK", "NOK", "DKK", "ISK"})
"""Currencies that people at home only call kr."""


def currency_of(unit: Unit, context: Context) -> str:
    """The currency that a unit names; kr is that of the portfolio where the portfolio counts in crowns."""
    own = context.money.currency if context.money is not None else ""
    return own if unit.currency == "kr" and own in CROWNS else unit.currency


def money_factor(unit: Unit, wanted: Wanted, context: Context) -> tuple[float, Question | None]:
    """By what figures in a unit are multiplied, and what has to be asked where their currency is another one."""
    own = context.money
    factor = unit.factor / (own.factor if own is not None else 1.0)
    if own is None or not own.currency or currency_of(unit, context) in ("", own.currency):
        return factor, None
    return factor, Question(
        f"{wanted.column.heading} is in {unit.currency}, and the portfolio's currency is {own.currency}.",
        "Amounts of different currencies cannot be added up, and nothing is converted.",
        f"Convert the figures to {own.currency}, or correct Currency in the portfolio's settings.",
    )
