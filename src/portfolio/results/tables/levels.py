"""Other levels as a table: what is above and below the planned work, with the sums of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portfolio.results.levels import LevelLine
from portfolio.tabular import Column, Table

LEVELS = Table(
    "levels",
    "Every item of another level than the planned one, with what the plan does of it.",
    (
        Column("level", "text", "Its level of work."),
        Column("id", "text", "Its ID."),
        Column("title", "text", "What it is called."),
        Column("parent", "text", "The item of a higher level that it is part of."),
        Column("parts", "whole", "How many planned items it is made of or belongs to.", "epics"),
        Column("planned", "whole", "How many of these are in the plan.", "epics"),
        Column("effort", "number", "Units of effort that the plan puts into these.", "effort"),
        Column("spend", "number", "What the plan spends on these.", "money"),
        Column("start", "period", "The first period in which work on these is planned.", refers_to="period"),
        Column("finish", "period", "The last one.", refers_to="period"),
    ),
    ("id",),
)


def levels(lines: Iterable[LevelLine]) -> Iterator[Mapping[str, object]]:
    """A row for each item of another level."""
    return (vars(line) for line in lines)
