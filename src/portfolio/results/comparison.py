"""Plans beside each other, with their words: what each is worth, spends and uses, and how it differs from the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from portfolio.domain import Finding, Portfolio
from portfolio.edits import ScenarioEdit, ScenarioLine
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.results.answer import Answer
from portfolio.results.claim import claim_words
from portfolio.results.entry_words import entry_words
from portfolio.results.plan_difference import PlanEffect, PlannedEpic
from portfolio.results.wording import labelled, signed, span_words


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
    def broken(self) -> int:
        """How many guardrails are not met, soft ones among them."""
        return sum(not line.met for line in self.answer.guardrails)

    @property
    def binding(self) -> int:
        """How many guardrails leave no room."""
        return sum(line.met and line.binding for line in self.answer.guardrails)

    @property
    def lines(self) -> tuple[ScenarioLine, ...]:
        """The lines of its scenario, each once."""
        return tuple(dict.fromkeys(edit.line for edit in self.edits))

    def claim_against(self, base: str) -> str:
        """What may be read into the difference in value to the first alternative, which is called `base`."""
        claim = f"{self.name}: {claim_words(self.answer.outcome)}"
        if self.effect is None or self.effect.value.difference is None:
            return f"{claim}."
        value, unit = self.effect.value, self.effect.unit
        if value.at_least is None and value.at_most is None:
            worth = f"{self.name} is worth {signed(value.difference or 0.0)} {unit} against {base}"
            return f"{worth}. Nothing is known of how far either lies below the best possible."
        if value.at_least is None or value.at_most is None:
            return f"{claim}. How far the best plans lie apart is not known."
        if value.at_least == value.at_most:
            return f"{claim}. The best plan is worth {signed(value.at_least)} {unit} against {base}."
        if value.within_gap:
            return (
                f"{claim}. Against {base} the gaps leave {value.span} {unit} open: no effect that could be relied on."
            )
        return f"{claim}. The best plan is worth {value.span} {unit} against {base}, whatever the gaps hide."

    def as_json(self) -> dict[str, Any]:
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


def edited_words(value: object) -> str:
    """What a figure was before a change, or is after it; of a whole record, such as a guardrail, only that it is there."""
    return "there" if isinstance(value, dict | list) else entry_words(value)


@dataclass(frozen=True)
class ComparedFigure:
    """One figure of every alternative; `kind` says what it is, `part` of which value stream it is, if of one."""

    heading: str
    kind: Literal["value", "gap", "claim", "money", "count", "share"]
    values: Sequence[float | str | None]
    part: str = ""


@dataclass(frozen=True)
class ComparedEpic:
    """When one epic is done in every alternative, nothing where it is not, with what changed from the first."""

    id: str
    title: str
    spans: Sequence[str]
    signs: Sequence[str]

    @property
    def label(self) -> str:
        """Its ID with its title, as people say it."""
        return labelled(self.id, self.title)


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

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio that the others are compared with."""
        return self.base.answer.portfolio

    @property
    def words(self) -> Vocabulary:
        """What the operating model calls things."""
        return self.base.answer.model.vocabulary

    @property
    def title(self) -> str:
        """What stands above a comparison."""
        return f"{self.portfolio.name or 'Portfolio'}: side by side"

    @property
    def legend(self) -> str:
        """What the signs before an epic's times mean."""
        return f"+ starts, ~ at another time, - waits, each against {self.base.name}."

    @property
    def gains(self) -> list[float | None]:
        """What each alternative is worth more than the first one; None where one of the two has no plan."""
        values = [one.answer.outcome.value for one in self.alternatives]
        return [None if value is None or values[0] is None else value - values[0] for value in values]

    @property
    def outcome_figures(self) -> list[ComparedFigure]:
        """What can be claimed of each plan."""
        outcomes = [one.answer.outcome for one in self.alternatives]
        return [
            ComparedFigure(f"Value, {self.portfolio.value_unit}", "value", [one.value for one in outcomes]),
            ComparedFigure("Bound", "value", [one.bound for one in outcomes]),
            ComparedFigure("Gap", "gap", [one.gap for one in outcomes]),
            ComparedFigure("Claim", "claim", [one.claim for one in outcomes]),
        ]

    @property
    def plan_figures(self) -> list[ComparedFigure]:
        """What each plan spends, starts and uses, and how its guardrails stand."""
        every, money = self.alternatives, self.portfolio.currency or "money"
        titles = {use.id: use.title for one in every for use in one.uses}
        shares = [{use.id: use.share for use in one.uses} for one in every]
        used = "Capacity used"
        return [
            ComparedFigure(f"Spend, {money}", "money", [one.spend for one in every]),
            ComparedFigure(f"{self.words.epic.many_headed} that start", "count", [one.started for one in every]),
            ComparedFigure(used, "share", [one.utilisation for one in every]),
            *(
                ComparedFigure(used, "share", [one.get(name) for one in shares], title)
                for name, title in titles.items()
            ),
            ComparedFigure("Guardrails at their limit", "count", [one.binding for one in every]),
            ComparedFigure("Guardrails broken", "count", [one.broken for one in every]),
        ]

    @property
    def epics(self) -> list[ComparedEpic]:
        """Every epic of any alternative, in the order of the first one's ranking."""
        names = dict.fromkeys(line.id for one in self.alternatives for line in one.answer.epics)
        return self._compared(names, {})

    @property
    def changed_epics(self) -> list[ComparedEpic]:
        """The epics that start, move or wait in any alternative otherwise than in the first."""
        lines = [line for one in self.others if one.effect is not None for line in one.effect.epics]
        return self._compared(dict.fromkeys(line.id for line in lines), {line.id: line for line in reversed(lines)})

    def _compared(self, names: Iterable[str], changed: Mapping[str, PlannedEpic]) -> list[ComparedEpic]:
        """These epics; `changed` says when one was done that the first alternative calls otherwise."""
        titles = {epic.id: epic.title or "" for one in self.alternatives for epic in one.answer.portfolio.epics}
        first, *spans = [
            {line.id: span_words(line.start, line.finish) for line in one.answer.epics if line.start is not None}
            for one in self.alternatives
        ]
        first = {name: line.before for name, line in changed.items() if line.start_before is not None} | first
        signs = [
            {} if one.effect is None else {line.id: line.sign for line in one.effect.epics} for one in self.alternatives
        ]
        return [
            ComparedEpic(
                name,
                titles[name],
                [one.get(name, "") for one in (first, *spans)],
                [one.get(name, "") for one in signs],
            )
            for name in names
        ]

    def as_json(self) -> dict[str, Any]:
        """The comparison in the published JSON format."""
        return {
            "format": 1,
            "portfolio": self.portfolio.name,
            "unit": self.portfolio.value_unit,
            "alternatives": [alternative.as_json() for alternative in self.alternatives],
            "findings": [finding.as_json() for finding in self.findings],
        }
