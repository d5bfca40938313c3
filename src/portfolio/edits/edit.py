"""Edits: the one way to change a portfolio, field by field, whoever wants it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from portfolio.domain.field import entry
from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json, json_form
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.validation_messages import RECORDS

Edited = TypeVar("Edited", bound=BaseModel)
Placed = Sequence[tuple[Path, Json]]
"""What is to stand where, each by its path from here."""


@dataclass(frozen=True)
class Edit:
    """One field of a portfolio, with what stands in it before and after; None where nothing stands there.

    `path` is that of the JSON format, as in findings: `("epics", 3, "must")`, `("value_streams", 0, "capacity", 2)`. A path
    that ends at a record, such as `("dependencies", 5)`, adds or removes it as a whole. Edits that belong together count
    positions as they are before the first of them.
    """

    path: Path
    before: Json
    after: Json


def edit(portfolio: Portfolio, path: Path, after: Json) -> Edit:
    """The edit that puts something else into a field of a portfolio, or nothing."""
    return Edit(path, value_at(portfolio, path), after)


def value_at(portfolio: Portfolio, path: Path) -> Json:
    """What stands at a path of a portfolio, in a form that JSON can hold; None where nothing was given."""
    here: object = portfolio
    for step in path:
        if isinstance(here, BaseModel):
            here = getattr(here, str(step))
        elif isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, tuple) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here if isinstance(here, bool | int | float | str) else json_form(here)


def edited(portfolio: Portfolio, edits: Iterable[Edit]) -> Portfolio:
    """The portfolio with these edits made in their order; nothing is validated, for edits that are known to be sound.

    What people write is validated as a whole afterwards, by `domain.parsing`.
    """
    return _edited_record(portfolio, [(one.path, one.after) for one in edits])


def _edited_record(record: Edited, placed: Placed) -> Edited:
    """A record with values put into it; what it had computed from the old ones is forgotten."""
    kind = type(record)
    update = {
        str(name): _edited_field(kind, str(name), getattr(record, str(name)), inside)
        for name, inside in _by_step(placed).items()
    }
    copied = record.model_copy(update=update)
    for computed in copied.__dict__.keys() - kind.model_fields.keys():
        del copied.__dict__[computed]
    return copied


def _edited_field(record: type[BaseModel], name: str, value: object, placed: Placed) -> object:
    """What a field of a record becomes: something else as a whole, then parts of it."""
    inside: list[tuple[Path, Json]] = []
    for path, after in placed:
        if path:
            inside.append((path, after))
        else:
            value, inside = _as_field(record, name, after), []
    return _edited_inside(name, value, inside) if inside else value


def _edited_inside(name: str, value: object, placed: Placed) -> object:
    """A record, list or mapping with values put into it; what becomes nothing is taken out, what is new is added."""
    if isinstance(value, BaseModel):
        return _edited_record(value, placed)
    if isinstance(value, Mapping):
        amounts = {**value, **{path[0]: after for path, after in placed}}
        return {key: amount for key, amount in amounts.items() if amount is not None}
    parts = dict(enumerate(value if isinstance(value, Sequence) else ()))
    for turn, inside in _by_step(placed).items():
        parts[int(turn)] = _edited_part(name, parts.get(int(turn)), inside)
    return tuple(part for _, part in sorted(parts.items()) if part is not None)


def _edited_part(name: str, part: object, placed: Placed) -> object:
    """One part of a list: a figure, or a record of a section of the portfolio."""
    inside = [(path, after) for path, after in placed if path]
    whole = [after for path, after in placed if not path]
    if whole:
        part = RECORDS[name].model_validate(whole[-1]) if isinstance(whole[-1], Mapping) else _plain(whole[-1])
    return _edited_inside(name, part, inside) if inside else part


def _as_field(record: type[BaseModel], name: str, value: Json) -> object:
    """A value of JSON as a field of a record holds it; nothing is the field's default."""
    if value is None:
        return record.model_fields[name].get_default(call_default_factory=True)
    if isinstance(value, str) and entry(record, name).kind in {"date", "date or week"}:
        return date.fromisoformat(value)
    return _plain(value)


def _plain(value: object) -> object:
    """Lists of JSON as the tuples that frozen records hold."""
    return tuple(map(_plain, value)) if isinstance(value, list) else value


def _by_step(placed: Placed) -> Mapping[str | int, Placed]:
    """What is to stand where, by the first step of its path."""
    steps: dict[str | int, list[tuple[Path, Json]]] = defaultdict(list)
    for (step, *rest), after in placed:
        steps[step].append((tuple(rest), after))
    return steps
