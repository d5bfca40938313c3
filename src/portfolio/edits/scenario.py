"""A scenario as people write it down: a name, and what is to be different, one change after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from portfolio.domain.finding import Path

Verb = Literal["set", "scale", "add", "lock", "ban", "relax"]
Value = str | float | bool | None

VERBS: dict[Verb, tuple[str, str]] = {
    "set": ("to", "The figure becomes this."),
    "scale": ("by", "The figure is multiplied by this factor or percentage."),
    "add": ("by", "The figure grows by this, or shrinks where it is below 0; or a dependency is added."),
    "lock": ("in", "The epic has to be in the plan; with a period, it begins in that one."),
    "ban": ("", "The epic is not in the plan."),
    "relax": ("by", "The rule is loosened by this much; without it, it no longer holds."),
}
"""What a change can do, the word that its value follows in YAML, and what it means."""


@dataclass(frozen=True)
class Change:
    """One thing that is different: `set capacity of Web in PI 2 to 60`.

    `name` is what is changed in the words of the portfolio, `place` the line or the cells that say so.
    """

    verb: Verb
    name: str
    value: Value = None
    place: str = ""

    def __str__(self) -> str:
        """The change in one line."""
        if self.value is None:
            return f"{self.verb} {self.name}"
        word = VERBS[self.verb][0] or "with"
        shown = f"{self.value:.12g}" if isinstance(self.value, float) else self.value
        if isinstance(self.value, bool):
            shown = "yes" if self.value else "no"
        elif self.verb == "scale" and isinstance(self.value, int | float):
            shown = f"{self.value * 100:.12g}%"
        return f"{self.verb} {self.name} {word} {shown}"


@dataclass(frozen=True)
class Scenario:
    """A named set of changes to a portfolio, made in their order."""

    name: str
    changes: tuple[Change, ...]
    place: str = ""


@dataclass(frozen=True)
class Alteration:
    """One figure that a change made different: which it is, and what it was before and after.

    `path` is that of the figure in the portfolio before the change; null where the record did not exist.
    """

    change: Change
    path: Path
    figure: str
    before: Any
    after: Any

    def as_json(self) -> dict[str, Any]:
        """The alteration in the published JSON format."""
        return {"figure": self.figure, "before": self.before, "after": self.after}
