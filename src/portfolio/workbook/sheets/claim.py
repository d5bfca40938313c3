"""The claim about a plan, as the first rows of a sheet: the claim, then value, bound and gap as far as they are known."""

from __future__ import annotations

from portfolio.operating_model.ranking import Goal
from portfolio.optimizer.outcome import Outcome
from portfolio.results.claim import EarlierClaim, claim_lines
from portfolio.xlsx.write.book import Page, Value

WORTH_ROW = 1
"""Where the plan's value stands among these rows, if there is a plan."""
_STYLES = {"words": "left", "value": "figure", "share": "percent"}


def claim_rows(
    outcome: Outcome, unit: str, goal: Goal = "value", earlier: EarlierClaim | None = None
) -> list[tuple[str, Value, str]]:
    """Each row's label, value and style."""
    return [(line.heading, line.value, _STYLES[line.kind]) for line in claim_lines(outcome, unit, goal, earlier)]


def write_claim(page: Page, row: int, outcome: Outcome, unit: str) -> int:
    """Writes these rows into the first three columns; returns the row after them."""
    rows = claim_rows(outcome, unit)
    for here, (label, value, style) in enumerate(rows, start=row):
        page.text(here, 0, label, "cell", "bold")
        page.sheet.merge_range(here, 1, here, 2, "", page.book.style("cell", style))
        page.put(here, 1, value, "cell", style)
    return row + len(rows)
