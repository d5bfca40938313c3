"""Results of chunks in files, a folder for each study, so that a study that was broken off goes on where it was."""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from portfolio.errors import WrongUseError
from portfolio.optimizer.execution.build import build

_ROOMS = ("portfolio.simulation.", "portfolio.domain.")
"""Whose types a result may hold: a file names them, and nothing else is ever made from it."""
LOGGER = logging.getLogger(__name__)
ANOTHER_VERSION = (
    "This study is begun anew: what %s holds in %s was made by another version of this program or of what it computes with, "
    "which may count otherwise. Delete that when you no longer need it."
)
"""What whoever goes on with a study after an update is told."""
_NAME = re.compile(r"chunk-(\d{6})\.json")


@dataclass(frozen=True)
class KeptChunks:
    """The chunks of one study that are kept: each is a file that is written whole or not at all."""

    within: Path
    study: str

    @cached_property
    def folder(self) -> Path:
        """The study's own folder, named by what the study depends on, and in it that of exactly this build of the program.

        Says so where another build made the study before: its chunks do not count, since it may count otherwise.
        """
        made_by = hashlib.sha256(json.dumps(build(), sort_keys=True).encode()).hexdigest()[:12]
        folder = Path(self.within) / self.study / made_by
        try:
            folder.mkdir(parents=True, exist_ok=True)
            others = sorted(other.name for other in folder.parent.iterdir() if other.name != made_by)
        except OSError as error:
            raise _cannot_write(folder, error) from error
        if others and not any(folder.iterdir()):
            LOGGER.warning(ANOTHER_VERSION, folder.parent, " and ".join(others))
        return folder

    def numbers(self) -> set[int]:
        """The chunks that are there."""
        named = (_NAME.fullmatch(path.name) for path in self.folder.iterdir())
        return {int(name[1]) for name in named if name is not None}

    def path(self, number: int) -> Path:
        """The file of a chunk."""
        return self.folder / f"chunk-{number:06}.json"

    def read(self, number: int) -> object:
        """The result of a chunk, as it was when it was kept; raises WrongUseError for a file that holds none."""
        path = self.path(number)
        try:
            return _to_result(json.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError) as problem:
            raise WrongUseError(
                f"{path} holds no result of a chunk; delete it, and it is made again.", "keep"
            ) from problem

    def keep(self, number: int, result: object) -> None:
        """Keeps the result of a chunk; raises WrongUseError where another one is kept already, which must not be."""
        path, content = self.path(number), content_of(result)
        if path.exists():
            if path.read_bytes() != content:
                raise WrongUseError(
                    f"{path} holds another result of the same chunk than was made now; the same study gives the same result, "
                    "so one of the machines computes differently. Delete the folder and use machines of one build.",
                    "keep",
                )
            return
        try:
            _write(path, content)
        except OSError as error:
            raise _cannot_write(path, error) from error


def _write(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: beside its place first, and to the disk before it takes it."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> WrongUseError:
    return WrongUseError(
        f"{path} cannot be written: {error.strerror or error}. Keep the study in another folder.", "keep"
    )


def content_of(result: object) -> bytes:
    """A result as bytes that are the same for the same result."""
    return json.dumps(_to_plain(result), sort_keys=True, ensure_ascii=False).encode()


def _to_plain(value: object) -> object:
    """A result as plain JSON, its numbers bit by bit."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {"array": value.dtype.str, "shape": list(value.shape), "data": data}
    if isinstance(value, float):
        return {"float": value.hex()}
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: _to_plain(getattr(value, one.name)) for one in fields(value) if one.init}
        return {"type": f"{type(value).__module__}:{type(value).__qualname__}", "fields": held}
    if isinstance(value, Mapping):
        return {"pairs": [[_to_plain(key), _to_plain(one)] for key, one in value.items()]}
    if isinstance(value, tuple | list):
        return {"row": [_to_plain(one) for one in value]}
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"A {type(value).__name__} cannot be kept.")


def _to_result(plain: Any) -> Any:
    """The result that was written so."""
    if not isinstance(plain, dict):
        return plain
    if "array" in plain:
        flat = np.frombuffer(base64.b64decode(plain["data"], validate=True), dtype=np.dtype(plain["array"]))
        return flat.reshape(plain["shape"]).copy()
    if "float" in plain:
        return float.fromhex(plain["float"])
    if "pairs" in plain:
        return {_to_result(key): _to_result(one) for key, one in plain["pairs"]}
    if "row" in plain:
        return tuple(_to_result(one) for one in plain["row"])
    kind = _type_of(plain["type"])
    return kind(**{name: _to_result(one) for name, one in plain["fields"].items()})


def _type_of(name: str) -> type:
    module, _, own = name.partition(":")
    if not f"{module}.".startswith(_ROOMS):
        raise ValueError(f"{name} is no result.")
    kind = getattr(importlib.import_module(module), own)
    if not (isinstance(kind, type) and is_dataclass(kind)):
        raise ValueError(f"{name} is no result.")
    return kind
