"""Policies as checks: explicit policies replace sign-offs, and what teams are known to slide into is measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portfolio.domain import FieldFinding
from portfolio.policies.ageing_work import AgeingWork, older_than
from portfolio.policies.big_batches import BigBatches
from portfolio.policies.capacity_above_delivered import CapacityAboveDelivered
from portfolio.policies.dependency_acceptance import DependencyAcceptance
from portfolio.policies.everything_mandatory import EverythingMandatory
from portfolio.policies.framework_as_identity import FrameworkAsIdentity
from portfolio.policies.governance_overload import GovernanceOverload
from portfolio.policies.local_optimisation import LocalOptimisation
from portfolio.policies.long_plans import LongPlans
from portfolio.policies.no_enabler_investment import NoEnablerInvestment
from portfolio.policies.past import LeadTimes, Past, PastEpic
from portfolio.policies.policy import Limits, PolicyCheck, Prescribed, Subject, WarnedIn, Words
from portfolio.policies.remaining_size import RemainingSize
from portfolio.policies.running_for_less import RunningForLess
from portfolio.policies.score_clustering import ScoreClustering
from portfolio.policies.shorter_than_past_work import ShorterThanPastWork
from portfolio.policies.size_against_effort import SizeAgainstEffort
from portfolio.policies.stale_scores import StaleScores
from portfolio.policies.undecided_mvps import UndecidedMvps
from portfolio.policies.wip_overload import WipOverload

CHECKS: tuple[PolicyCheck, ...] = (
    BigBatches(),
    WipOverload(),
    DependencyAcceptance(),
    LocalOptimisation(),
    EverythingMandatory(),
    NoEnablerInvestment(),
    StaleScores(),
    ScoreClustering(),
    GovernanceOverload(),
    LongPlans(),
    RunningForLess(),
    SizeAgainstEffort(),
    CapacityAboveDelivered(),
    ShorterThanPastWork(),
    RemainingSize(),
    AgeingWork(),
    UndecidedMvps(),
    FrameworkAsIdentity(),
)
"""Every check, in the order of the reference."""
BY_NAME = {check.name: check for check in CHECKS}


def check_policies(subject: Subject, chosen: Iterable[tuple[str, Limits, str]]) -> list[FieldFinding]:
    """What goes beyond the chosen policies, each a check, limits that replace its own, and the statement it measures."""
    return [
        replace(problem, rule=f"{statement} {problem.rule}")
        for name, limits, statement in chosen
        for problem in BY_NAME[name].problems(subject, {**BY_NAME[name].limits, **limits})
    ]


__all__ = [
    "BY_NAME",
    "CHECKS",
    "AgeingWork",
    "LeadTimes",
    "Limits",
    "Past",
    "PastEpic",
    "PolicyCheck",
    "Prescribed",
    "Subject",
    "WarnedIn",
    "Words",
    "check_policies",
    "older_than",
]
