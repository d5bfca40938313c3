"""What the sheets of a comparison hold, as plain rows: figures beside each other, epics, changes, steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Cell = float | str | None


@dataclass(frozen=True)
class FigureRow:
    """One figure of every alternative; `style` is how it is shown."""

    heading: str
    style: str
    values: Sequence[Cell]


@dataclass(frozen=True)
class EpicRow:
    """When one epic is done in every alternative: first to last period, or nothing, with what changed from the first."""

    id: str
    title: str
    spans: Sequence[str]
    signs: Sequence[str]


@dataclass(frozen=True)
class ChangeRow:
    """One figure that a scenario changed."""

    scenario: str
    change: str
    figure: str
    before: str
    after: str
    place: str


@dataclass(frozen=True)
class Alternatives:
    """Plans beside each other; the first row of figures is the value."""

    title: str
    unit: str
    names: Sequence[str]
    figures: Sequence[FigureRow]
    epics: Sequence[EpicRow]
    changes: Sequence[ChangeRow]


@dataclass(frozen=True)
class StepRow:
    """One step of a frontier."""

    label: str
    value: float | None
    bound: float | None
    spend: float | None
    utilisation: float | None
    epics: int | None


@dataclass(frozen=True)
class Steps:
    """A figure's steps in rising order."""

    title: str
    figure: str
    unit: str
    currency: str
    rows: Sequence[StepRow]
