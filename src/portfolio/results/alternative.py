"""One plan among others, with its words: what is different in its portfolio, and what the plan is worth, spends and uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from portfolio.domain.wording import signed
from portfolio.edits import ScenarioEdit, ScenarioLine
from portfolio.operating_model.rights import decisions_on
from portfolio.results.answer import Answer
from portfolio.results.claim import claim_words
from portfolio.results.plan_difference import PlanEffect
from portfolio.results.tables import run


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
        return self.answer.spend

    @property
    def started(self) -> int | None:
        """How many epics start; None where there is no plan."""
        return self.answer.started

    @property
    def uses(self) -> tuple[Use, ...]:
        """What each value stream has and what the plan uses of it."""
        titles = {stream.id: stream.title for stream in self.answer.portfolio.value_streams}
        lines = self.answer.value_streams
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
    def broken(self) -> int | None:
        """How many guardrails are not met, soft ones among them; None where there is no plan."""
        return None if self.answer.plan is None else sum(not line.met for line in self.answer.guardrails)

    @property
    def binding(self) -> int | None:
        """How many guardrails leave no room; None where there is no plan."""
        return None if self.answer.plan is None else sum(line.met and line.binding for line in self.answer.guardrails)

    @property
    def figures(self) -> Mapping[str, object]:
        """What can be claimed of the plan, and what it spends, starts and uses, by the names of their columns."""
        return {
            **run.outcome_values(self.answer.outcome),
            "spend": self.spend,
            "epics_started": self.started,
            "utilisation": self.utilisation,
            "guardrails_at_their_limit": self.binding,
            "guardrails_broken": self.broken,
        }

    @property
    def lines(self) -> tuple[ScenarioLine, ...]:
        """The lines of its scenario, each once."""
        return tuple(dict.fromkeys(edit.line for edit in self.edits))

    @property
    def rights_words(self) -> str:
        """Who may make its changes, and when next; nothing where the way of working does not say."""
        changed = [str(step) for edit in self.edits for step in edit.path if isinstance(step, str)]
        return self.answer.rights_words(*decisions_on(changed))

    def claim_against(self, base: str) -> str:
        """What may be read into the difference in value to the first alternative, which is called `base`."""
        claim = f"{self.name}: {claim_words(self.answer.outcome)}"
        if self.answer.impossible is not None:
            claim += f": {self.answer.impossible.clash_words}"
        if self.effect is None or self.effect.value.difference is None:
            return f"{claim}."
        value, unit = self.effect.value, self.effect.unit
        if value.at_least is None and value.at_most is None:
            worth = f"{self.name} is worth {signed(value.difference or 0.0)} {unit} against {base}"
            return f"{worth}. Nothing is known of how far either lies below the best possible."
        if value.at_least is None or value.at_most is None:
            return f"{claim}. How far the best plans lie apart is not known."
        if value.at_least == value.at_most:
            return f"{claim}. Against {base} the best plan is worth {signed(value.at_least)} {unit}."
        if value.within_gap:
            return f"{claim}. Against {base} the best plan is worth {value.span} {unit}: within the gaps, so there may be no difference."
        return f"{claim}. Against {base} the best plan is worth {value.span} {unit}, with both gaps counted in."

    def as_json(self) -> dict[str, object]:
        """The alternative in the published JSON format."""
        return {
            "name": self.name,
            "changes": [
                {
                    "change": str(line),
                    "place": line.place,
                    "figures": [edit.as_json() for edit in self.edits if edit.line is line],
                }
                for line in self.lines
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
