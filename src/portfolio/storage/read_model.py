"""Reads an operating model from its YAML file, by name or by path."""

from __future__ import annotations

from pathlib import Path

from portfolio.domain.spelling import nearest, shown
from portfolio.errors import WrongUseError
from portfolio.operating_model import OperatingModel, contradictions
from portfolio.storage.read_yaml import Lines, read_yaml_with_lines


def _folder() -> Path:
    """The models of the source tree where this runs from one, else those inside the installed package."""
    here = Path(__file__).resolve()
    in_source_tree = (here.parents[3] / "pyproject.toml").is_file() and (here.parents[3] / "models").is_dir()
    return here.parents[3] / "models" if in_source_tree else here.parents[1] / "models"


def model_names() -> list[str]:
    """The names of the operating models there are, in alphabetical order."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


def read_model(name_or_path: str | Path, beside: Path | None = None) -> OperatingModel:
    """The operating model of a name (such as `safe`), or of a YAML file of one's own."""
    return read_model_with_lines(name_or_path, beside)[0]


def read_model_with_lines(name_or_path: str | Path, beside: Path | None = None) -> tuple[OperatingModel, str, Lines]:
    """The operating model with its file's name and the line of each setting that the file gives.

    `beside` is the portfolio that names it: a YAML file of one's own is looked for in the same folder.
    """
    path = _path(name_or_path, beside)
    model, lines = read_yaml_with_lines(path, OperatingModel, "operating model", contradictions)
    return model, path.name, lines


def _path(name_or_path: str | Path, beside: Path | None) -> Path:
    text = str(name_or_path)
    names = model_names()
    known = {name.casefold(): name for name in names}
    if text.strip().casefold() in known:
        return _folder() / f"{known[text.strip().casefold()]}.yaml"
    path = Path(text.strip()) if beside is None else beside.parent / text.strip()
    if path.suffix.lower() in {".yaml", ".yml"}:
        if path.is_file():
            return path
        missing = f"{path} is a folder" if path.is_dir() else f"{path} does not exist"
        raise WrongUseError(f"{missing}; an operating model is a YAML file, or one of {', '.join(names)}.")
    meant = nearest(text, names)
    hint = f" Did you mean {meant}?" if meant else ""
    raise WrongUseError(f"There is no operating model {shown(text)}; there are {', '.join(names)}.{hint}")
