"""What exclusive and together groups share: a word beside each member makes the group, and an epic may leave it."""

from __future__ import annotations

from typing import ClassVar

from portfolio.domain import Epic, Portfolio
from portfolio.domain.finding import Path
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.live import Cells
from portfolio.guardrails.rule import Rule
from portfolio.guardrails.status import Place


class GroupRule(Rule):
    """A rule about the epics that name the same group in one of their fields."""

    group: str
    epics: tuple[str, ...]
    kind: ClassVar[str] = "group"
    field: ClassVar[str]
    """The field in which an epic names its group."""

    @property
    def place(self) -> Place:
        """The group."""
        return {self.name.lower(): self.group}

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:  # noqa: ARG002
        """The word beside each member."""
        return [("epics", portfolio.epic_index[epic], self.field) for epic in self.epics]

    def dropped(self, portfolio: Portfolio) -> Change:
        """The group dissolved."""
        edits = tuple(edit(portfolio, path, None) for path in self.inputs(portfolio, self.place))
        return Change(self.kind, self.name, self.place, edits, order=f"drop {self.name.lower()} {self.group}")

    def priced(self, portfolio: Portfolio) -> list[Change]:
        """The group dissolved; one of a single epic limits nothing."""
        return super().priced(portfolio) if len(self.epics) > 1 else []

    def members(self, cells: Cells, *, started: bool) -> str:
        """How many epics the group has, or how many of them start."""
        mine = f"({cells.column('Epics', self.field)}={cells.text(self.group)})"
        decided = cells.column("Epics", "decision")
        in_plan = f'(({decided}="start")+({decided}="continue")+({decided}="pause"))'
        return f"SUMPRODUCT({mine}*{in_plan})" if started else f"SUMPRODUCT(--{mine})"

    def ways_in(self, portfolio: Portfolio, epic: Epic) -> list[Change]:
        """The epic leaves the group."""
        if epic.id not in self.epics:
            return []
        left = edit(portfolio, ("epics", portfolio.epic_index[epic.id], self.field), None)
        condition = f"if it leaves the {self.name.lower()} {self.group}"
        return [Change(self.kind, self.name, {**self.place, "epic": epic.id}, (left,), condition=condition)]
