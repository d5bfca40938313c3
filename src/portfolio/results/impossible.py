"""Why no plan is possible: what clashes, and the least that would have to change, with their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.domain.wording import place_words
from portfolio.operating_model.governance import Decision
from portfolio.operating_model.vocabulary import Vocabulary


@dataclass(frozen=True)
class ClashLine:
    """One member of a clash: a guardrail, where it holds, and the cells or fields in which it stands."""

    name: str
    place: Mapping[str, str]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ChangeLine:
    """One change of a repair in words, with the cells or fields to edit and what stands there before and after."""

    change: str
    fields: tuple[str, ...]
    before: float | str | bool | None
    after: float | str | bool | None


@dataclass(frozen=True)
class RepairLine:
    """The least that makes a plan possible when only rules of one unit may give: total breach, and what to change.

    `unit` is effort, money, epics, periods or rules (each counts 1); `proven` says whether less is known not to be enough.
    """

    unit: str
    total: float
    proven: bool
    changes: tuple[ChangeLine, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the total says anything by itself: a sum of shares does not."""
        return self.unit != "all"

    def what_gives(self, words: Vocabulary) -> str:
        """What gives in this repair."""
        kinds = {
            "effort": "Capacity and effort",
            "money": "Money",
            "epics": f"{words.epic.many_headed} at once",
            "periods": "Dates",
            "rules": "Rules",
            "all": "All together",
        }
        return kinds[self.unit]

    def breach_unit(self, currency: str | None, words: Vocabulary) -> str:
        """The unit of the total breach, as people say it; none where it does not add up."""
        nouns = {"epics": words.epic, "periods": words.period}
        if self.unit in nouns:
            return nouns[self.unit].one if self.total == 1 else nouns[self.unit].many
        if self.unit == "rules":
            return "rule" if self.total == 1 else "rules"
        units = {"money": currency or "money", "all": ""}
        return units.get(self.unit, self.unit)


@dataclass(frozen=True)
class Impossible:
    """Why no plan is possible: clashes that share no member, and repairs, the one with the fewest changes first."""

    clashes: tuple[tuple[ClashLine, ...], ...]
    repairs: tuple[RepairLine, ...]

    @property
    def clash_words(self) -> str:
        """What cannot all be kept, in short: the first clash without its cells."""
        if not self.clashes:
            return "guardrails clash"
        return " clashes with ".join(place_words(line.name, line.place) for line in self.clashes[0])

    @property
    def decisions(self) -> list[Decision]:
        """What somebody has to decide for any of the repairs."""
        units = {repair.unit for repair in self.repairs}
        needed: dict[Decision, set[str]] = {"change budgets": {"money"}, "move people": {"effort"}}
        return ["change guardrails", *(decision for decision, needs in needed.items() if units & needs)]
