"""What a rejected value means to the person who typed it: what it is, which rule it breaks, what to do."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from portfolio.domain.calendar import Calendar
from portfolio.domain.counted_rows import EVIDENCE, is_evidence, of_evidence
from portfolio.domain.dependency import Dependency
from portfolio.domain.epic import LAST_WEEK, Epic
from portfolio.domain.evidence import LISTS, Evidence
from portfolio.domain.field import Entry, entry
from portfolio.domain.finding import FieldFinding, Path
from portfolio.domain.key_result import KeyResult
from portfolio.domain.limit_spec import LimitSpec
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.record import LARGEST
from portfolio.domain.spelling import nearest, shown, suggestion
from portfolio.domain.value_stream import ValueStream

RECORDS: dict[str, type[BaseModel]] = {
    "value_streams": ValueStream,
    "epics": Epic,
    "dependencies": Dependency,
    "guardrails": LimitSpec,
    "outcomes": KeyResult,
    **{f"{EVIDENCE}{name}": record for name, record in LISTS.items()},
}
"""The record that each list of a portfolio holds."""
ONE = {"value_streams": "value stream", "epics": "epic", "dependencies": "dependency", "guardrails": "guardrail",
       "outcomes": "outcome"}  # fmt: skip
OBJECTS: dict[str, type[BaseModel]] = {"calendar": Calendar, "evidence": Evidence}
"""The record that each object of a portfolio is."""
NOUNS = {"whole": "a whole number", "share": "a share", "date": "a date", "moment": "a date"}
BOUNDS: dict[str, tuple[str, str]] = {
    "greater_than": ("gt", "has to be above"),
    "greater_than_equal": ("ge", "cannot be below"),
    "less_than_equal": ("le", "cannot be above"),
    "less_than": ("lt", "has to be below"),
}


def translate(path: Path, error: ErrorDetails) -> FieldFinding | None:
    """The problem that a rejected value is; None if it is only an explicit null for something optional."""
    found = _translated(path, error)
    return of_evidence(found) if found is not None and is_evidence(path) else found


def _translated(path: Path, error: ErrorDetails) -> FieldFinding | None:
    record, name = _field(path)
    value = error["input"]
    if error["type"] == "extra_forbidden":
        return _unknown_field(path, record, value)
    if name is None or record is None or name not in record.model_fields:
        return _wrong_shape(path, value)
    field = entry(record, name)
    if value is None and not record.model_fields[name].is_required():
        inside = len(path) > (3 if path[0] in RECORDS else 2)
        return (
            FieldFinding(path, f"{_subject(field, path)} is empty.", "Every entry needs a value.", "Enter it.")
            if inside
            else None
        )
    if (
        error["type"] == "missing"
        or (record.model_fields[name].is_required() and value in (None, ""))
        or error["type"] == "string_too_short"
    ):
        return FieldFinding(
            path, f"{field.title} is empty.", f"Every {ONE.get(str(path[0]), 'row')} needs one.", _enter(field)
        )
    what = f"{_subject(field, path)} is {shown(value)}."
    return FieldFinding(path, what, *_rule_and_fix(field, error, value))


def _field(path: Path) -> tuple[type[BaseModel] | None, str | None]:
    if path and path[0] in RECORDS and len(path) > 1:
        return RECORDS[str(path[0])], str(path[2]) if len(path) > 2 else None
    if path and path[0] in OBJECTS and len(path) > 1:
        return OBJECTS[str(path[0])], str(path[1])
    return Portfolio, str(path[0]) if path else None


def _subject(field: Entry, path: Path) -> str:
    inner = path[3:] if path[0] in RECORDS else path[2:]
    if inner and field.kind == "mapping":
        return f"{field.title} for {inner[0]}"
    if inner and isinstance(inner[0], int):
        return f"{field.title} number {inner[0] + 1}"
    return field.title


def _unknown_field(path: Path, record: type[BaseModel] | None, value: object) -> FieldFinding:
    name = str(path[-1])
    meant = nearest(name, record.model_fields) if record is not None else None
    fix = f"Did you mean {meant}? Rename it." if meant else "Remove it."
    if value is None:
        fix = "Remove it."
    return FieldFinding(path, f"{name} is not a field of the format.", "An unknown field would be silently lost.", fix)


def _wrong_shape(path: Path, value: object) -> FieldFinding:
    place = str(path[0]) if path else "The file"
    if len(path) > 1:
        return FieldFinding(
            path,
            f"This {ONE.get(place, 'row' if place in RECORDS else place)} is {shown(value)}.",
            "It has to be an object with named fields.",
            'Write { "name": value, ... }.',
        )
    return FieldFinding(
        path, f"{place} is {shown(value)}.", "It has to be an object with named fields.", "See the JSON Schema."
    )


def _enter(field: Entry) -> str:
    example = next(iter(field.example.values())) if isinstance(field.example, dict) else field.example
    example = example[0] if isinstance(example, list) else example
    if example is None:
        return "Enter it."
    what = NOUNS.get(field.kind) or ("a number" if isinstance(example, int | float) else "it")
    return f"Enter {what}, for example {example if isinstance(example, str) else shown(example)}."


def _rule_and_fix(field: Entry, error: ErrorDetails, value: object) -> tuple[str, str]:
    if error["type"] == "literal_error" and field.choices:
        return _choice(field, value)
    if error["type"] in BOUNDS:
        return _bound(field, error, value)
    if error["type"] in LIMITS:
        return LIMITS[error["type"]]
    if error["type"] == "literal_error":
        return f"It has to be {field.example}.", f"Write {field.example}."
    if error["type"] == "string_type" and field.kind == "list":
        return "It is a list of texts.", "Write each as text."
    if field.kind == "list" and not isinstance(value, list | tuple | dict) and _holds_amounts(field):
        return "It has to be a number.", _enter(field)[:-1] + ", or 0 if there is nothing."
    if field.kind == "mapping" and error["type"] in NO_NUMBER:
        return "It has to be a number.", _enter(field)
    if field.kind == "pairs":
        parts = "cases `amount: chance`" if "%" in str(field.example) else "points `week: value`"
        return f"It has to be {parts} with numbers.", f"Write for example {field.example}."
    rule = RULES.get(field.kind, RULES["text"])
    if error["type"] == "finite_number":
        rule = "It has to be a finite number."
    fix = FIXES[field.kind](value) if field.kind in FIXES else _enter(field)
    return rule, fix


def _holds_amounts(field: Entry) -> bool:
    return isinstance(field.example, list) and isinstance(field.example[0], int | float)


def _choice(field: Entry, value: object) -> tuple[str, str]:
    words = ", ".join(field.choices[:-1]) + f" or {field.choices[-1]}"
    return f"It is one of {words}.", suggestion(
        value, field.choices, f"Write one of these words, for example {field.example}."
    )


def _bound(field: Entry, error: ErrorDetails, value: object) -> tuple[str, str]:
    key, words = BOUNDS[error["type"]]
    limit = error.get("ctx", {}).get(key, 0)
    if field.kind == "share":
        if isinstance(value, int | float) and 1 < value <= 100:
            return "A share lies between 0 and 1.", f"Write {value:g}% or {value / 100:g}."
        return "A share lies between 0 and 1.", _enter(field)
    return f"It {words} {limit:g}.", _enter(field)


LIMITS: dict[str, tuple[str, str]] = {
    "too_large": (
        f"Numbers beyond {LARGEST:g} are too large to compute with.",
        "Check the unit, and enter a smaller number.",
    ),
    "too_many_weeks": (
        f"More than {LAST_WEEK:,} weeks are no deadline; dates without a date format look like this.",
        "Format the cell as a date, or write one like 2027-06-30.",
    ),
}
"""What is wrong with numbers that are readable and make no sense."""
NO_NUMBER = {"float_parsing", "float_type", "int_parsing", "int_type", "finite_number"}
"""What a value is rejected for that should be a number."""
RULES: dict[str, str] = {
    "number": "It has to be a number.",
    "share": "It has to be a share between 0 and 1.",
    "whole": "It has to be a whole number.",
    "yes/no": "It is either yes or no.",
    "date": "It has to be a date.",
    "moment": "It has to be a date, or a date with a time.",
    "date or number": "It is neither a date nor a number.",
    "answer": "It is neither yes or no, nor a date, nor a number.",
    "date or week": "It is neither a date nor a number of weeks.",
    "list": "It has to be a list.",
    "mapping": "It has to give each name its value.",
    "word": "It has to be a word.",
    "record": "It has to be an object with named fields.",
    "text": "It has to be text.",
}
FIXES: dict[str, Callable[[object], str]] = {
    "yes/no": lambda _: "Write yes, or leave it blank.",
    "text": lambda value: f'Write it as text: "{value}".' if isinstance(value, int | float) else "Write it as text.",
    "list": lambda _: "Write a list, one entry for each.",
    "mapping": lambda _: 'Write for example { "VS1": 40 }.',
    "date": lambda _: "Write a date like 2027-01-04.",
    "moment": lambda _: "Write a date like 2027-01-04, or a moment like 2027-01-04T09:30:00+01:00.",
    "date or number": lambda _: "Write a date like 2027-03-21, or a number.",
    "answer": lambda _: "Write yes, no, a date like 2027-03-21, or a number.",
    "date or week": lambda _: "Write a date like 2027-06-30, or a number of weeks.",
}
