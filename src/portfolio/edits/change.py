"""Changes: edits that belong together, with what they are about and how people say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json
from portfolio.domain.portfolio import Portfolio
from portfolio.edits.edit import Edit, edited

NAMED_BY = {"epics": "id", "value_streams": "id", "dependencies": "successor", "guardrails": "name",
            "outcomes": "objective"}  # fmt: skip
"""The field in which people see a whole record."""


@dataclass(frozen=True)
class Change:
    """One thing that is done to a portfolio: one rule dropped, one figure loosened, one date moved; first edit first.

    `amount` says by how much and `unit` of what, where a figure is loosened by an amount; `to` says to what, where that is
    better said in words. `order`, `condition` and `label` are how it is said where `edits.change_words` has no better way.
    """

    kind: str
    name: str
    place: Mapping[str, str]
    edits: tuple[Edit, ...]
    amount: float | None = None
    unit: str | None = None
    to: str | None = None
    order: str = ""
    condition: str = ""
    label: str = ""

    @property
    def before(self) -> Json:
        """What stands in the first field before; None where that is a whole record."""
        return None if isinstance(self.edits[0].before, Mapping) else self.edits[0].before

    @property
    def after(self) -> Json:
        """What stands in the first field after."""
        return self.edits[0].after

    @property
    def raised_by(self) -> float:
        """By how much the first figure is raised (positive) or lowered; 0 where it is no figure."""
        numbers = self.before, self.after
        if any(isinstance(number, bool) or not isinstance(number, int | float) for number in numbers):
            return 0.0
        return float(self.after) - float(self.before)  # type: ignore[arg-type]

    @property
    def fields(self) -> tuple[Path, ...]:
        """The fields in which a person makes the change; of a record that comes or goes, the one it is known by."""
        return tuple(
            (*edit.path, NAMED_BY[str(edit.path[0])]) if len(edit.path) == 2 and edit.path[0] in NAMED_BY else edit.path
            for edit in self.edits
        )


def changed(portfolio: Portfolio, changes: Iterable[Change]) -> Portfolio:
    """The portfolio with all of these changes made at once."""
    return edited(portfolio, [edit for change in changes for edit in change.edits])
