"""Columns that are fields of a portfolio's records, with the description that the record itself gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel

from portfolio.domain.field import Kind as FieldKind
from portfolio.domain.field import entry
from portfolio.tabular import Column
from portfolio.tabular.table import Kind

KINDS: dict[FieldKind, Kind] = {
    "number": "number",
    "share": "number",
    "whole": "whole",
    "yes/no": "yes/no",
    "date": "date",
}
"""What a column holds whose field takes this; everything else is text."""
UNITS = {
    "benefit_per_week": "money per week",
    "budget": "money",
    "cost_per_unit": "money per unit of effort",
    "effort_done": "effort",
    "external_cost": "money",
    "lag_periods": "periods",
    "life_weeks": "weeks",
    "max_periods": "periods",
    "min_periods": "periods",
    "mvp_cost": "money",
    "mvp_periods": "periods",
    "penalty": "money",
    "spent": "money",
    "wip_limit": "epics",
}
"""Units of fields that are no shares."""


def field_columns(
    record: type[BaseModel], names: Iterable[str], periods: Sequence[str] = (), epics: Sequence[str] = ()
) -> tuple[Column, ...]:
    """A column for each field; those that hold a period's label are named in `periods`, those with an epic's ID in `epics`."""
    refers = dict.fromkeys(periods, "period") | dict.fromkeys(epics, "epic")
    return tuple(_column(record, name, refers.get(name, "")) for name in names)


def _column(record: type[BaseModel], name: str, refers_to: str) -> Column:
    found = entry(record, name)
    unit = "share" if found.kind == "share" else UNITS.get(name, "")
    kind: Kind = "period" if refers_to == "period" else KINDS.get(found.kind, "text")
    return Column(name, kind, found.description, unit, refers_to)


def field_values(record: BaseModel, columns: Iterable[Column]) -> Mapping[str, object]:
    """The fields of a record under the names of their columns; lists and mappings as people write them."""
    return {column.name: _written(getattr(record, column.name, None)) for column in columns}


def _written(value: object) -> object:
    if isinstance(value, Mapping):
        return "; ".join(f"{name} = {', '.join(map(str, words))}" for name, words in value.items()) or None
    if isinstance(value, tuple):
        points = all(isinstance(one, tuple) for one in value)
        return "; ".join(f"{one[0]:g}: {one[1]:g}" for one in value) if points and value else ", ".join(value) or None
    return value
