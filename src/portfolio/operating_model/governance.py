"""Who decides what: roles, decision rights, approval, default guardrails, policies."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portfolio.domain import LimitSpec
from portfolio.operating_model.section import Closed, Figure, Section

Decision = Literal[
    "approve epics",
    "order epics",
    "change the plan",
    "change budgets",
    "change guardrails",
    "stop epics",
    "move people",
    "set outcome goals",
]


class Role(Closed):
    """A part that somebody plays."""

    name: str = Field(min_length=1)
    does: str = Field("", description="What it answers for.")


class Roles(Section):
    """The parts that people play."""

    roles: tuple[Role, ...] = Field(min_length=1)


class Right(Closed):
    """Who may decide one thing, where and when; whether somebody else did it is not in a file, so it is said, not enforced."""

    decision: Decision
    by: str = Field(min_length=1, description="The role that decides.")
    where: str = Field("", description="What it is limited to: `in a requirement area`.")
    when: str = Field("", description="When it may be decided.")
    review: str | None = Field(
        None, description="The review of the cadence in which it is decided; it gives the next date."
    )
    only: bool = Field(False, description="Whether nobody else may, and at no other time: a change of it is a finding.")


class DecisionRights(Section):
    """Who may change what, and when."""

    rights: tuple[Right, ...] = Field(min_length=1)


class ApprovalRule(Section):
    """Which epics need a yes."""

    threshold: Figure | None = Field(None, ge=0, description="Cost above which an epic needs a yes, in money.")
    rule: str = Field("", description="The same in words.")


class DefaultGuardrails(Section):
    """Limits that every portfolio has unless it declares its own of the same name."""

    limits: tuple[LimitSpec, ...] = ()
    templates: tuple[LimitSpec, ...] = Field(
        (),
        description="Limits that are usual and whose figures are yours: a starter has a row for each, to be filled in.",
    )


class Policy(Closed):
    """One explicit policy: a sentence, and the check that measures it where one does."""

    statement: str = Field(min_length=1)
    check: str | None = Field(None, description="The check that measures it; without one people attest it.")
    limits: dict[str, Figure] = Field({}, description="The check's limits; what is left out keeps the check's own.")


class Policies(Section):
    """Explicit policies: what replaces sign-offs."""

    policies: tuple[Policy, ...] = Field(min_length=1)
