"""Entries of a portfolio as people write them: a number, a share, a date, yes or no, a list, a filter."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from portfolio.domain.field import entry
from portfolio.domain.limit_spec import is_share

MOST_FIELDS = 6
"""Fields of a record that are shown in one line."""


def entry_words(value: object, share: bool = False) -> str:
    """An entry as it would stand in a cell; a dash where nothing was given."""
    if value is None or value in ("", (), {}):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value * 100:,.12g}%" if share else f"{value:,.15g}"
    if isinstance(value, Mapping):
        return "; ".join(f"{name} = {_inner(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        points = any(isinstance(inner, list | tuple) for inner in value)
        return "; ".join(": ".join(map(entry_words, inner)) for inner in value) if points else _inner(value)
    return str(value)


def _inner(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(entry_words(inner) for inner in value)
    return entry_words(value)


def both_words(before: object, after: object, shares: tuple[bool, bool]) -> tuple[str, str]:
    """Two entries that differ, shown so that they look different too."""
    shown = entry_words(before, shares[0]), entry_words(after, shares[1])
    return shown if shown[0] != shown[1] else (repr(before), repr(after))


def record_words(record: BaseModel) -> str:
    """What was given of a record besides its names, field by field; the first few are enough to know it by."""
    fields = type(record).model_fields
    fields_given = [
        f"{entry(type(record), name).title} {entry_words(value, is_share(record, name))}"
        for name, field in fields.items()
        if name not in {"id", "title", "name", "predecessor", "successor"}
        and (value := getattr(record, name)) != field.get_default(call_default_factory=True)
        and value is not None
    ]
    return "; ".join(fields_given[:MOST_FIELDS]) + ("; …" if len(fields_given) > MOST_FIELDS else "")
