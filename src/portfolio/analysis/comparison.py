"""Plans beside each other: what each alternative is worth, spends and uses, and how it differs from the first one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from portfolio.analysis.difference import Names, PlanEffect, compare_plans
from portfolio.analysis.difference.plan_difference import ValueEffect
from portfolio.domain import Finding
from portfolio.edits import ScenarioEdit
from portfolio.optimizer.outcome import bounded
from portfolio.results.answer import Answer


@dataclass(frozen=True)
class Use:
    """Effort that a plan asks of a value stream, and the capacity there is, over all periods."""

    id: str
    title: str
    effort: float
    capacity: float

    @property
    def share(self) -> float:
        """The share of the capacity that is used; 0 where there is none."""
        return self.effort / self.capacity if self.capacity else 0.0


@dataclass(frozen=True)
class Alternative:
    """One plan among others: its name, what is different in its portfolio, its answer, and its difference to the first.

    `direction` is 1 where it only allows more than the first one, -1 where it only allows less, 0 where neither is certain.
    """

    name: str
    edits: tuple[ScenarioEdit, ...]
    answer: Answer
    effect: PlanEffect | None = None
    direction: int = 0

    @property
    def spend(self) -> float | None:
        """What the plan spends in all; None where there is no plan."""
        return None if self.answer.plan is None else sum(line.spend for line in self.answer.epics)

    @property
    def started(self) -> int | None:
        """How many epics start; None where there is no plan."""
        return None if self.answer.plan is None else len(self.answer.plan)

    @property
    def uses(self) -> tuple[Use, ...]:
        """What each value stream has and what the plan uses of it."""
        titles = {stream.id: stream.title for stream in self.answer.portfolio.value_streams}
        lines = self.answer.streams
        return tuple(
            Use(
                name,
                title,
                sum(line.effort for line in lines if line.id == name),
                sum(line.capacity for line in lines if line.id == name),
            )
            for name, title in titles.items()
            if lines
        )

    @property
    def utilisation(self) -> float | None:
        """The share of all capacity that the plan uses; None where there is no plan."""
        effort, capacity = sum(use.effort for use in self.uses), sum(use.capacity for use in self.uses)
        return effort / capacity if self.uses and capacity else None

    @property
    def broken(self) -> int:
        """How many guardrails are not met, soft ones among them."""
        return sum(not line.met for line in self.answer.guardrails)

    @property
    def binding(self) -> int:
        """How many guardrails leave no room."""
        return sum(line.met and line.binding for line in self.answer.guardrails)

    def as_json(self) -> dict[str, Any]:
        """The alternative in the published JSON format."""
        lines = dict.fromkeys(edit.line for edit in self.edits)
        return {
            "name": self.name,
            "changes": [
                {
                    "change": str(line),
                    "place": line.place,
                    "figures": [edit.as_json() for edit in self.edits if edit.line is line],
                }
                for line in lines
            ],
            "outcome": asdict(self.answer.outcome),
            "spend": self.spend,
            "epics_started": self.started,
            "utilisation": self.utilisation,
            "value_streams": [asdict(use) for use in self.uses],
            "guardrails_broken": self.broken,
            "guardrails_at_their_limit": self.binding,
            "effect": None if self.effect is None else self.effect.as_json(),
        }


@dataclass(frozen=True)
class Comparison:
    """Alternatives beside each other; the first one is what the others are compared with."""

    alternatives: tuple[Alternative, ...]
    findings: tuple[Finding, ...]

    @property
    def base(self) -> Alternative:
        """What the others are compared with."""
        return self.alternatives[0]

    @property
    def others(self) -> tuple[Alternative, ...]:
        """Every alternative but the first."""
        return self.alternatives[1:]

    def as_json(self) -> dict[str, Any]:
        """The comparison in the published JSON format."""
        portfolio = self.base.answer.portfolio
        return {
            "format": 1,
            "portfolio": portfolio.name,
            "unit": portfolio.value_unit,
            "alternatives": [alternative.as_json() for alternative in self.alternatives],
            "findings": [finding.as_json() for finding in self.findings],
        }


def compared(base: Alternative, others: Sequence[tuple[Alternative, Names]], findings: Sequence[Finding]) -> Comparison:
    """Puts alternatives beside a base; the names say what is the same in the base and in each of them.

    What no plan can exceed where more is allowed, none can exceed where less is; and what only allows more costs nothing.
    """
    looser = [one.answer.outcome.bound for one, _ in others if one.direction > 0]
    bound = min((one for one in looser if one is not None), default=None)
    base = _bounded(base, bound)
    told = []
    for one, names in others:
        limited = _bounded(one, base.answer.outcome.bound) if one.direction < 0 else one
        effect = compare_plans(base.answer, limited.answer, names)
        told.append(replace(limited, effect=replace(effect, value=_within(effect.value, one.direction))))
    return Comparison((base, *told), tuple(dict.fromkeys(findings)))


def _bounded(one: Alternative, bound: float | None) -> Alternative:
    return replace(one, answer=replace(one.answer, outcome=bounded(one.answer.outcome, bound)))


def _within(value: ValueEffect, direction: int) -> ValueEffect:
    """The effect on value, with what is certain of its sign."""
    if direction > 0 and value.at_least is not None:
        return replace(value, at_least=max(0.0, value.at_least))
    if direction < 0 and value.at_most is not None:
        return replace(value, at_most=min(0.0, value.at_most))
    return value
