"""Judges a plan that was chosen beforehand: which guardrails it breaks, and what choosing otherwise would earn."""

from __future__ import annotations

from portfolio.domain import Finding
from portfolio.domain.tolerance import ROUNDING
from portfolio.domain.wording import amount, figure, place_words
from portfolio.guardrails import check
from portfolio.operating_model import OperatingModel
from portfolio.optimizer.optimize import Best
from portfolio.optimizer.problem import Problem


def fixed_plan_findings(problem: Problem, best: Best, place: str, model: OperatingModel) -> list[Finding]:
    """An error for each hard guardrail that is broken, a warning for the difference to the best plan."""
    words = model.vocabulary
    if best.plan is None:
        return []
    if not best.plan.bookings:
        return [
            Finding(
                "warning",
                place,
                f"No {words.epic.one} has a Start: nothing was chosen.",
                f"{model.title} makes no plan; it checks and prices what {words.value_stream.many} chose.",
                "Enter Start for what was chosen, or plan with another model.",
            )
        ]
    statuses = [status for status in check(problem.options_of(best.plan)) if not status.met]
    found = [
        Finding(
            "error" if status.enforce == "hard" else "warning",
            place,
            f"What was chosen breaks {place_words(status.name, status.place)}.",
            f"It uses {figure(status.used)} of {figure(status.at_most)}."
            if status.at_most is not None and status.used > status.at_most
            else f"It is {figure(status.used)}.",
            f"Agree which of the choices waits, or change the guardrail. {model.decision_rights_text('change guardrails')}".strip(),
        )
        for status in statuses
    ]
    outcome = best.outcome
    if outcome.value is not None and outcome.bound is not None and outcome.bound > outcome.value * (1 + ROUNDING):
        unit = problem.portfolio.value_unit
        found.append(
            Finding(
                "warning",
                place,
                f"What was chosen is worth {amount(outcome.value, unit)}.",
                f"By these estimates the same guardrails allow up to {amount(outcome.bound, unit)}, at most "
                f"{amount(outcome.bound - outcome.value, unit)} more.",
                "Look at what a plan by value would start, and talk about the difference: those who chose may know more.",
            )
        )
    return found
