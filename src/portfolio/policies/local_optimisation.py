"""Local optimisation: a value stream is busy with work that is worth little to the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, named, warning


class LocalOptimisation:
    """A busy value stream works on what the portfolio values.

    Rule: where the epics ask for `busy` of a value stream's capacity or more, a unit of its effort earns at least
    `worth` of what a unit earns across the portfolio. Enablers and what others depend on are not judged: they earn later,
    or elsewhere. And where other value streams wait for one past the day they needed it, it finishes at most `own` epics that nobody
    waits for before those.
    Formula: (benefit of its epics, by effort / its effort) / (benefit of all / effort of all) >= worth.
    Unit: share of capacity; share of the portfolio's benefit per unit of effort.
    Why: everybody busy is no goal; a value stream that is full of small worth keeps its people from what is worth more.
    Source: general knowledge (Reinertsen; LeSS, whole product focus).
    Example: a full value stream earns 2 per unit where the portfolio earns 8: a quarter.
    """

    name = "local optimisation"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("flow",)
    limits: ClassVar[Limits] = {"busy": 0.9, "worth": 0.4, "own": 1}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each busy value stream that is worth little, and each that finishes its own work while others wait for it."""
        yield from _own_work_first(subject, limits)
        portfolio = subject.portfolio
        serving = {link.predecessor for link in portfolio.dependencies}
        valued = [
            epic
            for epic in portfolio.epics
            if epic.id in subject.benefit
            and sum(epic.effort.values()) > 0
            and epic.id not in serving
            and not subject.is_enabler(epic)
        ]
        effort = sum(sum(epic.effort.values()) for epic in valued)
        earned = sum(subject.benefit[epic.id] for epic in valued)
        if not effort or earned <= 0 or len(portfolio.value_streams) < 2:
            return
        for index, stream in enumerate(portfolio.value_streams):
            asked = sum(epic.effort.get(stream.id, 0.0) for epic in valued)
            there = sum(stream.capacity)
            if not there or not asked or asked < limits["busy"] * there:
                continue
            share = sum(_part(epic, stream.id, subject) for epic in valued) / asked / (earned / effort)
            if share < limits["worth"]:
                yield warning(
                    ("value_streams", index, "capacity"),
                    f"Epics ask {stream.id} for {asked / there:.0%} of its capacity, and a unit of it earns {share:.0%} "
                    "of what a unit earns across the portfolio.",
                    f"Where at least {limits['busy']:.0%} is asked for, the policy expects a unit to earn at least {limits['worth']:.0%} of that.",
                    "Let its people help where more is earned, or drop the least of its work.",
                )


def _part(epic: Epic, stream: str, subject: Subject) -> float:
    return subject.benefit[epic.id] * epic.effort.get(stream, 0.0) / sum(epic.effort.values())


def _own_work_first(subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
    """Each value stream that finished what nobody waits for, since the day on which another one needed something of it."""
    portfolio, past = subject.portfolio, subject.past
    if past is None:
        return
    home = portfolio.homes
    serving = {link.predecessor.casefold() for link in portfolio.dependencies}
    for stream in portfolio.value_streams:
        waited_for = [
            (link.needed_by, index)
            for index, link in enumerate(portfolio.dependencies)
            if subject.is_open(link) and link.needed_by is not None and link.needed_by <= past.as_of
            and home[link.predecessor] == stream.id != home[link.successor]
        ]  # fmt: skip
        if not waited_for:
            continue
        since, index = min(waited_for)
        own = [
            epic.id
            for epic in past.epics
            if epic.stream == stream.id and epic.finished is not None and epic.finished > since
            and epic.id.casefold() not in serving
        ]  # fmt: skip
        if len(own) > limits["own"]:
            link = portfolio.dependencies[index]
            yield warning(
                ("dependencies", index, "needed_by"),
                f"{stream.id} has finished {len(own)} {subject.words.epics} that nobody waits for ({named(own)}) since {since}, when "
                f"{link.successor} of {home[link.successor]} needed {link.predecessor} of it, which is not done.",
                f"The policy allows {limits['own']:g}.",
                "Let what others wait for come first there: limit its own work, or fund what is waited for by those who wait.",
            )
