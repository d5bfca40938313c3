"""The JSON form of a portfolio's values: what was not given is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast, overload

from pydantic import BaseModel

Json = str | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
"""A value as JSON holds it."""
Raw = dict[str, Any]
"""A record in JSON form before it is validated: whatever a file holds under its names."""


def record_form(record: BaseModel) -> dict[str, Json]:
    """A record as JSON holds it, with the fields that were given and nothing else."""
    fields = type(record).model_fields
    given = {
        name: json_form(getattr(record, name))
        for name in fields
        if getattr(record, name) != fields[name].get_default(call_default_factory=True)
    }
    return {name: value for name, value in given.items() if value is not None}


PLAIN = frozenset((str, int, bool))
"""What JSON holds as it is; nearly all that is asked about."""


@overload
def json_form(value: Mapping[str, object]) -> dict[str, Json]: ...
@overload
def json_form(value: float) -> float: ...
@overload
def json_form(value: object) -> Json: ...
def json_form(value: object) -> Json:
    """A value as JSON holds it: whole numbers without decimals, dates as text."""
    if value is None or type(value) in PLAIN:
        return cast("Json", value)
    if isinstance(value, BaseModel):
        return record_form(value)
    if isinstance(value, Mapping):
        return {key: json_form(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [json_form(inner) for inner in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value.isoformat() if isinstance(value, date) else cast("Json", value)
