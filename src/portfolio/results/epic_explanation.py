"""The explanation of one epic: why it is in the plan or not, in the sentences of a good portfolio manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from portfolio.domain import Epic, Portfolio
from portfolio.domain.validation import plannable
from portfolio.domain.wording import amount, figure, span_words
from portfolio.edits.change import Change
from portfolio.edits.change_words import condition
from portfolio.results.epic_decisions import PLANNED, Decided
from portfolio.results.plan_difference import EpicChange
from portfolio.results.price_words import range_words

UNKNOWN = "is not known yet; allow more time"


@dataclass(frozen=True)
class Need:
    """What an epic needs of one value stream in one period."""

    stream: str
    period: str
    effort: float
    spend: float


@dataclass(frozen=True)
class EpicShift:
    """An epic that comes, goes or moves when another is forced in or left out; times are labels of first and last period."""

    id: str
    change: EpicChange
    before: tuple[str, str] | None
    after: tuple[str, str] | None

    @property
    def happens(self) -> str:
        """What happens to it then, in a word or two."""
        return {"dropped": "waits", "moved": "moves", "started": "starts instead"}[self.change]

    @property
    def spans(self) -> tuple[str, str]:
        """When it is done before and after, or that it waits."""
        return tuple(span_words(*times or (None, None)) for times in (self.before, self.after))  # type: ignore[return-value]


@dataclass(frozen=True)
class Way:
    """A change that lets an epic in, with the value of the best plan then; shown by a re-solve on both sides.

    `proven` False: time ended before the best plan was sure, and `value` is of one that is good enough.
    """

    change: Change
    value: float
    proven: bool
    portfolio: Portfolio = field(repr=False, compare=False)

    @property
    def condition(self) -> str:
        """The change as a condition: `with 15 more capacity of Web in PI 1`."""
        return condition(self.change, self.portfolio)

    def __str__(self) -> str:
        """The way in as a sentence."""
        worth = f"{'' if self.proven else 'at least '}{amount(self.value, self.portfolio.value_unit)}"
        return f"It comes in {self.condition}: the best plan is then worth {worth}."

    def as_json(self) -> dict[str, object]:
        """The way in, field by field."""
        change = self.change
        return {
            "kind": change.kind,
            "name": change.name,
            "place": dict(change.place),
            "amount": change.amount,
            "unit": change.unit,
            "to": change.to,
            "value": self.value,
            "proven": self.proven,
        }


@dataclass(frozen=True)
class Explanation:
    """The full answer about one epic.

    `cost_at_least` and `cost_at_most` enclose what the plan loses: without the epic if it is in the plan, with it if it
    is not; null where that is not possible at all or not known. `shifts` is what happens to the others then. `parts` says
    into how many equal parts an epic that does not fit even alone would have to be split to fit; null for every other.
    """

    id: str
    title: str | None
    decision: Decided
    reason: str
    value: float
    needs: tuple[Need, ...]
    spend: float
    followers: tuple[str, ...]
    possible: bool | None
    cost_at_least: float | None
    cost_at_most: float | None
    shifts: tuple[EpicShift, ...]
    ways_in: tuple[Way, ...]
    all_tried: bool
    portfolio: Portfolio = field(repr=False, compare=False)
    parts: int | None = None

    @property
    def label(self) -> str:
        """Its ID with its title, as people say it."""
        return self.portfolio.epics[self.portfolio.epic_index[self.id]].label

    def __str__(self) -> str:
        """The whole answer as one text."""
        return " ".join(self.sentences)

    @property
    def fate(self) -> str:
        """What `cost_at_least` and `cost_at_most` are the cost of."""
        return "Without it the plan loses" if self.decision in PLANNED else "Forcing it in costs"

    @property
    def sentences(self) -> list[str]:
        """The whole answer, a sentence for each thing to know."""
        portfolio = self.portfolio
        if plannable(portfolio.epics[portfolio.epic_index[self.id]], portfolio) is not None:
            return [self.reason]
        if self.decision not in PLANNED:
            return [self.reason, self._with_it(), *self._ways()]
        needs = [self._needs()] if self.needs else []
        depend = "depends" if len(self.followers) == 1 else "depend"
        followers = [f"{_listed(self.followers)} {depend} on it."] if self.followers else []
        return [self.reason, *needs, *followers, self._without_it()]

    def _needs(self) -> str:
        """What it takes, value stream by value stream; equal periods are named together."""
        parts = [
            _need_words([need for need in self.needs if need.stream == stream.id], stream.title)
            for stream in self.portfolio.value_streams
        ]
        money = self.portfolio.money_unit
        spent = f" It costs {amount(self.spend, money)}." if self.spend else ""
        return f"It takes {'; '.join(filter(None, parts))}.{spent}"

    def _without_it(self) -> str:
        """What is lost without it, and what would take its place."""
        if self.possible is False:
            return "Without it no plan is possible."
        if self.cost_at_least is None:
            return f"What the plan would be worth without it {UNKNOWN}."
        others, unit = shift_words(self.shifts), self.portfolio.value_unit
        if self.cost_at_most == 0:
            return f"Without it the best plan would be worth just as much{others}."
        if self.cost_at_most is not None and self.cost_at_most < 0:
            more = range_words(-self.cost_at_most, -self.cost_at_least, unit)
            return f"Without it the best plan would be worth {more} more{others}."
        lost = range_words(self.cost_at_least, self.cost_at_most, unit)
        return f"Without it the best plan would be worth {lost} less{others or ', and nothing takes its place'}."

    def _with_it(self) -> str:
        """What forcing it in costs, and what makes room for it."""
        if self.possible is False:
            return "It cannot be forced in: every plan with it breaks a rule."
        if self.cost_at_least is None:
            return f"What forcing it in would cost {UNKNOWN}."
        is_free = self.cost_at_most == 0
        cost = "nothing" if is_free else range_words(self.cost_at_least, self.cost_at_most, self.portfolio.value_unit)
        return f"Forcing it in costs {cost}{shift_words(self.shifts)}."

    def _ways(self) -> list[str]:
        """The single changes that let it in, or that none does."""
        if self.cost_at_most == 0:
            return []
        ways = [str(way) for way in self.ways_in]
        epic = self.portfolio.epics[self.portfolio.epic_index[self.id]]
        split = [] if self.parts is None else [f"Split into {part_words(epic, self.parts)} it would fit an empty plan."]
        if not self.all_tried:
            return [*ways, *split, "There was no time to try every change that might let it in; allow more."]
        return [*(ways or ["No single change of capacity, budget, limits, dates or rules lets it in."]), *split]

    def as_json(self) -> dict[str, object]:
        """The explanation, field by field."""
        return {
            "id": self.id,
            "title": self.title,
            "decision": self.decision,
            "reason": self.reason,
            "value": self.value,
            "spend": self.spend,
            "needs": [asdict(need) for need in self.needs],
            "followers": list(self.followers),
            "possible": self.possible,
            "cost": {"at_least": self.cost_at_least, "at_most": self.cost_at_most},
            "shifts": [asdict(shift) for shift in self.shifts],
            "ways_in": [way.as_json() for way in self.ways_in],
            "all_tried": self.all_tried,
            "parts": self.parts,
        }


def part_words(epic: Epic, parts: int) -> str:
    """Equal parts of an epic, with their size where it is one: `2 parts of 20`."""
    sizes = {units / parts for units in epic.effort.values() if units}
    return f"{parts} parts of {figure(sizes.pop())}" if len(sizes) == 1 else f"{parts} equal parts"


def _need_words(needs: Sequence[Need], stream: str) -> str:
    """What it takes of one value stream; nothing where it takes nothing."""
    if not needs:
        return ""
    if len({round(need.effort, 9) for need in needs}) == 1 and len(needs) > 1:
        periods = _listed([need.period for need in needs])
        return f"{figure(needs[0].effort)} of the capacity of {stream} in each of {periods}"
    if len(needs) > 1:
        return f"{', '.join(f'{figure(need.effort)} in {need.period}' for need in needs)} of the capacity of {stream}"
    return f"{figure(needs[0].effort)} of the capacity of {stream} in {needs[0].period}"


def shift_words(shifts: Sequence[EpicShift]) -> str:
    """What happens to the others, after a colon: who waits, who moves to which period, who starts instead."""
    dropped = [shift.id for shift in shifts if shift.change == "dropped"]
    moved: dict[str, list[str]] = {}
    for shift in shifts:
        if shift.change == "moved":
            moved.setdefault((shift.after or ("", ""))[0], []).append(shift.id)
    started = [shift.id for shift in shifts if shift.change == "started"]
    parts = [
        *([f"{_listed(dropped)} {'waits' if len(dropped) == 1 else 'wait'}"] if dropped else []),
        *(f"{_listed(ids)} {'moves' if len(ids) == 1 else 'move'} to {period}" for period, ids in moved.items()),
        *([f"{_listed(started)} {'starts' if len(started) == 1 else 'start'} instead"] if started else []),
    ]
    return f": {'; '.join(parts)}" if parts else ""


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
