"""What is wrong with an answer as a whole: no plan is possible, nothing can start, or a plan that is no decision."""

from __future__ import annotations

from portfolio.domain import Finding
from portfolio.domain.validation import plannable
from portfolio.explain.words import place_words
from portfolio.optimizer.conflicts import AT_LEAST_ONE, clash, nothing_can_start
from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.optimizer.optimise import Best


def trouble(formulation: Formulation, best: Best, place: str) -> list[Finding]:
    """Findings about the plan as a whole; none for a plan in which at least one epic starts."""
    if best.outcome.claim == "impossible":
        return [_impossible(formulation, place)]
    if best.outcome.claim == "nothing found":
        return [
            Finding(
                "error",
                place,
                "No plan was found in the time given.",
                "There may still be one.",
                "Allow more time with --time-limit.",
            )
        ]
    if best.plan is not None and not best.plan.bookings:
        return [_empty(formulation, place)]
    return []


def _impossible(formulation: Formulation, place: str) -> Finding:
    sources = clash(formulation)
    names = "; ".join(_words(formulation, source) for source in sources)
    rule = f"These cannot all be kept: {names}." if sources else "The guardrails cannot all be kept."
    return Finding("error", place, "No plan is possible.", rule, "Loosen or drop any one of them.")


def _empty(formulation: Formulation, place: str) -> Finding:
    what = "The best plan is empty: nothing starts."
    if not formulation.binaries:
        return Finding(
            "warning", place, what, _nobody(formulation), "Give epics scores, effort and dates that fit the plan."
        )
    sources = [source for source in nothing_can_start(formulation) if source.name != AT_LEAST_ONE]
    if not sources:
        return Finding(
            "warning",
            place,
            what,
            "No epic earns more than it costs in breaches of soft guardrails, or none earns anything in the value horizon.",
            "Look at the prices of soft guardrails and at the value horizon.",
        )
    names = "; ".join(_words(formulation, source) for source in sources)
    shares = [source for source in sources if _is_share_of_selected(formulation, source)]
    rule = f"No epic can start while these are kept: {names}."
    if shares:
        rule += f" {shares[0].name} is a share of what is selected, which the empty plan meets."
    return Finding("warning", place, what, rule, "Loosen or drop any one of them.")


def _nobody(formulation: Formulation) -> str:
    portfolio = formulation.options.portfolio
    reasons = [reason for epic in portfolio.epics if (reason := plannable(epic, portfolio)) is not None]
    return reasons[0] if reasons else "No epic can be done within its dates and the plan's periods."


def _is_share_of_selected(formulation: Formulation, source: RowSource) -> bool:
    return getattr(formulation.guardrails[source.guardrail], "of", None) == "selected"


def _words(formulation: Formulation, source: RowSource) -> str:
    words = place_words(source.name, source.place)
    epic_id = source.place.get("epic")
    options = formulation.options
    if (
        source.name in {"Must", "Start"}
        and epic_id is not None
        and options.portfolio.epic_index[epic_id] not in options.epic
    ):
        epic = options.portfolio.epics[options.portfolio.epic_index[epic_id]]
        words += f", which takes {epic.shortest} periods and does not fit between {epic.start or epic.earliest or 'the start'} and {epic.latest or 'the end'}"
    return words
