"""Whether a scenario only allows more, or only less: then the best plan is certainly worth no less, or no more."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain.portfolio import Portfolio
from portfolio.edits.edit import Edit
from portfolio.edits.figures import Figure

LEFT_OUT = ("portfolio_wip_limit", "epic_threshold", "wip_limit", "must", "start", "earliest", "latest",
            "exclusive_group", "together_group", "at_least", "at_most")  # fmt: skip
"""Fields that limit where they are given and do not where they are left out."""


def direction(portfolio: Portfolio, edits: Sequence[Edit]) -> int:
    """1 where every figure that changed allows more, -1 where every one allows less, 0 where that is not certain."""
    signs = {_sign(portfolio, one) for one in edits if one.before != one.after}
    return signs.pop() if len(signs) == 1 else 0


def _sign(portfolio: Portfolio, one: Edit) -> int:
    if one.path[0] in {"guardrails", "dependencies"} and len(one.path) == 2:
        return 1 if one.after is None else -1 if one.before is None else 0
    figure = Figure(one.path, "", None)
    if figure.field in LEFT_OUT and None in (one.before, one.after):
        return 1 if one.after is None else -1
    if has_floor(portfolio, figure.field) or isinstance(one.before, bool):
        return 0
    if not isinstance(one.before, int | float) or not isinstance(one.after, int | float):
        return 0
    return figure.looser * (1 if one.after > one.before else -1)


def has_floor(portfolio: Portfolio, field: str) -> bool:
    """Whether some guardrail demands a share of what varies, so that more of it may allow less."""
    return any(limit.of == field and limit.at_least is not None for limit in portfolio.guardrails)
