"""Framework as identity: rules and ceremonies are kept because they are there, and nothing here uses or measures them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portfolio.domain import FieldFinding
from portfolio.policies.policy import Limits, Subject, WarnedIn, named, warning


class FrameworkAsIdentity:
    """What a way of working asks for is used by the portfolio, or is left out.

    Rule: of the rules and ceremonies that the operating model names, at most `share` are used or measured by nothing in the portfolio: states
    that no epic was ever in, limits and guardrails without a figure, reviews without a date, criteria without scores, goals without a
    key result, policies that no check measures.
    Formula: rules that nothing uses / all rules <= share; fewer than `rules` are not judged.
    Unit: share of the rules and ceremonies of the model.
    Why: whoever is proud of the whole framework keeps what helps nobody; each rule is to be paid for with attention.
    Source: general knowledge (take what helps, from any framework; Disciplined Agile, choose your way of working).
    Example: 12 of 20 rules are used by nothing: six guardrails without a figure, four policies that nobody measures, two states.
    """

    name = "framework as identity"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ()
    limits: ClassVar[Limits] = {"share": 0.5, "rules": 5}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """What nothing uses, in one finding, by kind."""
        rules = subject.prescribed
        unused = [rule for rule in rules if not rule.is_used]
        if not subject.portfolio.epics or len(rules) < limits["rules"] or len(unused) <= limits["share"] * len(rules):
            return
        kinds = dict.fromkeys(rule.kind for rule in unused)
        said = "; ".join(f"{kind} ({named([rule.name for rule in unused if rule.kind == kind])})" for kind in kinds)
        yield warning(
            ("model",),
            f"{len(unused)} of {len(rules)} rules and ceremonies of {subject.framework} are used or measured by nothing here: {said}.",
            f"The policy allows {limits['share']:.0%}.",
            "Use what helps and enter its figures, and leave the rest out of a copy of the model; that it belongs to a framework is no reason to keep it.",
        )
