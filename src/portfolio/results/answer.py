"""An answer: the plan with everything that is shown about it, ready for a table, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from portfolio.domain import Finding, Plan, Portfolio
from portfolio.guardrails import GuardrailStatus
from portfolio.operating_model import OperatingModel
from portfolio.optimizer.outcome import Outcome
from portfolio.results import guardrails
from portfolio.results.allocation import StreamLine
from portfolio.results.claim import claim_words
from portfolio.results.epics import EpicLine
from portfolio.results.funding import Funding, FundingLine
from portfolio.results.infeasibility import Impossible
from portfolio.results.measured import MeasuredPlan
from portfolio.scoring import Ranking


@dataclass(frozen=True)
class Answer:
    """The whole answer to "what shall we fund?" for one portfolio and one model.

    `measured` is the plan measured; where none was found, the empty plan, for media in which people try plans by hand.
    What is said of the plan itself (`value_streams`, `guardrails`, `funding`, `spend`) is not there without one.
    """

    portfolio: Portfolio
    model: OperatingModel
    ranking: Ranking
    outcome: Outcome
    plan: Plan | None
    epics: tuple[EpicLine, ...]
    findings: tuple[Finding, ...]
    measured: MeasuredPlan = field(default_factory=MeasuredPlan)
    impossible: Impossible | None = None

    @property
    def value_streams(self) -> tuple[StreamLine, ...]:
        """What each value stream has in each period and what the plan uses of it."""
        return () if self.plan is None else self.measured.value_streams

    @property
    def guardrails(self) -> tuple[GuardrailStatus, ...]:
        """How the plan stands to each guardrail, place by place."""
        return () if self.plan is None else self.measured.guardrails

    @property
    def watched_guardrails(self) -> Iterator[GuardrailStatus]:
        """These, and every other line that another plan could break."""
        return guardrails.watched(self.measured.guardrails, self.portfolio)

    @property
    def funding(self) -> Funding | None:
        """The plan's money."""
        return None if self.plan is None else self.measured.funding

    @property
    def shifts(self) -> tuple[FundingLine, ...]:
        """Where the plan moves money into a budget or out of it."""
        return () if self.plan is None else self.measured.funding.shifted

    @property
    def started(self) -> int | None:
        """How many epics start."""
        return None if self.plan is None else len(self.plan)

    @property
    def spend(self) -> float | None:
        """What the plan spends in all."""
        return None if self.plan is None else sum(line.spend for line in self.epics)

    @property
    def headline(self) -> str:
        """The answer in one sentence: how many epics start, what they are worth, and what can be claimed of that."""
        name = self.portfolio.name or "The portfolio"
        if self.outcome.value is None:
            return f"{name}: {self.outcome.claim}."
        started = sum(line.decision == "start" for line in self.epics)
        claim = claim_words(self.outcome, self.model.goal(self.portfolio))
        valued = self.outcome.value or self.portfolio.ranked_by != "sheet"
        worth = f"worth {self.outcome.value:,.0f} {self.portfolio.value_unit} ({claim})" if valued else claim
        return f"{name}: {started} of {len(self.epics)} {self.model.vocabulary.epic.many} start, {worth}."

    def as_json(self) -> dict[str, Any]:
        """The answer in the published JSON format, field by field."""
        return {
            "format": 1,
            "portfolio": self.portfolio.name,
            "model": self.model.name,
            "outcome": asdict(self.outcome),
            "epics": [asdict(line) for line in self.epics],
            "value_streams": [asdict(line) for line in self.value_streams],
            "guardrails": [guardrails.as_json(status) for status in self.guardrails],
            "findings": [finding.as_json() for finding in self.findings],
            "funding": None if self.funding is None else asdict(self.funding),
            "impossible": None if self.impossible is None else asdict(self.impossible),
        }
