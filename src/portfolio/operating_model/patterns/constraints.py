"""Constraints: what keeps an organisation from more value, each with the checks, prices and answers that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Coupling = Literal["none", "some", "much"]
COUPLINGS: tuple[Coupling, ...] = ("none", "some", "much")


@dataclass(frozen=True)
class Answers:
    """What people say of their organisation that no portfolio says; None where nobody said it."""

    teams: int | None = None
    products: int | None = None
    coupling: Coupling | None = None
    regulated: bool | None = None
    central_funding: bool | None = None


@dataclass(frozen=True)
class Condition:
    """One answer that shows a constraint: its name, and from which to which value, or which word, it does."""

    answer: Literal["teams", "products", "coupling", "regulated", "central_funding"]
    words: str
    """The same as a sentence ends: `they wait for each other much`."""
    least: float | None = None
    most: float | None = None
    equals: str | bool | None = None

    def met(self, answers: Answers) -> bool:
        """Whether the answer is given and says so."""
        given = getattr(answers, self.answer)
        if given is None:
            return False
        if self.equals is not None:
            return bool(given == self.equals)
        return (self.least is None or given >= self.least) and (self.most is None or given <= self.most)


@dataclass(frozen=True)
class Constraint:
    """One thing that may bind.

    `checks` are the policy checks that measure it by their own limits, `prices` the rules, `units` what one more of is worth,
    each by its name in a price list; `answers` show it all together. Any of these is enough.
    """

    name: str
    checks: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    coordination: bool = False
    """Whether the price of all dependencies between value streams together is its price."""
    answers: tuple[Condition, ...] = ()


CONSTRAINTS: tuple[Constraint, ...] = (
    Constraint(
        "Work waits for other teams",
        checks=("dependency acceptance",),
        coordination=True,
        answers=(Condition("coupling", "teams wait for each other much", equals="much"),),
    ),
    Constraint(
        "Several teams change one product",
        answers=(
            Condition("teams", "there are several teams", least=2),
            Condition("products", "there is one product", most=1),
        ),
    ),
    Constraint(
        "Several products are ordered in one list",
        answers=(
            Condition("products", "there are several products", least=2),
            Condition("coupling", "their teams do not wait for each other much", equals="none"),
        ),
    ),
    Constraint("Too much is in progress", checks=("WIP overload", "ageing work")),
    Constraint("People are not where the work is", checks=("local optimisation",), units=("Capacity",)),
    Constraint(
        "Money is not where the work is",
        prices=("Lean budget", "Budget"),
        units=("Budget",),
        answers=(Condition("central_funding", "funding is central", equals=True),),
    ),
    Constraint(
        "Rules and approvals cost more than they protect",
        checks=("governance overload", "framework as identity"),
        prices=("Approval",),
    ),
    Constraint("Work is too big to be judged soon", checks=("big batches", "plans beyond evidence")),
    Constraint(
        "What is running is never looked at again",
        checks=("running for less", "remaining size", "undecided MVPs"),
        prices=("Going on with",),
    ),
    Constraint("Nobody can tell what comes first", checks=("score clustering", "stale scores", "size against effort")),
    Constraint(
        "Little of it is a choice",
        checks=("everything mandatory",),
        prices=("Must",),
        answers=(Condition("regulated", "the work is regulated", equals=True),),
    ),
    Constraint("Enabling work starves", checks=("no enabler investment",)),
)
"""Every constraint, in the order in which it is worth looking at them."""
