"""A portfolio of what an import could read, and which problems belong to the file."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain import FieldFinding, Finding, Portfolio
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Raw
from portfolio.domain.parsing import parse_partial
from portfolio.domain.wording import first_of
from portfolio.errors import InternalError
from portfolio.storage.portfolio_json import to_json

MOST_ROWS = 8
"""Rows that have the same problem are named up to here."""


def salvaged(raw: Raw) -> tuple[Portfolio, list[FieldFinding]]:
    """The portfolio without the values that cannot be read, and every problem."""
    portfolio, problems = parse_partial(raw)
    if portfolio is None:
        raise InternalError("an export that was read makes no portfolio")
    return portfolio, problems


def lost(raw: Raw, portfolio: Portfolio, problems: Sequence[FieldFinding]) -> list[FieldFinding]:
    """The problems of values that could not be kept, so that what the portfolio to update has stays instead."""
    kept = to_json(portfolio).get("epics", [])
    return [
        problem
        for problem in problems
        if len(problem.path) > 2
        and problem.path[0] == "epics"
        and not is_missing(problem, raw)
        and problem.path[2] not in kept[int(problem.path[1])]
    ]


def in_export(path: FieldPath, origin: Sequence[int | None]) -> FieldPath | None:
    """The path of a problem among the epics of the export; None for an epic that it does not have."""
    if len(path) < 2 or path[0] != "epics" or not isinstance(path[1], int):
        return path
    position = origin[path[1]]
    return None if position is None else ("epics", position, *path[2:])


def is_missing(problem: FieldFinding, raw: Raw) -> bool:
    """Whether a problem is only that a field of an epic is not filled in yet."""
    path = problem.path
    return len(path) == 3 and path[0] == "epics" and isinstance(path[1], int) and path[2] not in raw["epics"][path[1]]


def efforts_without_stream(rows: Sequence[object], place: str) -> list[Finding]:
    """Effort that has no place in an epic, said once for all rows; nothing where there is none."""
    if not rows:
        return []
    listed = first_of([*map(str, rows)], MOST_ROWS)
    what = f"Effort is given without a value stream, and was not taken, in row {listed}."
    fix = "Name the column of the value streams in a mapping of your own, or enter both in the portfolio."
    return [Finding("warning", place, what, "Effort is asked of a value stream.", fix)]
