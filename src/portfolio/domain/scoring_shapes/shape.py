"""A scoring shape: which fields of an epic its score is made of, besides WSJF and CD3."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class ScoringShape:
    """One way to score epics by a product of figures, as data: worth x further factors / what it takes.

    `worth` are the fields whose product is what an epic is worth: per week of delay, or `once`. `times` are the further
    factors of the score, each with what a field is multiplied by to be on the scale that people use. `per` is what the
    score divides by. `known_by` are the columns by which a table of this shape is recognised.
    """

    name: str
    title: str
    score: str
    """What its score is called."""
    rule: str
    formula: str
    unit: str
    why: str
    source: str
    example: str
    worth: tuple[str, ...]
    known_by: tuple[str, ...]
    times: Mapping[str, float]
    per: Literal["job_size", "cost"] | None = None
    once: bool = False
    """Whether it is worth so much once, whenever it is done, and in money."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that every epic needs for a score; a blank confidence means 1."""
        factors = tuple(field for field in self.times if field != "confidence")
        return (*self.worth, *factors, *(("job_size",) if self.per == "job_size" else ()))

    @property
    def parts(self) -> tuple[str, ...]:
        """All fields of an epic that the score is computed from, as people name them."""
        return (*self.worth, *self.times, *(("job_size",) if self.per == "job_size" else ()))

    def worth_of(self, epic: object) -> float | None:
        """What an epic is worth; None where a figure is missing."""
        return _product([getattr(epic, field) for field in self.worth])

    def factor_of(self, epic: object) -> float | None:
        """What its worth is multiplied by before it is divided; None where a figure is missing."""
        given = {field: getattr(epic, field) for field in self.times}
        figures = [1.0 if field == "confidence" and figure is None else figure for field, figure in given.items()]
        factor = _product(figures)
        return None if factor is None else factor * math.prod(self.times.values())


def _product(figures: list[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return float(math.prod(known)) if len(known) == len(figures) else None
