"""Columns that are still open, `tbd` in every cell: what is said of them when they were read is not said again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portfolio.domain import Epic, FieldFinding, Finding
from portfolio.intake.values.read_column import READ_AS_EMPTY


def said_once(
    findings: Sequence[Finding], problems: Sequence[FieldFinding]
) -> tuple[tuple[Finding, ...], list[FieldFinding]]:
    """The findings of reading as severe as what follows from them, and the problems without those."""
    kept, severe = list[FieldFinding](), dict[Finding, Finding]()
    for problem in problems:
        first = next((finding for finding in findings if _is_of(finding, problem)), None)
        if first is None:
            kept.append(problem)
        elif problem.severity == "error":
            severe[first] = replace(first, severity="error")
    return tuple(severe.get(finding, finding) for finding in findings), kept


def _is_of(finding: Finding, problem: FieldFinding) -> bool:
    """Whether a problem of a whole column is about one that was said to be open."""
    if finding.rule != READ_AS_EMPTY or len(problem.path) != 2 or problem.path[0] != "epics":
        return False
    field = Epic.model_fields.get(str(problem.path[1]))
    alone = field is not None and problem.what.startswith(f"{field.title} is ")
    return field is not None and alone and finding.what.startswith(f"{field.title} holds ")
