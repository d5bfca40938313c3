"""Running for less: an epic in progress is worth less than what it keeps waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


class RunningForLess:
    """What is in progress is worth the room that it takes.

    Rule: no epic that is not running earns more than `times` as much for a unit of effort as a running epic that needs the
    same value stream most, where the epics ask for more of that value stream than it has.
    Formula: benefit per week * confidence / remaining effort, of the best one waiting, <= times * that of the running one.
    Unit: a number of times.
    Why: that it was begun is no reason to go on; what was spent is spent, and only what is left to do and to earn counts.
    Source: general knowledge (sunk cost; Reinertsen, second generation lean product development).
    Example: a running epic earns 2 a week per unit that is left, one that waits for the same people 9: stop it, or say why not.
    """

    name = "running for less"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"times": 2}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each running epic that is worth less than what it keeps out."""
        portfolio = subject.portfolio
        asked = {
            stream.id: sum(epic.effort.get(stream.id, 0.0) for epic in portfolio.epics)
            for stream in portfolio.value_streams
        }
        scarce = {stream.id for stream in portfolio.value_streams if asked[stream.id] > sum(stream.capacity)}
        serving = {link.predecessor for link in portfolio.dependencies}
        best: dict[str, Epic] = {}
        for epic in portfolio.epics:
            stream = portfolio.largest_stream(epic)
            if stream is not None and stream in scarce and not portfolio.is_running(epic) and _rate(epic, subject) > 0:
                known = best.get(stream)
                best[stream] = epic if known is None or _rate(epic, subject) > _rate(known, subject) else known
        for index, epic in enumerate(portfolio.epics):
            stream = portfolio.largest_stream(epic)
            other = best.get(stream or "")
            judged = (
                portfolio.is_running(epic) and not epic.must and epic.id not in serving and epic.id in subject.benefit
            )
            if not judged or other is None or _rate(other, subject) <= limits["times"] * _rate(epic, subject):
                continue
            yield warning(
                ("epics", index, "state"),
                f"{epic.label} is {epic.state} and earns {_rate(epic, subject):.3g} a week for each unit that is left; "
                f"{other.label} waits for {stream} and would earn {_rate(other, subject):.3g}.",
                f"What waits for the same {subject.words.streams} should not earn more than {limits['times']:g} times as much.",
                f"Set Running epics to `may stop` and see what the plan does. {subject.words.stopping}".strip(),
            )


def _rate(epic: Epic, subject: Subject) -> float:
    """What an epic earns a week for each unit of effort that is left."""
    effort = sum(epic.effort.values())
    confidence = 1.0 if epic.confidence is None else epic.confidence
    return subject.benefit.get(epic.id, 0.0) * confidence / effort if effort else 0.0
