"""Reads and writes a portfolio as JSON, and gives the schema of that format."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from portfolio.domain import Portfolio
from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json, Raw, json_form, record_form
from portfolio.errors import WrongUseError
from portfolio.xlsx.guard.limits import MAX_CELLS, MAX_ROWS, refusal

TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


def to_json(portfolio: Portfolio) -> Raw:
    """A portfolio as its JSON form: what was not given is not there."""
    return {"format": portfolio.format, **record_form(portfolio)}


def dump(content: Mapping[str, object]) -> str:
    """Text of a JSON file, the same for the same content."""
    return json.dumps(json_form(content), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def schema() -> dict[str, Json]:
    """The JSON Schema of the format."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Portfolio.model_json_schema()}


def parse(content: bytes, name: str) -> tuple[dict[str, Json], list[Path]]:
    """A JSON file's object and the paths of fields that are there twice; raises WrongUseError if it is none."""
    repeated: list[tuple[dict[str, Json], str]] = []

    def collect(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        record = dict(pairs)
        if len(record) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated.extend((record, key) for key in record if keys.count(key) > 1)
        return record

    _refuse_large(content, name)
    try:
        raw = json.loads(content.decode("utf-8-sig"), object_pairs_hook=collect)
    except json.JSONDecodeError as failure:
        where = f"line {failure.lineno}, column {failure.colno}"
        raise WrongUseError(f"{name} is not valid JSON: {failure.msg} at {where}; correct it there.") from None
    except UnicodeDecodeError:
        raise WrongUseError(f"{name} is not text in UTF-8; a portfolio in JSON (UTF-8) is needed.") from None
    except (RecursionError, ValueError):
        raise WrongUseError(
            f"{name} is nested too deeply or holds a number with thousands of digits; a portfolio is not."
        ) from None
    _refuse_half_characters(raw, name)
    if not isinstance(raw, dict):
        raise WrongUseError(f'{name} holds {_kind(raw)}; a portfolio is an object: {{"format": 1, "epics": [...]}}.')
    return raw, [(*path, key) for record, key in repeated for path in _paths_to(raw, record)]


def _refuse_large(content: bytes, name: str) -> None:
    """JSON has the limits that workbooks have: a row is a record, a cell is a value of one."""
    if content.count(b"{") <= MAX_ROWS and content.count(b",") <= MAX_CELLS:
        return
    outside = TEXT.sub(b"", content)
    records, values = outside.count(b"{"), outside.count(b",") + 1
    if records > MAX_ROWS:
        raise refusal(name, f"it has {records:,} records", f"at most {MAX_ROWS:,} are read")
    if values > MAX_CELLS:
        raise refusal(name, f"it has {values:,} values", f"at most {MAX_CELLS:,} are read")


def _refuse_half_characters(raw: object, name: str) -> None:
    """Half of a surrogate pair can be written in JSON, but neither shown nor saved."""
    try:
        json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise WrongUseError(f"{name} holds half of a character (\\ud800 to \\udfff); delete it.") from None


def _kind(raw: object) -> str:
    names = {
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        type(None): "null",
    }
    return names[type(raw)]


def _paths_to(here: object, wanted: object, path: Path = ()) -> list[Path]:
    if here is wanted:
        return [path]
    steps = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
    return [found for step, inner in steps for found in _paths_to(inner, wanted, (*path, step))]


def name_of(path: Path) -> str:
    """`epics[3].job_size`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
