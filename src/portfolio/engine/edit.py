"""Edits a portfolio that is open: what is typed is read as in a workbook, built, completed and checked again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain.field import Entry, entry
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Json, Raw, json_form
from portfolio.domain.parsing import built_epics
from portfolio.edits.address import BY_NAME, BY_PERIOD, Address, held, path_of, placed, record_of
from portfolio.engine.load import Loaded, filled_in_by, loaded_by_model, reading_options

if TYPE_CHECKING:
    from portfolio.domain import Epic
    from portfolio.intake.read_portfolio import Reading

LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Opened:
    """A file that is open for edits: what was read of it, and the model and the words that were asked for."""

    reading: Reading
    model: str | None = None
    words: str | None = None
    content: bytes = field(default=b"", repr=False)
    """The file's bytes as they were read."""

    @cached_property
    def raw(self) -> Raw:
        """Its JSON form as it stands in the file."""
        return json_raw(self.reading.raw)

    @cached_property
    def _epics(self) -> tuple[Epic, ...]:
        """Its epics as they are built; none where something in it cannot be read."""
        return built_epics(self.raw)

    def quick(self, raw: Raw) -> Raw:
        """The same JSON form, in which epics that are as they stand in the file need not be built again."""
        base, epics = self.raw.get("epics"), raw.get("epics")
        if not isinstance(base, list) or not isinstance(epics, list) or len(self._epics) != len(base):
            return raw
        there = zip(base, self._epics, strict=True)
        built = [epic if one is before else one for one, (before, epic) in zip(epics, there, strict=False)]
        return {**raw, "epics": [*built, *epics[len(built) :]]}


@dataclass(frozen=True)
class Edited:
    """A portfolio with edits in it: as everybody sees it, and as it is ranked and planned."""

    opened: Opened
    raw: Raw
    loaded: Loaded
    partly: tuple[str, ...] = ()
    """The epics that lack some scores and so count as not scored while the page is open."""
    changed: frozenset[FieldPath] = frozenset()
    """The fields that are not as they were read."""


class RefusedError(ValueError):
    """A value that a cell cannot take: what is wrong, and what to enter instead."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


def open_for_edits(
    path: str | Path, model: str | None = None, words: str | None = None, content: bytes | None = None
) -> Opened:
    """Reads a file that is going to be edited; `content` are its bytes where they were read already.

    Raises WrongUseError if it cannot be read at all; everything else is a finding.
    """
    from portfolio.intake.read_portfolio import read_content, read_portfolio
    from portfolio.storage.read_model import read_model

    options = reading_options(words)
    if model:
        options = replace(options, criteria=read_model(model).own_criteria)
    content = read_content(Path(path)) if content is None else content
    return Opened(read_portfolio(Path(path), filled_in_by(model), options, content), model, words, content)


def opened_again(opened: Opened, content: bytes) -> Opened:
    """The same file with another content, read as it was read before; raises WrongUseError if it cannot be read at all."""
    path = opened.reading.path
    assert path is not None
    return open_for_edits(path, opened.model, opened.words, content)


def json_raw(raw: Mapping[str, object]) -> Raw:
    """A JSON form that holds nothing but JSON: dates of workbooks as text."""
    return {name: json_form(value) for name, value in raw.items()}


def edited(opened: Opened, raw: Raw, changed: Collection[FieldPath]) -> Edited:
    """The portfolio of an open file with this JSON form instead of its own, in which the `changed` fields are different.

    An epic that lacks some of the scores counts as not scored: else the first score that is filled in would stop the ranking
    and the plan for everybody.
    """
    loaded = _loaded(opened, raw, changed)
    lacking = _lacking(loaded, raw)
    if not lacking:
        return Edited(opened, raw, loaded, changed=frozenset(changed))
    whole, paths = raw, set(changed)
    for index, names in lacking.items():
        for name in names:
            inside = name not in (held(raw, ("epics", index)) or ())  # type: ignore[operator]
            path: FieldPath = ("epics", index, "criteria", name) if inside else ("epics", index, name)
            whole = placed(whole, path, None)
            paths.add(path)
    partly = tuple(str(held(raw, ("epics", index, "id")) or "") for index in lacking)
    return Edited(opened, raw, _loaded(opened, whole, paths), partly, frozenset(changed))


def _loaded(opened: Opened, raw: Raw, changed: Collection[FieldPath]) -> Loaded:
    from portfolio.intake.read_portfolio import with_raw

    settle = filled_in_by(opened.model)
    return loaded_by_model(with_raw(opened.reading, raw, changed, settle, opened.quick(raw)), opened.model)


def scored_by(loaded: Loaded) -> tuple[str, ...]:
    """The fields that scores are made of, the one that they are divided by last; none where the order of the sheet ranks."""
    portfolio = loaded.portfolio or loaded.rankable
    if portfolio is not None and portfolio.shape is not None:
        return portfolio.shape.fields
    if portfolio is not None and portfolio.ranked_by == "sheet":
        return ()
    rules = loaded.model.scoring.rules
    return (*rules.weights, *(["job_size"] if rules.denominator == "job_size" else []))


def _lacking(loaded: Loaded, raw: Raw) -> dict[int, list[str]]:
    """By its position, the scores that each epic has that lacks others; one with money needs those that others use."""
    fields, found = scored_by(loaded), dict[int, list[str]]()
    scores = [
        (index, epic, [name for name in fields if _score(epic, name) is not None])
        for index, epic in enumerate(raw.get("epics") or ())
        if isinstance(epic, Mapping)
    ]
    used = {name for _, _, given in scores for name in given}
    for index, epic, given in scores:
        if given and len(given) < len(fields) and len(given) < len(used if _has_money(epic) else fields):
            found[index] = given
    return found


def _score(epic: Mapping[str, object], name: str) -> object:
    """A score of an epic, or its answer to one of the model's own criteria."""
    value = epic.get(name)
    if value is not None or "criteria" not in epic:
        return value
    criteria = epic["criteria"]
    return criteria.get(name) if isinstance(criteria, Mapping) else None


