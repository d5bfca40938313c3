"""Checks that epics and settings say what their operating model asks."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain import FieldFinding, Portfolio
from portfolio.domain.wording import first_of
from portfolio.operating_model.choices import wrong_choices
from portfolio.operating_model.model import OperatingModel

MOST_NAMED = 5
"""Epics that one finding names; the rest is counted."""


def check_choices(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Choices that the model does not leave open, or options that it does not have."""
    for what, rule, fix in wrong_choices(model.decision_points, portfolio.choices):
        yield FieldFinding(("choices",), what, f"{model.title}: {rule}", fix, "warning")


def check_criteria(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """What the model asks of every epic and somebody left open; numbers of the score are asked for with the scores."""
    scored = {component.field for component in model.scoring.components}
    for criterion in model.own_criteria:
        empty = [index for index, epic in enumerate(portfolio.epics) if epic.criteria.get(criterion.name) is None]
        if not criterion.required or criterion.name in scored or not empty:
            continue
        names = first_of([portfolio.epics[index].id for index in empty], MOST_NAMED)
        asked = f": {criterion.means}" if criterion.means else ""
        yield FieldFinding(
            ("epics", empty[0], "criteria", criterion.name),
            f"{criterion.name} is empty for {names}.",
            f"{model.title} asks it of every {model.vocabulary.epic.one}{asked}.",
            f"Write it in a column {criterion.name}.",
            "warning",
        )
