"""Reads an operating model from its YAML file, by name or by path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from portfolio.domain.spelling import nearest, shown
from portfolio.errors import WrongUseError
from portfolio.operating_model import OperatingModel

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_FILE_BYTES = 1_000_000
Lines = dict[tuple[str | int, ...], int]


def _folder() -> Path:
    """The models of the source tree where this runs from one, else those inside the installed package."""
    here = Path(__file__).resolve()
    in_source_tree = (here.parents[3] / "pyproject.toml").is_file() and (here.parents[3] / "models").is_dir()
    return here.parents[3] / "models" if in_source_tree else here.parents[1] / "models"


def model_names() -> list[str]:
    """The names of the operating models there are, in alphabetical order."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


def read_model(name_or_path: str | Path) -> OperatingModel:
    """The operating model of a name (such as `safe`), or of a YAML file of one's own."""
    path = _path(name_or_path)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise WrongUseError(
                f"{path.name} is larger than {MAX_FILE_BYTES // 1_000_000} MB; an operating model is a page of YAML."
            )
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise WrongUseError(f"{path} cannot be read as text; an operating model is a YAML file in UTF-8.") from None
    content, lines = _parse(text, path.name)
    try:
        return OperatingModel.model_validate(content)
    except ValidationError as failure:
        raise WrongUseError(_explain(failure, lines, path.name)) from None


def _path(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    names = model_names()
    known = {name.casefold(): name for name in names}
    if text.strip().casefold() in known:
        return _folder() / f"{known[text.strip().casefold()]}.yaml"
    path = Path(text)
    if path.suffix.lower() in {".yaml", ".yml"}:
        if path.is_file():
            return path
        raise WrongUseError(f"{path} does not exist; an operating model is a YAML file, or one of {', '.join(names)}.")
    meant = nearest(text, names)
    hint = f" Did you mean {meant}?" if meant else ""
    raise WrongUseError(f"There is no operating model {shown(text)}; there are {', '.join(names)}.{hint}")


def _parse(text: str, name: str) -> tuple[Any, Lines]:
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
        raise WrongUseError(f"{name} is not valid YAML; an operating model is a page of YAML.") from None
    if not isinstance(content, dict):
        raise WrongUseError(f"{name} holds no settings; an operating model begins with format: 1 and name.")
    return content, lines


def _note_lines(node: Any, path: tuple[str | int, ...], lines: Lines, name: str) -> None:
    if node is None:
        return
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            if inner in lines:
                here = f"{name}, line {key.start_mark.line + 1}"
                raise WrongUseError(f"{here}: {key.value} is there twice (first in line {lines[inner]}); delete one.")
            lines[inner] = key.start_mark.line + 1
            _note_lines(value, inner, lines, name)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note_lines(value, (*path, index), lines, name)


def _explain(failure: ValidationError, lines: Lines, name: str) -> str:
    """All that is wrong with a model, one sentence each, with its line."""
    sentences = []
    for error in failure.errors(include_url=False):
        path = tuple(error["loc"])
        line = next((lines[path[:length]] for length in range(len(path), -1, -1) if path[:length] in lines), 1)
        sentences.append(f"{name}, line {line}: {_sentence(path, error['type'], error['input'], error['msg'])}")
    return "\n".join(dict.fromkeys(sentences))


def _sentence(path: tuple[str | int, ...], kind: str, value: Any, message: str) -> str:
    key = ".".join(str(step) for step in path)
    if kind == "extra_forbidden":
        meant = nearest(path[-1], _fields_beside(path))
        return f"{key} is not a setting of an operating model; " + (f"did you mean {meant}?" if meant else "delete it.")
    if kind == "missing":
        return f"{key} is missing; every operating model has it."
    return f"{key} is {shown(value)}; {message[0].lower()}{message[1:]}."


def _fields_beside(path: tuple[str | int, ...]) -> list[str]:
    """The settings that exist where a path ends."""
    here: type[BaseModel] = OperatingModel
    for step in path[:-1]:
        field = here.model_fields.get(str(step)) if isinstance(step, str) else None
        if field is not None:
            here = next((part for part in _records_in(field.annotation)), here)
    return list(here.model_fields)


def _records_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _records_in(part)]