def _has_money(epic: Mapping[str, object]) -> bool:
    return any(epic.get(name) is not None for name in ("benefit_per_week", "value_curve", "net_present_value"))


def read_value(raw: Raw, address: Address, value: object) -> tuple[FieldPath, Json]:
    """Where a value belongs and what it means there, as if it stood in a workbook's cell; blank is nothing.

    Raises Unknown where there is no such cell, RefusedError for what the cell cannot take. What can be read and breaks a rule
    is taken: it is a finding like any other.
    """
    path = path_of(raw, address)
    if value is None or (isinstance(value, str) and not value.strip()):
        return path, None
    if not isinstance(value, str | int | float | bool):
        raise RefusedError("This is no value of a cell.", "Enter a number, a word or a date.")
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise RefusedError(f"The text has {len(value):,} letters.", f"Enter at most {LONGEST_TEXT:,}.")
    return path, _as_cell(address, value)


def _as_cell(address: Address, value: str | float) -> Json:
    """A value as the kind of its cell asks for."""
    from portfolio.intake.columns import Column
    from portfolio.intake.values.context import Context, Wanted
    from portfolio.intake.values.read_column import read_column

    record, name = record_of(address)
    told = entry(record, name)
    kind = "number" if name in (*BY_PERIOD, "effort") else "text" if name == "criteria" else told.kind
    if name in ("at_least", "at_most"):
        kind = "number"
    column = Column(told.title, name, kind, told.description, told.example, told.choices)
    given = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    read = read_column([given], Wanted(column), replace(Context(), forgiving=False))
    for question in [*read.cells.values(), *(question for _, question in read.whole)]:
        if question.severity == "error":
            raise RefusedError(question.what, question.fix)
    found = read.values[0]
    _refuse_others(replace(told, kind=kind), name, found)
    return json_form(found)


def _refuse_others(told: Entry, name: str, value: object) -> None:
    """Raises RefusedError for what is no value of this kind."""
    example = f"Enter {told.title} like {told.example}." if told.example is not None else "Enter another value."
    if name == "criteria" or told.kind == "text":
        return
    if told.kind in ("number", "whole", "share"):
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value != value
            or abs(value) == float("inf")
        ):
            raise RefusedError(f"{told.title} takes a number.", _number_example(name, example))
        if told.kind == "whole" and value != int(value):
            raise RefusedError(f"{told.title} takes a whole number.", example)
    elif told.kind in ("date", "date or week"):
        _refuse_moment(told, value, example)
    elif told.kind == "yes/no" and not isinstance(value, bool):
        raise RefusedError(f"{told.title} takes yes or no.", "Enter yes, no, or nothing.")
    elif told.kind == "word" and told.choices and str(value).strip().casefold() not in told.choices:
        raise RefusedError(f"{told.title} takes a known word.", f"Enter {', '.join(told.choices)}.")


def _number_example(name: str, example: str) -> str:
    return "Enter a number like 40." if name in (*BY_PERIOD, *BY_NAME) else example


def _refuse_moment(told: Entry, value: object, example: str) -> None:
    if told.kind == "date or week" and isinstance(value, int | float) and not isinstance(value, bool):
        return
    try:
        date.fromisoformat(str(value)[:10])
    except ValueError:
        raise RefusedError(f"{told.title} takes a date.", example) from None


def new_epic(raw: Raw, name: str) -> tuple[Raw, FieldPath]:
    """The JSON form with a further epic at the end, and where it stands; raises RefusedError for an ID that is taken or blank."""
    name = name.strip()
    if not name:
        raise RefusedError("An epic needs an ID.", "Enter a short unique name, such as EP-1.")
    if len(name) > LONGEST_TEXT:
        raise RefusedError("The ID is too long.", "Enter a short unique name, such as EP-1.")
    epics = list(raw.get("epics") or ())
    if any(str(one.get("id", "")).casefold() == name.casefold() for one in epics if isinstance(one, Mapping)):
        raise RefusedError(f"There is an epic {name} already.", "Enter an ID that no other epic has.")
    return {**raw, "epics": [*epics, {"id": name}]}, ("epics", len(epics))


def with_values(raw: Raw, values: Sequence[tuple[FieldPath, Json]]) -> Raw:
    """The JSON form with values put at their places."""
    for path, value in values:
        raw = placed(raw, path, value)
    return raw
