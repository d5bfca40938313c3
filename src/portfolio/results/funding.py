"""Funding: a plan's money as finance reads it, by value stream and budget period, by epic, and what moved from where.

Nothing here limits a plan: what limits it are guardrails. This is how the same figures are accounted for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from portfolio.domain import Portfolio
from portfolio.domain.tolerance import TOLERANCE
from portfolio.results.work import WorkLine

HEADINGS = {
    "id": "Value stream",
    "budget_period": "Budget period",
    "budget": "Budget",
    "shift": "Budget shift",
    "funded": "Funded",
    "spend": "Planned spend",
    "left": "Left",
    "capex": "CapEx",
    "opex": "OpEx",
    "mvp": "MVP",
    "reserved": "Reserved",
    "released": "Released",
    "in_progress": "In progress",
}
"""What each figure of a value stream's money is called."""
EPIC_HEADINGS = {
    "id": "ID",
    "fund": "Fund",
    "cost": "Cost",
    "approval": "Approval",
    "remaining": "Remaining cost",
    "mvp": "MVP cap",
    "rest": "After the MVP",
    "decide_after": "Decide after",
    "released": "That money is",
}
"""What each figure of an epic's money is called."""


def funds_of(portfolio: Portfolio) -> list[str]:
    """The funds that epics name, in the order of the sheet, each once however it is written."""
    named: dict[str, str] = {}
    for epic in portfolio.epics:
        if epic.fund:
            named.setdefault(epic.fund.casefold(), epic.fund)
    return list(named.values())


def fund_spend(portfolio: Portfolio, work: Iterable[WorkLine]) -> dict[str, list[float]]:
    """What is spent of each fund in each budget period, and under "" what is spent of none; funds without case."""
    calendar = portfolio.calendar
    spent = {name: [0.0] * len(calendar.budget_labels) for name in ("", *map(str.casefold, funds_of(portfolio)))}
    for line in work:
        fund = portfolio.epics[portfolio.epic_index[line.epic]].fund or ""
        for period, amount in enumerate(line.spend_by_period):
            spent[fund.casefold()][calendar.budget_index[period]] += amount
    return spent


@dataclass(frozen=True)
class FundingLine:
    """One value stream's money in one budget period: what it has, what the plan spends, and what kind of spend that is.

    `capex` and `opex` add up to `spend`. `mvp` is what MVPs may spend and no more; `reserved` is for after an MVP, until
    its pivot-or-persevere decision, and `released` after it; `in_progress` is for epics that run or whose start is decided. All of
    these are parts of `spend`. `budget`, `funded` and `left` are None where no budget limits.
    """

    id: str
    budget_period: str
    budget: float | None
    shift: float
    funded: float | None
    spend: float
    left: float | None
    capex: float
    opex: float
    mvp: float
    reserved: float
    released: float
    in_progress: float


@dataclass(frozen=True)
class MoveLine:
    """Money that moves from one value stream's budget to another's in one budget period."""

    source: str
    target: str
    budget_period: str
    amount: float


@dataclass(frozen=True)
class EpicFunding:
    """One epic's money: its cost, whether it needs approval, what remains if it is in progress, and its MVP.

    `approval` is `approved`, `needs approval`, or `not needed` at or below the threshold. An epic in progress is one
    that runs, or whose `Start` is given: its effort and external cost are what is still to do, so `remaining` is all of its cost.
    `mvp` is the cap until `decide_after` (the last period of the MVP in this plan), the rest is reserved until it is released.
    """

    id: str
    fund: str | None
    cost: float
    approval: str
    remaining: float | None
    mvp: float | None
    rest: float | None
    decide_after: str | None
    released: bool


@dataclass(frozen=True)
class Funding:
    """A plan's money: by value stream and budget period, from where to where it moves, and by epic."""

    value_streams: tuple[FundingLine, ...] = ()
    moves: tuple[MoveLine, ...] = ()
    epics: tuple[EpicFunding, ...] = ()

    def moves_from(self, stream: str, budget_period: str) -> list[MoveLine]:
        """What a value stream gives to others in a budget period."""
        return [move for move in self.moves if (move.source, move.budget_period) == (stream, budget_period)]

    @property
    def totals(self) -> tuple[FundingLine, ...]:
        """All value streams together, a line for each budget period; one without a budget adds nothing to budgets."""
        amounts = [field.name for field in fields(FundingLine) if field.name not in {"id", "budget_period"}]
        lines: dict[str, list[FundingLine]] = {}
        for line in self.value_streams:
            lines.setdefault(line.budget_period, []).append(line)
        return tuple(
            FundingLine("", period, **{name: sum(getattr(line, name) or 0.0 for line in mine) for name in amounts})
            for period, mine in lines.items()
        )

    @property
    def shifted(self) -> tuple[FundingLine, ...]:
        """Where money moves into (positive) or out of (negative) a budget, by more than rounding."""
        return tuple(line for line in self.value_streams if abs(line.shift) > TOLERANCE)

    def shift_words(self, unit: str, titles: Mapping[str, str]) -> list[str]:
        """A sentence for each budget period in which money moves: which budgets grow and which give."""
        sentences = []
        for period in dict.fromkeys(line.budget_period for line in self.shifted):
            here = [line for line in self.shifted if line.budget_period == period]
            moves = ", ".join(f"{titles[line.id]} {line.shift:+,.0f}" for line in here)
            sentences.append(f"Budget moved in {period}, {unit}: {moves}.")
        return sentences
