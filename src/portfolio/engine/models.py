"""Gives the operating models there are, by name, and compares two of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain.json_form import Json
from portfolio.operating_model.guide import TOLD

if TYPE_CHECKING:
    from portfolio.operating_model import OperatingModel as OperatingModel
    from portfolio.results.model_comparison import ModelComparison as ModelComparison


def operating_models() -> tuple[OperatingModel, ...]:
    """Every operating model that comes with the package, in alphabetical order of their names."""
    from portfolio.storage.read_model import model_names, read_model

    return tuple(read_model(name) for name in model_names())


def operating_model(name: str | Path) -> OperatingModel:
    """The operating model of a name, such as `safe`, or of a YAML file; raises WrongUseError where there is none."""
    from portfolio.storage.read_model import read_model

    return read_model(name)


def compare_models(one: str | Path, other: str | Path) -> ModelComparison:
    """Every setting in which two operating models differ, and how many are the same."""
    from portfolio.results.model_comparison import ModelComparison, ModelDifference

    models = operating_model(one), operating_model(other)
    first, second = (dict(_settings(model)) for model in models)
    differ = [name for name in dict.fromkeys([*first, *second]) if first.get(name) != second.get(name)]
    same = len(first.keys() & second.keys()) - sum(name in first and name in second for name in differ)
    lines = (
        ModelDifference(name, (first.get(name), second.get(name)), (name in first, name in second)) for name in differ
    )
    return ModelComparison(*models, tuple(lines), same)


def _settings(model: OperatingModel) -> Iterator[tuple[str, Json]]:
    for section, settings in model.model_dump(mode="json", exclude_unset=True).items():
        if isinstance(settings, dict) and section not in TOLD:
            yield from ((f"{section}.{name}", value) for name, value in settings.items() if name != "source")
