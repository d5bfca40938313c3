"""A field of a portfolio as people fill it in: its title, the kind of entry, the words to choose from, an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Annotated, Literal, Union, get_args, get_origin

from annotated_types import Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

Kind = Literal[
    "text",
    "number",
    "whole",
    "share",
    "date or week",
    "date",
    "moment",
    "date or number",
    "answer",
    "yes/no",
    "word",
    "list",
    "pairs",
    "mapping",
    "record",
]
NO_WEEK = "date or number"
"""What a field is marked with whose numbers are no weeks."""


@dataclass(frozen=True)
class Entry:
    """One field as the user meets it, declared once by the record that holds it."""

    title: str
    description: str
    kind: Kind
    example: object
    choices: tuple[str, ...] = ()


@cache
def entry(record: type[BaseModel], name: str) -> Entry:
    """What a field of a record takes."""
    field = record.model_fields[name]
    parts = list(_parts(field))
    example = field.examples[0] if field.examples else None
    choices = tuple(
        word for part in parts if get_origin(part) is Literal for word in get_args(part) if isinstance(word, str)
    )
    return Entry(field.title or name, field.description or "", _kind(parts, choices), example, choices)


def _parts(field: FieldInfo) -> Iterator[object]:
    yield from field.metadata
    yield from _flat(field.annotation)


def _flat(annotation: object) -> Iterator[object]:
    """The alternatives of an annotation and their constraints, without the containers' contents."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extra = get_args(annotation)
        yield from (part for constraint in extra for part in getattr(constraint, "metadata", [constraint]))
        yield from _flat(inner)
    elif origin is Union or type(annotation).__name__ == "UnionType":
        for part in get_args(annotation):
            yield from _flat(part)
    elif annotation is not NoneType:
        yield annotation


def _kind(parts: list[object], choices: tuple[str, ...]) -> Kind:
    plain = {part for part in parts if isinstance(part, type)}
    origins = {get_origin(part): part for part in parts if get_origin(part) is not None}
    if choices:
        return "word"
    if date in plain:
        return "date or number" if NO_WEEK in parts else _kind_of_day(plain)
    if tuple in origins:
        return "pairs" if get_origin(get_args(origins[tuple])[0]) is tuple else "list"
    if dict in origins:
        return "mapping"
    if bool in plain:
        return "yes/no"
    if float in plain:
        return "share" if any(isinstance(part, Le) and part.le == 1 for part in parts) else "number"
    if int in plain:
        return "whole"
    return "text" if str in plain else "record"


def _kind_of_day(plain: set[type]) -> Kind:
    """What takes a day takes nothing else, or a time with it, or a number."""
    if datetime in plain:
        return "moment"
    if bool in plain:
        return "answer"
    return "date or week" if float in plain else "date"
