"""Reads one record from a page of YAML; every problem names its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portfolio.domain.spelling import nearest, shown
from portfolio.errors import WrongUseError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_FILE_BYTES = 1_000_000
MOST_ENTRIES = 100_000
"""A small file can say a thing a billion times by aliases of aliases."""
Lines = dict[tuple[str | int, ...], int]
One = TypeVar("One", bound=BaseModel)
Contradiction = tuple[tuple[str | int, ...], str]
"""The path of a setting, and what is wrong with it beside the others."""


def read_yaml(path: Path, record: type[One], noun: str) -> One:
    """The record that a YAML file holds; `noun` says what such a file is, for example `operating model`.

    Raises WrongUseError with every problem and its line.
    """
    return read_yaml_with_lines(path, record, noun)[0]


def read_yaml_with_lines(
    path: Path, record: type[One], noun: str, contradictions: Callable[[One], Iterable[Contradiction]] | None = None
) -> tuple[One, Lines]:
    """The same with the line of each of its settings.

    `contradictions` says what the record may not say all at once, each with the path of a setting.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise WrongUseError(
                f"{path.name} is larger than {MAX_FILE_BYTES // 1_000_000} MB; {_one(noun)} is a page of YAML."
            )
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise WrongUseError(f"{path} cannot be read as text; {_one(noun)} is a YAML file in UTF-8.") from None
    content, lines = _parse(text, path.name, noun)
    try:
        parsed = record.model_validate(content)
    except ValidationError as failure:
        raise WrongUseError(_explain(failure, lines, path.name, record, noun)) from None
    wrong = [] if contradictions is None else list(contradictions(parsed))
    if wrong:
        raise WrongUseError("\n".join(f"{path.name}, line {_line(lines, at)}: {_key(at)} {what}" for at, what in wrong))
    return parsed, lines


def _line(lines: Lines, path: tuple[str | int, ...]) -> int:
    """The line of a setting, or of what it stands in."""
    return next((lines[path[:length]] for length in range(len(path), -1, -1) if path[:length] in lines), 1)


def _key(path: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in path)


def _one(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _parse(text: str, name: str, noun: str) -> tuple[dict[str, object], Lines]:
    """The content of a YAML file and the line of each key in it."""
    lines: Lines = {}
    try:
        loader = Loader(text)
        try:
            root = loader.get_single_node()
            _note_lines(root, (), lines, name)
            content = None if root is None else loader.construct_document(root)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise WrongUseError(f"{name}{where}: this is not valid YAML ({failure.problem}); correct it there.") from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise WrongUseError(f"{name} is not valid YAML; {_one(noun)} is a page of YAML.") from None
    if not isinstance(content, dict):
        raise WrongUseError(f"{name} holds no settings; {_one(noun)} begins with format: 1 and name.")
    return content, lines


def _note_lines(node: yaml.Node | None, path: tuple[str | int, ...], lines: Lines, name: str) -> None:
    if node is None:
        return
    if len(lines) > MOST_ENTRIES:
        raise WrongUseError(
            f"{name} says more than {MOST_ENTRIES:,} things, some of them perhaps by aliases; shorten it."
        )
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            if inner in lines:
                here = f"{name}, line {key.start_mark.line + 1}"
                raise WrongUseError(f"{here}: {key.value} is given twice (first in line {lines[inner]}); delete one.")
            lines[inner] = key.start_mark.line + 1
            _note_lines(value, inner, lines, name)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note_lines(value, (*path, index), lines, name)


def _explain(failure: ValidationError, lines: Lines, name: str, record: type[BaseModel], noun: str) -> str:
    """All that is wrong with the record, one sentence each, with its line."""
    sentences = []
    for error in failure.errors(include_url=False):
        path = tuple(error["loc"])
        line, key, value = _line(lines, path), _key(path), error["input"]
        if error["type"] == "extra_forbidden":
            meant = nearest(path[-1], _fields_beside(path, record))
            sentence = f"{key} is not a setting of {_one(noun)}; " + (
                f"did you mean {meant}?" if meant else "delete it."
            )
        elif error["type"] == "missing":
            sentence = f"{key} is missing; every {noun} has it."
        else:
            sentence = f"{key} is {'empty' if value is None else shown(value)}; {_advice(error)}"
        sentences.append(f"{name}, line {line}: {sentence}")
    return "\n".join(dict.fromkeys(sentences))


ADVICE = {
    "float_type": "write a number, for example 2.5",
    "int_type": "write a whole number, for example 2",
    "string_type": "write words, in quotes where they look like a number or a date",
    "tuple_type": "write a list, for example [one, two]",
    "dict_type": "write settings, for example {name: value}",
    "model_type": "write its settings, for example {name: value}",
    "invalid_key": "write a name before the colon",
}
"""What to do about a wrong type; other mistakes are told by what is expected."""


def _advice(error: ErrorDetails) -> str:
    """What to write instead, with the known word that was probably meant."""
    if error["type"] == "literal_error":
        expected = error["ctx"]["expected"]
        meant = nearest(error["input"], re.findall(r"'([^']*)'", expected))
        return f"write {expected.replace(chr(39), '')}" + (f"; did you mean {meant}?" if meant else ".")
    said = str(error["msg"]).removeprefix("Value error, ")
    return ADVICE.get(error["type"], said[0].lower() + said[1:]) + "."


def _fields_beside(path: tuple[str | int, ...], record: type[BaseModel]) -> list[str]:
    """The settings that exist where a path ends."""
    here = record
    for step in path[:-1]:
        field = here.model_fields.get(str(step)) if isinstance(step, str) else None
        if field is not None:
            here = next((part for part in _records_in(field.annotation)), here)
    return list(here.model_fields)


def _records_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [record for part in getattr(annotation, "__args__", ()) for record in _records_in(part)]
