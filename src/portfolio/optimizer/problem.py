"""The problem: what is to be optimised, and what any plan for it is worth, measured from the portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolio.domain import Plan, Portfolio
from portfolio.guardrails import GuardrailStatus, check, guardrails_of
from portfolio.operating_model.ranking import Goal
from portfolio.optimizer.formulate import formulate
from portfolio.optimizer.formulation import Formulation
from portfolio.options import Options, all_options, options_of


@dataclass(frozen=True)
class Problem:
    """What is to be optimised: a completed portfolio, benefits per week by epic, the ranking's order, the objective."""

    portfolio: Portfolio
    benefit: Mapping[str, float]
    order: Sequence[str]
    net: bool = False
    goal: Goal = "value"

    def formulation(self) -> Formulation:
        """The formulation of the whole problem."""
        options = all_options(self.portfolio, self.benefit, self.order)
        return formulate(options, guardrails_of(self.portfolio), net=self.net)

    def options_of(self, plan: Plan) -> Options:
        """The options that one plan has chosen."""
        return options_of(self.portfolio, self.benefit, plan)

    def objective(self, options: Options, statuses: Sequence[GuardrailStatus]) -> float:
        """Value of a plan: what its epics earn, less spend where net, less the price of every soft breach."""
        breach = sum(status.price * status.breach for status in statuses if status.enforce == "soft")
        return float(options.value.sum() - (options.spend.sum() if self.net else 0.0) - breach)

    def value(self, plan: Plan) -> float:
        """Value of a plan, whether it keeps its guardrails or not."""
        options = self.options_of(plan)
        return self.objective(options, check(options))

    def accepted(self, plan: Plan) -> float | None:
        """Value of a plan that keeps every hard guardrail; None if it breaks one."""
        options = self.options_of(plan)
        statuses = check(options)
        if any(not status.met and status.enforce == "hard" for status in statuses):
            return None
        return self.objective(options, statuses)
