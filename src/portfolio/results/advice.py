"""Advice on a way of working: which constraints bind here, which patterns address them, and which parts are enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.domain.wording import first_of
from portfolio.operating_model.patterns import Answers, Constraint, Pattern

IDENTITY = (
    "Take the part, not the name: a framework that is taken as a whole because of what it is called adds coordination for "
    "constraints that do not bind here."
)
"""The anti-pattern that no advice ends without."""

MOST_NAMED = 4
"""Models to copy a part from that are named; the rest is counted."""


@dataclass(frozen=True)
class Evidence:
    """One sign that a constraint binds: where it comes from (`check`, `prices`, `answers`), and what was seen."""

    source: str
    seen: str


@dataclass(frozen=True)
class Binding:
    """A constraint that binds, with everything that shows it."""

    constraint: Constraint
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Advised:
    """A pattern that addresses what binds, and the models that hold each of its parts, to copy from."""

    pattern: Pattern
    addresses: tuple[str, ...]
    found_in: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def lines(self) -> Iterator[tuple[str, str]]:
        """What is said of it, each with its heading."""
        yield "For", "; ".join(self.addresses)
        yield "Done", self.pattern.does
        yield "Adds", self.pattern.adds
        if self.pattern.takes_away:
            yield "Takes away", self.pattern.takes_away
        yield "Enough", "; ".join(self.enough)
        yield "Source", self.pattern.source

    @property
    def enough(self) -> Iterator[str]:
        """The parts of a model that are enough, with those to copy from."""
        for part, names in self.found_in:
            yield f"{part} (as in {first_of(names, MOST_NAMED)})" if names else f"{part} (yours to write)"


@dataclass(frozen=True)
class Advice:
    """What binds, what helps, what is not needed; `unknown` are the questions that nobody answered."""

    portfolio: str | None
    answers: Answers
    binding: tuple[Binding, ...]
    advised: tuple[Advised, ...]
    not_needed: tuple[Pattern, ...]
    unknown: tuple[str, ...]
    not_measured: str = ""
    """Why prices could not be measured; nothing where they were."""

    @property
    def headline(self) -> str:
        """How much binds."""
        name = self.portfolio or "The portfolio"
        if not self.binding:
            return f"{name}: nothing that was measured or said binds; add nothing."
        count = len(self.binding)
        return f"{name}: {count} constraint{'' if count == 1 else 's'} bind{'s' if count == 1 else ''}."

    @property
    def closing(self) -> Iterator[str]:
        """What is said at the end: what was not known, what is not needed, and what not to do."""
        if self.not_measured:
            yield self.not_measured
        if self.unknown:
            yield f"Nobody said: {', '.join(self.unknown)}; what depends on it is left out."
        if self.not_needed:
            yield f"Not needed for what binds here: {'; '.join(pattern.name for pattern in self.not_needed)}."
        yield IDENTITY

    def as_json(self) -> dict[str, object]:
        """The advice in the published JSON format."""
        return {
            "format": 1,
            "portfolio": self.portfolio,
            "answers": vars(self.answers),
            "binding": [
                {"constraint": one.constraint.name, "evidence": [vars(seen) for seen in one.evidence]}
                for one in self.binding
            ],
            "patterns": [
                {
                    "pattern": one.pattern.name,
                    "addresses": list(one.addresses),
                    "does": one.pattern.does,
                    "adds": one.pattern.adds,
                    "takes_away": one.pattern.takes_away,
                    "parts": [str(part) for part in one.pattern.parts],
                    "found_in": {part: list(names) for part, names in one.found_in},
                    "source": one.pattern.source,
                }
                for one in self.advised
            ],
            "not_needed": [pattern.name for pattern in self.not_needed],
            "unknown": list(self.unknown),
        }
