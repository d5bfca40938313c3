"""A price as people say it: one figure, or the two between which it lies."""

from __future__ import annotations

from portfolio.domain.wording import amount, figure, rounded


def price_words(at_least: float | None, at_most: float | None) -> str:
    """A price as a table shows it: one figure, or the two between which it lies."""
    if at_least is None and at_most is None:
        return "not known"
    least = "-" if at_least is None else rounded(at_least)
    return (
        least
        if at_least is not None and at_least == at_most
        else f"{least} to {'?' if at_most is None else rounded(at_most)}"
    )


def range_words(at_least: float | None, at_most: float | None, unit: str) -> str:
    """One figure with its unit, or the two between which it lies."""
    if at_least is None and at_most is None:
        return "not known"
    if at_least is not None and at_least == at_most:
        return amount(at_least, unit)
    if at_most is None:
        return f"at least {amount(at_least or 0.0, unit)}, at most not known"
    if not at_least:
        return f"at most {amount(at_most, unit)}"
    return f"between {figure(at_least)} and {amount(at_most, unit)}"
