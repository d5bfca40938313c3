"""Rights: which decision a change of a portfolio takes, who may take it, and on which occasion next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from portfolio.domain import Calendar, Portfolio
from portfolio.operating_model.cadence import Review
from portfolio.operating_model.governance import Decision, Right
from portfolio.operating_model.vocabulary import Vocabulary

DECIDES: Mapping[Decision, frozenset[str]] = {
    "approve epics": frozenset({"approved"}),
    "order epics": frozenset(
        {"user_business_value", "time_criticality", "rr_oe", "job_size", "benefit_per_week", "criteria", "ranked_by"}
    ),
    "change the plan": frozenset({"start", "must", "earliest", "latest", "running_epics"}),
    "change budgets": frozenset({"budget", "max_budget_shift", "external_cost", "mvp_cost"}),
    "change guardrails": frozenset(
        {"guardrails", "wip_limit", "portfolio_wip_limit", "epic_threshold", "state_limits", "reserve"}
    ),
    "move people": frozenset({"capacity", "teams"}),
    "set outcome goals": frozenset({"outcomes", "objective", "key_result", "target"}),
}
"""Whose decision it is what stands in a field; who wrote there cannot be read from a file, only that it changed."""


def decisions_on(fields: Iterable[str]) -> list[Decision]:
    """The decisions that changes of these fields take, in the order in which rights are listed."""
    changed = set(fields)
    return [decision for decision, decided in DECIDES.items() if changed & decided]


def right_words(right: Right, words: Vocabulary, reviews: Iterable[Review], portfolio: Portfolio | None) -> str:
    """One right as a sentence: `Only Product Owner may order items at the Sprint Review; next on 2027-01-18, before Sprint 2.`.

    The next date is the portfolio's Next review, where that is the review in question, else it follows from the rhythm.
    """
    who = f"Only {right.by}" if right.only else right.by[:1].upper() + right.by[1:]
    what = right.decision.replace("epics", words.epic.many)
    said = " ".join(filter(None, [f"{who} may {what}", right.where, right.when]))
    soon = None if portfolio is None else next_words(right, words, reviews, portfolio)
    return f"{said}{f'; next {soon}' if soon else ''}."


def next_words(right: Right, words: Vocabulary, reviews: Iterable[Review], portfolio: Portfolio) -> str | None:
    """When a right may be used for the first time: `on 2027-01-18, before Sprint 2`; None where nothing says so."""
    review = next((review for review in reviews if review.name == right.review), None)
    if review is None:
        return None
    agreed = portfolio.next_review if review.name.casefold() == words.review.one.casefold() else None
    return next_occasion(review, portfolio.calendar) if agreed is None else f"on {agreed}"


def next_occasion(review: Review, calendar: Calendar) -> str | None:
    """When a review takes place for the first time after the plan has begun, by its rhythm; None where that is not known."""
    if calendar.period_weeks is None or not calendar.periods:
        return None
    weeks = calendar.weeks
    step = review.every_weeks if review.every_periods is None else review.every_periods * weeks
    if step is None:
        return None
    week = step - (review.weeks_before or 0.0)
    while week <= 0:
        week += step
    ahead = (week + (review.weeks_before or 0.0)) / weeks
    label = calendar.periods[round(ahead)] if _is_whole(ahead) and round(ahead) < len(calendar.periods) else None
    before = "" if label is None else f"before {label}"
    if calendar.start is None:
        return before or f"in week {week:g}"
    return ", ".join(filter(None, [f"on {calendar.start + timedelta(weeks=week)}", before]))


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9
