"""Governance overload: approvals and rules that cost more than they protect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.options import above_threshold, cost
from portfolio.policies.past import FEWEST
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class GovernanceOverload:
    """A rule protects more than it costs.

    Rule: at most `rules` declared guardrails for each epic, `few` being free; of the epics at most `share` need an approval; and an
    approval that is waited for until the next review costs at most `cost` of the money it protects. By history, being decided about
    takes at most `deciding` of the time that the work itself takes.
    Formula: guardrails / epics; epics above the threshold / epics; benefit per week * weeks between reviews / cost of
    the epic; median days from being looked at to the commitment / median days from there to done.
    Unit: guardrails per epic; shares.
    Why: a sign-off is paid for with the delay of what waits for it.
    Source: general knowledge (Reinertsen, decentralise with decision rules); SAFe, approve significant initiatives.
    Example: 20,000 a week, 12 weeks to the next review, cost 400,000: waiting costs 60 % of what is protected.
    """

    name = "governance overload"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("flow",)
    limits: ClassVar[Limits] = {"rules": 1.0, "few": 5, "share": 0.5, "cost": 0.5, "deciding": 1}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Too many rules, too many approvals, each approval that costs more in delay than the policy allows, and slow decisions."""
        yield from _slow_to_decide(subject, limits)
        portfolio, many = subject.portfolio, subject.words.epics
        epics, rules = portfolio.epics, sum(not portfolio.is_open(limit) for limit in portfolio.guardrails)
        if epics and rules > max(limits["few"], limits["rules"] * len(epics)):
            yield warning(
                ("guardrails",),
                f"There {'is' if rules == 1 else 'are'} {rules} {'guardrail' if rules == 1 else 'guardrails'} for {len(epics)} {many}.",
                f"The policy allows {limits['rules']:g} for each.",
                "`portfolio prices` says what each costs; keep those that protect more.",
            )
        above = [index for index, epic in enumerate(epics) if above_threshold(epic, portfolio)]
        if len(above) > limits["share"] * len(epics):
            yield warning(
                ("epic_threshold",),
                f"{len(above)} of {len(epics)} {many} cost more than the epic threshold{_lost(above, subject)}.",
                f"The policy allows {limits['share']:.0%} to need an approval.",
                "Raise the threshold, so that small decisions stay where the work is.",
            )
        for index in above:
            epic = epics[index]
            week = subject.benefit.get(epic.id) if portfolio.uses_money else None
            protected = cost(epic, portfolio)
            if epic.approved or week is None or protected <= 0:
                continue
            waiting = week * subject.review_weeks
            if waiting > limits["cost"] * protected:
                yield warning(
                    ("epics", index, "approved"),
                    f"Until the next {subject.words.review} in {subject.review_weeks:g} weeks, {epic.id} loses {waiting:,.0f} by "
                    "waiting for its approval, "
                    f"{waiting / protected:.0%} of the {protected:,.0f} that it costs.",
                    f"The policy allows {limits['cost']:.0%}.",
                    "Decide it now, or fund a smaller first step below the threshold.",
                )


def _lost(above: Sequence[int], subject: Subject) -> str:
    """What those that wait for an approval lose together until the next review, where money says so."""
    portfolio = subject.portfolio
    waiting = [portfolio.epics[index] for index in above if not portfolio.epics[index].approved]
    lost = sum(subject.benefit.get(epic.id, 0.0) for epic in waiting) * subject.review_weeks
    if not portfolio.uses_money or not lost:
        return ""
    return f"; until the next {subject.words.review}, waiting for a yes loses {lost:,.0f} {portfolio.money_unit}"


def _slow_to_decide(subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
    """That past epics were decided about for longer than they were worked on, where they were."""
    past = subject.past
    known = [
        ((epic.started - epic.considered).days, epic.took)
        for epic in (() if past is None else past.epics)
        if epic.started is not None and epic.considered is not None and epic.took is not None
    ]
    if len(known) < FEWEST:
        return
    deciding, working = (median(pair[part] for pair in known) for part in (0, 1))
    if deciding > limits["deciding"] * working:
        yield warning(
            ("evidence.history",),
            f"{len(known)} past {subject.words.epics} were decided about for {deciding:g} days and worked on for {working:g}, half of them longer.",
            f"The policy allows {limits['deciding']:g} times as long.",
            "Decide smaller ones where the work is, by a threshold and a guardrail instead of a meeting, and limit what is looked at.",
        )
