"""What is claimed of a plan, as the first rows of a sheet: the claim, then value, bound and gap as far as they are known."""

from __future__ import annotations

from portfolio.optimizer.outcome import Outcome
from portfolio.results.claim import CLAIMS
from portfolio.xlsx.write.book import Page, Value

WORTH_ROW = 1
"""Where the plan's value stands among these rows, if there is a plan."""


def claim_rows(outcome: Outcome, unit: str) -> list[tuple[str, Value, str]]:
    """Each row's label, value and style."""
    found: list[tuple[str, Value, str]] = [("Claim", CLAIMS[outcome.claim], "left")]
    if outcome.value is not None:
        found.append((f"Value of the plan ({unit})", outcome.value, "figure"))
    if outcome.bound is not None:
        found.append((f"No plan is worth more than ({unit})", outcome.bound, "figure"))
    if outcome.gap is not None:
        found.append(("Gap", outcome.gap, "percent"))
    return found


def write_claim(page: Page, row: int, outcome: Outcome, unit: str) -> int:
    """Writes these rows into the first three columns; returns the row after them."""
    rows = claim_rows(outcome, unit)
    for here, (label, value, style) in enumerate(rows, start=row):
        page.text(here, 0, label, "cell", "bold")
        page.sheet.merge_range(here, 1, here, 2, "", page.book.style("cell", style))
        page.put(here, 1, value, "cell", style)
    return row + len(rows)
