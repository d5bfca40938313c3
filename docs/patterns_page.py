"""The page about constraints and patterns: what may bind, how that is seen, what helps, and which parts of a model are enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from portfolio.operating_model.patterns import CONSTRAINTS, PATTERNS, Constraint

Table = Callable[[Sequence[str], Iterable[Sequence[object]]], str]


def patterns_page(table: Table) -> str:
    """What `portfolio models choose` looks for and recommends, as the data has it."""
    constraints = [(one.name, "; ".join(_signs(one))) for one in CONSTRAINTS]
    parts = [
        "# Constraints and patterns",
        "What `portfolio models choose FILE` looks for in a portfolio, and what it says about it. A constraint binds where any of its "
        "signs is there; a pattern is recommended for what binds, with the parts of a model that are enough. No framework is "
        "recommended by its name.",
        "## Constraints",
        table(("Constraint", "Seen by"), constraints),
        "## Patterns",
    ]
    for one in PATTERNS:
        lines = [
            f"- **For**: {'; '.join(one.addresses)}.",
            f"- **Done**: {one.does}",
            f"- **Adds**: {one.adds}.",
            *([f"- **Takes away**: {one.takes_away}."] if one.takes_away else []),
            f"- **Enough**: {'; '.join(map(str, one.parts))}.",
            f"- **Source**: {one.source}.",
        ]
        parts += [f"### {one.name}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _signs(constraint: Constraint) -> Iterable[str]:
    """Everything that shows a constraint."""
    yield from (f"check {check}" for check in constraint.checks)
    yield from (f"price of {name}" for name in constraint.prices)
    yield from (f"one unit more of {name}" for name in constraint.units)
    if constraint.coordination:
        yield "price of all dependencies between value streams"
    if constraint.answers:
        yield f"answers: {' and '.join(condition.words for condition in constraint.answers)}"
