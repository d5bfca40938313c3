"""Two operating models beside each other: every setting in which they differ."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.domain.json_form import Json
from portfolio.operating_model import OperatingModel


@dataclass(frozen=True)
class ModelDifference:
    """One setting with what each of two models prescribes; `given` says which of them prescribe anything."""

    setting: str
    values: tuple[Json, Json]
    given: tuple[bool, bool]


@dataclass(frozen=True)
class ModelComparison:
    """Two operating models, the settings in which they differ, and how many more are the same."""

    first: OperatingModel
    second: OperatingModel
    differences: tuple[ModelDifference, ...]
    same: int

    def as_json(self) -> dict[str, object]:
        """The comparison in the published JSON format: each setting with its value under each model's name."""
        names = self.first.name, self.second.name
        lines = [{"setting": line.setting, **dict(zip(names, line.values, strict=True))} for line in self.differences]
        return {"models": list(names), "differences": lines}
