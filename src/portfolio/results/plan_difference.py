"""The difference between two plans, with its words: value, epics, capacity, guardrails, and whether the old plan still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from portfolio.domain import Portfolio
from portfolio.domain.wording import amount, labelled, rounded, signed, span_words
from portfolio.guardrails import GuardrailStatus
from portfolio.optimizer.outcome import Outcome
from portfolio.results.claim import claim_words
from portfolio.results.guardrails import Standing, as_json, broken_words

EpicChange = Literal["started", "moved", "dropped"]
SIGNS: Mapping[EpicChange, str] = {"started": "+", "moved": "~", "dropped": "-"}
"""What stands before an epic that starts, moves or waits in the second of two plans."""
HAPPENS: Mapping[EpicChange, str] = {"started": "starts now", "moved": "moves", "dropped": "waits now"}
"""What happens to such an epic, in a word or two."""


@dataclass(frozen=True)
class Pair:
    """A figure of both plans."""

    before: float | None
    after: float | None


@dataclass(frozen=True)
class ValueEffect:
    """Value of both plans, and what may be said of the difference between the best there is on each side.

    `at_least` and `at_most` enclose the true effect of the change, as far as the gaps leave it open; null where a bound is
    not known or the units differ. `within_gap` says that the effect may as well be none or of the other sign.
    """

    before: float | None
    after: float | None
    difference: float | None
    at_least: float | None
    at_most: float | None
    within_gap: bool | None

    @property
    def span(self) -> str:
        """Between which two figures the effect lies."""
        return f"{signed(self.at_least or 0.0)} to {signed(self.at_most or 0.0)}"


@dataclass(frozen=True)
class PlannedEpic:
    """An epic that starts in one plan only, or at another time; times are labels of first and last period."""

    id: str
    title: str | None
    change: EpicChange
    start_before: str | None
    finish_before: str | None
    start_after: str | None
    finish_after: str | None
    value_before: float
    value_after: float
    reason: str
    new: bool = False
    """Whether the first portfolio did not have it at all."""

    @property
    def label(self) -> str:
        """Its ID with its title, as people say it."""
        return labelled(self.id, self.title)

    @property
    def sign(self) -> str:
        """Plus for an epic that starts, minus for one that waits."""
        return SIGNS[self.change]

    @property
    def happens(self) -> str:
        """What happens to it, in a word or two."""
        return HAPPENS[self.change]

    @property
    def before(self) -> str:
        """When it is done in the first plan, or that it waits, or is new."""
        return "new" if self.new else span_words(self.start_before, self.finish_before)

    @property
    def after(self) -> str:
        """When it is done in the second plan, or that it waits."""
        return span_words(self.start_after, self.finish_after)

    @property
    def gain(self) -> float:
        """What it earns more in the second plan."""
        return self.value_after - self.value_before

    @property
    def why(self) -> str:
        """Why it starts, or why it waits now, in short."""
        return self.reason.removeprefix("Waits: ") if self.change == "dropped" else self.reason.split(":")[0]


@dataclass(frozen=True)
class StreamUse:
    """What a value stream has and what the plans use of it over all periods; null where it is not there."""

    id: str
    effort_before: float | None
    capacity_before: float | None
    effort_after: float | None
    capacity_after: float | None

    @property
    def before(self) -> str:
        """What the first plan uses of it: `88% (70 of 80)`."""
        return _use_words(self.effort_before, self.capacity_before)

    @property
    def after(self) -> str:
        """What the second plan uses of it."""
        return _use_words(self.effort_after, self.capacity_after)


def _use_words(effort: float | None, capacity: float | None) -> str:
    if effort is None or capacity is None:
        return "-"
    return f"{effort / capacity if capacity else 0.0:.0%} ({rounded(effort)} of {rounded(capacity)})"


@dataclass(frozen=True)
class GuardrailMove:
    """A guardrail that stands otherwise than before in one place; null where it does not exist."""

    name: str
    place: Mapping[str, str]
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True)
class GuardrailMoves:
    """A guardrail that stands otherwise than before, with every place where it does so in the same way."""

    name: str
    before: str
    after: str
    where: str


@dataclass(frozen=True)
class OldPlan:
    """A plan of the first portfolio, judged by the second one's rules.

    `holds` says whether it keeps every hard guardrail; `value` is what it is worth now (null if it breaks one). `broken`
    are the guardrails that are not met, soft ones among them: `name`, `place`, `used`, `at_least`, `at_most`, `met`,
    `enforce`. `left_out` are epics that the plan starts and that cannot be placed any more, by ID with the reason; the
    rest is judged without them.
    """

    holds: bool
    value: float | None
    broken: tuple[GuardrailStatus, ...]
    left_out: Mapping[str, str]

    def sentences(self, unit: str, a: str, b: str) -> list[str]:
        """Whether the plan of portfolio `a` still holds in `b`, which is what meetings ask."""
        if self.value is not None:
            lines = [f"The plan of {a} still holds in {b}, where it is worth {amount(self.value, unit)}."]
        else:
            lines = [f"The plan of {a} no longer holds in {b}. It breaks: {self._broken('hard')}."]
        if self.left_out:
            lines.append(f"Left out of it: {'; '.join(f'{name}: {reason}' for name, reason in self.left_out.items())}.")
        if any(line.enforce == "soft" for line in self.broken):
            lines.append(f"It breaches at their price: {self._broken('soft')}.")
        return lines

    def verdict(self, unit: str) -> list[str]:
        """Whether what was agreed can still be done as the portfolio is now; a blank `unit` means that nothing has a value."""
        if self.value is not None:
            worth = f"; as things are now it is worth {amount(self.value, unit)}" if unit else ""
            lines = [f"The agreed plan still holds{worth}."]
        else:
            lines = [f"The agreed plan no longer holds. It breaks: {self._broken('hard')}."]
        if self.left_out:
            lines.append(f"Left out of it: {'; '.join(f'{name}: {reason}' for name, reason in self.left_out.items())}.")
        return lines

    def _broken(self, enforce: Literal["hard", "soft"]) -> str:
        return "; ".join(broken_words(line) for line in self.broken if line.enforce == enforce)

    def as_json(self) -> dict[str, object]:
        """The verdict in the published JSON format."""
        lines = [
            as_json(line, ("name", "place", "used", "at_least", "at_most", "met", "enforce")) for line in self.broken
        ]
        return {"holds": self.holds, "value": self.value, "broken": lines, "left_out": dict(self.left_out)}


@dataclass(frozen=True)
class Total:
    """One figure of a whole plan, before and after; without a difference where the two are not in the same unit."""

    heading: str
    before: float | None
    after: float | None
    comparable: bool

    @property
    def difference(self) -> str:
        """How much more it is after, with its sign."""
        known = self.comparable and self.before is not None and self.after is not None
        return signed((self.after or 0.0) - (self.before or 0.0)) if known else "-"


@dataclass(frozen=True)
class PlanEffect:
    """Everything that lies between two plans; `before` and `after` are their outcomes, `unit` is that of value.

    `delay_cost` and `spend` hold `before` and `after`. `old_plan` is null where the first portfolio has no plan.
    """

    before: Outcome
    after: Outcome
    unit: str
    value: ValueEffect
    delay_cost: Pair
    spend: Pair
    epics: tuple[PlannedEpic, ...]
    value_streams: tuple[StreamUse, ...]
    guardrails: tuple[GuardrailMove, ...]
    old_plan: OldPlan | None

    def totals(self, before: Portfolio, after: Portfolio) -> list[Total]:
        """Value, delay cost and spend of both plans, each with its unit."""
        same_value, same_money = before.value_unit == after.value_unit, before.currency == after.currency
        cost, spend = self.delay_cost, self.spend
        return [
            Total(f"Value, {self.unit}", self.value.before, self.value.after, same_value),
            Total(f"Delay cost, {self.unit}", cost.before, cost.after, same_value),
            Total(f"Spend, {after.money_unit}", spend.before, spend.after, same_money),
        ]

    def claims(self, a: str, b: str) -> str:
        """What is claimed of the plans of portfolios `a` and `b`, and what may be read into their difference in value."""
        claims = f"{a}: {claim_words(self.before)}. {b}: {claim_words(self.after)}."
        value = self.value
        if value.difference is None:
            missing = value.before is None or value.after is None
            return claims if missing else f"{claims}\nThe two values are in different units."
        if value.at_least is None or value.at_most is None or value.within_gap is None:
            return f"{claims}\nHow much of the difference in value the gaps explain is not known."
        if value.within_gap:
            return (
                f"{claims}\nThe difference in value is within the gaps, which leave {value.span} {self.unit} open: "
                "neither it nor what starts otherwise is to be read as an effect of the change."
            )
        if value.at_least == value.at_most:
            worth = f"{signed(value.difference)} {self.unit}"
            return f"{claims}\nNeither gap leaves anything open: the change makes the best plan worth {worth}."
        return (
            f"{claims}\nWhatever the gaps hide, the change makes the best plan worth {value.span} {self.unit}; "
            "differences within that are not to be read as an effect."
        )

    def of(self, change: EpicChange) -> list[PlannedEpic]:
        """The epics that started, moved or dropped."""
        return [line for line in self.epics if line.change == change]

    @property
    def guardrail_moves(self) -> list[GuardrailMoves]:
        """The guardrails that stand otherwise, each with all of its places that do so in the same way."""
        places: dict[tuple[str, str, str], list[str]] = {}
        for move in self.guardrails:
            key = (move.name, move.before or "not there", move.after or "not there")
            places.setdefault(key, []).append(", ".join(move.place.values()))
        return [GuardrailMoves(*key, "; ".join(filter(None, where))) for key, where in places.items()]

    def as_json(self) -> dict[str, object]:
        """The effect in the published JSON format."""
        return asdict(self) | {"old_plan": None if self.old_plan is None else self.old_plan.as_json()}
