"""What a study is known by, and how people say in which futures it was made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StudyLine:
    """What a study is known by, how many futures it has, and whether these are all there are."""

    id: str
    seed: int
    draws: int
    exact: bool

    def as_json(self) -> dict[str, object]:
        """The study in the published JSON format."""
        return {"id": self.id, "seed": self.seed, "draws": self.draws, "exact": self.exact}

    @property
    def words(self) -> str:
        """In which futures something was tried."""
        if self.exact:
            return "the one future there is" if self.draws == 1 else f"all {self.draws:,} futures there are"
        return f"{self.draws:,} possible futures (seed {self.seed})"
