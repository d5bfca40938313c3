"""A scenario as people write it down: a name, and what is to be different, one change after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portfolio.domain.json_form import Json
from portfolio.edits.edit import Edit

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
class ScenarioLine:
    """One line of a scenario, as people write it: `set capacity of Web in PI 2 to 60`.

    `name` is what is changed in the words of the portfolio, `place` the line or the cells that say so.
    """

    verb: Verb
    name: str
    value: Value = None
    place: str = ""

    def __str__(self) -> str:
        """The line in words."""
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
    """A named set of changes to a portfolio: lines, each on top of those before it."""

    name: str
    lines: tuple[ScenarioLine, ...]
    place: str = ""


@dataclass(frozen=True)
class ScenarioEdit(Edit):
    """The edit that a line of a scenario comes down to, and the name of the figure that it changes."""

    figure: str
    line: ScenarioLine

    def as_json(self) -> dict[str, Json]:
        """The edit in the published JSON format."""
        return {"figure": self.figure, "before": self.before, "after": self.after}
