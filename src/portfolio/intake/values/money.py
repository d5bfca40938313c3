"""Money in the portfolio's own unit: kEUR where it counts EUR are thousands, and other currencies are not mixed."""

from __future__ import annotations

from portfolio.intake.headings.units import Unit
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.question import Question


def money_factor(unit: Unit, wanted: Wanted, context: Context) -> tuple[float, Question | None]:
    """By what figures in a unit are multiplied, and what has to be asked where their currency is another one."""
    own = context.money
    factor = unit.factor / (own.factor if own is not None else 1.0)
    if own is None or not own.currency or not unit.currency or own.currency == unit.currency:
        return factor, None
    return factor, Question(
        f"{wanted.column.heading} is in {unit.currency}, and the portfolio's currency is {own.currency}.",
        "Amounts of different currencies cannot be added up, and nothing is converted.",
        f"Convert the figures to {own.currency}, or correct Currency in the portfolio's settings.",
    )
