"""Dependency acceptance: waiting for each other is managed instead of removed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class DependencyAcceptance:
    """Dependencies are few, short and young.

    Rule: at most `density` dependencies for each epic, no chain across value streams longer than `chain` epics, none
    older than `weeks` since it was raised, none open more than `late` weeks after Needed by; one with Resolved on, or with an end that history knows as done, counts no longer. No epic has
    been blocked by another value stream for more than `blocked` weeks. An epic that needs several value streams counts as `shared` dependencies.
    Formula: (dependencies + shared * epics of several value streams) / epics <= density; epics in the longest chain whose
    largest value streams differ <= chain.
    Unit: dependencies per epic; epics; weeks before the plan's start.
    Why: each dependency is a queue; a chain across value streams is as late as its latest member.
    Source: general knowledge (Flight Levels and LeSS say: remove dependencies rather than manage them).
    Example: A waits for B, B for C, of three value streams: a chain of 3.
    """

    name = "dependency acceptance"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("flow",)
    limits: ClassVar[Limits] = {
        "density": 0.5, "chain": 3, "weeks": 26, "shared": 0, "late": 0, "blocked": 4,
    }  # fmt: skip

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """The density, the longest chain, each old or late dependency, and who has been blocked for long."""
        portfolio = subject.portfolio
        epics = portfolio.epics
        links = [link for link in portfolio.dependencies if subject.is_open(link)]
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
        yield from _old_and_late(subject, limits)
        yield from _blocked(subject, limits)


def _old_and_late(subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
    """Each open dependency that was raised long ago, or is past the day on which it was needed."""
    for index, link in enumerate(subject.portfolio.dependencies):
        if not subject.is_open(link):
            continue
        weeks, late = _weeks_since(link.raised_on, subject), _weeks_since(link.needed_by, subject)
        is_old, is_late = weeks > limits["weeks"], late > limits["late"]
        said = f"{link.successor} has waited for {link.predecessor} for {weeks:.0f} weeks"
        wanted = f"needed it by {link.needed_by}, {late:.0f} weeks before the plan starts"
        if is_old:
            yield warning(
                ("dependencies", index, "raised_on"),
                f"{said}{f', and {wanted}' if is_late else ''}.",
                f"The policy allows {limits['weeks']:g} before the plan starts.",
                "Resolve it or remove it before planning around it again.",
            )
        elif is_late:
            yield warning(
                ("dependencies", index, "needed_by"),
                f"{link.successor} waits for {link.predecessor}, and {wanted}.",
                f"The policy allows {limits['late']:g} weeks after Needed by.",
                "Resolve it or remove it before planning around it again; where it is no longer so, enter Resolved on.",
            )


def _blocked(subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
    """Each epic that another value stream has held up for long, and still does."""
    portfolio = subject.portfolio
    streams = {stream.id.casefold(): stream.id for stream in portfolio.value_streams}
    homes = {name.casefold(): home for name, home in portfolio.homes.items()}
    for index, row in enumerate(portfolio.evidence.blocked):
        other, weeks = streams.get((row.waits_for or "").casefold()), _weeks_since(row.since, subject)
        held_up = row.until is None and other is not None and row.epic.casefold() in homes
        if held_up and homes[row.epic.casefold()] != other and weeks > limits["blocked"]:
            yield warning(
                ("evidence.blocked", index, "since"),
                f"{row.epic} has been blocked by {other} since {row.since}, {weeks:.0f} weeks before the plan starts.",
                f"The policy allows {limits['blocked']:g} weeks.",
                f"Free it first, or give one of the {subject.words.streams} what it needs to do it alone; where it goes on again, enter To.",
            )


def _weeks_since(day: date | None, subject: Subject) -> float:
    """Weeks from a day until the plan starts; below all limits where one of them is not known."""
    start = subject.portfolio.calendar.start
    return -math.inf if day is None or start is None else (start - day).days / 7


def _of_shared(shared: list[str], limits: Limits) -> str:
    """Which of the dependencies are epics that need several value streams; nothing where these do not count."""
    if not shared or not limits["shared"]:
        return ""
    each = "" if limits["shared"] == 1 else f" {limits['shared']:g} times each"
    return f", counting{each} what needs several value streams ({', '.join(shared)})"


def _longest_chain(subject: Subject) -> list[str]:
    """The epics of the longest chain in which each link crosses from one value stream to another, first to last."""
    portfolio = subject.portfolio
    home = portfolio.homes
    later: dict[str, list[str]] = {}
    for link in portfolio.dependencies:
        if subject.is_open(link) and home.get(link.predecessor) != home.get(link.successor):
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
