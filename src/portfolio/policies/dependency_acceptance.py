"""Dependency acceptance: waiting for each other is managed instead of removed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.policies.policy import Limits, Subject, warning


class DependencyAcceptance:
    """Dependencies are few, short and young.

    Rule: at most `density` dependencies for each epic, no chain across value streams longer than `chain` epics, none
    older than `weeks` since it was raised; one with Resolved on counts no longer. An epic that needs several value streams counts as `shared` dependencies.
    Formula: (dependencies + shared * epics of several value streams) / epics <= density; epics in the longest chain whose
    largest value streams differ <= chain.
    Unit: dependencies per epic; epics; weeks before the plan's start.
    Why: each dependency is a queue; a chain across value streams is as late as its latest member.
    Source: general knowledge (Flight Levels and LeSS say: remove dependencies rather than manage them).
    Example: A waits for B, B for C, of three value streams: a chain of 3.
    """

    name = "dependency acceptance"
    limits: ClassVar[Limits] = {"density": 0.5, "chain": 3, "weeks": 26, "shared": 0}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """The density, the longest chain, and each old dependency."""
        portfolio = subject.portfolio
        epics, start = portfolio.epics, portfolio.calendar.start
        links = [link for link in portfolio.dependencies if link.resolved_on is None]
        shared = [epic.id for epic in epics if sum(units > 0 for units in epic.effort.values()) > 1]
        counted = len(links) + limits["shared"] * len(shared)
        if epics and counted > limits["density"] * len(epics) + ROUNDING:
            yield warning(
                ("dependencies",),
                f"There are {counted:g} dependencies between {len(epics)} {subject.words.epics}{_of_shared(shared, limits)}.",
                f"The policy allows {math.floor(limits['density'] * len(epics) + ROUNDING)}, {limits['density']:g} for each.",
                "Slice along what users can use, so that fewer wait for each other.",
            )
        chain = _longest_chain(subject)
        if len(chain) > limits["chain"]:
            yield warning(
                ("dependencies",),
                f"{' waits for '.join(reversed(chain))}: a chain of {len(chain)} across {subject.words.streams}.",
                f"The policy allows {limits['chain']:g}.",
                f"Give one of the {subject.words.streams} what it needs to do a link of it alone.",
            )
        for index, link in enumerate(portfolio.dependencies):
            if link.resolved_on is None and link.raised_on is not None and start is not None:
                weeks = (start - link.raised_on).days / 7
                if weeks > limits["weeks"]:
                    yield warning(
                        ("dependencies", index, "raised_on"),
                        f"{link.successor} has waited for {link.predecessor} for {weeks:.0f} weeks.",
                        f"The policy allows {limits['weeks']:g} before the plan starts.",
                        "Resolve it or remove it before planning around it again.",
                    )


def _of_shared(shared: list[str], limits: Limits) -> str:
    """Which of the dependencies are epics that need several value streams; nothing where these do not count."""
    if not shared or not limits["shared"]:
        return ""
    each = "" if limits["shared"] == 1 else f" {limits['shared']:g} times each"
    return f", counting{each} what needs several value streams ({', '.join(shared)})"


def _longest_chain(subject: Subject) -> list[str]:
    """The epics of the longest chain in which each link crosses from one value stream to another, first to last."""
    portfolio = subject.portfolio
    home = {epic.id: portfolio.largest_stream(epic) for epic in portfolio.epics}
    later: dict[str, list[str]] = {}
    for link in portfolio.dependencies:
        if link.resolved_on is None and home.get(link.predecessor) != home.get(link.successor):
            later.setdefault(link.predecessor, []).append(link.successor)
    known: dict[str, list[str]] = {}
    waiting = sorted(later)
    seen: set[str] = set()
    while waiting:
        epic = waiting[-1]
        ahead = [name for name in later.get(epic, []) if name not in known]
        if epic in seen or not ahead:
            waiting.pop()
            longest = max((known[name] for name in later.get(epic, []) if name in known), key=len, default=[])
            known.setdefault(epic, [epic, *longest])
            continue
        seen.add(epic)
        waiting += [name for name in ahead if name not in seen]
    chains = [chain for chain in known.values() if len(chain) > 1]
    return max(chains, key=len, default=[])
