"""Checks a portfolio: says everything that is wrong, the traps that it is in, and the policies that it does not keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portfolio.domain import FieldFinding, Finding, Portfolio, has_errors
from portfolio.engine.diagnostics import diagnostic_findings
from portfolio.engine.load import Loaded
from portfolio.engine.plan import problem_of
from portfolio.engine.policy_findings import policy_findings
from portfolio.engine.rank import rank
from portfolio.errors import WrongUseError


def check(loaded: Loaded, *, as_of: date | None = None) -> tuple[Finding, ...]:
    """Every finding of a portfolio; where none is an error, also its traps, if it can be planned, and its policies.

    What is in progress, and how old it is, are looked at by the portfolio's history at the end of the day `as_of`, of the last day that it knows
    without. Raises WrongUseError where a day is asked for and there is no history.
    """
    read = loaded.reading.portfolio
    if as_of is not None and read is not None and not read.evidence.history:
        raise WrongUseError("A day to look at needs the sheet History, and there is none.", "as_of")
    portfolio = loaded.portfolio
    if portfolio is None or has_errors(loaded.findings):
        return loaded.findings
    diagnostics = diagnostic_findings(loaded, problem_of(loaded, rank(loaded))) if portfolio.can_plan else ()
    later = [*_open_guardrails(portfolio), *policy_findings(loaded, portfolio, as_of)]
    return (*loaded.findings, *diagnostics, *loaded.reading.locate(later))


def _open_guardrails(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Guardrails that the model suggests and that nobody has given a figure, in one finding."""
    rows = [index for index, limit in enumerate(portfolio.guardrails) if portfolio.is_open(limit)]
    if rows:
        names = ", ".join(portfolio.guardrails[index].name for index in rows)
        yield FieldFinding(
            ("guardrails", rows[0], "at_most"),
            f"{names}: no figure yet.",
            "They are usual in this way of working, and a guardrail limits nothing until it has a figure.",
            "Enter At least or At most for each, or delete its row.",
            "warning",
        )
