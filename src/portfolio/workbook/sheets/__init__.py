"""The result sheets: one file for each, and all of them in the order in which they stand."""

from __future__ import annotations

from portfolio.workbook.layout import ResultSheet
from portfolio.workbook.sheets import (
    allocation,
    as_planned,
    by_outcome,
    charts,
    funding,
    guardrail_status,
    impossible,
    kept,
    levels,
    operating_model,
    plan,
    ranking,
    reasons,
    summary,
    value,
    words,
    work,
)

RESULT_SHEETS: tuple[ResultSheet, ...] = (
    summary.SHEET,
    impossible.SHEET,
    kept.SHEET,
    plan.SHEET,
    ranking.SHEET,
    allocation.SHEET,
    funding.SHEET,
    by_outcome.SHEET,
    levels.SHEET,
    guardrail_status.SHEET,
    reasons.SHEET,
    charts.SHEET,
    operating_model.SHEET,
    words.SHEET,
    work.SHEET,
    value.SHEET,
    as_planned.SHEET,
)
