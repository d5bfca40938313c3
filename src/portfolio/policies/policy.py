"""What every policy check offers: its limits, and what in a portfolio goes beyond them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal, Protocol

from portfolio.domain import Dependency, Epic, FieldFinding, Portfolio
from portfolio.domain.wording import first_of
from portfolio.policies.past import Past

Limits = Mapping[str, float]
WarnedIn = Literal["plans", "flow"]
"""What warns of a policy besides `check`: plans, where evidence says that they cannot be counted on, and flow."""
MOST_NAMED = 5
"""Epics that one sentence names."""


@dataclass(frozen=True)
class Words:
    """What the operating model calls things, in singular or plural as sentences need them."""

    epics: str = "epics"
    streams: str = "value streams"
    period: str = "period"
    periods: str = "periods"
    review: str = "portfolio review"
    stopping: str = ""
    """Who may stop epics, as a sentence."""

    def lasting(self, number: float) -> str:
        """So many periods: `1 PI`, `2 PIs`."""
        return f"{number:g} {self.period if number == 1 else self.periods}"


@dataclass(frozen=True)
class Prescribed:
    """One rule or ceremony of a way of working: what kind it is of, as several are called, and whether anything here uses it."""

    kind: str
    name: str
    is_used: bool


@dataclass(frozen=True)
class Subject:
    """What is checked: a completed portfolio, what each epic earns per week, and the words of its operating model."""

    portfolio: Portfolio
    benefit: Mapping[str, float]
    score_fields: Sequence[str] = ()
    enablers: Sequence[str] = ()
    review_weeks: float = 0.0
    """Weeks that pass between two decisions."""
    words: Words = field(default_factory=Words)
    past: Past | None = None
    """What dated history says; None where there is none."""
    count_prescribed: Callable[[], Sequence[Prescribed]] = tuple
    """Counts what the way of working asks for, by its name `framework`, which only one check wants to know."""
    framework: str = "the model"
    released: Sequence[str] = ()
    """States in which what an epic's MVP was to show has been decided about."""
    load: Mapping[str, Sequence[float]] | None = None
    """What a plan asks of each value stream in each period; None where no plan is judged."""

    @cached_property
    def prescribed(self) -> Sequence[Prescribed]:
        """What the way of working asks for."""
        return self.count_prescribed()

    def is_open(self, link: Dependency) -> bool:
        """Whether a dependency is still waited for: nobody said that it is resolved, and history knows neither of its ends as done or stopped."""
        known = {} if self.past is None else self.past.by_id
        ends = (known.get(link.predecessor.casefold()), known.get(link.successor.casefold()))
        return link.resolved_on is None and not any(end is not None and end.is_over for end in ends)

    def is_enabler(self, epic: Epic) -> bool:
        """Whether an epic invests in what enables later work."""
        return epic.type is not None and epic.type.casefold() in {word.casefold() for word in self.enablers}


class PolicyCheck(Protocol):
    """One policy that can be measured."""

    name: str
    also_in: ClassVar[tuple[WarnedIn, ...]]
    limits: ClassVar[Limits]

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """What goes beyond the limits; silent where nothing can be measured."""
        ...


def warning(path: tuple[str | int, ...], what: str, rule: str, fix: str) -> FieldFinding:
    """A policy is never an error: it is kept by people."""
    return FieldFinding(path, what, rule, fix, "warning")


def named(words: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    return first_of(words, MOST_NAMED)
