"""Which rows of the evidence count: one that cannot be right counts for nothing, and that is said, but stops nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portfolio.domain.finding import FieldFinding, Path
from portfolio.domain.portfolio import Portfolio

EVIDENCE = "evidence."
"""How the name of a list of the evidence begins in a path: `evidence.history` is one step."""
COUNTS_FOR_NOTHING = "The row counts for nothing."


def is_evidence(path: Path) -> bool:
    """Whether something is wrong with a row of the evidence."""
    return bool(path) and str(path[0]).startswith(EVIDENCE)


def of_evidence(problem: FieldFinding) -> FieldFinding:
    """A problem of a row of the evidence: a warning, since the plan does not depend on it."""
    return replace(problem, rule=f"{problem.rule} {COUNTS_FOR_NOTHING}".strip(), severity="warning")


def without_rows(portfolio: Portfolio, problems: Iterable[FieldFinding]) -> Portfolio:
    """The portfolio without the rows of its evidence that count for nothing."""
    wrong: dict[str, set[int]] = {}
    for problem in problems:
        if is_evidence(problem.path) and COUNTS_FOR_NOTHING in problem.rule and isinstance(problem.path[1], int):
            wrong.setdefault(str(problem.path[0]).removeprefix(EVIDENCE), set()).add(problem.path[1])
    if not wrong:
        return portfolio
    kept = {
        name: tuple(row for index, row in enumerate(getattr(portfolio.evidence, name)) if index not in rows)
        for name, rows in wrong.items()
    }
    return portfolio.model_copy(update={"evidence": portfolio.evidence.model_copy(update=kept)})
