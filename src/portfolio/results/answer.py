"""An answer: the plan with everything that is shown about it, ready for a table, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from portfolio.domain import Finding, Plan, Portfolio
from portfolio.operating_model import OperatingModel
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.optimizer.outcome import Outcome
from portfolio.results.funding import Funding
from portfolio.scoring import Ranking


@dataclass(frozen=True)
class EpicLine:
    """What was decided about one epic; periods are labels, `value` is what it earns in this plan.

    `delay_cost` = value if done at week 0 less value in this plan; for an epic that waits, all of its value; None where
    its value is not known.
    """

    id: str
    rank: int | None
    wsjf: float | None
    decision: Literal["start", "wait"]
    start: str | None
    finish: str | None
    periods: int | None
    value: float
    delay_cost: float | None
    spend: float
    reason: str


@dataclass(frozen=True)
class StreamLine:
    """One value stream in one period: what there is and what the plan uses.

    `capacity` and `funded` include the budget shift; `budget`, `funded` and `spend` are this period's; a budget period
    is kept as a whole, so a single period may spend more than its own part.
    """

    id: str
    period: str
    capacity: float
    effort: float
    wip: int
    wip_limit: int | None
    budget: float | None
    funded: float | None
    spend: float


@dataclass(frozen=True)
class GuardrailLine:
    """One guardrail in one place: how much is used, between which limits, and whether it is met and binding.

    Shares (of capacity, budget or selected) are shown as shares; `unit` says so.
    """

    name: str
    place: Mapping[str, str]
    used: float
    at_least: float | None
    at_most: float | None
    met: bool
    binding: bool
    unit: str
    enforce: Literal["hard", "soft"]


@dataclass(frozen=True)
class ShiftLine:
    """Money moved into (positive) or out of (negative) a value stream's budget in one budget period."""

    stream: str
    budget_period: str
    amount: float


@dataclass(frozen=True)
class ClashLine:
    """One member of a clash: a guardrail, where it holds, and the cells or fields in which it stands."""

    name: str
    place: Mapping[str, str]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ChangeLine:
    """One change of a repair in words, with the cells or fields to edit and what stands there before and after."""

    change: str
    fields: tuple[str, ...]
    before: float | str | bool | None
    after: float | str | bool | None


@dataclass(frozen=True)
class RepairLine:
    """The least that makes a plan possible when only rules of one unit may give: total breach, and what to change.

    `unit` is effort, money, epics, periods or rules (each counts 1); `proven` says whether less is known not to be enough.
    """

    unit: str
    total: float
    proven: bool
    changes: tuple[ChangeLine, ...]


def repair_kind(repair: RepairLine, words: Vocabulary) -> str:
    """What gives in a repair."""
    many = words.epic.many
    kinds = {
        "effort": "Capacity and effort",
        "money": "Money",
        "epics": f"{many[:1].upper()}{many[1:]} at once",
        "periods": "Dates",
        "rules": "Rules",
        "all": "All together",
    }
    return kinds[repair.unit]


def breach_unit(repair: RepairLine, currency: str | None, words: Vocabulary) -> str:
    """The unit of a repair's total breach, as people say it."""
    nouns = {"epics": words.epic, "periods": words.period}
    if repair.unit in nouns:
        return nouns[repair.unit].one if repair.total == 1 else nouns[repair.unit].many
    if repair.unit == "rules":
        return "rule" if repair.total == 1 else "rules"
    return (currency or "money") if repair.unit == "money" else repair.unit


@dataclass(frozen=True)
class Impossible:
    """Why no plan is possible: clashes that share no member, and repairs, the one with the fewest changes first."""

    clashes: tuple[tuple[ClashLine, ...], ...]
    repairs: tuple[RepairLine, ...]


@dataclass(frozen=True)
class Answer:
    """The whole answer to "what shall we fund?" for one portfolio and one model."""

    portfolio: Portfolio
    model: OperatingModel
    ranking: Ranking
    outcome: Outcome
    plan: Plan | None
    epics: tuple[EpicLine, ...]
    streams: tuple[StreamLine, ...]
    guardrails: tuple[GuardrailLine, ...]
    shifts: tuple[ShiftLine, ...]
    findings: tuple[Finding, ...]
    impossible: Impossible | None = None
    funding: Funding | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer in the published JSON format, field by field."""
        hidden = {"unit", "enforce"}
        return {
            "format": 1,
            "portfolio": self.portfolio.name,
            "model": self.model.name,
            "outcome": asdict(self.outcome),
            "epics": [asdict(line) for line in self.epics],
            "value_streams": [asdict(line) for line in self.streams],
            "guardrails": [
                {key: value for key, value in asdict(line).items() if key not in hidden} for line in self.guardrails
            ],
            "findings": [finding.as_json() for finding in self.findings],
            "funding": None if self.funding is None else asdict(self.funding),
            "impossible": None if self.impossible is None else asdict(self.impossible),
        }
