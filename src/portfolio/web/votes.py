"""Votes: everybody picks in secret, then all see how many chose what, never who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portfolio.web.people import Person
from portfolio.web.problem import Problem


@dataclass
class Votes:
    """One vote at a time: about one score of one epic."""

    epic: str = ""
    field_name: str = ""
    picks: dict[str, float] = field(default_factory=dict)
    """What each person picked, by their id."""
    revealed: bool = False

    def pick(self, person: Person, epic: str, field_name: str, value: float) -> None:
        """Takes a pick; one about another cell begins a new vote. Once all is revealed, nobody picks any more."""
        if (epic, field_name) != (self.epic, self.field_name):
            self.epic, self.field_name, self.picks, self.revealed = epic, field_name, {}, False
        if self.revealed:
            raise Problem(409, "The votes are revealed already.", "Begin a new vote.")
        self.picks[person.id] = value

    def reveal(self, scale: Sequence[float]) -> dict[str, object]:
        """Shows what was picked."""
        if not self.picks:
            raise Problem(422, "Nobody has voted yet.", "Pick a value first.")
        self.revealed = True
        return self.result(scale)

    def result(self, scale: Sequence[float]) -> dict[str, object]:
        """How many chose what, and the median on the scale: the lower one of two in the middle."""
        counts = Counter(self.picks.values())
        ordered = sorted(self.picks.values())
        median = ordered[(len(ordered) - 1) // 2]
        if scale:
            median = min(scale, key=lambda step: (abs(step - median), step))
        return {"counts": {f"{value:g}": counts[value] for value in sorted(counts)}, "median": median}

    def clear(self) -> None:
        """Ends the vote."""
        self.epic, self.field_name, self.picks, self.revealed = "", "", {}, False

    def as_json(self, of: int = 0, scale: Sequence[float] = ()) -> Mapping[str, object] | None:
        """What everybody may see of it; before it is revealed only how many have picked."""
        if not self.epic:
            return None
        return {
            "epic": self.epic,
            "field": self.field_name,
            "voted": len(self.picks),
            "of": max(of, len(self.picks)),
            "revealed": self.result(scale) if self.revealed else None,
        }
