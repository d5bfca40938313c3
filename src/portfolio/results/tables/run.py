"""The run: what was planned, by which model, and what can be claimed of the plan; and everything that was found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from portfolio.domain import Finding, Portfolio
from portfolio.domain.json_form import record_form
from portfolio.optimizer.outcome import Outcome
from portfolio.tabular import Column, Table

NUMBER = Column("number", "whole", "Its place in the list, counted from 1.")
OUTCOME = (
    Column("claim", "text", "`proven best`, `best found`, `impossible` or `nothing found`."),
    Column("value", "number", "What the plan is worth; absent where there is none.", "value"),
    Column("bound", "number", "What no plan can exceed; absent where that is not known.", "value"),
    Column("gap", "number", "How far below the best possible it is at most.", "share"),
)
"""What can be claimed of a plan."""
RUN = Table(
    "run",
    "One row: what was planned, by which model, and what can be claimed of the plan.",
    (
        Column("portfolio", "text", "Name of the portfolio."),
        Column("model", "text", "The operating model."),
        Column("inputs_sha256", "text", "Fingerprint of the portfolio: the same figures have the same."),
        *OUTCOME,
        Column("seconds", "number", "How long it took.", "seconds"),
        Column("stopped_by", "text", "What ended the search before a proof."),
        Column("unit", "text", "The unit of every value."),
        Column("currency", "text", "The unit of all money."),
    ),
    ("portfolio",),
)
FINDINGS = Table(
    "findings",
    "Everything that is wrong or worth knowing, errors first.",
    (
        NUMBER,
        Column("severity", "text", "`error` or `warning`."),
        Column("place", "text", "Where it stands."),
        Column("what", "text", "What is wrong."),
        Column("rule", "text", "The rule that says so."),
        Column("fix", "text", "What to do."),
    ),
    ("number",),
    ("severity", "place", "what", "rule", "fix"),
)


def outcome_values(outcome: Outcome) -> Mapping[str, object]:
    """What can be claimed of a plan."""
    return {column.name: getattr(outcome, column.name) for column in OUTCOME}


def run(portfolio: Portfolio, model: str, outcome: Outcome) -> Iterator[Mapping[str, object]]:
    """The one row."""
    text = json.dumps(record_form(portfolio), sort_keys=True)
    yield {
        **vars(outcome),
        "portfolio": portfolio.name or "Portfolio",
        "model": model,
        "inputs_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "unit": portfolio.value_unit,
        "currency": portfolio.currency,
    }


def findings(found: Iterable[Finding]) -> Iterator[Mapping[str, object]]:
    """A row for each finding."""
    ordered = sorted(found, key=lambda finding: finding.severity != "error")
    return ({"number": number, **vars(finding)} for number, finding in enumerate(ordered, 1))
