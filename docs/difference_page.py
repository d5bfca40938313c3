"""The part of the reference that describes a difference, from the records that it is printed from."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from portfolio.results.difference import Difference, DifferenceLine, RankLine
from portfolio.results.plan_difference import (
    GuardrailMove,
    OldPlan,
    PlanEffect,
    PlannedEpic,
    StreamUse,
    ValueEffect,
)

BESIDE = ("heading", "label", "shares")
"""What a change knows for tables and does not print."""
RECORDS = (
    ("Changes", "changes[]", DifferenceLine, BESIDE),
    ("Ranking", "ranking[]", RankLine, ()),
    ("Plan", "plan", PlanEffect, ()),
    ("Value", "plan.value", ValueEffect, ()),
    ("Epics that differ", "plan.epics[]", PlannedEpic, ()),
    ("Use of capacity", "plan.value_streams[]", StreamUse, ()),
    ("Guardrails that differ", "plan.guardrails[]", GuardrailMove, ()),
    ("The old plan", "plan.old_plan", OldPlan, ()),
)


def difference_parts(line_table: Callable[..., str]) -> list[str]:
    """Heading, description and fields of each part."""
    parts = [
        "# What `portfolio diff A B --json` prints",
        "`format`, `a` and `b` (the files' names), the parts below, and `findings[]`.",
        inspect.getdoc(Difference) or "",
    ]
    for title, place, record, hidden in RECORDS:
        parts += [f"## {title}: `{place}`", inspect.getdoc(record) or "", line_table(record, hidden)]
    return parts
