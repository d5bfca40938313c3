"""An operating model: the words, scales, methods and defaults that one file in models/ chose."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portfolio.domain import LimitSpec, Portfolio
from portfolio.domain.class_policy import ClassPolicy
from portfolio.domain.commitment_terms import Commitment as CommitmentWord
from portfolio.domain.commitment_terms import CommitmentTerms
from portfolio.domain.state import StateKind
from portfolio.operating_model.cadence import Cadence
from portfolio.operating_model.choices import Choices, DecisionPoint
from portfolio.operating_model.commitment import Commitment
from portfolio.operating_model.criteria import Criteria, Criterion
from portfolio.operating_model.flow import Flow, ServiceClasses
from portfolio.operating_model.governance import (
    ApprovalRule,
    Decision,
    DecisionRights,
    DefaultGuardrails,
    Policies,
    Right,
    Roles,
)
from portfolio.operating_model.guide import Guide, Practices
from portfolio.operating_model.levels import Levels
from portfolio.operating_model.ranking import Goal, Objective, Scoring
from portfolio.operating_model.reserve import Reserve
from portfolio.operating_model.rights import right_words
from portfolio.operating_model.running_work import RunningWork
from portfolio.operating_model.section import OWN_DEFAULT, Closed
from portfolio.operating_model.strategy import Strategy
from portfolio.operating_model.structure import Structure
from portfolio.operating_model.vocabulary import Categories, Vocabulary


class OperatingModel(Closed):
    """One way of working, as data: nothing in the code knows its name; a section that is left out prescribes nothing."""

    format: Literal[1]
    name: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    summary: str = Field(min_length=1)
    guide: Guide | None = None
    vocabulary: Vocabulary = Vocabulary(source=OWN_DEFAULT)
    cadence: Cadence = Cadence(source=OWN_DEFAULT)
    commitment: Commitment | None = None
    scoring: Scoring
    objective: Objective
    categories: Categories = Categories(source=OWN_DEFAULT)
    structure: Structure | None = None
    strategy: Strategy | None = None
    levels: Levels | None = None
    running_work: RunningWork | None = None
    flow: Flow | None = None
    reserve: Reserve | None = None
    service_classes: ServiceClasses | None = None
    guardrails: DefaultGuardrails | None = None
    approval: ApprovalRule | None = None
    criteria: Criteria | None = None
    choices: Choices | None = None
    roles: Roles | None = None
    decision_rights: DecisionRights | None = None
    policies: Policies | None = None
    practices: Practices | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """The states of the board by name; none where any will do."""
        return () if self.flow is None else tuple(state.name for state in self.flow.states)

    def state_kind(self, name: str) -> StateKind | None:
        """What a state of the board says about an epic; None for one that this way of working does not have."""
        states = () if self.flow is None else self.flow.states
        return next((state.kind for state in states if state.name.casefold() == name.casefold()), None)

    @property
    def commitment_terms(self) -> CommitmentTerms:
        """What this way of working commits to, as portfolios take it."""
        said, states = self.commitment, () if self.flow is None else self.flow.states
        point = None if said is None or said.point is None else said.point.casefold()
        ahead = 1 if said is None or said.committed_periods is None else said.committed_periods
        before = [state.name.casefold() for state in states]
        options = before[: before.index(point)] if point in before else []
        begins: dict[str, int | None] = {}
        for state in states:
            if state.begins is not None:
                begins[state.name.casefold()] = None if state.begins == "never" else max(0, state.begins - 1)
            elif state.name.casefold() in options and state.kind not in {"active", "done", "stopped"}:
                begins[state.name.casefold()] = ahead
        if said is None:
            return CommitmentTerms(begins=begins)
        words: dict[CommitmentWord, str] = {
            "committed": said.words.committed, "forecast": said.words.forecast, "outlook": said.words.outlook
        }  # fmt: skip
        is_frozen = said.frozen is not None
        settled = frozenset(before[before.index(point) :] if said.by == "state" and point in before else [])
        return CommitmentTerms(
            said.point, said.committed_periods, said.forecast_periods, begins, is_frozen, settled, words
        )

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of service by name."""
        return () if self.service_classes is None else tuple(found.name for found in self.service_classes.classes)

    @property
    def decision_points(self) -> tuple[DecisionPoint, ...]:
        """What it leaves to be chosen."""
        return () if self.choices is None else self.choices.points

    @property
    def own_criteria(self) -> tuple[Criterion, ...]:
        """What it asks about each epic in columns of its own."""
        return () if self.criteria is None else self.criteria.criteria

    @property
    def class_policies(self) -> dict[str, ClassPolicy]:
        """How work of each class of service is treated, by its name without its case."""
        return {
            one.name.casefold(): ClassPolicy(
                one.name,
                one.at_once,
                one.bypasses_wip,
                one.meets_date,
                None if one.expectation is None else one.expectation.percentile,
                None if one.expectation is None else one.expectation.weeks,
            )
            for one in (() if self.service_classes is None else self.service_classes.classes)
        }

    @property
    def limits(self) -> tuple[LimitSpec, ...]:
        """The default guardrails."""
        return () if self.guardrails is None else self.guardrails.limits

    def right(self, decision: Decision) -> Right | None:
        """Who may decide something; None where the way of working does not say."""
        rights = () if self.decision_rights is None else self.decision_rights.rights
        return next((right for right in rights if right.decision == decision), None)

    @property
    def templates(self) -> tuple[LimitSpec, ...]:
        """Usual limits without figures."""
        return () if self.guardrails is None else self.guardrails.templates

    def rights_to(self, decision: Decision) -> tuple[Right, ...]:
        """Everybody who may decide something, each in a part of its own."""
        rights = () if self.decision_rights is None else self.decision_rights.rights
        return tuple(right for right in rights if right.decision == decision)

    def decision_rights_text(self, *decisions: Decision, portfolio: Portfolio | None = None) -> str:
        """A sentence for each of these decisions that somebody has: `Scrum Master may stop bets at any review.`.

        With a portfolio it says when that may be for the next time.
        """
        rights = [right for decision in decisions for right in self.rights_to(decision)]
        return " ".join(right_words(right, self.vocabulary, self.cadence.reviews, portfolio) for right in rights)

    def goal(self, portfolio: Portfolio) -> Goal:
        """What a plan of this portfolio is after.

        The order of the sheet, where that ranks, outweighs any value; spend is subtracted only from what is money too.
        """
        if self.objective.maximise == "net" and portfolio.ranked_by != "sheet" and not portfolio.uses_money:
            return "value"
        if portfolio.ranked_by == "sheet" and self.objective.maximise in {"value", "net"}:
            return "rank order"
        if (
            portfolio.ranked_by == "scores"
            and self.objective.maximise == "rank order"
            and self.scoring.method == "stack rank"
        ):
            return "value"
        return self.objective.maximise
