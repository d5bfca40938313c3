"""Addresses: a cell of a portfolio by whose it is, never by row and letter, so that sorting a sheet moves nobody's edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from pydantic import BaseModel

from portfolio.domain.calendar import Calendar
from portfolio.domain.epic import Epic
from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json, Raw
from portfolio.domain.limit_spec import LimitSpec
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.value_stream import ValueStream
from portfolio.edits.figure_names import Unknown, not_there

Address = tuple[str, ...]
"""`("epics", "EP-3", "job_size")`, `("value_streams", "Web", "capacity", "PI 2")`, `("settings", "portfolio_wip_limit")`."""
IDENTITY = {"epics": "id", "value_streams": "id", "guardrails": "name"}
"""The field that tells the records of each list apart."""
RECORD: dict[str, type[BaseModel]] = {"epics": Epic, "value_streams": ValueStream, "guardrails": LimitSpec}
NOUNS = {"epics": "epic", "value_streams": "value stream", "guardrails": "guardrail"}
BY_PERIOD = ("capacity", "budget")
BY_NAME = ("effort", "criteria")
"""Fields of an epic that hold an amount for each value stream, or an answer for each criterion."""
LEVELS = ("at_least", "at_most", "price", "enforce")
"""What can be changed of a guardrail; what it is about stands in the workbook."""
LISTS = ("periods", "budget_periods")
NOT_SETTINGS = ("format", "calendar", "value_streams", "epics", "dependencies", "guardrails", "outcomes", "evidence")


@cache
def fields_of(section: str) -> tuple[str, ...]:
    """The fields of a list of the portfolio, or of its settings, that can be changed one cell at a time."""
    if section == "settings":
        own = tuple(name for name in Portfolio.model_fields if name not in NOT_SETTINGS)
        return (*own, *(name for name in Calendar.model_fields if name not in LISTS))
    if section == "guardrails":
        return LEVELS
    return tuple(name for name in RECORD[section].model_fields if name != IDENTITY[section])


def record_of(address: Address) -> tuple[type[BaseModel], str]:
    """The record and the field that an address is about."""
    if address[0] == "settings":
        return (Calendar, address[1]) if address[1] in Calendar.model_fields else (Portfolio, address[1])
    return RECORD[address[0]], address[2]


def path_of(raw: Raw, address: Sequence[str]) -> Path:
    """Where an address stands in the JSON form of a portfolio; raises Unknown where there is no such cell."""
    if not address or not all(isinstance(step, str) for step in address):
        raise _no_address()
    section, *rest = address
    if section == "settings" and len(rest) == 1 and rest[0] in fields_of("settings"):
        return ("calendar", rest[0]) if rest[0] in Calendar.model_fields else (rest[0],)
    if section not in RECORD or len(rest) not in (2, 3) or rest[1] not in fields_of(section):
        raise _no_address()
    index = _index(raw, section, rest[0])
    inside = rest[1] in (BY_PERIOD if section == "value_streams" else BY_NAME)
    if inside != (len(rest) == 3):
        raise _no_address()
    if not inside:
        return (section, index, rest[1])
    if rest[1] in BY_PERIOD:
        return (section, index, rest[1], _period(raw, rest[2]))
    return (section, index, rest[1], _stream(raw, index, rest[2]) if rest[1] == "effort" else rest[2])


def identities(raw: Raw, section: str) -> list[str]:
    """What tells the records of a list apart, in their order."""
    records = raw.get(section)
    name = IDENTITY[section]
    return [str(one.get(name) or "") if isinstance(one, Mapping) else "" for one in records] if records else []


def held(raw: Raw, path: Path) -> Json:
    """What stands at a path; None where nothing does."""
    here: object = raw
    for step in path:
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list | tuple) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here  # type: ignore[return-value]


def placed(raw: Raw, path: Path, value: Json) -> Raw:
    """The JSON form with something else at a path, None for nothing; what does not change is shared with the old one."""
    found = _placed(raw, path, value)
    assert isinstance(found, dict)
    return found


def _placed(here: object, path: Path, value: Json) -> object:
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        items = list(here) if isinstance(here, list | tuple) else []
        items += [0] * (step + 1 - len(items))
        items[step] = _placed(items[step], tuple(rest), value)
        if items[step] is None:
            items[step] = 0
        return items
    record = dict(here) if isinstance(here, Mapping) else {}
    inner = _placed(record.get(step), tuple(rest), value)
    if inner is None or inner == {}:
        record.pop(step, None)
    else:
        record[step] = inner
    return record


_known: dict[str, tuple[object, dict[str, int], dict[str, int]]] = {}
"""For each list the records that were asked for last, with the position of each as it is written and without its case."""


def _index(raw: Raw, section: str, name: str) -> int:
    records = raw.get(section)
    found = _known.get(section)
    if found is None or found[0] is not records:
        known = list(enumerate(identities(raw, section)))[::-1]
        found = (records, {one: turn for turn, one in known}, {one.casefold(): turn for turn, one in known})
        _known[section] = found
    index = found[1].get(name, found[2].get(name.casefold()))
    if index is None:
        raise not_there(NOUNS[section], name, identities(raw, section))
    return index


def _period(raw: Raw, label: str) -> int:
    labels = [str(one) for one in held(raw, ("calendar", "periods")) or ()]  # type: ignore[union-attr]
    folded = [one.casefold() for one in labels]
    if label.casefold() not in folded:
        raise not_there("period", label, labels)
    return folded.index(label.casefold())


def _stream(raw: Raw, epic: int, name: str) -> str:
    """The value stream as the epic's efforts call it, else by its ID."""
    efforts = held(raw, ("epics", epic, "effort"))
    for known in efforts if isinstance(efforts, Mapping) else ():
        if str(known).casefold() == name.casefold():
            return str(known)
    return identities(raw, "value_streams")[_index(raw, "value_streams", name)]


def _no_address() -> Unknown:
    return Unknown(
        "This is no cell of a portfolio.",
        "A cell is named by what it belongs to.",
        'Name it like ["epics", "EP-3", "job_size"] or ["settings", "portfolio_wip_limit"].',
    )
