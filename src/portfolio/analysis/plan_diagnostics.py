"""Finds what is wrong with an answer as a whole: no plan is possible, nothing can start, or nothing was decided."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.analysis.cell_locator import CellLocator
from portfolio.analysis.diagnostics import plan_traps
from portfolio.analysis.impossible import impossible_finding, sources_words, why_impossible
from portfolio.domain import Finding
from portfolio.domain.validation import plannable
from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.optimizer.infeasibility.iis import AT_LEAST_ONE, nothing_can_start
from portfolio.optimizer.optimize import Best
from portfolio.optimizer.problem import Problem
from portfolio.results.impossible import Impossible


@dataclass(frozen=True)
class PlanDiagnosis:
    """Findings about the plan as a whole, none for a sound one; and why no plan is possible, where none is."""

    findings: tuple[Finding, ...] = ()
    impossible: Impossible | None = None


def diagnose_plan(
    problem: Problem,
    formulation: Formulation,
    best: Best,
    where: CellLocator,
    repairs: CountProgress | None = None,
    cancel: CancelToken | None = None,
) -> PlanDiagnosis:
    """What is wrong with the answer to a problem; nothing for a plan in which at least one epic starts.

    Where none is possible, `repairs` hears how many kinds of repair were looked for, and `cancel` ends looking for more.
    """
    if best.outcome.claim == "impossible":
        impossible = why_impossible(problem, formulation, where, repairs, cancel)
        return PlanDiagnosis((impossible_finding(impossible, formulation, where),), impossible)
    if best.outcome.claim == "nothing found":
        what, rule = "No plan was found in the time given.", "There may still be one."
        return PlanDiagnosis((Finding("error", where.file, what, rule, "Allow more time."),))
    if best.plan is not None and not best.plan.bookings:
        return PlanDiagnosis((_empty(formulation, where),))
    problems = [] if best.plan is None else plan_traps(formulation, best.plan)
    return PlanDiagnosis(
        tuple(Finding(one.severity, where.place(one.path), one.what, one.rule, one.fix) for one in problems)
    )


def _empty(formulation: Formulation, where: CellLocator) -> Finding:
    what = "The best plan is empty: nothing starts."
    if not len(formulation.options):
        fix = "Give epics scores, effort and dates that fit the plan."
        return Finding("warning", where.file, what, _nobody(formulation), fix)
    sources = [source for source in nothing_can_start(formulation) if source.name != AT_LEAST_ONE]
    if not sources:
        return Finding(
            "warning",
            where.file,
            what,
            "No epic earns more than it costs in breaches of soft guardrails, or none earns anything in the value horizon.",
            "Look at the prices of soft guardrails and at the value horizon.",
        )
    shares = [source for source in sources if _is_share_of_selected(formulation, source)]
    rule = f"No epic can start while these are kept: {sources_words(formulation, sources, where)}."
    if shares:
        rule += f" {shares[0].name} is a share of what is selected, which the empty plan meets."
    return Finding("warning", where.file, what, rule, "Loosen or drop any one of them.")


def _nobody(formulation: Formulation) -> str:
    portfolio = formulation.options.portfolio
    reasons = [reason for epic in portfolio.epics if (reason := plannable(epic, portfolio)) is not None]
    return reasons[0] if reasons else "No epic can be done within its dates and the plan's periods."


def _is_share_of_selected(formulation: Formulation, source: RowSource) -> bool:
    return getattr(formulation.guardrails[source.guardrail], "of", None) == "selected"
