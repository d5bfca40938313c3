"""Compares plans: each with the first, and what is certain of the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portfolio.analysis.difference import Names, difference_of_plans
from portfolio.domain import Finding
from portfolio.optimizer.outcome import bounded
from portfolio.results.alternative import Alternative
from portfolio.results.comparison import Comparison
from portfolio.results.plan_difference import ValueEffect


def comparison_of(
    base: Alternative, others: Sequence[tuple[Alternative, Names]], findings: Sequence[Finding]
) -> Comparison:
    """Puts alternatives beside a base; the names say what is the same in the base and in each of them.

    What no plan can exceed where more is allowed, none can exceed where less is; and what only allows more costs nothing.
    """
    looser = [one.answer.outcome.bound for one, _ in others if one.direction > 0]
    bound = min((one for one in looser if one is not None), default=None)
    base = _bounded(base, bound)
    alternatives = [base]
    for one, names in others:
        limited = _bounded(one, base.answer.outcome.bound) if one.direction < 0 else one
        effect = difference_of_plans(base.answer, limited.answer, names)
        effect = replace(effect, value=_with_sign(effect.value, one.direction))
        alternatives.append(replace(limited, effect=effect))
    return Comparison(tuple(alternatives), tuple(dict.fromkeys(findings)))


def _bounded(one: Alternative, bound: float | None) -> Alternative:
    return replace(one, answer=replace(one.answer, outcome=bounded(one.answer.outcome, bound)))


def _with_sign(value: ValueEffect, direction: int) -> ValueEffect:
    """The effect on value, with what is certain of its sign."""
    if direction > 0 and value.at_least is not None:
        return replace(value, at_least=max(0.0, value.at_least))
    if direction < 0 and value.at_most is not None:
        return replace(value, at_most=min(0.0, value.at_most))
    return value
