"""Reads the operating model's own criteria: columns beside the epics that are named as the model names them."""

from __future__ import annotations

import contextlib
from pathlib import Path

from portfolio.domain.json_form import Raw
from portfolio.errors import WrongUseError
from portfolio.intake.columns import CRITERIA, criterion_column, plain
from portfolio.intake.draft import Draft
from portfolio.intake.tables.table import Table
from portfolio.operating_model.criteria import Criterion
from portfolio.storage.read_model import read_model


def criteria_of(name: object, beside: Path | None) -> tuple[Criterion, ...]:
    """The criteria of the model that a file names; none where there is no such model."""
    with contextlib.suppress(WrongUseError):
        return read_model(name, beside).own_criteria if isinstance(name, str) and name.strip() else ()
    return ()


def take_criteria_columns(draft: Draft, table: Table) -> None:
    """Gives each criterion the column of its name, also where that could be another word for a field."""
    for criterion in draft.criteria:
        places = [index for index, heading in enumerate(table.headings) if plain(heading) == plain(criterion.name)]
        if not places or any(plain(column.heading) == plain(criterion.name) for column in table.columns):
            continue
        for column in [column for column, index in table.columns.items() if index == places[0]]:
            del table.columns[column]
        table.columns[criterion_column(criterion.name, criterion.takes, criterion.means)] = places[0]
        table.nearly[:] = [near for near in table.nearly if near[1] != places[0]]


def nest_criteria(draft: Draft, epics: list[Raw]) -> None:
    """What was read of the criteria becomes one field of each epic."""
    names = [criterion.name for criterion in draft.criteria]
    columns = draft.places.records["epics"].columns
    for epic in epics:
        given = {name: epic.pop(name) for name in names if name in epic}
        if given:
            epic[CRITERIA] = given
    there = [columns[name] for name in names if name in columns]
    if there:
        columns.setdefault(CRITERIA, min(there))
