"""How the cost of delay grows with time: one file per profile."""

from __future__ import annotations

from portfolio.domain import Epic, Portfolio
from portfolio.urgency.curve import Curve
from portfolio.urgency.deadline import Deadline
from portfolio.urgency.discounting import Weeks, decay_per_week
from portfolio.urgency.one_off import OneOff
from portfolio.urgency.peak_lost import PeakLost
from portfolio.urgency.profile import Terms, UrgencyProfile
from portfolio.urgency.short_life import ShortLife
from portfolio.urgency.standard import Standard

PROFILES: tuple[UrgencyProfile, ...] = (Standard(), PeakLost(), ShortLife(), Deadline(), OneOff(), Curve())
"""Every profile, in the order of the reference; the first is the default."""


def profile_of(epic: Epic) -> UrgencyProfile:
    """The profile by which an epic's value fades; the first where its urgency is blank."""
    return {profile.name: profile for profile in PROFILES}[epic.urgency or PROFILES[0].name]


def expected_value(epic: Epic, done: Weeks, benefit: float, portfolio: Portfolio) -> Weeks:
    """What an epic is expected to earn if it is done at each of these weeks from the plan's start.

    `benefit` is per week, in the portfolio's unit of value. The result includes the epic's confidence.
    """
    confidence = 1.0 if epic.confidence is None else epic.confidence
    return confidence * full_value(epic, done, benefit, portfolio)


def full_value(epic: Epic, done: Weeks, benefit: float, portfolio: Portfolio) -> Weeks:
    """The same, if all of its value comes true."""
    terms = Terms(
        benefit=benefit,
        horizon_weeks=portfolio.horizon_weeks,
        decay=decay_per_week(portfolio.discount_rate),
        deadline_week=0.0 if epic.deadline is None else portfolio.calendar.week_of(epic.deadline),
    )
    return profile_of(epic).value(epic, done, terms)
